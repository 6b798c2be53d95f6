"""*Tapaamiset*: the case's meetings in a list, one of them open below it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QMenu, QPushButton, QVBoxLayout, QWidget

from app.casework.case_editor import CaseEditor
from app.casework.film_use import film_marks
from app.casework.meeting_words import count_words, standing
from app.casework.one_reading import OneReading
from app.casework.plans import PlanEditor
from app.films.intake import meetings_with_films
from app.i18n import now, today
from app.model.people import Person
from app.model.service import MeetingKind
from app.ports import Store
from app.services.library import meeting_kinds
from app.workspace import Workspace
from widgets.cases.meeting_list import MeetingRow
from widgets.cases.meeting_panel import MeetingPanel
from widgets.cases.section import WIDEST, Section
from widgets.look.flow import Flow
from widgets.look.look import Look
from widgets.look.parts import Card, EmptyState, button, hairline, label, let_go
from widgets.screen import Go


class MeetingsSection(Section):
    """Meetings as rows of a card above the open one."""

    details_asked = Signal()  # the work partner must be chosen first

    def __init__(self, space: Workspace, look: Look, go: Go) -> None:
        super().__init__(space, look)
        t = self.texts
        self.meeting_id = ""
        self.rows: dict[str, MeetingRow] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_chosen)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._list = Card(spacing=0, padding=1)
        self._list.setMaximumWidth(WIDEST)
        self._list.column.addLayout(self._rows)
        self._count = label("", "muted", wrap=True)
        self.add = button(t.tr("Add a meeting"), self.add_meeting)
        self.book = self._make_book()
        self.add_first = button(t.tr("Add a meeting"), self.add_meeting)
        self.to_details = button(t.tr("Choose the work partner"), self.details_asked.emit)
        words = t.tr("One adult and the child at a time. Plan the tasks, film, and take the films in here.")
        self._empty = EmptyState(t.tr("No meetings yet"), words, self.add_first)
        alone = t.tr("Two workers code each meeting, each alone. Choose the work partner first.")
        self._alone = EmptyState(t.tr("A meeting needs a pair"), alone, self.to_details)
        self.panel = MeetingPanel(space, look, go)
        self.panel.remove_asked.connect(self._on_remove)
        acts = QWidget()
        acts.setLayout(Flow(self.add, self.book, button(t.tr("Calendar"), partial(go, "calendar"), "quiet")))
        self.column.addWidget(self._count)
        self.column.addWidget(self._list)
        self.column.addWidget(acts)
        for part in (self.panel, self._empty, self._alone):
            self.column.addWidget(part)
        self.column.addStretch(1)

    @property
    def plan_editor(self) -> PlanEditor | None:
        """The open meeting's editor."""
        return self.panel.editor if self.meeting_id and self.is_read else None

    def show_case(self, editor: CaseEditor) -> None:
        if self._editor is not editor:
            self.meeting_id = ""
        super().show_case(editor)

    def choose(self, meeting_id: str) -> None:
        """Open another meeting."""
        self.commit()
        self.meeting_id = meeting_id
        self.refresh()

    def read(self, *, anew: bool) -> None:
        reading = OneReading(self.space.store)
        reading.know(self.file)
        meetings = {m.id: m for m in self.file.every_meeting}
        if self.meeting_id not in meetings:
            self.meeting_id = next(reversed(meetings), "")
        self._fill_rows(reading.store, anew=anew)
        can_add = bool(self.file.case.partner) and self.file.child is not None and bool(self.file.adults)
        self.panel.setVisible(bool(meetings))
        self._empty.setVisible(not meetings and bool(self.file.case.partner))
        self._alone.setVisible(not meetings and not self.file.case.partner)
        self.add_first.setEnabled(can_add)
        self.add.setEnabled(can_add)
        if self.meeting_id:
            self.panel.show_meeting(self._plan_editor(self.meeting_id), self.file, reading, anew=anew)

    def write(self) -> None:
        if self.meeting_id:
            self.panel.commit()

    def add_meeting(self) -> None:
        """A meeting at the next full hour, with the adult that had none yet when there is one."""
        self.commit()
        held = _next_hour()
        met = {m.adult_id for m in self.file.meetings}
        adult = next((p for p in self.file.adults if p.id not in met), self.file.adults[0])
        meeting = self.editor.add_meeting(adult, held)
        if meeting is not None:
            self.choose(meeting.id)
            self.panel.form.widgets["day"].setFocus()

    def _make_book(self) -> QPushButton:
        """What is not filmed: the kind is chosen first."""
        t = self.texts
        made = button(t.tr("Book another meeting"))
        menu = QMenu(made)
        for kind in meeting_kinds():
            if not kind.filmed:
                menu.addAction(t.words(kind.form), partial(self.book_kind, kind))
        made.setMenu(menu)
        return made

    def book_kind(self, kind: MeetingKind) -> None:
        """A meeting at the next full hour, with the adult who had none of this kind when there is one."""
        self.commit()
        met = {m.adult_id for m in self.file.every_meeting if m.kind == kind.key}
        adults = self.file.adults
        adult: Person | None = next((p for p in adults if p.id not in met), adults[0] if adults else None)
        meeting = self.editor.book(kind, adult, _next_hour())
        if meeting is not None:
            self.choose(meeting.id)
            self.panel.form.widgets["day"].setFocus()

    def _plan_editor(self, meeting_id: str) -> PlanEditor:
        space = self.space
        return space.editor(f"plan/{meeting_id}", lambda: PlanEditor(space.store, space.texts, meeting_id))

    def _on_remove(self) -> None:
        meeting = next((m for m in self.file.every_meeting if m.id == self.meeting_id), None)
        if meeting is not None and not self.editor.remove_meeting(meeting):
            words = self.texts.tr("This meeting has films, marked tasks or notes, so it stays in the case.")
            self.space.notices.info(words)

    def _fill_rows(self, store: Store, *, anew: bool) -> None:
        file = self.file
        meetings = file.every_meeting
        if list(self.rows) != [m.id for m in meetings]:
            self._make_rows([m.id for m in meetings], anew=anew)
        day, filmed = today(), meetings_with_films(store, meetings)
        marks = film_marks(store, file.meetings, day)
        found = {m.id: standing(m, day, has_film=m.id in filmed) for m in meetings}
        for meeting in meetings:
            row = self.rows[meeting.id]
            row.show_meeting(self.texts, file, meeting, found[meeting.id], marks.get(meeting.id))
            row.setChecked(meeting.id == self.meeting_id)
        self._list.setVisible(bool(meetings))
        self._count.setText(count_words(self.texts, found.values()))
        self._count.setVisible(bool(meetings))
        self.add.setVisible(bool(meetings))

    def _make_rows(self, ids: list[str], *, anew: bool) -> None:
        """A row for each. Another case's meetings are shown in the rows that stand there: making them costs most."""
        rows = list(self.rows.values())[: len(ids)] if anew else []
        while self._rows.count() > max(2 * len(rows) - 1, 0):  # with the lines between them
            let_go(self._rows, self._rows.count() - 1)
        for number in range(len(rows), len(ids)):
            row = MeetingRow(self.look)
            self._group.addButton(row)
            rows.append(row)
            if number:
                self._rows.addWidget(hairline())
            self._rows.addWidget(row)
        self.rows = dict(zip(ids, rows, strict=True))

    def _on_chosen(self, row: QAbstractButton) -> None:
        if isinstance(row, MeetingRow):
            self.choose(row.meeting_id)


def _next_hour() -> datetime:
    return now().astimezone().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
