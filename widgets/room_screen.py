"""A place of the rail in which one thing is worked on at a time: a page to choose it, and the room around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.ports.player import Player
from app.workspace import Workspace
from widgets.look.look import Look
from widgets.look.parts import OnePage
from widgets.screen import Go, Screen

if TYPE_CHECKING:
    from widgets.films.showing import Showing


class Room(QWidget):
    """What stands in a place once something is open there. A room says of these acts the ones that it has."""

    showing: Showing | None = None  #: where else its films' picture is seen

    def is_playing(self) -> bool:
        """Whether a film plays in it."""
        return False

    def always_in_sight(self) -> int:
        """Pixels at its foot that show what a press has just made."""
        return 0

    def pause(self) -> None:
        """Stop what plays."""

    def commit(self) -> None:
        """What is being typed goes to the archive."""

    def undo(self) -> None:
        """Take the latest step back."""

    def redo(self) -> None:
        """Do again what was taken back."""

    def show_over(self, showing: Showing, part: QWidget, place: Screen) -> None:
        """The films' picture can lie over the whole room, with all of `part`, and be seen on other screens."""
        self.showing = showing
        showing.lie_over(self, part)
        showing.whole_turned.connect(place.turn_whole)

    def leave_whole(self) -> bool:
        """Back from the picture over the whole screen; False where there was none."""
        return self.showing is not None and self.showing.leave_whole()

    def main_thing(self) -> QWidget | None:
        """What the keys are for; None when it is the room as a whole, whose place then has them."""
        return None

    def takes_back(self, _pressed: QWidget) -> bool:
        """Whether the keys leave a button of the room or its header once it was pressed by hand."""
        return False

    def take_key(self, _event: QKeyEvent) -> bool:
        """A key that no field of the room wanted; True when the room did something with it."""
        return False

    def release_key(self, _event: QKeyEvent) -> bool:
        """A key came up; True when it belonged to the room."""
        return False

    def close_film(self) -> None:
        """Let go of the films that are open: after a lock nothing can be read any more."""


_R = TypeVar("_R", bound=Room)


class RoomScreen(Screen, Generic[_R]):
    """One page at a time; while it is a room, the place hands on to it keys, undo and redo, and being left."""

    def __init__(self, workspace: Workspace, look: Look, go: Go, new_player: Callable[[], Player]) -> None:
        super().__init__(workspace, look, go)
        self._new_player = new_player
        self._room: _R | None = None
        self._body = OnePage()
        self.lead_in(self._body)
        self.column.addWidget(self._body, 1)

    @property
    def room(self) -> _R | None:
        """The room that is open, if one is."""
        return self._room

    def show_page(self, page: QWidget) -> None:
        """The page instead of the one before; that one goes."""
        while (old := self._body.currentWidget()) is not None:
            self._body.removeWidget(old)
            old.deleteLater()
        self._body.addWidget(page)

    def show_room(self, room: _R) -> None:
        self._room = room
        self.show_page(room)

    def close_film(self) -> None:
        """Let go of the room with its film: another thing is opened, or the archive closes."""
        if self._room is not None:
            room, self._room = self._room, None
            room.close_film()
            self._body.removeWidget(room)
            room.deleteLater()

    def main_thing(self) -> QWidget:
        if self._room is None:
            return super().main_thing()
        return self._room.main_thing() or self

    def takes_back(self, pressed: QWidget) -> bool:
        return self._room is not None and self._room.takes_back(pressed)

    def left(self) -> None:
        if self._room is not None:
            self._room.pause()
            if self._room.showing is not None:
                self._room.showing.end()
            self._room.commit()

    def leave_whole(self) -> bool:
        return self._room is not None and self._room.leave_whole()

    def notice_place(self) -> QWidget:
        showing = self._room.showing if self._room is not None else None
        return showing.pictures if showing is not None and showing.is_whole else super().notice_place()

    def notice_lift(self) -> int:
        if self._room is None or (self._room.showing is not None and self._room.showing.is_whole):
            return 0
        return self._room.always_in_sight()

    def in_use(self) -> bool:
        return self._room is not None and self._room.is_playing()

    def undo(self) -> None:
        if self._room is not None:
            self._room.undo()

    def redo(self) -> None:
        if self._room is not None:
            self._room.redo()

    def keeps(self, _event: QKeyEvent) -> bool:
        """Whether a key stays with the text field in which somebody types; rooms get all where a place keeps none."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typing = isinstance(QApplication.focusWidget(), QLineEdit) and self.keeps(event)
        taken = not typing and self._room is not None and self._room.take_key(event)
        if not taken and not (event.key() == Qt.Key.Key_Escape and self.leave_whole()):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self._room is None or not self._room.release_key(event):
            super().keyReleaseEvent(event)

    def closeEvent(self, event: Any) -> None:
        self.close_film()
        super().closeEvent(event)
