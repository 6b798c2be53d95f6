"""Who of a family does each task, and where everybody sits; there where more than one adult and the child come."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from app.casework.plans import PlanEditor
from app.i18n import Texts
from app.model.people import Person
from widgets.look.flow import Flow
from widgets.look.parts import clear, label, stacked


class PlanPeople(QWidget):
    """Follows one PlanEditor; each tick and each seat is a step of it."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._editor: PlanEditor | None = None
        self._number = 0
        self._people: tuple[Person, ...] = ()
        self._title = label("", "caption")
        self._doing = Flow()
        self.boxes: dict[str, QCheckBox] = {}
        self.seats: dict[str, QLineEdit] = {}
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self.setLayout(
            stacked(
                self._title,
                self._doing,
                label(texts.tr("Where each sits"), "caption"),
                self._grid,
                spacing=6,
            )
        )

    def show_plan(self, editor: PlanEditor) -> None:
        """Another meeting's people, or the same anew."""
        is_other, self._editor = editor is not self._editor, editor
        case = editor.case()
        people = editor.meeting.people if editor.meeting.is_of_family else ()
        found = tuple(p for i in people if (p := case.person(i)) is not None)
        if is_other or found != self._people:
            self._people = found
            self._make()
        for person in found:
            seat = self.seats[person.id]
            if is_other or not seat.hasFocus():
                seat.setText(editor.meeting.arranged.seat(person.id))
        self.setVisible(editor.meeting.is_of_family)
        self.show_task(min(self._number, len(editor.meeting.plan)))

    def show_task(self, number: int) -> None:
        """Who does the task that is chosen in the plan; 0 for none."""
        self._number, editor, t = number, self._editor, self._texts
        if editor is None:
            return
        is_chosen = 1 <= number <= len(editor.meeting.plan)
        if not is_chosen:
            self._title.setText(t.tr("Choose a task of the plan to say who does it."))
        elif number <= editor.marked:
            self._title.setText(t.tr("Took part in task {n}", n=number))
        else:
            self._title.setText(t.tr("Does task {n}", n=number))
        doing = editor.doing(number) if is_chosen else ()
        for person_id, box in self.boxes.items():
            box.setVisible(is_chosen)
            box.setChecked(person_id in doing)

    def commit(self) -> None:
        """What stands in the fields goes to the archive."""
        for person_id in tuple(self.seats):
            self._sit(person_id)

    def _make(self) -> None:
        clear(self._doing)
        clear(self._grid)
        self.boxes, self.seats = {}, {}
        for row, person in enumerate(self._people):
            box = QCheckBox(person.called)
            box.clicked.connect(self._tick)
            self.boxes[person.id] = box
            self._doing.addWidget(box)
            seat = QLineEdit()
            seat.setAccessibleName(self._texts.tr("Seat of {who}", who=person.called))
            seat.editingFinished.connect(partial(self._sit, person.id))
            self.seats[person.id] = seat
            self._grid.addWidget(label(person.called), row, 0)
            self._grid.addWidget(seat, row, 1)

    def _tick(self, _checked: bool = False) -> None:
        editor = self._editor
        if editor is None:
            return
        chosen = [person_id for person_id, box in self.boxes.items() if box.isChecked()]
        if not editor.take_part(self._number, chosen):
            self.show_task(self._number)

    def _sit(self, person_id: str) -> None:
        if self._editor is not None and self._editor.meeting.is_of_family and person_id in self._editor.meeting.people:
            self._editor.seat(person_id, self.seats[person_id].text())
