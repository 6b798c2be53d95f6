"""What stands in the coding room's drawers, each made when it is first opened and joined to the film there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from widgets.coding.drawers import HISTORY, NOTES, NUMBERS, OBSERVATIONS, RATINGS
from widgets.coding.history_panel import HistoryPanel
from widgets.coding.notes_panel import NotesPanel
from widgets.coding.observations_table import ObservationsPanel
from widgets.coding.ratings_panel import RatingsPanel

if TYPE_CHECKING:
    from widgets.coding.coding_room import CodingRoom


def drawer_makers(room: CodingRoom) -> dict[str, Callable[[], QWidget]]:
    """By the drawer's name."""
    return {
        RATINGS: partial(_ratings, room),
        OBSERVATIONS: partial(_observations, room),
        NUMBERS: partial(_numbers, room),
        NOTES: partial(_notes, room),
        HISTORY: lambda: HistoryPanel(room.editor, room.place.workspace.store),
    }


def _ratings(room: CodingRoom) -> QWidget:
    made = RatingsPanel(room.editor, room.evidence)
    made.jump_requested.connect(lambda o: room.seek(o.start))
    return made


def _observations(room: CodingRoom) -> QWidget:
    made = ObservationsPanel(room.editor)
    made.jump_requested.connect(lambda o: room.seek(o.start))
    made.paste_requested.connect(lambda clipping: room.editor.paste(clipping, room.now()))
    made.chosen_changed.connect(lambda chosen: room.timeline.pick(*(o.id for o in chosen)))
    made.live_marks.seek_requested.connect(room.seek)
    return made


def _notes(room: CodingRoom) -> QWidget:
    made = NotesPanel(room.editor)
    made.jump_requested.connect(room.seek)
    return made


def _numbers(room: CodingRoom) -> QWidget:
    from widgets.numbers.numbers_panel import NumbersPanel  # charts and statistics, when first asked for

    made = NumbersPanel(room.place.workspace, room.editor, room.look)
    made.window_pressed.connect(partial(_open_numbers, room))
    return made


def _open_numbers(room: CodingRoom) -> None:
    """The numbers in a window of their own, large."""
    from widgets.numbers.numbers_window import NumbersWindow

    NumbersWindow(room.place.workspace, room.editor, room.look, room).show()
