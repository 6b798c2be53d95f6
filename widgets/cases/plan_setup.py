"""How the room is set up for a plan: seating, the adult's leading hand, both cameras; and what must be at hand."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.casework.plan_papers import BESIDE
from app.casework.plans import PlanEditor
from app.i18n import Texts
from app.vocabulary import StatementTexts
from widgets.forms.form import Form, columns
from widgets.look.parts import label, stacked


class PlanSetup(QWidget):
    """Follows one PlanEditor; each field is a step of it, none is required."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._editor: PlanEditor | None = None
        words = StatementTexts(texts.language)
        t, form = texts, Form(texts, self._edit)
        self.form = form
        self._words, self._unsaid = words, ("", t.tr("not chosen"))
        seatings = [self._unsaid, *((key, words.of("seatings", key)) for key in words.keys("seatings"))]
        room = columns(
            form.choice("seating", t.tr("Seating"), seatings),
            form.choice("leading_hand", t.tr("The adult's leading hand"), [self._unsaid]),
        )
        both = t.tr("in front: both faces and hands")
        diagonal = t.tr("opposite corner; empty with one camera")
        cameras = columns(
            form.line("camera_1", t.tr("Place of camera 1"), example=both),
            form.line("camera_2", t.tr("Place of camera 2"), example=diagonal),
        )
        self.side, self.materials = label("", "caption", wrap=True), label("", wrap=True)
        self.setLayout(stacked(room, self.side, cameras, self.materials, spacing=10))

    def show_plan(self, editor: PlanEditor, *, anew: bool) -> None:
        """Another meeting's plan, or the same anew."""
        self._editor = editor
        arranged, t = editor.meeting.arranged, self._texts
        first, second = (*arranged.cameras, "", "")[:2]
        self.form.offer("leading_hand", self._hands(editor.known_hand()))
        values = {"seating": arranged.seating, "leading_hand": arranged.leading_hand}
        self.form.load({**values, "camera_1": first, "camera_2": second}, anew=anew)
        sides = {
            "right": t.tr("The child sits at the adult's right: from camera 1 in front, at the left of the picture."),
            "left": t.tr("The child sits at the adult's left: from camera 1 in front, at the right of the picture."),
        }
        is_beside = arranged.seating in BESIDE
        self.side.setText(sides.get(editor.leading_hand(), "") if is_beside else "")
        self.side.setVisible(bool(self.side.text()))
        said = [f"{t.words(words)} ({', '.join(map(str, numbers))})" for words, numbers in editor.materials()]
        self.materials.setText(t.tr("To be at hand, with the tasks' numbers: {materials}", materials=" · ".join(said)))
        self.materials.setVisible(bool(said))

    def _hands(self, known: str) -> list[tuple[str, str]]:
        """Either hand; what is not said here is as it is known of the adult."""
        words = self._words
        of_adult = self._texts.tr("as known of the adult: {hand}", hand=words.of("hands", known)) if known else ""
        unsaid = ("", of_adult) if known else self._unsaid
        return [unsaid, *((key, words.of("hands", key)) for key in words.keys("hands"))]

    def commit(self) -> None:
        """What stands in the fields goes to the archive."""
        if self._editor is not None:
            self.form.commit()

    def _edit(self, key: str, value: Any) -> bool:
        editor = self._editor
        if editor is None:
            return False
        if key not in ("camera_1", "camera_2"):
            return editor.arrange(**{key: value})
        places = [*editor.meeting.arranged.cameras, "", ""][:2]
        places[key == "camera_2"] = value
        return editor.arrange(cameras=tuple(places) if any(places) else ())
