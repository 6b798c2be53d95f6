"""The place *Työnohjaus*: the agreements that are one's own, and the room of the one that is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.errors import AppError
from app.i18n import now
from app.jobs import JobLane
from app.model.change import Entity
from app.model.supervision import AgreementState, SupervisionAgreement
from app.ports.player import Player
from app.supervising import papers, words
from app.supervising import sessions as course
from app.supervising.agreements import agreements, coming, going_on, new_agreement
from app.workspace import Workspace
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.look.look import Look
from widgets.look.parts import EmptyState, Row, button, choice_page, primary_button, stacked
from widgets.room_screen import RoomScreen
from widgets.screen import Go
from widgets.supervision.professional_works import begin_button, professional_rows
from widgets.supervision.supervision_room import SupervisionRoom
from widgets.supervision.wall_line import WallLine


class SupervisionScreen(RoomScreen[SupervisionRoom]):
    """`opened(agreement_id=…)` opens one, with `session_id` at a session; `part="recording"` at its recording.

    `part="list"` is the list.
    """

    def __init__(self, workspace: Workspace, look: Look, go: Go, new_player: Callable[[], Player]) -> None:
        super().__init__(workspace, look, go, new_player)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def opened(self, agreement_id: str = "", session_id: str = "", part: str = "", **_ids: str) -> None:
        if agreement_id:
            self._open(agreement_id, session_id, part)
        elif part == "list" or self._room is None:
            self._offer()
        else:
            self._room.refresh()

    def looked_at(self) -> tuple[type[Entity], str] | None:
        return None if self._room is None else (SupervisionAgreement, self._room.editor.agreement.id)

    def keeps(self, event: QKeyEvent) -> bool:
        """In a field letters are typed, and Enter ends the typing."""
        return bool(event.text())

    def _open(self, agreement_id: str, session_id: str = "", part: str = "") -> None:
        self.close_film()
        try:
            room = SupervisionRoom(self, agreement_id, self._new_player)
        except AppError as error:
            self.workspace.notices.trouble(error)
            self._offer()
            return
        room.turned.connect(self._show_head)
        room.follow_pressed.connect(self._follow)
        room.paper_pressed.connect(self._save_agreement)
        self.show_room(room)
        self.tell_looked_at()
        if session_id:
            room.open_session(session_id)
            if part == "recording":
                room.to_recording()
        self._show_head()

    def _show_head(self) -> None:
        t, room = self.texts, self._room
        if room is None:
            return
        agreement = room.editor.agreement
        self.set_title(t.tr("Supervision"), f"{agreement.title} · {words.how(t, agreement)}")
        others = button(t.tr("All agreements"), lambda: self.go("supervision", part="list"))
        if room.pages.currentWidget() is not room.overview:
            self.set_actions(others)
            return
        acts: list[QWidget] = [others, button(t.tr("Note an evaluation"), room.to_rating)]
        if years := papers.years_held(room.editor.sessions):
            acts.append(self._year_button(years))
        wanted = course.next_one(room.editor.sessions, now()) or next(
            iter(course.unsaid(room.editor.sessions, now())), None
        )
        if wanted is not None:
            number = course.numbers(room.editor.sessions).get(wanted.id)
            said = t.tr("Open session {n}", n=number) if number else t.tr("Open the exploratory meeting")
            acts.append(primary_button(said, room.open_next))
        elif not agreement.is_signed:
            acts.append(primary_button(t.tr("To the agreement"), room.to_agreement))
        self.set_actions(*acts)

    # papers

    def _year_button(self, years: tuple[int, ...]) -> QPushButton:
        """Of one year at once, of several by a menu."""
        made = button(self.texts.tr("Yearly summary PDF"))
        if len(years) == 1:
            made.clicked.connect(lambda _: self._save_year(years[0]))
            return made
        menu = QMenu(made)
        for year in years:
            menu.addAction(str(year), partial(self._save_year, year))
        made.setMenu(menu)
        return made

    def _save_year(self, year: int) -> None:
        """What the payer was promised to be told of a year, and nothing else."""
        if self._room is not None:
            self._room.commit()
            agreement = self._room.editor.agreement
            store, t = self.workspace.store, self.texts
            name = papers.year_file_name(t, agreement, year)
            self._save(name, lambda path: papers.save_year(store, t, agreement.id, year, path))

    def _save_agreement(self) -> None:
        """The agreement with a line for each who signs."""
        if self._room is not None:
            self._room.commit()
            agreement = self._room.editor.agreement
            store, t = self.workspace.store, self.texts
            name = papers.agreement_file_name(t, agreement)
            self._save(name, lambda path: papers.save_agreement(store, t, agreement.id, path))

    def _save(self, name: str, write: Callable[[Path], None]) -> None:
        room, space, t = self._room, self.workspace, self.texts
        if room is None:
            return
        agreement = room.editor.agreement
        space.notices.paper({agreement.title, agreement.customer, *(s.called for s in agreement.supervisees)})
        path = FileDialogs(self).save(t.tr("Save as PDF"), name, PDF)
        if path is not None:
            space.jobs.run(
                t.tr("Making the PDF"),
                lambda _job: write(path),
                lambda _: space.notices.done(
                    t.tr("The PDF was saved. It is not encrypted: keep it as any secret paper.")
                ),
                lane=JobLane.ARCHIVE,
            )

    # the list

    def _offer(self) -> None:
        t, store = self.texts, self.workspace.store
        self.close_film()
        self.set_title(t.tr("Supervision"))
        new = primary_button(t.tr("New agreement"), self._new)
        self.show_saved(None)
        held, works = agreements(store), professional_rows(self.workspace, self.look, self.go)
        other = begin_button(self.texts, self.go)
        if not held and not works:
            self.set_actions(other)
            said = t.tr(
                "Here supervision is agreed, held and evaluated: agreement, sessions, goals. Client work is elsewhere."
            )
            self.show_page(self._walled(EmptyState(t.tr("No supervision yet"), said, new)))
            return
        self.set_actions(other, new)
        groups: dict[str, list[QWidget]] = {}
        heads = {
            AgreementState.SIGNED: t.tr("In force"),
            AgreementState.DRAFT: t.tr("Drafts"),
            AgreementState.ENDED: t.tr("Ended"),
        }
        for one in held:
            mine = one.supervisee_of(store.me) is None
            head = heads[one.state] if mine else t.tr("Where I am supervised")
            groups.setdefault(head, []).append(self._row(one))
        groups[t.tr("Consultations and trainings")] = works
        self.show_page(self._walled(choice_page(groups)))

    def _row(self, agreement: SupervisionAgreement) -> Row:
        t = self.texts
        session = coming(self.workspace.store, agreement)
        trailing = t.tr("next {day}", day=t.date(session.at.astimezone().date())) if session is not None else ""
        under = " · ".join(part for part in (words.how(t, agreement), agreement.customer) if part)
        act = button(t.tr("Open"), partial(self.go, "supervision", agreement_id=agreement.id))
        return Row(self.look, agreement.title, under, "supervision", trailing, act)

    def _walled(self, page: QWidget) -> QWidget:
        made = QWidget()
        column = stacked(WallLine(self.look, self.texts), page, spacing=0)
        column.setStretch(1, 1)
        made.setLayout(column)
        return made

    def _new(self) -> None:
        t, space = self.texts, self.workspace
        try:
            made = new_agreement(space.door, t, t.tr("New supervision"))
        except AppError as error:
            space.notices.trouble(error)
            return
        self.go("supervision", agreement_id=made.id)

    def _follow(self) -> None:
        """Other terms are another agreement that goes on from this one."""
        if self._room is None:
            return
        space = self.workspace
        try:
            made = going_on(space.door, self.texts, self._room.editor.agreement)
        except AppError as error:
            space.notices.trouble(error)
            return
        self.go("supervision", agreement_id=made.id)
