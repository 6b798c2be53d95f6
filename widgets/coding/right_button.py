"""The menu of the right button and of the menu key in the coding room: what the keys do, with the keys beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from app.coding.editor import CodingEditor
from app.coding.offers import OF_NOTHING, Rows, is_possible, offered
from app.model.meeting import Segment
from app.model.timecode import Micros
from app.settings.preferences import Preferences
from app.shortcuts.actions import action
from app.shortcuts.names import shown
from widgets.keys.matcher import Act


class RightButton:
    """Opens menus over the parts of one room. `acts` are the room's, by the ids of their actions."""

    def __init__(
        self,
        editor: CodingEditor,
        preferences: Preferences,
        acts: Mapping[str, Act],
        now: Callable[[], Micros],
        of_task: Callable[[Segment], Mapping[str, Act]],
    ) -> None:
        """`now` is the time of the picture, `of_task` what is done with a task wherever the picture is."""
        self._editor, self._preferences = editor, preferences
        self._acts, self._now, self._of_task = acts, now, of_task

    def ask(self, over: QWidget, thing_id: str, at: QPoint, others: Mapping[str, Act] | None = None) -> None:
        """The menu of a thing, `at` on the screen. `others` act on what is none of the coder's."""
        thing = self._editor.thing(thing_id)
        if isinstance(thing, Segment):
            others = self._of_task(thing)
        self._pop_up(over, offered(thing), at, others or {})

    def ask_of_place(self, over: QWidget, at: QPoint) -> None:
        """The menu of an empty place."""
        self._pop_up(over, OF_NOTHING, at, {})

    def _pop_up(self, over: QWidget, rows: Rows, at: QPoint, others: Mapping[str, Act]) -> None:
        menu = QMenu(over)
        for action_id in rows:
            if action_id is None:
                menu.addSeparator()
            else:
                self._add(menu, action_id, others)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _add(self, menu: QMenu, action_id: str, others: Mapping[str, Act]) -> QAction:
        name = self._editor.texts.tr(action(action_id).name)
        keys = "" if action_id in others else self._preferences.keys.of(action_id)
        act = others.get(action_id) or partial(self._do, action_id)
        row = menu.addAction(f"{name}\t{shown(keys)}" if keys else name, act)
        row.setEnabled(is_possible(self._editor, action_id, self._now()))
        return row

    def _do(self, action_id: str) -> None:
        self._acts[action_id]()


def ask_where_the_keys_are() -> None:
    """As the menu key does: Qt makes it of Shift+F10 on some systems only."""
    focused = QApplication.focusWidget()
    if focused is not None:
        at, reason = focused.rect().center(), QContextMenuEvent.Reason.Keyboard
        QApplication.sendEvent(focused, QContextMenuEvent(reason, at, focused.mapToGlobal(at)))
