"""*Korjaa…* on a film's row: its camera and where that stood, where it begins on the clock, where its original lies."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.casework.pair import is_begun
from app.casework.places import is_room_hidden, planned_place
from app.erasing.originals import ORIGINALS, likely_original
from app.films.alignment import may_change_camera, reference_of
from app.i18n import Texts, today
from app.model.recording import Recording
from app.workspace import Workspace
from widgets.folding import size_to_fit
from widgets.forms.date_field import ClockField
from widgets.forms.form import named
from widgets.forms.inputs import Choice
from widgets.look.parts import beside, button, label, primary_button, stacked

CAMERAS = (1, 2)


class CorrectFilm(QDialog):
    """One step, which can be undone here. Nothing that was marked on the film moves by it."""

    def __init__(self, space: Workspace, film: Recording, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._space, self._film_id = space, film.id
        self._editor = space.films_editor(film.meeting_id)
        t = space.texts
        self.setWindowTitle(t.tr("Correct a film"))
        self.camera = Choice((n, t.tr("Camera {n}", n=n)) for n in CAMERAS)
        self.offset = ClockField(t, t.tr("Begins on the meeting's clock at"))
        self.stood = QLineEdit()
        self.stood.setMaxLength(200)
        self._place = named(t.tr("Room, and where in it the camera stood"), self.stood)
        self.original = Choice((key, t.tr(words)) for key, words in ORIGINALS.items())
        self._original = named(t.tr("The file that it was taken in from"), self.original)
        self._told = label("", "muted", wrap=True)
        self.undo = button(t.tr("Undo the last correction"), self._on_undo)
        self.apply = primary_button(t.tr("Apply"), self._on_apply)
        foot = beside(self.undo, None, button(t.tr("Cancel"), self.reject, "quiet"), self.apply)
        inside = (named(t.tr("Camera"), self.camera), self._place, self.offset, self._original, self._told, None, foot)
        self.setLayout(stacked(*inside, spacing=14, margins=(24, 24, 24, 20)))
        size_to_fit(self, 560, 480)
        self._show()

    def _show(self) -> None:
        film, films = self._editor.film(self._film_id), self._editor.films()
        is_clock = reference_of(f for f in films if f.in_use) == film
        may_move = may_change_camera(self._space.store, film)
        self.camera.set_value(film.camera)
        self.camera.setEnabled(may_move)
        self.offset.set_value(film.offset)
        self.offset.setEnabled(not is_clock)
        self.stood.setText(film.stood)
        self.stood.setPlaceholderText(planned_place(self._space.store, film))
        self._place.setVisible(not is_room_hidden(self._space.store, film, today()))
        self.original.set_value(likely_original(self._space.store, film))
        self._original.setVisible(film.is_from_outside)
        coded = is_begun(self._space.store, film.meeting_id)
        self._told.setText("\n".join(_words(self._space.texts, is_clock=is_clock, may_move=may_move, coded=coded)))
        self.undo.setVisible(self._editor.stack.canUndo())

    def _on_undo(self) -> None:
        if self._editor.undo():
            self._show()

    def _on_apply(self) -> None:
        """What was marked on the film in the own draft is offered to be moved with it."""
        from widgets.films.sync_dialog import offer_move

        if self.offset.is_wrong():
            self.offset.line.setFocus()
            return
        before = self._editor.film(self._film_id)
        facts = {"stood": self.stood.text().strip()}
        if before.is_from_outside:
            facts["original"] = self.original.value()
        if not self._editor.correct(before.id, self.camera.value(), self.offset.value(), **facts):
            return
        after = self._editor.film(before.id)
        if before.offset != after.offset:
            offer_move(self._space, after.meeting_id, before, after)
        self.accept()


def _words(t: Texts, *, is_clock: bool, may_move: bool, coded: bool) -> list[str]:
    told = []
    if is_clock:
        told.append(t.tr("The meeting goes by this film's clock, so its beginning stays."))
    if not may_move:
        told.append(t.tr("Its camera stays: the program filmed it itself, or coding has begun."))
    if coded and not is_clock:
        told.append(
            t.tr(
                "Coding has begun. What was marked stays at its time; marks of your own draft can then be moved with "
                "the film."
            )
        )
    return told
