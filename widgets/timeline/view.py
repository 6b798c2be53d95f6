"""The timeline under the hand: what is pressed, dragged, boxed and turned with the wheel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QToolTip

from app.i18n import Texts
from app.model.timecode import Micros
from widgets.heard.telling import told_by
from widgets.look.look import Look
from widgets.timeline.box import Box, items_in
from widgets.timeline.canvas import TimelineCanvas
from widgets.timeline.drag import EDGE, REACH, Drag, nearest, part_under
from widgets.timeline.heard import TimelineTold
from widgets.timeline.lane_items import Item, Lying, filled, itself
from widgets.timeline.lanes import Lane
from widgets.timeline.ruler import LABELS, RULER
from widgets.timeline.scale import Scale

#: the drag that chooses what is looped
LOOP = "loop"


@told_by(TimelineTold)
class TimelineView(TimelineCanvas):
    """Nothing is changed here: what a hand did is told by signals. Two codings are looked at, not moved."""

    seek_requested = Signal(object)  # µs
    dragged = Signal(object)  # µs, while the playhead is dragged
    stretch_chosen = Signal(object, object)  # µs from and to: a drag with Shift over the ruler
    selected = Signal(str)
    double_clicked = Signal(str)  # after `seek_requested`: what lies there is to be looked at closer
    menu_asked = Signal(str, object)  # id, where on the screen: the right button on a thing, which is chosen then
    moved = Signal(str, object, object)  # id, start, end or None: a drag was let go
    boxed = Signal(object)  # ids: a box was drawn with Ctrl, or one thing was added or taken out with Ctrl

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
        self.pick(item.id)
        self.selected.emit(item.id)
        self._drag = Drag(lane, item, self.scale.time_at(x - LABELS), item.start, item.end, part, self.scale.first)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x, y = event.position().x(), event.position().y()
        if self._box is not None:
            self._box.to(event.position())
            self.update()
        elif self._drag is None:
            self._hover(event, self._hit(x, y))
        elif self._drag.item is None:
            self._drag_empty(x)
        elif self._tracks == 1 and self._drag.is_meant(self.scale.time_at(x - LABELS), self.scale.per_pixel):
            self._drag.to(self.scale.time_at(x - LABELS))
            alone = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self._drag.snap(partial(self._snapped, self._drag.item, 0 if alone else EDGE))
            shown = self._drag.end if self._drag.part == "end" and self._drag.end is not None else self._drag.start
            QToolTip.showText(event.globalPosition().toPoint(), self._texts.clock(shown), self)
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
            coded = [lane for lane in self._lanes if lane.kind in ("points", "states")]
            ids = frozenset(item.id for lane in coded for item in items_in(box.rect, self._drawn_in(lane)))
        else:
            hit = self._hit(box.start.x(), box.start.y())
            ids = self._picked ^ ({hit[1].id} if hit is not None else set())
        self.pick(*ids)
        self.boxed.emit(set(ids))

    def thing(self, thing_id: str) -> tuple[Lane, Item] | None:
        """A thing and its lane; None for what lies in none."""
        for lane in self._lanes:
            for item in self._items[lane.key]:
                if item.id == thing_id:
                    return lane, item
        return None

    def choose(self, item: Item) -> None:
        """Choose a thing as a press on it does, and show its picture."""
        self.pick(item.id)
        self.selected.emit(item.id)
        self.seek_requested.emit(item.start)

    def told(self, lane: Lane, item: Item) -> str:
        """What is heard of a thing: whose it is, what, and when."""
        until = f"–{self._texts.short_clock(item.end, digits=1)}" if item.end is not None else ""
        whose = " ".join(word for word in (lane.person, lane.name) if word)
        track = f"{'AB'[item.track]}: " if self._tracks == 2 and lane.kind in ("points", "states") else ""
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

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        box, self._box = self._box, None
        if box is not None:
            self._close_box(box)
            self.update()
            return
        drag, self._drag = self._drag, None
        if drag is not None and drag.item is None and drag.has_moved:
            self._let_go(drag)
        elif drag is not None and drag.item is not None and drag.has_moved and self._tracks == 1:
            self.moved.emit(drag.item.id, drag.start, drag.end)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position().x(), event.position().y())
        if hit is not None:
            self.seek_requested.emit(hit[1].start)
            self.double_clicked.emit(hit[1].id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """On the one thing under the pointer, or on what is chosen; the menu key asks for what is chosen."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            for thing_id in self._picked:
                if (place := self.place_of(thing_id)) is not None:
                    self.menu_asked.emit(thing_id, self.mapToGlobal(place))
                    return
            return
        hit = self._hit(event.pos().x(), event.pos().y())
        if hit is None:
            return
        item = hit[1]
        if item.id not in self._picked:
            self.pick(item.id)
            self.selected.emit(item.id)
        self.menu_asked.emit(item.id, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus and minus zoom about the playhead; everything else is the screen's."""
        if event.text() in ("+", "-"):
            self.scale = self.scale.zoomed(1.5 if event.text() == "+" else 1 / 1.5, self.scale.x_of(self._playhead))
            self.redraw()
        else:
            event.ignore()

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
            item = hit[1]
            until = f"–{self._texts.short_clock(item.end, digits=1)}" if item.end is not None else ""
            time = self._texts.short_clock(item.start, digits=1)
            QToolTip.showText(event.globalPosition().toPoint(), f"{item.words}  {time}{until}", self)

    def _hit(self, x: float, y: float) -> tuple[str, Item, str] | None:
        """The lane, the thing and the part of it (start, end, body) under the pointer."""
        if x < LABELS:
            return None
        lane = self._places.at(y)
        return None if lane is None else self._hit_in(lane, x, y)

    def _hit_in(self, lane: Lane, x: float, y: float) -> tuple[str, Item, str] | None:
        near: tuple[float, Item, str] | None = None
        left, right = self.scale.time_at(x - LABELS - REACH), self.scale.time_at(x - LABELS + REACH)
        for item in self._items[lane.key].between(left, right):
            if self._tracks == 2 and (self._row_y(lane, item.track) - y) ** 2 > 100:
                continue
            x1 = LABELS + self.scale.x_of(item.start)
            found = part_under(x, x1, LABELS + self.scale.x_of(self._end_of(item)), item, lane.kind)
            if found is not None and (near is None or found[0] < near[0]):
                near = (found[0], item, found[1])
        return None if near is None else (lane.key, near[1], near[2])


__all__ = ["LABELS", "Scale", "TimelineView", "filled"]
