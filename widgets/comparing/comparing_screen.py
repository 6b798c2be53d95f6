"""Two ready codings side by side: figures in plain sentences, and the list of where they differ. Enter plays one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from app.casework.meeting_file import MeetingFile
from app.casework.pair import pair_ready
from app.comparing.comparison import Comparison, look_at, ready_codings
from app.comparing.figures.paper import file_name, save_agreement
from app.comparing.second_pass.comparison import SecondStage, second_comparison, second_stage
from app.errors import NotAllowed
from app.jobs import JobLane
from app.model.independence import PAIR
from app.model.meeting import Meeting
from app.ports.line import Line
from app.ports.player import Player
from app.services.library import meeting_called
from app.workspace import Workspace
from widgets.comparing.comparing_room import ComparingRoom
from widgets.comparing.quality_window import QualityWindow
from widgets.comparing.second_room import SecondRoom
from widgets.comparing.waiting import waiting_page
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.forms.meeting_picker import meeting_list
from widgets.look.look import Look
from widgets.look.parts import EmptyState, button, primary_button
from widgets.room_screen import Room, RoomScreen
from widgets.screen import Go

#: the part of the place that is the second pass
SECOND = "second"


class ComparingScreen(RoomScreen[Room]):
    """`opened(meeting_id=…)` compares that meeting, its second pass with `part="second"`; else it offers a choice."""

    def __init__(
        self,
        workspace: Workspace,
        look: Look,
        go: Go,
        new_player: Callable[[], Player],
        new_line: Callable[[], Line] | None = None,
    ) -> None:
        """Without `new_line` there is no walking together with another computer."""
        super().__init__(workspace, look, go, new_player)
        self._new_line = new_line
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def opened(self, meeting_id: str = "", part: str = "", **_ids: str) -> None:
        if meeting_id and part == SECOND:
            self._open_second(meeting_id)
        elif meeting_id:
            self._open(meeting_id)
        elif self._room is None:
            self._offer()

    def _offer(self) -> None:
        t = self.texts
        self.set_title(t.tr("Comparing"))
        page = meeting_list(
            self.workspace,
            self.look,
            t.tr("Which meeting?"),
            self._comparable,
            lambda m: self.go("comparing", meeting_id=m),
        )
        self.set_actions(*([] if page is None else [self._quality_action()]))
        self.show_page(page or self._nothing())

    def _quality_action(self) -> QPushButton:
        return button(self.texts.tr("Quality of pairs"), lambda: QualityWindow(self.workspace, self).show())

    def _comparable(self, meeting: Meeting) -> tuple[str, bool]:
        t, ready = self.texts, ready_codings(self.workspace.store, meeting.id)
        words = (t.tr("neither is ready"), t.tr("one is ready"), t.tr("both are ready"))
        return words[ready], ready == PAIR

    def _nothing(self) -> QWidget:
        t = self.texts
        return EmptyState(
            t.tr("Nothing to compare yet"),
            t.tr("Here the pair sees where two independent codings differ, once both are marked as ready."),
            button(t.tr("To coding"), lambda: self.go("coding"), "primary"),
        )

    def _open(self, meeting_id: str) -> None:
        store = self.workspace.store
        self.close_film()
        file = self.workspace.meeting_file(meeting_id)
        if not pair_ready(store, meeting_id):
            self._wait(meeting_id)
            return
        try:
            found = look_at(store, meeting_id)
        except NotAllowed as error:
            self.workspace.notices.trouble(error)
            self._offer()
            return
        room = ComparingRoom(self, found, self._new_player(), self._new_line)
        self.show_room(room)
        room.turned.connect(partial(self._show_head, file, found, room))
        self._show_head(file, found, room)

    def _show_head(self, file: MeetingFile, found: Comparison, room: ComparingRoom) -> None:
        """Title and actions of what the room shows now."""
        t, case = self.texts, self.workspace.case_of(file.meeting)
        about = f"{case.case.code_name} · {meeting_called(t, file.meeting, case.person(file.meeting.adult_id))}"
        if room.is_common:
            self.set_title(t.tr("Comparing"), " · ".join((about, t.tr("common view"))))
        else:
            when = max(h for c in (found.a, found.b) if (h := c.header.ready_at) is not None)
            day = t.date(when.astimezone().date(), year=False)
            moment = t.tr("both ready {day} {time}", day=day, time=t.time(when))
            self.set_title(t.tr("Comparing"), f"{about} · {moment}")
        actions = [self._quality_action(), room.drawer.new_opener(t.tr("Origins") if room.is_common else "")]
        if room.walk.common is not None:
            words = t.tr("Disagreements one by one") if room.is_common else t.tr("Common view")
            actions.append(button(words, room.turn))
        if words := self._second_words(second_stage(self.workspace.store, file.meeting.id)):
            actions.append(button(words, partial(self._open_second, file.meeting.id)))
        if room.together is not None and room.together.is_offered:
            actions.append(button(t.tr("Together from two places…"), room.together.begin))
        actions.append(button(t.tr("Agreement PDF"), partial(self._save, found)))
        actions.append(button(t.tr("To the statement"), partial(self.go, "statement", case_id=file.meeting.case_id)))
        confirms = room.confirming.new_action()
        self.set_actions(*actions, *([] if confirms is None else [confirms]))

    # the second pass

    def _second_words(self, stage: SecondStage) -> str:
        """The button that leads to the second pass; empty where the scheme has none or nothing is agreed yet."""
        t = self.texts
        words = {
            SecondStage.TO_BEGIN: t.tr("Begin the second pass"),
            SecondStage.OWN_DRAFT: t.tr("Go on with the second pass"),
        }
        return "" if stage == SecondStage.NONE else words.get(stage, t.tr("Second pass"))

    def _open_second(self, meeting_id: str) -> None:
        space = self.workspace
        stage = second_stage(space.store, meeting_id)
        try:
            editor = space.second_editor(meeting_id)
            found = second_comparison(space.store, meeting_id) if stage == SecondStage.OPEN else None
        except NotAllowed as error:
            space.notices.trouble(error)
            return
        self.close_film()
        room = SecondRoom(self, editor, self._new_player(), found)
        self.show_room(room)
        room.turned.connect(partial(self._show_second_head, room))
        self._show_second_head(room)
        room.main_thing().setFocus()

    def _show_second_head(self, room: SecondRoom) -> None:
        t, editor = self.texts, room.editor
        meeting = editor.file.meeting
        case = self.workspace.case_of(meeting)
        about = f"{case.case.code_name} · {meeting_called(t, meeting, case.person(meeting.adult_id))}"
        self.set_title(t.tr("Second pass"), about)
        actions = [button(t.tr("Back to comparing"), partial(self._open, meeting.id))]
        if room.found is None and editor.coding.is_ready:
            actions.append(button(t.tr("Take ready back"), editor.take_ready_back))
        elif editor.is_open and not editor.open_places():
            actions.append(primary_button(t.tr("Mark as ready"), partial(self._second_ready, room)))
        self.set_actions(*actions)

    def _second_ready(self, room: SecondRoom) -> None:
        """Fixed; what both answered is shown at once when the other is ready too."""
        meeting_id = room.editor.file.meeting.id
        if room.editor.mark_ready() and second_stage(self.workspace.store, meeting_id) == SecondStage.OPEN:
            self._open_second(meeting_id)

    def _save(self, found: Comparison) -> None:
        """The agreement as a paper of its own."""
        space, t = self.workspace, self.texts
        case = space.case_of(found.file.meeting)
        space.notices.paper({*found.coders, case.case.code_name})
        path = FileDialogs(self).save(t.tr("Save as PDF"), file_name(space.store, t, found), PDF)
        if path is not None:
            space.jobs.run(
                t.tr("Making the agreement as PDF"),
                lambda job: save_agreement(space.store, t, found, path, job.cancelled),
                lambda _: space.notices.done(
                    t.tr("The PDF was saved. It is not encrypted: keep it as any secret paper.")
                ),
                lane=JobLane.ARCHIVE,
            )

    def _wait(self, meeting_id: str) -> None:
        self.set_title(self.texts.tr("Comparing"))
        self.set_actions()
        self.show_page(waiting_page(self, meeting_id, lambda: self._open(meeting_id)))
