"""The timeline under the hand: what is pressed, dragged, boxed and turned with the wheel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QToolTip

from app.i18n import Texts
from app.model.edges import Limits
from app.model.timecode import Micros
from widgets.heard.telling import told_by
from widgets.look.look import Look
from widgets.timeline.box import Box, items_in, things_between
from widgets.timeline.canvas import TimelineCanvas
from widgets.timeline.drag import EDGE, REACH, Drag, nearest, part_under
from widgets.timeline.heard import TimelineTold
from widgets.timeline.lane_items import Item, Lying, filled, itself
from widgets.timeline.lanes import Lane
from widgets.timeline.ruler import LABELS, RULER
from widgets.timeline.scale import Scale

#: the drag that chooses what is looped
LOOP = "loop"
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


@told_by(TimelineTold)
class TimelineView(TimelineCanvas):
    """Nothing is changed here: what a hand did is told by signals. Two codings are looked at, not moved."""

    seek_requested = Signal(object)  # µs
    dragged = Signal(object)  # µs, while the playhead is dragged
    stretch_chosen = Signal(object, object)  # µs from and to: a drag with Shift over the ruler
    selected = Signal(str)
    double_clicked = Signal(str)  # after `seek_requested`: what lies there is to be looked at closer
    menu_asked = Signal(str, object)  # id, where on the screen: the right button on a thing, which is chosen then
    place_asked = Signal(object, object)  # µs, where on the screen: the right button on an empty place
    moved = Signal(str, object, object)  # id, start, end or None: a drag was let go
    moved_over = Signal(str, object, object)  # the same with Shift held: also over its neighbors
    boxed = Signal(object)  # ids: a box was drawn with Ctrl, or one thing was added or taken out with Ctrl
    reached = Signal(object, str)  # ids, and the one they reach to: chosen with Shift or by the arrows

    def __init__(
        self,
        look: Look,
        texts: Texts,
        lanes: tuple[Lane, ...],
        length: Micros,
        tracks: int = 1,
        item_of: Callable[[Lying], Item] = itself,
    ) -> None:
        super().__init__(look, texts, lanes, length, tracks, item_of)
        self._drag: Drag | None = None
        self._box: Box | None = None
        self._limits, self._reaches = Limits(), False
        self.tracks_called: tuple[str, ...] = ("A", "B")  #: whose the tracks are, where codings are compared
        self.anchor = ""  #: the thing that was chosen last: the arrows go on from it, and Shift reaches from it
        #: where the picture begins that is on at a time: what is dragged comes to rest there
        self.picture_time: Callable[[Micros], Micros] = lambda time: time

    def is_dragging(self) -> bool:
        return self._drag is not None

    def draw_gesture(self, painter: QPainter) -> None:
        if self._drag is not None and self._drag.item is not None:
            self._draw_drag(painter)
        if self._box is not None:
            self._box.draw(painter, self._look)

    def _draw_drag(self, painter: QPainter) -> None:
        drag = self._drag
        assert drag is not None
        assert drag.item is not None
        lane = next(x for x in self._lanes if x.key == drag.lane)
        painter.setPen(QPen(self._look.color("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        x1 = LABELS + self.scale.x_of(drag.start)
        if drag.end is None:
            painter.drawEllipse(QPointF(x1, self._row_y(lane, drag.item.track)), 8, 8)
        else:
            painter.drawRoundedRect(self._bar(lane, drag.item.track, x1, LABELS + self.scale.x_of(drag.end)), 4, 4)

    # mouse and wheel

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the pointer; with Shift, or sideways, pan; over the lanes' names scroll them."""
        turn = event.angleDelta()
        if event.position().x() < LABELS and not event.modifiers():
            self.scroll_lanes(self._places.offset - round(turn.y() * 0.4))
            event.accept()
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(turn.x()) > abs(turn.y()):
            self.scale = self.scale.panned(-(turn.x() or turn.y()) * 0.8)
        else:
            self.scale = self.scale.zoomed(1.0015 ** turn.y(), event.position().x() - LABELS)
        self.redraw()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return  # the right button asks for a menu, and drags nothing
        x, y = event.position().x(), event.position().y()
        hit = self._hit(x, y)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and x >= LABELS and y >= RULER:
            self._box = Box(event.position())
            return
        if hit is None:
            self._press_empty(event)
            return
        lane, item, part = hit
        self._reaches = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self.anchor)
        if not self._reaches:
            self._choose(item.id)
        self._drag = Drag(lane, item, self.scale.time_at(x - LABELS), item.start, item.end, part, self.scale.first)
        self._limits = self.limits_of(item)

    def limits_of(self, _item: Item) -> Limits:
        """Between which times a thing can be dragged without going over a neighbor."""
        return Limits()

    def _choose(self, thing_id: str) -> None:
        self.anchor = thing_id
        self.pick(thing_id)
        self.selected.emit(thing_id)

    def _reach_to(self, thing_id: str) -> None:
        """With Shift: everything of the lanes and the time between what was chosen last and this."""
        reached = things_between(self._lanes, self._items, self.thing(self.anchor), self.thing(thing_id))
        self.pick(*reached)
        self.reached.emit(reached, thing_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x, y = event.position().x(), event.position().y()
        if self._box is not None:
            self._box.to(event.position())
            self.update()
        elif self._drag is None:
            self._hover(event, self._hit(x, y))
        elif self._drag.item is None:
            self._drag_empty(x)
        elif self._tracks.count == 1 and self._drag.is_meant(self.scale.time_at(x - LABELS), self.scale.per_pixel):
            self._drag_thing(event)

    def _drag_thing(self, event: QMouseEvent) -> None:
        """What is dragged follows the pointer, and stops at its neighbor; with Shift it goes over it."""
        drag, held = self._drag, event.modifiers()
        assert drag is not None
        assert drag.item is not None
        if not drag.has_moved and drag.item.id not in self._picked:
            self._choose(drag.item.id)
        drag.to(self.scale.time_at(event.position().x() - LABELS))
        drag.snap(partial(self._snapped, drag.item, 0 if held & Qt.KeyboardModifier.AltModifier else EDGE))
        over = bool(held & Qt.KeyboardModifier.ShiftModifier)
        stops = drag.hold(self._limits) if not over else False
        words = self._texts.clock(drag.end if drag.part == "end" and drag.end is not None else drag.start)
        if stops:
            words += "  " + self._texts.tr("Stops at its neighbor; with Shift it goes over it.")
        QToolTip.showText(event.globalPosition().toPoint(), words, self)
        self.update()

    def _snapped(self, own: Item | None, reach: int, time: Micros) -> Micros:
        """The edge of another thing, or the playhead, within `reach` pixels; else the picture that is on at `time`."""
        wide = reach * self.scale.per_pixel
        edges = [self._playhead]
        for lane in self._items.values():
            for item in lane.between(round(time - wide), round(time + wide)):
                if own is None or item.id != own.id:
                    edges += [t for t in (item.start, item.end) if t is not None]
        near = nearest(time, edges, wide) if reach else None
        return self.picture_time(time) if near is None else near

    def _close_box(self, box: Box) -> None:
        if box.has_moved:
            ids = frozenset(item.id for lane in self._coded() for item in items_in(box.rect, self._drawn_in(lane)))
        else:
            hit = self._hit(box.start.x(), box.start.y())
            ids = self._picked ^ ({hit[1].id} if hit is not None else set())
        self.pick(*ids)
        self.boxed.emit(set(ids))

    def choose(self, item: Item) -> None:
        """Choose a thing as a press on it does, and show its picture."""
        self._choose(item.id)
        self.seek_requested.emit(item.start)

    def told(self, lane: Lane, item: Item) -> str:
        """What is said of a thing, under the pointer and by a reader: what it is, whose, and when."""
        until = f"–{self._texts.short_clock(item.end, digits=1)}" if item.end is not None else ""
        whose = " ".join(word for word in (lane.person, lane.name) if word)
        track = (
            f"{self.tracks_called[item.track]}: "
            if self._tracks.count > 1 and lane.kind in ("points", "states")
            else ""
        )
        return f"{track}{item.words or whose}, {whose}, {self._texts.short_clock(item.start, digits=1)}{until}"

    def place_of(self, thing_id: str) -> QPoint | None:
        """Where a thing in sight can be pressed; None for what is not in sight."""
        for lane in self._lanes:
            for item, box in self._drawn_in(lane):
                if item.id == thing_id and self.rect().contains(box.center().toPoint()):
                    return box.center().toPoint()
        return None

    def _drawn_in(self, lane: Lane) -> Iterator[tuple[Item, QRectF]]:
        """Where each thing of a lane that is in sight is drawn."""
        top, foot = self._places.sight(lane.key)
        for item in self._items[lane.key].between(self.scale.time_at(0), self.scale.time_at(self.scale.width)):
            x, end = (LABELS + self.scale.x_of(t) for t in (item.start, self._end_of(item)))
            if lane.kind in ("states", "tasks"):
                box = self._bar(lane, item.track, x, end)
            else:
                box = QRectF(x - 1, self._row_y(lane, item.track) - 1, 2, 2)
            if top <= box.center().y() < foot:
                yield item, box

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        box, self._box = self._box, None
        if box is not None:
            self._close_box(box)
            self.update()
            return
        drag, self._drag = self._drag, None
        if drag is not None and drag.item is None and drag.has_moved:
            self._let_go(drag)
        elif drag is not None and drag.item is not None and drag.has_moved and self._tracks.count == 1:
            over = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.moved_over if over else self.moved).emit(drag.item.id, drag.start, drag.end)
        elif drag is not None and drag.item is not None and self._reaches:
            self._reach_to(drag.item.id)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position().x(), event.position().y())
        if hit is not None:
            self.seek_requested.emit(hit[1].start)
            self.double_clicked.emit(hit[1].id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """On the one thing under the pointer, or on what is chosen; the menu key asks for what is chosen."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.ask_by_key()
            return
        hit = self._hit(event.pos().x(), event.pos().y())
        if hit is not None:
            if hit[1].id not in self._picked:
                self._choose(hit[1].id)
            self.menu_asked.emit(hit[1].id, event.globalPos())
        elif event.pos().x() >= LABELS and self._tracks.count == 1:
            time = self._time_under(event.pos().x())
            self.seek_requested.emit(time)
            self.place_asked.emit(time, event.globalPos())

    def ask_by_key(self) -> None:
        """The menu of what is chosen, in its place; of the playhead when nothing is in sight that is chosen."""
        for thing_id in self._picked:
            if (place := self.place_of(thing_id)) is not None:
                self.menu_asked.emit(thing_id, self.mapToGlobal(place))
                return
        if self._tracks.count == 1:
            x = round(min(max(LABELS + self.scale.x_of(self._playhead), LABELS), self.width()))
            self.place_asked.emit(self._playhead, self.mapToGlobal(QPoint(x, RULER)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus and minus zoom about the playhead, up and down choose; everything else is the screen's."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = held == Qt.KeyboardModifier.ShiftModifier
        if event.text() in ("+", "-"):
            self.scale = self.scale.zoomed(1.5 if event.text() == "+" else 1 / 1.5, self.scale.x_of(self._playhead))
            self.redraw()
        elif event.key() in _STEPS and (shift or held == Qt.KeyboardModifier.NoModifier):
            self._step(_STEPS[Qt.Key(event.key())], reach=shift)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            every = {item.id for lane in self._coded() for item in self._items[lane.key]}
            self.pick(*every)
            self.reached.emit(every, self.anchor)
        else:
            event.ignore()

    def _coded(self) -> list[Lane]:
        """The lanes of what is coded."""
        return [lane for lane in self._lanes if lane.kind in ("points", "states")]

    def _step(self, step: int, *, reach: bool) -> None:
        """To the next thing coded in time, or the one before; with Shift it is chosen too."""
        held = self.thing(self.anchor)
        place = (self._playhead, "") if held is None else (held[1].start, held[1].id)
        near = [item for lane in self._coded() if (item := self._items[lane.key].beside(place, step)) is not None]
        if not near:
            return
        found = (min if step > 0 else max)(near, key=lambda item: (item.start, item.id))
        self.show_near(found.start)
        if reach:
            chosen = {*self._picked, found.id}
            self.anchor = found.id
            self.pick(*chosen)
            self.reached.emit(chosen, found.id)
        else:
            self._choose(found.id)

    def show_near(self, time: Micros) -> None:
        """Bring a moment into sight, when it is not."""
        if not self.scale.left <= time <= self.scale.right:
            self.show_around(time)

    # the playhead and the ruler

    def _press_empty(self, event: QMouseEvent) -> None:
        x, y = event.position().x(), event.position().y()
        if x < LABELS:
            return
        time = self._time_under(x)
        if y < RULER and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._drag = Drag(LOOP, None, time, time, time)
            return
        self._drag = Drag("", None, time, time, None)
        self.seek_requested.emit(time)

    def _drag_empty(self, x: float) -> None:
        drag, time = self._drag, self._time_under(x)
        assert drag is not None
        drag.has_moved = True
        if drag.lane == LOOP:
            drag.end = time
            self.set_selection((min(drag.start, time), max(drag.start, time)))
        else:
            drag.start = time
            self.dragged.emit(time)

    def _let_go(self, drag: Drag) -> None:
        if drag.lane == LOOP and drag.end is not None:
            self.stretch_chosen.emit(min(drag.start, drag.end), max(drag.start, drag.end))
        else:
            self.seek_requested.emit(drag.start)

    def _time_under(self, x: float) -> Micros:
        return min(max(self.scale.time_at(x - LABELS), self.scale.first), self.scale.length)

    def _hover(self, event: QMouseEvent, hit: tuple[str, Item, str] | None) -> None:
        edge = hit is not None and hit[2] != "body"
        self.setCursor(Qt.CursorShape.SizeHorCursor if edge else Qt.CursorShape.ArrowCursor)
        if hit is not None:
            lane = next(x for x in self._lanes if x.key == hit[0])
            QToolTip.showText(event.globalPosition().toPoint(), self.told(lane, hit[1]), self)
        elif event.position().x() >= LABELS and (words := self.unfilmed.told_at(event.position().x(), self.scale)):
            QToolTip.showText(event.globalPosition().toPoint(), words, self)
        else:
            QToolTip.hideText()

    def _hit(self, x: float, y: float) -> tuple[str, Item, str] | None:
        """The lane, the thing and the part of it (start, end, body) under the pointer."""
        if x < LABELS:
            return None
        lane = self._places.at(y)
        return None if lane is None else self._hit_in(lane, x, y)

    def _is_near(self, lane: Lane, item: Item, y: float) -> bool:
        """Whether a height is that of the thing's own track."""
        if lane.kind == "states":
            box = self._bar(lane, item.track, 0, 1)
            return box.top() - 2 <= y <= box.bottom() + 2
        return lane.kind != "points" or (self._row_y(lane, item.track) - y) ** 2 <= 100

    def _hit_in(self, lane: Lane, x: float, y: float) -> tuple[str, Item, str] | None:
        near: tuple[float, Item, str] | None = None
        left, right = self.scale.time_at(x - LABELS - REACH), self.scale.time_at(x - LABELS + REACH)
        for item in self._items[lane.key].between(left, right):
            if self._tracks.count > 1 and not self._is_near(lane, item, y):
                continue
            x1 = LABELS + self.scale.x_of(item.start)
            found = part_under(x, x1, LABELS + self.scale.x_of(self._end_of(item)), item, lane.kind)
            if found is not None and (near is None or found[0] < near[0]):
                near = (found[0], item, found[1])
        return None if near is None else (lane.key, near[1], near[2])


__all__ = ["LABELS", "Scale", "TimelineView", "filled"]
