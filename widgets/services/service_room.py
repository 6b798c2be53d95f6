"""One piece of work by a template: the path of its phases, what the one in front asks for, and who is in it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.errors import AppError
from app.i18n import today
from app.model.erasure import Whole
from app.model.feedback_form import FeedbackFrom
from app.model.participant_told import TOLD
from app.model.service_work import Done, ServiceWork
from app.model.template import Belongs, Phase, Step
from app.services.ordered import service_of
from app.works import moving
from app.works.asking import unasked
from app.works.editor import WorkEditor
from widgets.look.parts import bring_in_sight, clear, scrolled, stacked
from widgets.retention.whole_card import WholeCard
from widgets.room_screen import Room
from widgets.screen import Screen
from widgets.service_feedback.participants_dialog import ParticipantsDialog
from widgets.services.approvals_part import ApprovalsPart
from widgets.services.asked_part import AskedPart
from widgets.services.close_dialog import CloseDialog
from widgets.services.details_part import DetailsPart
from widgets.services.field_sources import FieldSources
from widgets.services.moving_dialog import MovingDialog
from widgets.services.path_part import OTHERS, PathPart
from widgets.services.phase_part import PhasePart, forms_of
from widgets.services.roles_part import RolesPart
from widgets.supervision.wall_line import WallLine

#: pixels of what stands beside the phase; Qt's own word for no limit
_SIDE, _NO_LIMIT = 340, 16_777_215


class ServiceRoom(Room):
    """`turned` tells that the head of the place has to say something else."""

    turned = Signal()

    def __init__(self, place: Screen, work_id: str) -> None:
        super().__init__()
        space, look, t = place.workspace, place.look, place.texts
        self._place, self._texts, self._look = place, t, look
        self.editor: WorkEditor = space.editor(f"service/{work_id}", lambda: WorkEditor(space.store, t, work_id))
        self.sources = FieldSources(space.store, t, self.editor)
        self.path = PathPart(look, t)
        self._side_of: ServiceWork | None = None
        self.roles = RolesPart(t, self.editor, self.sources)
        self.approvals = ApprovalsPart(look, t, self.editor, self.sources)
        self.details = DetailsPart(t, self.editor, self.sources)
        # what is of a case is kept and erased with it
        is_whole = self.editor.work.case_id is None
        self.keeping = [WholeCard(space, Whole.SERVICE, work_id)] if is_whole else []
        self.asked = AskedPart(t, self.editor, self.sources)
        self.chosen = self._first_open()
        self.phase = PhasePart(look, t, self.editor, self.sources, self._chosen_phase())
        self.phase.move_asked.connect(self.move_to_case)
        self._front = QVBoxLayout()
        self._front.addWidget(self.phase)
        self._body = QVBoxLayout()
        self._build(is_narrow=place.folding.is_narrow)
        self._connect()
        self._shown = self.editor.file
        self.refresh()
        self._head = self.editor.work, self.next_step()

    def _build(self, *, is_narrow: bool) -> None:
        side = stacked(self.approvals, self.roles, self.asked, self.details, *self.keeping, None, spacing=14)
        self._side = QWidget()
        self._side.setLayout(side)
        inside = QWidget()
        column = stacked(self.path, spacing=16, margins=(20, 16, 20, 24))
        self._two = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._two.setSpacing(16)
        self._two.addLayout(self._front, 1)
        self._two.addWidget(self._side)
        column.addLayout(self._two, 1)
        inside.setLayout(column)
        page = scrolled(inside)
        if self.editor.work.belongs == Belongs.PROFESSIONAL:
            self.setLayout(stacked(WallLine(self._look, self._texts), page, spacing=0))
        else:
            self.setLayout(stacked(page, spacing=0))
        self._fold(is_narrow=is_narrow)

    def _connect(self) -> None:
        self.path.phase_pressed.connect(self.show_phase)
        self.path.step_pressed.connect(self.to_step)
        self.asked.asked.connect(self.ask)
        self.details.close_pressed.connect(self.end)
        self.details.reopen_pressed.connect(self.reopen)
        self._place.folding.changed.connect(self._on_fold)
        self.editor.changed.connect(self._on_changed)  # bound: the editor outlives the room
        self.editor.saved.connect(self._place.show_saved)

    def _on_fold(self) -> None:
        self._fold(is_narrow=self._place.folding.is_narrow)

    def _fold(self, *, is_narrow: bool) -> None:
        self._two.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)
        if is_narrow:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(_NO_LIMIT)
        else:
            self._side.setFixedWidth(_SIDE)

    # what is in front

    def _first_open(self) -> str:
        file = self.editor.file
        phases = file.template.phases
        found = next((p for p in phases if file.phase_state(p) != Done.DONE), phases[-1] if phases else None)
        return found.id if found is not None else OTHERS

    def _chosen_phase(self) -> Phase | None:
        return self.editor.template.phase(self.chosen) if self.chosen else None

    def show_phase(self, phase_id: str) -> None:
        """Another phase in front; empty for the sheets that no phase asks for."""
        self.commit()
        if phase_id != self.chosen:
            self.chosen = phase_id
            clear(self._front)
            self.phase = PhasePart(self._look, self._texts, self.editor, self.sources, self._chosen_phase())
            self.phase.move_asked.connect(self.move_to_case)
            self._front.addWidget(self.phase)
        self._show_path()

    def to_step(self, step_id: str) -> None:
        """To what a step asks for; one that is done by hand is ticked, or its tick taken back."""
        step = self.editor.template.step(step_id)
        if step is None:
            return
        self.show_phase(next(p.id for p in self.editor.template.phases if step in p.steps))
        if step.form:
            self.phase.show_form(step.form)
        elif step.approval:
            bring_in_sight(self.approvals)
        else:
            self.editor.tick(step.id, today() if self.editor.work.tick(step.id) is None else None)

    def next_step(self) -> Step | None:
        """The first that is not done; None when all are."""
        file = self.editor.file
        return next((s for s in file.template.steps() if file.step_state(s) != Done.DONE), None)

    def ask(self, who: FeedbackFrom) -> None:
        """To the form for one who tells how this was: in the case, or of participants here."""
        if who == FeedbackFrom.PARTICIPANT:
            asked = ParticipantsDialog(self, self._place.workspace, self._look, self.editor)
            asked.exec()
            asked.deleteLater()
            return
        service = service_of(self.editor.template, self._texts)
        case_id = self.editor.work.case_id or ""
        self._place.go("cases", case_id=case_id, part="goals", asked=who.value, service=service)

    def move_to_case(self, row_id: str) -> None:
        """A consultation in which a client was named goes over to that client's case."""
        space, row = self._place.workspace, self.editor.file.row(row_id)
        if row is None:
            return
        asked = MovingDialog(self, self._texts, moving.cases_to_choose(space.store))
        case_id = asked.case_id() if asked.exec() else ""
        asked.deleteLater()
        if not case_id:
            return
        try:
            moving.move_to_case(space.door, self._texts, self.editor.file, row, case_id)
        except AppError as error:
            space.notices.trouble(error)
            return
        self.phase.shut_rows()
        self.refresh()
        space.notices.done(self._texts.tr("The consultation was moved. It is among the services of the case."))

    # the end

    def end(self) -> None:
        """Ask for the last day and how it ended."""
        self.commit()
        t, file = self._texts, self.editor.file
        open_steps = [t.words(s.name) for s in file.template.steps() if file.step_state(s) != Done.DONE]
        left = t.tr("Still open: {steps}.", steps=", ".join(open_steps)) if open_steps else ""
        asked = CloseDialog(self, t, left, unasked(self.sources.store, file, t))
        if asked.exec():
            self.editor.close(asked.day(), asked.why())
        elif asked.wanted is not None:
            self.ask(asked.wanted)

    def reopen(self) -> None:
        self.editor.reopen()

    # of every room

    def refresh(self) -> None:
        """Show what the editor holds, with people and workers as they are now."""
        self.sources.read()
        self._show_path()
        self.phase.refresh()
        self._shown = self.editor.file
        self._refresh_side()

    def _refresh_side(self) -> None:
        if self.editor.work != self._side_of:  # of most steps nothing is seen beside the phase
            self._side_of = self.editor.work
            for part in (self.roles, self.approvals, self.details):
                part.refresh()
        self.asked.refresh()

    def _show_path(self) -> None:
        others = tuple(self._texts.words(form.name) for form in forms_of(self.editor, None))
        self.path.show_path(self.editor.file, self.chosen, others)

    def _follow(self) -> None:
        """After a step only what it changed is shown anew: of a field its form, and the forms that name its row."""
        file, was, self._shown = self.editor.file, self._shown, self.editor.file
        self.sources.follow()
        self._show_path()
        if file.work != was.work:
            self.phase.refresh()
            self._refresh_side()
        else:
            forms = file.forms_since(was)
            self.phase.refresh_forms(forms)
            if TOLD in forms:
                self.asked.refresh()

    def _on_changed(self, _changes: object) -> None:
        self._follow()
        head = self.editor.work, self.next_step()
        if head != self._head:
            self._head = head
            self.turned.emit()

    def commit(self) -> None:
        self.phase.commit()
        self.roles.commit()
        self.details.commit()

    def undo(self) -> None:
        self.editor.undo()

    def redo(self) -> None:
        self.editor.redo()

    def close_film(self) -> None:
        self.commit()
