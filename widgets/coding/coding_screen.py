"""The place *Koodaus*: which meeting, and the room in which it is coded."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QKeyEvent

from app import garbage
from app.model.change import Entity
from app.model.coding import CodingHeader
from app.model.stored import ContentKind
from app.ports.player import Player
from app.services.library import meeting_called
from app.shortcuts import actions
from app.workspace import Workspace
from widgets.coding.choices import use_content
from widgets.coding.coding_room import CodingRoom
from widgets.coding.drawers import RATINGS, SAID
from widgets.forms.meeting_picker import codable_words, meeting_list, nothing_to_code
from widgets.keys.key_names import keys_text
from widgets.look.look import Look
from widgets.look.parts import button
from widgets.room_screen import RoomScreen
from widgets.screen import Go

#: what a text field lets through to the room: the drawers, and the way back to the keys
OUT_OF_A_FIELD = ("coding.pad", "coding.ratings", "coding.observations", "coding.said", *(a.id for a in actions.SAID))
#: the place that stands beside this one, and is opened from it
TRAINING = "training"
#: the manual's page of a drawer
_PAGES = {RATINGS: "ratings", SAID: "said"}


class CodingScreen(RoomScreen[CodingRoom]):
    """`opened(meeting_id=…)` codes that meeting; without one it offers a choice."""

    def __init__(self, workspace: Workspace, look: Look, go: Go, new_player: Callable[[], Player]) -> None:
        super().__init__(workspace, look, go, new_player)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def opened(self, meeting_id: str = "", at: str = "", part: str = "", **_ids: str) -> None:
        if part == TRAINING:
            QTimer.singleShot(0, self, lambda: self.go(TRAINING))
        changed = self._changed_meeting() if self._room is not None else ""
        wanted = meeting_id or changed
        if wanted and (self._room is None or self._room.editor.file.meeting.id != wanted):
            self._open(wanted)
        elif self._room is None:
            self._offer()
        elif meeting_id == "" and at == "":
            self._room.refresh()
        if at != "" and self._room is not None:
            self._room.seek(int(at))

    def _changed_meeting(self) -> str:
        """The id of the meeting on the screen when its plan or films changed elsewhere; its editor is read anew."""
        assert self._room is not None
        held = self._room.editor.file
        now = self.workspace.meeting_file(held.meeting.id)
        shown = {f.id for f in now.recordings if f.in_use}
        # the editor follows what is written: which films are open here is the room's to say
        if now.meeting == held.meeting and shown == self._room.watching.session.made_with:
            return ""
        self._room.commit()
        self.close_film()
        self.workspace.forget_editor(f"coding/{held.meeting.id}")
        return held.meeting.id

    def close_film(self) -> None:
        is_open = self._room is not None
        super().close_film()
        if is_open:
            garbage.count_in()

    def _offer(self) -> None:
        t = self.texts
        self.set_title(t.tr("Coding"))
        self.set_actions(button(t.tr("Training"), lambda: self.go(TRAINING)))
        self.show_saved(None)
        page = meeting_list(
            self.workspace,
            self.look,
            t.tr("Which meeting?"),
            lambda m: codable_words(self.workspace, m),
            lambda m: self.go("coding", meeting_id=m),
        )
        self.show_page(page or nothing_to_code(self.workspace, self.go))

    def _open(self, meeting_id: str) -> None:
        self.close_film()
        with garbage.paused():
            self._make_room(meeting_id)
            garbage.set_aside()  # before the collector looks again

    def _make_room(self, meeting_id: str) -> None:
        t = self.texts
        editor = self.workspace.coding_editor(meeting_id)
        room = CodingRoom(self, editor, self._new_player())
        room.scheme_chosen.connect(self._use_scheme)
        room.content_changed.connect(self._open_again)
        self.show_room(room)
        self.tell_looked_at()
        room.take_up()
        meeting = editor.file.meeting
        case = self.workspace.case_of(meeting)
        adult = case.person(meeting.adult_id)
        about = (
            case.case.code_name,
            meeting_called(t, meeting, adult),
            t.date(meeting.held.astimezone().date()),
            t.tr("own independent coding"),
            t.words(editor.scheme.name),
        )
        self.set_title(t.tr("Coding"), " · ".join(about))
        self.show_saved(editor.saved_at)

    def _use_scheme(self, scheme_id: str) -> None:
        """The room is made anew around the other scheme."""
        if self._room is not None and use_content(self, self._room.editor, ContentKind.SCHEME, scheme_id):
            self._open(self._room.editor.file.meeting.id)

    def _open_again(self) -> None:
        if self._room is not None:
            self._open(self._room.editor.file.meeting.id)

    def looked_at(self) -> tuple[type[Entity], str] | None:
        return None if self._room is None else (CodingHeader, self._room.editor.coding.id)

    def search(self) -> None:
        if self._room is not None:
            self._room.search()

    def help_page(self) -> str:
        return _PAGES.get(self._room.drawers.open, "") if self._room is not None else ""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu key while the picture has the keys: what is chosen is asked about."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self._room is not None:
            self._room.ask_by_key()

    def keeps(self, event: QKeyEvent) -> bool:
        """What leads out of a field is the room's; the rest is typed."""
        return not leads_out(self.workspace, event)


def leads_out(workspace: Workspace, event: QKeyEvent) -> bool:
    """Whether a key leads out of a text field of the room."""
    keys = keys_text(Qt.Key(event.key()), event.modifiers())
    return keys in workspace.preferences.keys.by_keys(OUT_OF_A_FIELD)
