"""The timeline as it is heard: light objects beside the painting, one for each thing near what is looked at.

Made only while a screen reader asks, and never for more than `MOST` things at a time, whatever lies in the lanes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Protocol, cast

from PySide6.QtCore import QObject, QPoint, QRect, SignalInstance
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import VoidPtr

from app.model.timecode import Micros
from widgets.timeline.drag import REACH
from widgets.timeline.lane_items import Item
from widgets.timeline.lanes import Lane

#: what Qt is given for no interface: with None, PySide 6.11 ends the process
_NOTHING = VoidPtr(0)
#: so many things before and after the place that is looked at
MOST = 60


class Timeline(Protocol):
    """What is asked of a timeline to tell it; it is a widget."""

    filled_anew: SignalInstance
    picked_anew: SignalInstance
    destroyed: SignalInstance
    menu_asked: SignalInstance

    @property
    def lanes(self) -> tuple[Lane, ...]: ...
    @property
    def playhead(self) -> Micros: ...
    @property
    def picked(self) -> frozenset[str]: ...
    def near(self, lane: str, time: Micros, most: int) -> Iterable[Item]: ...
    def thing(self, thing_id: str) -> tuple[Lane, Item] | None: ...
    def told(self, lane: Lane, item: Item) -> str: ...
    def place_of(self, thing_id: str) -> QPoint | None: ...
    def choose(self, item: Item) -> None: ...
    def hasFocus(self) -> bool: ...
    def isVisible(self) -> bool: ...
    def mapToGlobal(self, place: QPoint, /) -> QPoint: ...


class _Acts(QAccessibleActionInterface):
    """What can be done with a thing without a mouse: by its word, what does it."""

    def __init__(self, acts: Mapping[str, Callable[[], object]]) -> None:
        super().__init__()
        self._acts = acts

    def actionNames(self) -> list[str]:
        return list(self._acts)

    def doAction(self, name: str) -> None:
        self._acts[name]()

    def keyBindingsForAction(self, _name: str) -> list[str]:
        return []


class ThingTold(QAccessibleInterface):
    """One thing of a lane; what it means is all in its name."""

    def __init__(self, timeline: TimelineTold, lane: Lane, item: Item) -> None:
        super().__init__()
        self.lane, self.item, self._timeline, self._is_there = lane, item, timeline, True
        self._acts = _Acts(
            {"Press": lambda: timeline.view.choose(self.item), "ShowMenu": lambda: timeline.ask_menu(self.item)}
        )

    def show(self, lane: Lane, item: Item) -> None:
        """It was changed, and is the same thing."""
        self.lane, self.item = lane, item

    def take_away(self) -> None:
        """It is no longer there; a reader may hold it a little longer."""
        self._is_there = False

    def isValid(self) -> bool:
        return self._is_there

    def object(self) -> QObject | None:  # type: ignore[override]  # None is for none
        return None

    def window(self) -> Any:
        return self._timeline.window()

    def parent(self) -> QAccessibleInterface:
        return self._timeline

    def child(self, _index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # None is for none
        return None

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # None is for none
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        return -1

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        told, view = QAccessible.State(), self._timeline.view
        told.focusable = told.selectable = True
        told.selected = self.item.id in view.picked
        told.focused = view.hasFocus() and view.picked == {self.item.id}
        told.offscreen = view.place_of(self.item.id) is None
        told.invisible = not view.isVisible()
        return told

    def text(self, kind: QAccessible.Text) -> str:
        return self._timeline.view.told(self.lane, self.item) if kind == QAccessible.Text.Name else ""

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:
        """What a thing is called follows from what it is."""

    def rect(self) -> QRect:
        view = self._timeline.view
        place = view.place_of(self.item.id)
        if place is None:
            return QRect()
        around = QPoint(REACH, REACH)
        return QRect(view.mapToGlobal(place - around), view.mapToGlobal(place + around))

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Any:
        return self._acts if kind == QAccessible.InterfaceType.ActionInterface else _NOTHING


class TimelineTold(QAccessibleWidget):
    """The timeline is heard as a list of what lies near the thing that is chosen, else near the playhead."""

    def __init__(self, view: Timeline) -> None:
        super().__init__(cast("QWidget", view), QAccessible.Role.List)
        self.view = view
        self._things: list[ThingTold] = []
        self._is_read = self._more_before = self._more_after = False
        self._made: dict[str, tuple[int, ThingTold]] = {}
        view.filled_anew.connect(self._on_filled)
        view.picked_anew.connect(self._on_picked)
        view.destroyed.connect(self._forget)

    # what Qt asks

    def childCount(self) -> int:
        return len(self._read())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # None is for no child
        things = self._read()
        return things[index] if 0 <= index < len(things) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        things = self._read()
        return things.index(child) if child in things else -1

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]  # None is for no child
        return self._chosen() if self.view.hasFocus() else None

    # the things

    def _read(self) -> list[ThingTold]:
        """What is told now; read anew after a change, and when what is looked at has moved out of it."""
        if not self._is_read or not self._reaches(self._place()):
            found = self._near(self._place())
            self._things = [self._told(lane, item) for lane, item in found]
            self._is_read = True
        return self._things

    def _place(self) -> Micros:
        """What is looked at: the one thing that is chosen, else the picture."""
        view = self.view
        chosen = view.thing(next(iter(view.picked))) if len(view.picked) == 1 else None
        return view.playhead if chosen is None else chosen[1].start

    def _reaches(self, place: Micros) -> bool:
        """Whether what was read still lies around the place, with some things to either side where there are more."""
        if not self._things:
            return not (self._more_before or self._more_after)
        edge = len(self._things) // 6
        low, high = self._things[edge].item.start, self._things[-1 - edge].item.start
        return (low <= place or not self._more_before) and (place <= high or not self._more_after)

    def _near(self, place: Micros) -> list[tuple[Lane, Item]]:
        found = [(lane, item) for lane in self.view.lanes for item in self.view.near(lane.key, place, MOST)]
        found.sort(key=lambda pair: (pair[1].start, pair[1].id))
        before = sum(item.start < place for _, item in found)
        self._more_before, self._more_after = before >= MOST, len(found) - before >= MOST
        return found[max(before - MOST, 0) : before + MOST]

    def _told(self, lane: Lane, item: Item) -> ThingTold:
        if item.id in self._made:
            made = self._made[item.id][1]
            made.show(lane, item)
        else:
            made = ThingTold(self, lane, item)
            # Qt gives it a number and holds it from now on: it goes when that number is given back, and not before
            self._made[item.id] = QAccessible.registerAccessibleInterface(made), made
        return made

    def _chosen(self) -> ThingTold | None:
        picked = self.view.picked
        return next((t for t in self._read() if picked == {t.item.id}), None)

    def _on_filled(self) -> None:
        """Something was coded, moved or removed: asked about anew when a reader next asks."""
        self._drop(keep={t.item.id for t in self._things})
        if self._is_read:
            self._is_read = False
            QAccessible.updateAccessibility(QAccessibleEvent(self.widget(), QAccessible.Event.ObjectReorder))

    def _on_picked(self) -> None:
        if not QAccessible.isActive() or (chosen := self._chosen()) is None:
            return
        kinds = [QAccessible.Event.Selection]
        if self.view.hasFocus():
            kinds.append(QAccessible.Event.Focus)
        for kind in kinds:
            QAccessible.updateAccessibility(QAccessibleEvent(chosen, kind))

    def _drop(self, keep: Collection[str]) -> None:
        """Give back what was told and is not any more; never while Qt asks, for it may hold one of them."""
        for thing_id in [i for i in self._made if i not in keep]:
            number, made = self._made.pop(thing_id)
            made.take_away()
            QAccessible.deleteAccessibleInterface(number)

    def _forget(self) -> None:
        self._things.clear()
        self._drop(keep=())

    def ask_menu(self, item: Item) -> None:
        """What the right button offers on a thing."""
        self.view.choose(item)
        place = self.view.place_of(item.id)
        if place is not None:
            self.view.menu_asked.emit(item.id, self.view.mapToGlobal(place))
