"""The place *Harjoittelu*: a reference film is coded alone, then set beside its reference; and the own line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

from app import garbage
from app.casework.reference_films import demand_reference, usable
from app.coding.editor import CodingEditor
from app.door import Written
from app.errors import AppError
from app.i18n import today
from app.model.coding import CodingHeader
from app.model.consent import Consent, ControllerDecision
from app.model.meeting import Meeting
from app.model.recording import Recording
from app.model.training import Reference
from app.ports.player import Player
from app.training.codes import code_sentences
from app.training.coding import begin_training, keep_uncounted, seen_beside_reference
from app.workspace import Workspace
from widgets.coding.coding_room import CodingRoom
from widgets.coding.coding_screen import leads_out
from widgets.comparing.comparing_room import ComparingRoom
from widgets.comparing.figures_panel import Told
from widgets.look.look import Look
from widgets.look.parts import button, scrolled
from widgets.room_screen import Room, RoomScreen
from widgets.screen import Go
from widgets.training.training_page import TrainingPage

#: what closes a film for learning, or opens it
_BLOCKS = (Consent, ControllerDecision, Reference, Recording, Meeting, CodingHeader)


class TrainingScreen(RoomScreen[Room]):
    """`opened(meeting_id=…)` codes that film for learning, `coding_id=…` shows what came of a coding, else the list."""

    def __init__(self, workspace: Workspace, look: Look, go: Go, new_player: Callable[[], Player]) -> None:
        super().__init__(workspace, look, go, new_player)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._meeting_id = ""
        workspace.changed.connect(self._on_written)

    def opened(self, meeting_id: str = "", coding_id: str = "", part: str = "", **_ids: str) -> None:
        if coding_id:
            self._trying(lambda: self._show_result(coding_id))
        elif meeting_id:
            self._trying(lambda: self._code(meeting_id))
        elif part == "list" or self._room is None:
            self._offer()
        elif isinstance(self._room, CodingRoom):
            self._room.refresh()

    def close_film(self) -> None:
        is_open = self._room is not None
        super().close_film()
        self._meeting_id = ""
        if is_open:
            garbage.count_in()

    def _trying(self, act: Callable[[], None]) -> None:
        """Open a room, or the list with what stands in the way."""
        self.close_film()
        try:
            with garbage.paused():
                act()
                garbage.set_aside()  # before the collector looks again
        except AppError as error:
            self.workspace.notices.trouble(error)
            self._offer()

    # the list and the line

    def _offer(self) -> None:
        t, space = self.texts, self.workspace
        self.close_film()
        try:
            keep_uncounted(space.door, t, usable(space.store, today()))
        except AppError as error:
            space.notices.trouble(error)
        self.set_title(t.tr("Training"), t.tr("only you see this"))
        self.set_actions()
        self.show_saved(None)
        page = TrainingPage(space, self.look, self.go)
        page.code_pressed.connect(lambda meeting_id: self.go("training", meeting_id=meeting_id))
        page.result_pressed.connect(lambda coding_id: self.go("training", coding_id=coding_id))
        self.show_page(scrolled(page))

    def _back(self) -> QPushButton:
        return button(self.texts.tr("Reference films"), lambda: self.go("training", part="list"))

    # coding

    def _code(self, meeting_id: str) -> None:
        space, t = self.workspace, self.texts
        header = begin_training(space.door, t, meeting_id)
        editor = space.editor(
            f"training/{header.id}", lambda: CodingEditor(space.store, t, space.meeting_file(meeting_id), header)
        )
        room = CodingRoom(self, editor, self._new_player())
        room.learned.connect(lambda: self.go("training", coding_id=header.id))
        self._meeting_id = meeting_id
        self.show_room(room)
        self._name_room(meeting_id, t.tr("training coding, only you see it"))
        self.show_saved(editor.saved_at)

    def _name_room(self, meeting_id: str, what: str) -> None:
        """By the code name alone: who learns by a film need not know whose it is."""
        film = demand_reference(self.workspace.store, meeting_id, today())
        self.set_title(self.texts.tr("Training"), f"{film.case.code_name} · {what}")

    # what came of it

    def _show_result(self, coding_id: str) -> None:
        t = self.texts
        header, found = seen_beside_reference(self.workspace.door, t, coding_id)
        told = Told(
            t.tr("Beside the reference coding"),
            t.tr("These figures tell how alike you and the reference marked. Only you see them."),
            code_sentences(t, found),
        )
        room = ComparingRoom(self, found, self._new_player(), told=told)
        self._meeting_id = header.meeting_id
        self.show_room(room)
        day = "" if header.ready_at is None else t.date(header.ready_at.astimezone().date())
        self._name_room(header.meeting_id, t.tr("beside the reference coding, coded {day}", day=day))
        self.set_actions(room.drawer.new_opener(""), self._back())
        self.show_saved(None)

    # a film that is closed

    def _on_written(self, written: Written) -> None:
        """A consent taken back, an erased film, a reference that fell: the room closes at once."""
        if not self._meeting_id or not any(c.kind in _BLOCKS for c in written.changes):
            return
        try:
            demand_reference(self.workspace.store, self._meeting_id, today())
        except AppError as error:
            self.workspace.notices.trouble(error)
            self._offer()

    def keeps(self, event: QKeyEvent) -> bool:
        return isinstance(self._room, CodingRoom) and not leads_out(self.workspace, event)

    def search(self) -> None:
        if isinstance(self._room, CodingRoom):
            self._room.search()

    def help_page(self) -> str:
        return "training"
