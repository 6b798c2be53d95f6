"""*Tapaamiset*: the case's meetings, one of them open with its plan and films."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup, QPushButton

from app.casework.case_editor import CaseEditor
from app.casework.film_use import FilmMark, Mark, film_marks
from app.casework.plans import PlanEditor
from app.i18n import now, today
from app.workspace import Workspace
from widgets.cases.meeting_panel import MeetingPanel
from widgets.cases.meeting_words import meeting_words
from widgets.cases.section import Section
from widgets.look.consent_mark import SIZE, mark_words, shape
from widgets.look.flow import Flow
from widgets.look.look import Look
from widgets.look.parts import EmptyState, button, clear
from widgets.screen import Go


class MeetingsSection(Section):
    """Meetings as pills above the open one."""

    details_asked = Signal()  # the work partner must be chosen first

    def __init__(self, space: Workspace, look: Look, go: Go) -> None:
        super().__init__(space, look)
        t = self.texts
        self.meeting_id = ""
        self.pills: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._pills = Flow()
        self.add = button(t.tr("Add a meeting"), self.add_meeting)
        self.add.setParent(self)  # it waits for the first meeting as a part of the section, not as a window of its own
        self.add_first = button(t.tr("Add a meeting"), self.add_meeting)
        self.to_details = button(t.tr("Choose the work partner"), self.details_asked.emit)
        words = t.tr("One adult and the child at a time. Plan the tasks, film, and take the films in here.")
        self._empty = EmptyState(t.tr("No meetings yet"), words, self.add_first)
        alone = t.tr("Two workers code each meeting, each alone. Choose the work partner first.")
        self._alone = EmptyState(t.tr("A meeting needs a pair"), alone, self.to_details)
        self.panel = MeetingPanel(space, look, go)
        self.panel.remove_asked.connect(self._on_remove)
        self.column.addLayout(self._pills)
        for part in (self.panel, self._empty, self._alone):
            self.column.addWidget(part)
        self.column.addStretch(1)

    @property
    def plan_editor(self) -> PlanEditor | None:
        """The open meeting's editor."""
        return self.panel.editor if self.meeting_id else None

    def show_case(self, editor: CaseEditor) -> None:
        if self._editor is not editor:
            self.meeting_id = ""
        super().show_case(editor)

    def choose(self, meeting_id: str) -> None:
        """Open another meeting."""
        self.panel.commit()
        self.meeting_id = meeting_id
        self.refresh()

    def refresh(self, *, anew: bool = False) -> None:
        meetings = {m.id: m for m in self.file.meetings}
        if self.meeting_id not in meetings:
            self.meeting_id = next(reversed(meetings), "")
        self._fill_pills()
        can_add = bool(self.file.case.partner) and self.file.child is not None and bool(self.file.adults)
        self.panel.setVisible(bool(meetings))
        self._empty.setVisible(not meetings and bool(self.file.case.partner))
        self._alone.setVisible(not meetings and not self.file.case.partner)
        self.add_first.setEnabled(can_add)
        self.add.setEnabled(can_add)
        if self.meeting_id:
            self.panel.show_meeting(self._plan_editor(meetings[self.meeting_id].id), self.file, anew=anew)

    def commit(self) -> None:
        if self.meeting_id:
            self.panel.commit()

    def add_meeting(self) -> None:
        """A meeting at the next full hour, with the adult that had none yet when there is one."""
        self.commit()
        held = now().astimezone().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        met = {m.adult_id for m in self.file.meetings}
        adult = next((p for p in self.file.adults if p.id not in met), self.file.adults[0])
        meeting = self.editor.add_meeting(adult, held)
        if meeting is not None:
            self.choose(meeting.id)
            self.panel.form.widgets["day"].setFocus()

    def _plan_editor(self, meeting_id: str) -> PlanEditor:
        space = self.space
        return space.editor(f"plan/{meeting_id}", lambda: PlanEditor(space.store, space.texts, meeting_id))

    def _on_remove(self) -> None:
        meeting = next((m for m in self.file.meetings if m.id == self.meeting_id), None)
        if meeting is not None and not self.editor.remove_meeting(meeting):
            words = self.texts.tr("This meeting has films or marked tasks, so it stays in the case.")
            self.space.notices.info(words)

    def _fill_pills(self) -> None:
        file = self.file
        if list(self.pills) != [m.id for m in file.meetings] or self._pills.count() == 0:
            self._make_pills([m.id for m in file.meetings])
        marks = film_marks(self.space.store, file.meetings, today())
        for meeting in file.meetings:
            pill = self.pills[meeting.id]
            pill.setText(meeting_words(self.texts, file, meeting))
            self._mark(pill, marks[meeting.id])
            pill.setChecked(meeting.id == self.meeting_id)
        self.add.setVisible(bool(file.meetings))

    def _mark(self, pill: QPushButton, mark: FilmMark) -> None:
        """Only where something is to be done: a pill is short."""
        words = mark_words(self.texts, mark)
        pill.setIcon(self.look.icon(*shape(mark.mark), SIZE) if mark.mark != Mark.IN_FORCE else QIcon())
        pill.setToolTip(words)
        pill.setAccessibleName(f"{pill.text()}, {words}")

    def _make_pills(self, ids: list[str]) -> None:
        self._pills.removeWidget(self.add)
        clear(self._pills)
        self.pills = {}
        for meeting_id in ids:
            pill = button("", partial(self.choose, meeting_id), "pill")
            pill.setCheckable(True)
            self._group.addButton(pill)
            self.pills[meeting_id] = pill
            self._pills.addWidget(pill)
        self._pills.addWidget(self.add)
