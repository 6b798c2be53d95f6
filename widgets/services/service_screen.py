"""The place of services by template: a piece of work, the groups that are kept, or what can be begun."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.errors import AppError
from app.jobs import JobLane
from app.model.change import Entity
from app.model.people import Person
from app.model.service_work import FormRow, ServiceWork
from app.model.template import Belongs, Output, Step
from app.ports.player import Player
from app.works import papers
from app.works.paper_readers import readers_to_choose
from app.works.work_file import called, code_of, title, work_behind
from app.workspace import Workspace
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.look.look import Look
from widgets.look.parts import button, primary_button
from widgets.room_screen import RoomScreen
from widgets.screen import Go
from widgets.services.begin_page import begin_page
from widgets.services.group_list import group_list
from widgets.services.service_room import ServiceRoom
from widgets.services.work_words import pinned_words

#: the place of the rail that a work is marked at
_BESIDE = {Belongs.PROFESSIONAL: "supervision"}


class ServiceScreen(RoomScreen[ServiceRoom]):
    """`opened(work_id=…)` opens a work; `part="begin"` with `belongs` (and `case_id`) what can be begun.

    `within` is the id of a work or of a filled row of one. `part="groups"`, or nothing before anything was open, shows
    the groups.
    """

    def __init__(self, workspace: Workspace, look: Look, go: Go, new_player: Callable[[], Player]) -> None:
        super().__init__(workspace, look, go, new_player)
        self._next: QPushButton | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def opened(self, work_id: str = "", part: str = "", belongs: str = "", case_id: str = "", **ids: str) -> None:
        work_id = work_id or (work_behind(self.workspace.store, ids["within"]) if ids.get("within") else "")
        if part == "begin":
            self._offer(Belongs(belongs or Belongs.GROUP), case_id)
        elif work_id:
            self._open(work_id)
        elif part == "groups" or self._room is None:
            self._show_groups()
        else:
            self._room.refresh()
            self._show_head()

    def looked_at(self) -> tuple[type[Entity], str] | None:
        return None if self._room is None else (ServiceWork, self._room.editor.work.id)

    def keeps(self, event: QKeyEvent) -> bool:
        """In a field letters are typed, and Enter ends the typing."""
        return bool(event.text())

    def main_thing(self) -> QWidget:
        return super(RoomScreen, self).main_thing()

    def help_page(self) -> str:
        return "services"

    def _open(self, work_id: str) -> None:
        self.close_film()
        try:
            room = ServiceRoom(self, work_id)
        except AppError as error:
            self.workspace.notices.trouble(error)
            self._show_groups()
            return
        self.stand_beside(_BESIDE.get(room.editor.work.belongs, "cases"))
        room.turned.connect(self._tell_head)
        self.show_room(room)
        self.tell_looked_at()
        self.show_saved(room.editor.saved_at)
        self._show_head()

    # the head of a work

    def _show_head(self) -> None:
        room = self._room
        if room is None:
            return
        acts: list[QWidget] = [button(*self._way_back(room))]
        acts += self._paper_buttons(room.editor.file.template.outputs)
        self._next = primary_button("", self._go_on)
        self.set_actions(*acts, self._next)
        self._tell_head()

    def _tell_head(self) -> None:
        """What it is called and what comes next. The buttons stay: a press on one may be what ends the typing."""
        room = self._room
        if room is None or self._next is None:
            return
        t, store, file = self.texts, self.workspace.store, room.editor.file
        work = file.work
        code = code_of(store, work.case_id)
        about = (work.called or code, code if work.called else "", pinned_words(t, file))
        self.set_title(t.words(title(store, file)), " · ".join(part for part in about if part))
        self._next.setText(self._next_words(room))

    def _way_back(self, room: ServiceRoom) -> tuple[str, Callable[[], None]]:
        t, work = self.texts, room.editor.work
        if work.case_id:
            return t.tr("To the case"), lambda: self.go("cases", case_id=work.case_id, part="services")
        if work.belongs == Belongs.GROUP:
            return t.tr("All groups"), lambda: self.go("service", part="groups")
        return t.tr("To the list"), lambda: self.go("supervision", part="list")

    def _next_words(self, room: ServiceRoom) -> str:
        """The next thing to do: a step, the end when all is done, or opening again what has ended."""
        t, step = self.texts, room.next_step()
        if not room.editor.work.is_open:
            return t.tr("Open again")
        return t.tr("End the service") if step is None else t.tr("Next: {step}", step=t.words(step.name))

    def _go_on(self) -> None:
        room = self._room
        if room is None:
            return
        step = room.next_step()
        if not room.editor.work.is_open:
            room.reopen()
        elif step is None:
            room.end()
        else:
            self._to_next(room, step)

    @staticmethod
    def _to_next(room: ServiceRoom, step: Step) -> None:
        room.to_step(step.id)
        if step.approval:
            room.approvals.ask(step.approval)

    # papers

    def _paper_buttons(self, outputs: tuple[Output, ...]) -> list[QWidget]:
        """The one paper there is, or a menu of several."""
        t = self.texts
        if len(outputs) == 1 and not outputs[0].per and not self._readers(outputs[0]):
            return [button(t.tr("{paper} PDF", paper=t.words(outputs[0].name)), partial(self._save, outputs[0]))]
        made = button(t.tr("Papers"))
        menu = QMenu(made)
        for output in outputs:
            words = t.tr("{paper} PDF", paper=t.words(output.name))
            if output.per or self._readers(output):
                inner = menu.addMenu(words)
                inner.aboutToShow.connect(partial(self._fill_menu, inner, output))
            else:
                menu.addAction(words, partial(self._save, output))
        made.setMenu(menu)
        return [made] if outputs else []

    def _fill_menu(self, menu: QMenu, output: Output) -> None:
        """A paper for each row: each by what the row is called."""
        menu.clear()
        room = self._room
        if room is None:
            return
        if readers := self._readers(output):
            menu.addAction(self.texts.tr("Whole, for the orderer and the office"), partial(self._save, output))
            for person in readers:
                words = self.texts.tr("For {who}", who=person.called)
                menu.addAction(words, partial(self._save, output, reader=person.id))
            return
        rows = room.sources.rows(output.per)
        if not rows:
            form = room.editor.template.form(output.per)
            words = self.texts.words(form.name) if form is not None else ""
            menu.addAction(self.texts.tr("Nobody in {form} yet", form=words)).setEnabled(False)
        for number, (row, words) in enumerate(rows, start=1):
            menu.addAction(words, partial(self._save, output, row, number))

    def _readers(self, output: Output) -> tuple[Person, ...]:
        """For whom it can be made, where people of the case are kept apart."""
        room = self._room
        return () if room is None else readers_to_choose(self.workspace.store, room.editor.file, output)

    def _save(self, output: Output, row: FormRow | None = None, number: int = 0, reader: str = "") -> None:
        """As PDF where the worker says; what a form still asks for is told, and is a line to write on."""
        room, space, t = self._room, self.workspace, self.texts
        if room is None:
            return
        room.commit()
        file = room.editor.file
        space.notices.paper({called(space.store, t, file), *(v.text for r in file.rows for v in r.written)})
        path = FileDialogs(self).save(t.tr("Save as PDF"), papers.file_name(file, output, number), PDF)
        if path is None:
            return
        missing = ", ".join(dict.fromkeys(t.words(field.name) for _, field in papers.unfilled(file, output)))
        said = t.tr("The PDF was saved. It is not encrypted: keep it as any secret paper.")
        if missing:
            said += " " + t.tr("Not filled in yet: {fields}.", fields=missing)
        space.jobs.run(
            t.tr("Making a paper of the service as PDF"),
            lambda _job: papers.save_paper(space.store, file, output, path, row, reader),
            lambda _: space.notices.done(said),
            lane=JobLane.ARCHIVE,
        )

    # lists

    def _show_groups(self) -> None:
        t = self.texts
        self.close_film()
        self._next = None
        self.stand_beside("cases")
        self.set_title(t.tr("Groups kept by codes"))
        self.show_saved(None)
        page, has_groups = group_list(self.workspace, self.look, self.go)
        begin = primary_button(t.tr("Begin a group"), lambda: self.go("service", part="begin", belongs=Belongs.GROUP))
        back = button(t.tr("To the clients"), lambda: self.go("cases"))
        self.set_actions(back, *([begin] if has_groups else []))
        self.show_page(page)

    def _offer(self, belongs: Belongs, case_id: str) -> None:
        t = self.texts
        self.close_film()
        self._next = None
        self.stand_beside(_BESIDE.get(belongs, "cases"))
        code = code_of(self.workspace.store, case_id)
        heads = {
            Belongs.CASE: t.tr("Begin a service"),
            Belongs.GROUP: t.tr("Begin a group"),
            Belongs.PROFESSIONAL: t.tr("Begin a consultation or training"),
        }
        self.set_title(heads[belongs], code)
        self.show_saved(None)
        self.set_actions(button(t.tr("Cancel"), partial(self._back_from, belongs, case_id)))
        self.show_page(begin_page(self.workspace, self.look, belongs, case_id, self.go))

    def _back_from(self, belongs: Belongs, case_id: str) -> None:
        if belongs == Belongs.CASE:
            self.go("cases", case_id=case_id, part="services")
        elif belongs == Belongs.GROUP:
            self.go("service", part="groups")
        else:
            self.go("supervision", part="list")
