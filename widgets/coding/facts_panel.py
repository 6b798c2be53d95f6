"""Beside the picture: which task, how far, what is covered, and how the work partner stands."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.casework.people_called import not_everybody
from app.coding.editor import CodingEditor
from app.coding.opening import state_of
from app.model.timecode import Micros
from app.shortcuts.names import on_cap
from app.shortcuts.own_keys import KeyMap
from app.workspace import Workspace
from widgets.films.pictures import NO_LIMIT, SMALL
from widgets.forms.meeting_picker import state_words
from widgets.keys.captions import KeyFollower
from widgets.look.look import font
from widgets.look.parts import button, key_cap, label, section_label

#: pixels of height from which the keys have room below their buttons, and the words have heads
ROOMY, HEADED = 300, 250
#: the row below all others, which has what is left over
ROWS = 11
_LEFT, _FILLS = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag(0)


class FactsPanel(QWidget):
    """Follows the playhead; *Käyty läpi* declares the task covered."""

    cover_pressed = Signal()
    next_pressed = Signal()

    def __init__(self, workspace: Workspace, editor: CodingEditor) -> None:
        super().__init__()
        t = workspace.texts
        self._workspace, self._editor = workspace, editor
        self.setFixedWidth(SMALL)
        self._number = section_label("")
        self._name = label("", "title", wrap=True)
        self._elapsed = label("", "muted")
        self._elapsed.setFont(font(tabular=True))
        self._covered = label("")
        self._cover = button("", self.cover_pressed.emit)
        self._next = button(t.tr("Next begins"), self.next_pressed.emit)
        for part in (self._cover, self._next):
            part.setFocusPolicy(part.focusPolicy().TabFocus)
        self._partner = label("", wrap=True)
        self._caps = (key_cap(""), key_cap(""))
        KeyFollower(workspace.preferences, self, self._show_keys)
        beside = t.tr("Reference coding") if editor.is_training else t.tr("Work partner")
        self._heads = (section_label(t.tr("Covered")), section_label(beside))
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(0, 1)
        self.setLayout(self._grid)
        self.is_flat = False
        self._stand()
        self._at: Micros = 0
        self._part = ""
        self._with_whom: dict[str, str] = {}  # of segments that not everybody took part in
        self.refresh()

    def _show_keys(self, keys: KeyMap) -> None:
        parts, ids = (self._next, self._cover), ("coding.next-task", "coding.cover")
        for part, cap, action_id in zip(parts, self._caps, ids, strict=True):
            cap.setText(on_cap(keys.of(action_id)))
            part.setToolTip(cap.text())

    def show_part(self, part: str) -> None:
        """What is covered is told of this pass."""
        self._part = part
        self.refresh()

    def lie(self, *, flat: bool) -> None:
        """Flat below the keys where there is no room beside the picture, else one below the other."""
        self.is_flat = flat
        for part in (self._number, self._name, self._elapsed, self._next, self._cover, self._covered, self._partner):
            self._grid.removeWidget(part)
        for part in (*self._heads, *self._caps):
            self._grid.removeWidget(part)
            part.setVisible(not flat)
        self._partner.setVisible(not flat)
        if flat:
            self.setMinimumWidth(0)
            self.setMaximumWidth(NO_LIMIT)
            self._lay()
        else:
            self.setFixedWidth(SMALL)
            self._stand()

    def _lay(self) -> None:
        rows = ((self._number, self._covered), (self._name, self._elapsed), (self._next, self._cover))
        for row, (left, right) in enumerate(rows):
            self._grid.addWidget(left, row, 0)
            self._grid.addWidget(right, row, 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(ROWS, 0)

    def _stand(self) -> None:
        parts: tuple[QWidget, ...] = (self._number, self._name, self._elapsed, self._next, self._caps[0])
        parts += (self._heads[0], self._covered, self._cover, self._caps[1], self._heads[1], self._partner)
        for row, part in enumerate(parts):
            self._grid.addWidget(part, row, 0, _LEFT if part in self._caps else _FILLS)
        self._grid.setColumnStretch(1, 0)
        self._grid.setRowStretch(ROWS, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the keys stand in the buttons' hints only, and the words say what they are by themselves."""
        super().resizeEvent(event)
        if not self.is_flat:
            for part, least in ((self._caps[0], ROOMY), (self._caps[1], ROOMY), (self._heads[0], HEADED),
                                (self._heads[1], HEADED)):  # fmt: skip
                part.setVisible(event.size().height() >= least)

    def minimumSizeHint(self) -> QSize:
        """Without what is left out on a low screen."""
        if self.is_flat:
            return super().minimumSizeHint()
        shown = (self._number, self._name, self._elapsed, self._next, self._covered, self._cover, self._partner)
        high = sum(max(p.minimumSizeHint().height(), p.heightForWidth(SMALL)) for p in shown)
        return QSize(SMALL, high + 5 * (len(shown) - 1))

    def show_at(self, time: Micros) -> None:
        self._at = time
        t, file = self._workspace.texts, self._editor.file
        segment = file.segment_at(time)
        total = len(file.meeting.plan)
        if segment is None:
            self._number.setText(t.tr("Task").upper())
            self._name.setText(t.tr("between tasks"))
            self._elapsed.setText("")
            self._cover.setEnabled(False)
            self._cover.setText(t.tr("Covered"))
            return
        self._number.setText(t.tr("Task {n} / {all}", n=segment.number, all=total).upper())
        name, who = file.task_name(segment.number, t.language), self._with_whom.get(segment.id, "")
        self._name.setText(f"{name} · {who}" if who else name)
        self._elapsed.setText(t.tr("{time} gone", time=t.short_clock(time - segment.start)))
        on = self._editor.coding.header.covers(segment, self._part)
        self._cover.setEnabled(self._editor.is_open)
        self._cover.setText(t.tr("Take back") if on else t.tr("Covered"))

    def refresh(self) -> None:
        t, file = self._workspace.texts, self._editor.file
        self._with_whom = {}
        if file.meeting.is_of_family:
            case = self._workspace.case_of(file.meeting)
            self._with_whom = {s.id: not_everybody(case, file.meeting, s.number, (s,)) for s in file.segments}
        wanted, header = set(self._editor.tasks_to_code), self._editor.coding.header
        marked = {s.number for s in file.segments}
        # a task done in two parts is covered when both are
        covered = (wanted & marked) - {s.number for s in file.segments if not header.covers(s, self._part)}
        words = t.tr("{done} / {all} tasks", done=len(covered), all=len(wanted))
        self._covered.setText(words)
        self._partner.setText(self._beside_words())
        self._next.setEnabled(self._editor.is_open)
        self.show_at(self._at)

    def _beside_words(self) -> str:
        """How the work partner stands; of a coding made for learning when the reference is seen."""
        t, file = self._workspace.texts, self._editor.file
        if self._editor.is_training:
            return t.tr("seen when you are ready")
        partner = file.meeting.partner_of(self._workspace.store.me)
        if not partner:
            return t.tr("nobody: you code this alone")
        state = state_of(self._workspace.store, file.meeting, partner)
        first = self._workspace.worker_name(partner).split(" ", maxsplit=1)[0]
        return f"{first}: {state_words(t, state)}"
