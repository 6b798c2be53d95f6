"""When filming has ended: what becomes of films ended at once, what was kept, and the talk with each adult."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.casework.case_file import CaseFile
from app.filming.capture import Capture
from app.filming.stages import FilmingStage
from app.filming.talk_after import TalkEditor
from app.filming.words import missing_words, story
from app.model import shortfall
from app.model.people import Person, Role
from app.model.recording import Recording
from app.workspace import Workspace
from widgets.filming.talk_form import TalkForm
from widgets.look.look import Look
from widgets.look.parts import (
    Card,
    ListCard,
    Row,
    beside,
    button,
    clear,
    confirm,
    label,
    scrolled,
    section_label,
    settle,
    stacked,
)

WIDEST = 860


class AfterPage(QWidget):
    """Shown for KEPT, and whenever the talk of a meeting is asked for."""

    decided = Signal()
    saved = Signal(object)

    def __init__(self, space: Workspace, look: Look) -> None:
        super().__init__()
        self._space, self._look, self._texts = space, look, space.texts
        self._capture: Capture | None = None
        self.forms: list[TalkForm] = []
        t = self._texts
        self.keep = button(t.tr("Keep"), lambda: self._decide(keep=True), "primary")
        self.close_films = button(t.tr("Close from use, up for erasure"), lambda: self._decide(keep=False), "danger")
        words = t.tr(
            "Closed films can be neither watched nor coded. They wait on the desk until they are erased; nothing is "
            "erased by this press."
        )
        self._question = Card(
            label(t.tr("Filming was ended at once. What becomes of the films?"), "title"),
            label(words, "muted", wrap=True),
            beside(self.keep, self.close_films, None),
            spacing=12,
            padding=20,
        )
        self._films = QVBoxLayout()
        self._talks = QVBoxLayout()
        self._talks.setSpacing(16)
        column = stacked(self._question, self._films, self._talks, spacing=16, margins=(28, 24, 28, 28))
        column.addStretch(1)
        inside = QWidget()
        inside.setLayout(column)
        self._question.setMaximumWidth(WIDEST)
        self.setLayout(stacked(scrolled(inside), spacing=0))

    def show_capture(self, capture: Capture, case: CaseFile) -> None:
        """What was filmed, and a form for each adult who took part."""
        is_new = self._capture is not capture
        self._capture = capture
        self._question.setVisible(capture.filmed.undecided is not None)
        self._show_films(capture)
        if is_new:
            self._show_talks(capture, case)

    def _show_films(self, capture: Capture) -> None:
        t = self._texts
        clear(self._films)
        films = capture.filmed.films
        if capture.stage == FilmingStage.CLOSING:
            self._films.addWidget(label(t.tr("The films are being finished…"), "muted"))
        if not films:
            return
        self._films.addWidget(section_label(t.tr("Filmed")))
        rows: list[QWidget] = [self._film_row(film) for film in films]
        card = ListCard(rows)
        card.setMaximumWidth(WIDEST)
        self._films.addWidget(card)
        told = story(t, capture.filmed)
        if told:
            self._films.addSpacing(8)
            self._films.addWidget(label("\n".join(told), "muted", wrap=True))

    def _film_row(self, film: Recording) -> Row:
        t = self._texts
        about = [
            t.clock(film.facts.duration, digits=0),
            f"{film.facts.width} × {film.facts.height}",
            t.size(film.size),
            t.trn("{n} lost picture", "{n} lost pictures", film.lost_pictures),
        ]
        capture = self._capture
        if capture is not None:
            about += missing_words(t, shortfall.of_film(capture.filmed, film))
        state = t.tr("in the archive ✓") if film.in_use else t.tr("closed from use")
        return Row(self._look, t.tr("Camera {n}", n=film.camera), " · ".join(about), "film", state)

    def _show_talks(self, capture: Capture, case: CaseFile) -> None:
        self.commit()
        clear(self._talks)
        self.forms = []
        space, meeting = self._space, capture.meeting
        for person in adults(case, (meeting.adult_id, *meeting.others)):
            key = f"talk/{meeting.id}/{person.id}"
            editor = space.editor(
                key,
                lambda p=person: TalkEditor(space.store, space.texts, meeting.id, p.id),  # type: ignore[misc]  # a default binds the loop's person
            )
            form = TalkForm(self._texts, editor, person.called)
            form.setMaximumWidth(WIDEST)
            editor.saved.connect(self.saved)
            self.forms.append(form)
            self._talks.addWidget(form)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        settle(self)

    def commit(self) -> None:
        for form in self.forms:
            form.commit()

    def focus_first(self) -> None:
        """The first question is where the child is; before it, what becomes of films that were ended at once."""
        if self.keep.isVisibleTo(self):
            self.keep.setFocus()
        elif self.forms:
            self.forms[0].where.setFocus()

    def _decide(self, *, keep: bool) -> None:
        capture, t = self._capture, self._texts
        if capture is None:
            return
        question = t.tr("Close these films from use? They can then be neither watched nor coded.")
        if (keep or confirm(self, t, question, t.tr("Close from use"))) and capture.decide(keep=keep):
            self.decided.emit()


def adults(case: CaseFile, ids: tuple[str, ...]) -> tuple[Person, ...]:
    """The adults among those who were filmed."""
    found = [case.person(i) for i in ids]
    return tuple(p for p in found if p is not None and p.role not in (Role.CHILD, Role.SIBLING))
