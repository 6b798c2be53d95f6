"""Which meetings a statement is about: one box per meeting of the case."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.model.meeting import Meeting
from app.services.library import meeting_called
from app.workspace import Workspace
from widgets.look.parts import clear, section_label, stacked


class MeetingChoice(QWidget):
    """`changed` when a hand ticked or cleared a box; a meeting that is new carries the word `new` behind its name."""

    changed = Signal()

    def __init__(self, workspace: Workspace, new: str) -> None:
        super().__init__()
        self._workspace, self._new = workspace, new
        self._boxes: dict[str, QCheckBox] = {}
        self._offered: tuple[object, ...] = ()
        self._rows = stacked(spacing=2)
        self.setLayout(stacked(section_label(workspace.texts.tr("Meetings of the document")), self._rows, spacing=4))

    def offer(
        self,
        meetings: Sequence[Meeting],
        about: Sequence[str] | None = None,
        new: Sequence[str] = (),
        *,
        can_choose: bool = True,
    ) -> None:
        """Show the meetings, those in `about` ticked (all when left out); hidden when there is nothing to choose."""
        offered = (tuple(meetings), tuple(new))
        if offered != self._offered:
            self._offered = offered
            clear(self._rows)
            self._boxes = {m.id: self._box(m, is_new=m.id in new) for m in meetings}
            for box in self._boxes.values():
                self._rows.addWidget(box)
        for key, box in self._boxes.items():
            box.setChecked(about is None or key in about)
            box.setEnabled(can_choose)
        self.setVisible(bool(meetings))

    def chosen(self) -> tuple[str, ...]:
        """Ids of the meetings that are ticked, in the order in which they were held."""
        return tuple(key for key, box in self._boxes.items() if box.isChecked())

    def _box(self, meeting: Meeting, *, is_new: bool) -> QCheckBox:
        t = self._workspace.texts
        adult = self._workspace.case_of(meeting).person(meeting.adult_id)
        day, called = meeting.held.astimezone().date(), meeting_called(t, meeting, adult)
        words = [called, t.date(day, year=False), *([self._new] if is_new else [])]
        box = QCheckBox(" · ".join(words))
        box.setToolTip(f"{called} · {t.date(day)}")
        box.clicked.connect(self.changed)
        return box
