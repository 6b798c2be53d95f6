"""Cases: the list at the left, one case in its sections at the right; every edit is in the archive when it is left."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QWidget

from app.casework.case_editor import CaseEditor, new_case
from app.casework.case_list import case_of_meeting, case_to_show
from app.casework.plans import PlanEditor
from app.door import Written
from app.errors import AppError
from app.model.apart import KeptApart
from app.model.change import Entity
from app.model.circumstance import Circumstance
from app.model.commission import Commission
from app.model.consent import Consent, ControllerDecision
from app.model.exchange import PartnerCoding, SentCoding
from app.model.feedback_form import FeedbackFrom
from app.model.goal import Goal, GoalReview
from app.model.hold import Hold
from app.model.meeting import Meeting
from app.model.meeting_note import MeetingNote
from app.model.people import Case, Person, Worker
from app.model.recording import Recording
from app.model.request import Request
from app.model.retention import CaseRule, OfficeRule
from app.model.service_feedback import ServiceFeedback
from app.model.service_work import FormRow, ServiceWork
from app.model.showing import Showing
from app.packages.partners import partners
from app.workspace import Workspace
from widgets.cases.case_list import CaseList
from widgets.cases.commission_section import CommissionSection
from widgets.cases.consents_section import ConsentsSection
from widgets.cases.details_section import DetailsSection
from widgets.cases.goals_section import GoalsSection
from widgets.cases.meetings_section import MeetingsSection
from widgets.cases.partner_post import take_from_partner
from widgets.cases.people_section import PeopleSection
from widgets.cases.requests_section import RequestsSection
from widgets.cases.retention_section import RetentionSection
from widgets.cases.section import Section
from widgets.cases.services_section import ServicesSection
from widgets.look.look import Look
from widgets.look.parts import EmptyState, beside, button, primary_button, scrolled
from widgets.screen import Go, Screen

#: what this place shows; other changes leave it alone
SHOWN = (
    Case, Person, KeptApart, Circumstance, Commission, Consent, ControllerDecision, Meeting, Recording, Worker,
    SentCoding, PartnerCoding, Hold, Request, CaseRule, OfficeRule, MeetingNote, Showing, Goal,
    GoalReview, ServiceFeedback, ServiceWork, FormRow,
)  # fmt: skip


class CasesScreen(Screen):
    """`opened(new="1")` asks for a code name; `case_id` and `meeting_id` open that case and meeting.

    `part` (`details`, `people`, `commission`, `consents`, `meetings`, `services`, `goals`, `requests`, `retention`,
    `closing`) opens the case there.
    """

    def __init__(self, workspace: Workspace, look: Look, go: Go) -> None:
        super().__init__(workspace, look, go)
        self.case_id = ""
        self._editor: CaseEditor | None = None
        t = self.texts
        self.list = CaseList(workspace, look)
        self.list.chosen.connect(self._choose)
        self.list.named.connect(self._make_case)
        self.list.groups.clicked.connect(lambda _checked=False: self.go("service", part="groups"))
        self.meetings = MeetingsSection(workspace, look, go)
        self.meetings.details_asked.connect(self._ask_partner)
        self.details = DetailsSection(workspace, look, go)
        self.people = PeopleSection(workspace, look, go)
        self.commission = CommissionSection(workspace, look)
        self.consents = ConsentsSection(workspace, look)
        self.services = ServicesSection(workspace, look, go)
        self.goals = GoalsSection(workspace, look)
        self.requests = RequestsSection(workspace, look)
        self.retention = RetentionSection(workspace, look, go)
        self.tabs = self._make_tabs()
        words = t.tr(
            "A case holds the child and the adults, the commission, consents and meetings. All under a code name."
        )
        self.open_first = primary_button(t.tr("New case"), self.ask_name)
        self._empty = EmptyState(t.tr("No cases yet"), words, self.open_first)
        self._right = QStackedWidget()
        self._right.addWidget(self._empty)
        self._right.addWidget(self.tabs)
        self._take = button(t.tr("Take in from a partner…"), lambda: take_from_partner(workspace, self, go))
        self._statement = button(t.tr("Statement"), lambda: self.go("statement", case_id=self.case_id))
        self._feedback = button(t.tr("Feedback"), lambda: self.go("feedback", case_id=self.case_id))
        self._open = primary_button(t.tr("New case"), self.ask_name)
        self.names = button(t.tr("Show names"), self._turn_names)
        self.seen = button(t.tr("Who has seen"), self._ask_log)
        self.set_actions(self.names, self.seen, self._take, self._feedback, self._statement, self._open)
        workspace.names.changed.connect(self._tell_names)
        body = beside(self.list, self._right, spacing=0)
        body.setStretch(1, 1)
        self.column.addLayout(body, 1)
        self.set_title(t.tr("Clients"))
        workspace.changed.connect(self._on_changed)

    def _make_tabs(self) -> QTabWidget:
        t = self.texts
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the bar has the keys, and a name
        tabs.tabBar().setFocusPolicy(Qt.FocusPolicy.TabFocus)  # what is set for the whole is set for the bar too
        self.sections: dict[str, Section] = {
            t.tr("Basic details"): self.details,
            t.tr("People"): self.people,
            t.tr("Commission"): self.commission,
            t.tr("Consents"): self.consents,
            t.tr("Meetings"): self.meetings,
            t.tr("Services"): self.services,
            t.tr("Goals"): self.goals,
            t.tr("Requests"): self.requests,
            t.tr("Retention"): self.retention,
        }
        for name, section in self.sections.items():
            tabs.addTab(scrolled(section), name)
        tabs.tabBar().setAccessibleName(t.tr("Sections of the case"))
        tabs.currentChanged.connect(lambda _: self._tell())  # the section in front has read what was saved last
        return tabs

    # the screen's own life

    def opened(self, new: str = "", case_id: str = "", meeting_id: str = "", part: str = "", **ids: str) -> None:
        if meeting_id and not case_id:
            case_id = case_of_meeting(self.workspace.store, meeting_id).id
        if case_id and case_id != self.case_id:
            self._commit()  # from here to another case
        self._show(case_id or self.case_id, meeting_id, self._named(part) or (self.meetings if meeting_id else None))
        if part == "closing":
            self.retention.show_closing()
        if ids.get("asked"):
            self.goals.feedback.ask(FeedbackFrom(ids["asked"]), ids.get("service", ""))
        if new:
            self.ask_name()

    def _named(self, part: str) -> Section | None:
        return {
            "details": self.details,
            "people": self.people,
            "commission": self.commission,
            "consents": self.consents,
            "meetings": self.meetings,
            "services": self.services,
            "goals": self.goals,
            "requests": self.requests,
            "retention": self.retention,
            "closing": self.retention,
        }.get(part)

    def looked_at(self) -> tuple[type[Entity], str] | None:
        return (Case, self.case_id) if self.case_id else None

    def search(self) -> None:
        self.list.search.setFocus()

    def help_page(self) -> str:
        shown = self._in_front()
        if shown is self.meetings and self.case_id:
            plan = self.meetings.plan_editor
            if plan is not None and not plan.meeting.is_filmed:
                return "meetings"
            focused = self.window().focusWidget()
            return "films" if focused and self.meetings.panel.films.isAncestorOf(focused) else "plan"
        pages = {
            self.people: "people",
            self.consents: "consents",
            self.goals: "goals",
            self.services: "services",
            self.requests: "requests",
            self.retention: "erasing",
        }
        return pages.get(shown, "") if self.case_id else ""

    def main_thing(self) -> QWidget:
        return self.list.rows if self.case_id else self.open_first

    def left(self) -> None:
        self._commit()
        self.workspace.names.hide()

    def undo(self) -> None:
        editor = self._focused_editor()
        if editor is not None:
            editor.undo()

    def redo(self) -> None:
        editor = self._focused_editor()
        if editor is not None:
            editor.redo()

    def ask_name(self) -> None:
        """A new case begins with its code name, asked in the list."""
        self.list.ask_name()

    def show_section(self, section: Section) -> None:
        """Bring a section to the front, read."""
        self.tabs.setCurrentIndex(self._index(section))
        section.look_at()

    def _commit(self) -> None:
        """What is being typed goes to the archive."""
        for section in self.sections.values():
            section.commit()

    # cases

    def _choose(self, case_id: str) -> None:
        if case_id != self.case_id:
            self.left()
            self._show(case_id)

    def _make_case(self, code_name: str) -> None:
        self.left()
        try:
            case = new_case(self.workspace.door, self.texts, code_name)
        except AppError as error:
            self.workspace.notices.trouble(error)
            return
        self.list.search.clear()
        self._show(case.id)
        self.show_section(self.details)
        self.tabs.tabBar().setFocus()

    def _show(self, case_id: str, meeting_id: str = "", section: Section | None = None) -> None:
        """Show a case; the first of the list when there is no such one, the empty state without any.

        Only the section that comes to the front is read: the one that is there when none is named.
        """
        case_id = case_to_show(self.workspace.store, case_id)
        if not self.workspace.names.are_shown(case_id):
            self.workspace.names.hide()  # those of another case
        self.case_id = case_id
        self._tell_names()
        self.tell_looked_at()
        self._take.setVisible(bool(partners(self.workspace.store)))
        self.list.show_case(case_id)
        has_cases = bool(case_id)
        self._right.setCurrentWidget(self.tabs if has_cases else self._empty)
        self.list.search.setVisible(has_cases)
        self._open.setVisible(has_cases)
        self._statement.setVisible(has_cases)
        self._feedback.setVisible(has_cases)
        self.names.setVisible(has_cases)
        self.seen.setVisible(has_cases)
        if not has_cases:
            return
        space = self.workspace
        editor = space.editor(f"case/{case_id}", lambda: CaseEditor(space.store, space.texts, case_id))
        self._editor = editor
        for each in self.sections.values():
            each.show_case(editor)
        if meeting_id:
            self.meetings.choose(meeting_id)
        self.show_section(section or self._in_front())
        self._tell()

    def _tell(self) -> None:
        """What stands in the header."""
        if self._editor is None:
            return
        self.set_title(self.texts.tr("Clients"), self._editor.file.case.code_name)
        times = [e.saved_at for e in (self._editor, self.meetings.plan_editor) if e is not None]
        self.show_saved(max((at for at in times if isinstance(at, datetime)), default=None))

    def _ask_log(self) -> None:
        """The case's log report, for the client who asks who has seen the data."""
        from widgets.cases.log_report_dialog import LogReportDialog

        if self._editor is not None:
            LogReportDialog(self.workspace, self._editor.file, self).exec()

    # names

    def _turn_names(self) -> None:
        """Real names of the case that is shown, or hidden again. The log says who looked before they are seen."""
        names = self.workspace.names
        if names.are_shown(self.case_id):
            self.people.commit()
            names.hide()
        else:
            self.show_section(self.people)
            self.people.ask_names()

    def _tell_names(self) -> None:
        t, shown = self.texts, self.workspace.names.are_shown(self.case_id)
        self.names.setText(t.tr("Hide names") if shown else t.tr("Show names"))

    # changes

    def _on_changed(self, written: Written) -> None:
        changes = written.changes
        if not any(issubclass(change.kind, SHOWN) for change in changes):
            return
        if any(change.kind in (Case, Person) for change in changes):
            self.list.update_lines(self.case_id)
        elif any(change.kind in (Consent, ControllerDecision, Meeting) for change in changes):
            self.list.ask_marks_again()
        if self._editor is None:
            # the first case of all may come from a partner
            if any(change.kind is Case for change in changes):
                self._show("")
            return
        for section in self.sections.values():
            section.refresh()
        self._tell()

    # keys

    def _focused_editor(self) -> CaseEditor | PlanEditor | None:
        """The open meeting's editor while something of it has the focus, else the case's."""
        focused = self.window().focusWidget()
        plan = self.meetings.plan_editor
        if plan is not None and focused is not None and self.meetings.panel.isAncestorOf(focused):
            return plan
        return self._editor

    def _ask_partner(self) -> None:
        self.show_section(self.details)
        self.details.form.widgets["partner"].setFocus()

    def _in_front(self) -> Section:
        return list(self.sections.values())[self.tabs.currentIndex()]

    def _index(self, section: Section) -> int:
        return list(self.sections.values()).index(section)
