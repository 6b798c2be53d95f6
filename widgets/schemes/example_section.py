"""The example clips of one code: those there are, and choosing another from own observations or from a film."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.clips.examples import ExampleEditor, ExampleOffer, as_clip, demand_shown, film_of, offered_films, offers
from app.errors import NotAllowed
from app.i18n import today
from app.model.recording import Recording
from app.model.stored import ExampleClip
from app.model.timecode import Micros, parse_clock
from app.notices import Notice
from app.workspace import Workspace
from widgets.feedback.cover_dialog import CoverDialog
from widgets.films.example_clip import ExampleClipButton
from widgets.forms.form import columns, named
from widgets.forms.inputs import Choice
from widgets.forms.wrong import mark_wrong
from widgets.look.look import Look
from widgets.look.parts import beside, button, clear, label, section_label, stacked


class ExampleSection(QWidget):
    """What is offered needs the training consent of everybody filmed; without any film it says so."""

    def __init__(self, workspace: Workspace, scheme_id: str, look: Look) -> None:
        super().__init__()
        t = workspace.texts
        self._workspace, self._look = workspace, look
        self._code_id = ""
        self._offers: tuple[ExampleOffer, ...] = ()
        self._films: tuple[tuple[Recording, str], ...] = ()
        self.editor = workspace.editor(f"examples/{scheme_id}", lambda: ExampleEditor(workspace.store, t, scheme_id))
        self.editor.changed.connect(self._on_changed)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.choose = button(t.tr("Choose an example…"), self._ask)
        self._none = label("", "caption", wrap=True)
        self._picker = self._make_picker()
        words = t.tr("Shown beside the code. An example never leaves with a file, and is hidden when a consent ends.")
        self.setLayout(
            stacked(
                section_label(t.tr("Example clips")),
                label(words, "caption", wrap=True),
                self._rows,
                beside(self.choose, None),
                self._none,
                self._picker,
                spacing=6,
            )
        )

    def show_code(self, code_id: str) -> None:
        """The clips of another code."""
        if code_id == self._code_id:
            return
        self._code_id = code_id
        self._picker.hide()
        self._none.hide()
        self.choose.show()
        self._fill()

    def _fill(self) -> None:
        clear(self._rows)
        t = self._workspace.texts
        for number, clip in enumerate(self.editor.of_code(self._code_id), start=1):
            length = t.short_clock(clip.end - clip.start)
            name = t.tr("Example {n}", n=number)
            play = ExampleClipButton(self._workspace, self._look, (clip,), name)
            play.setText(f"{name} · {length}")
            remove = button(t.tr("Remove"), partial(self._remove, clip), "quiet")
            remove.setAccessibleName(f"{t.tr('Remove')}: {name}")
            cover = button(t.tr("Cover and hand out…"), partial(self._cover, clip), "quiet")
            cover.setAccessibleName(f"{t.tr('Cover and hand out…')}: {name}")
            self._rows.addLayout(beside(play, cover, remove, None))

    def _cover(self, example: ExampleClip) -> None:
        """What of an example nobody else is to see or hear; from there it leaves, as a moment for feedback does."""
        space = self._workspace
        film = film_of(space.store, example)
        try:
            demand_shown(space.store, film, today())
        except NotAllowed as error:
            space.notices.trouble(error)
            self._fill()
            return
        CoverDialog(space, self._look, as_clip(space.store, example), film, self.window()).exec()

    def _remove(self, clip: ExampleClip) -> None:
        if self.editor.remove(clip):
            t = self._workspace.texts
            words = t.tr("The example was removed.")
            self._workspace.notices.say(Notice(words, action_label=t.tr("Undo"), action=self._take_back))

    def _take_back(self) -> None:
        self.editor.undo()

    def _on_changed(self, _changes: object) -> None:
        self._fill()

    # choosing

    def _make_picker(self) -> QWidget:
        t = self._workspace.texts
        self.seen = Choice()
        self.seen.activated.connect(lambda _: self._from_seen())
        self._seen_place = named(t.tr("Own observations of this code"), self.seen)
        self.film = Choice()
        self.start, self.end = QLineEdit(), QLineEdit()
        for line in (self.start, self.end):
            line.setPlaceholderText("00:00:00,0")
            line.textEdited.connect(lambda _: self._check())
        self.add = button(t.tr("Add"), self._add)
        cancel = button(t.tr("Cancel"), self._leave, "quiet")
        box = QWidget()
        box.setLayout(
            stacked(
                self._seen_place,
                columns(
                    named(t.tr("Recording"), self.film),
                    named(t.tr("From"), self.start),
                    named(t.tr("To"), self.end),
                    shares=(2, 1, 1),
                ),
                beside(self.add, cancel, None),
                spacing=8,
            )
        )
        box.hide()
        return box

    def _ask(self) -> None:
        t, store = self._workspace.texts, self._workspace.store
        self._films = offered_films(store)
        self._offers = offers(store, [self._code_id])
        if not self._films:
            self._none.setText(
                t.tr(
                    "No recording can be used: everybody filmed must have given the training consent, and a recording "
                    "being coded must be ready with both coders."
                )
            )
            self._none.show()
            return
        self.seen.offer([(n, self._words(o)) for n, o in enumerate(self._offers)])
        self._seen_place.setVisible(bool(self._offers))
        self.film.offer([(f.id, self._film_words(f, name)) for f, name in self._films])
        self.film.set_value(self._films[0][0].id)
        self.choose.hide()
        self._picker.show()
        self.seen.set_value(0 if self._offers else None)
        if self._offers:
            self._from_seen()
        (self.seen if self._offers else self.start).setFocus()

    def _words(self, offer: ExampleOffer) -> str:
        t = self._workspace.texts
        return f"{offer.case_name} · {t.short_clock(offer.start)}–{t.short_clock(offer.end)}"

    def _film_words(self, film: Recording, case_name: str) -> str:
        t = self._workspace.texts
        camera = t.tr("camera {n}", n=film.camera)
        return f"{case_name} · {camera} · {t.short_clock(film.facts.duration)}"

    def _from_seen(self) -> None:
        number = self.seen.value()
        if number is None:
            return
        offer, t = self._offers[number], self._workspace.texts
        self.film.set_value(offer.film.id)
        self.start.setText(t.clock(offer.start))
        self.end.setText(t.clock(offer.end))
        self._check()

    def _times(self) -> tuple[Micros, Micros] | None:
        try:
            return parse_clock(self.start.text()), parse_clock(self.end.text())
        except ValueError:
            return None

    def _check(self) -> bool:
        times, t = self._times(), self._workspace.texts
        right = times is not None and times[0] < times[1]
        said = "" if right or not self.end.text() else t.tr("The example must end after it starts.")
        mark_wrong(self.end, said)
        self.end.setToolTip(said)
        return right

    def _add(self) -> None:
        times = self._times()
        film = next((f for f, _ in self._films if f.id == self.film.value()), None)
        if times is not None and film is not None and self._check() and self.editor.add(self._code_id, film, *times):
            self._leave()

    def _leave(self) -> None:
        self._picker.hide()
        self.choose.show()
        self.choose.setFocus()
