"""What a worker trains with, and the own line over the years: nobody else sees either."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.casework.film_use import film_marks
from app.casework.meeting_file import meeting_file
from app.casework.reference_films import ReferenceFilm, Standing, reference_films
from app.i18n import today
from app.model.coding import CodingHeader, CodingState
from app.model.timecode import SECOND
from app.model.training import TrainingResult
from app.training.coding import own_codings
from app.training.line import drift_sentences, line_pictures, line_table, own_results, scheme_called
from app.workspace import Workspace
from widgets.look.consent_mark import ConsentMark
from widgets.look.look import Look
from widgets.look.parts import EmptyState, ListCard, Row, button, label, section_label, stacked
from widgets.numbers.chart_view import ChartView
from widgets.numbers.sheet_table import SheetTable
from widgets.training.hushing import is_hushed, use_reminder


class TrainingPage(QWidget):
    """Reference films that can be coded, then the line; made anew whenever it is opened."""

    code_pressed = Signal(str)  # the meeting's id
    result_pressed = Signal(str)  # the training coding's id

    def __init__(self, workspace: Workspace, look: Look, go: Callable[..., None]) -> None:
        super().__init__()
        self._space, self._look, self._texts, self._go = workspace, look, workspace.texts, go
        films = reference_films(workspace.store, today())
        results = own_results(workspace.store)
        usable = [f for f in films if f.standing == Standing.READY]
        column = stacked(spacing=10, margins=(28, 24, 28, 28))
        if usable or results:
            self._fill(column.addWidget, usable, results)
        else:
            column.addWidget(self._nothing())
        closed = len([f for f in films if f.standing in (Standing.NO_CONSENT, Standing.NO_FILM)])
        if closed:
            words = self._texts.trn(
                "{n} reference film is closed now: a consent was taken back, or its film is gone. Your figures stay.",
                "{n} reference films are closed now: a consent was taken back, or the film is gone. Your figures stay.",
                closed,
            )
            column.addWidget(label(words, "caption", wrap=True))
        column.addStretch(1)
        self.setLayout(column)

    def _nothing(self) -> QWidget:
        t = self._texts
        return EmptyState(
            t.tr("No reference film yet"),
            t.tr(
                "A pair names its confirmed common view as a reference coding when everybody on the film has consented"
                " to it. Others then code that film alone and see for themselves what differs."
            ),
            button(t.tr("To comparing"), lambda: self._go("comparing"), "primary"),
        )

    def _fill(
        self, put: Callable[[QWidget], object], usable: list[ReferenceFilm], results: tuple[TrainingResult, ...]
    ) -> None:
        t = self._texts
        about = t.tr(
            "You code a film alone. When you are ready you see what the pair that agreed on it marked otherwise. Nobody"
            " else sees your coding, its figures or this line: not your work partner, not the office."
        )
        put(_narrow(label(about, wrap=True)))
        if usable:
            put(section_label(t.tr("Reference films")))
            put(ListCard([self._row(film) for film in usable]))
        put(self._reminder())
        if results:
            put(section_label(t.tr("Own line")))
            for part in self._line(results):
                put(part)

    def _row(self, film: ReferenceFilm) -> QWidget:
        t, store = self._texts, self._space.store
        own = own_codings(store, film.meeting.id)
        draft = next((h for h in own if h.state == CodingState.DRAFT), None)
        ready = [h for h in own if h.state == CodingState.READY]
        minutes = max(round(meeting_file(store, film.meeting.id).length / (60 * SECOND)), 1)
        about = [
            t.tr("{n} min", n=minutes),
            scheme_called(t, store, film.reference.scheme_id, film.reference.scheme_version),
            *([t.tr("your own reference")] if self._space.worker.id in film.meeting.coders else []),
        ]
        words = t.tr("Go on") if draft is not None else t.tr("Code anew") if ready else t.tr("Code")
        act = button(words, partial(self.code_pressed.emit, film.meeting.id))
        other = None
        if ready:
            other = button(t.tr("See the newest"), partial(self.result_pressed.emit, ready[-1].id), "quiet")
        mark = ConsentMark(self._look, t, film_marks(store, [film.meeting], today())[film.meeting.id])
        state = self._state(draft, ready)
        return Row(self._look, film.case.code_name, " · ".join(about), "film", state, act, other, mark)

    def _state(self, draft: CodingHeader | None, ready: list[CodingHeader]) -> str:
        t = self._texts
        if draft is not None:
            return t.tr("in progress")
        if not ready or ready[-1].ready_at is None:
            return t.tr("not begun")
        return t.tr("coded {day}", day=t.date(ready[-1].ready_at.astimezone().date()))

    def _reminder(self) -> QWidget:
        t, space = self._texts, self._space
        made = QCheckBox(t.tr("Remind me on the desk when half a year has gone without a reference film"))
        made.setChecked(not is_hushed(space))
        made.toggled.connect(lambda on: use_reminder(space, on=on))
        return made

    def _line(self, results: tuple[TrainingResult, ...]) -> list[QWidget]:
        t, store = self._texts, self._space.store
        parts: list[QWidget] = []
        for picture in line_pictures(t, store, results):
            parts += [label(picture.title, "caption", wrap=True), ChartView(picture, self._look)]
        said = [_narrow(label(words, wrap=True)) for words in drift_sentences(t, results)]
        for words in said:
            words.setContentsMargins(0, 6, 0, 0)
        parts += said
        parts.append(SheetTable(line_table(t, store, results), t.tr("Own line")))
        about = t.tr(
            "In brackets the interval of 95 per cent, where at least five tasks tell of it. Codings stand in their"
            " order, not in proportion to the time between them."
        )
        return [*parts, label(about, "caption", wrap=True)]


def _narrow(part: QWidget) -> QWidget:
    """Words to be read are no wider than a page."""
    part.setMaximumWidth(880)
    return part
