"""The timeline as it is seen: lanes of one coding, or of two with A above B. Draws only what is in sight.

What stands still is kept in a picture; a change redraws only its lanes, and the playhead is drawn over it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import Texts
from app.model.meeting import Stretch
from app.model.timecode import SECOND, Micros
from widgets.look.look import CAPTION, Look, font
from widgets.timeline.lane_items import Item, LaneItems, Lying, itself
from widgets.timeline.lane_places import LanePlaces
from widgets.timeline.lanes import Lane
from widgets.timeline.painting import FLAG_SIGNS, MARK, Marks, draw_point, draw_state, draw_task, tone_of
from widgets.timeline.ruler import LABELS, RULER, TIMES, draw_label, draw_ruler, draw_selection, draw_tint
from widgets.timeline.scale import Scale, fitted
from widgets.timeline.strips import Strip
from widgets.timeline.tracks import (
    BY_COUNT,
    MIDDLE,
    SIGNS,
    Link,
    draw_blank,
    draw_letter,
    draw_links,
    draw_middle,
    draw_sign,
)
from widgets.timeline.unfilmed import Unfilmed

ROW = 20
#: of a lane that scrolls, so many pixels in sight hold its name
NAME = 14
#: heights of the lanes that are not a row high
TALL = {"tasks": ROW + 6, "sound": 30, "pictures": 40}
#: pixels of height to which the timeline can be made smaller
LOWEST = 120
#: of points nearer to each other than so many pixels, half of one, one is drawn
CLOSE = 5
#: so many chosen things are looked for one by one
FEW = 100


class TimelineCanvas(QWidget):
    """Things are put into lanes by key; `tracks` is 2 where two codings are compared, 3 with their common view between.

    `item_of` says what a thing looks like: of thousands only those that come into sight are asked.
    """

    scrolled = Signal()  # another part of the films is in sight
    filled_anew = Signal()  # what lies in the lanes changed
    picked_anew = Signal()  # other things are shown as chosen
    lanes_moved = Signal()  # other lanes are in sight, or other lanes are there

    def __init__(
        self,
        look: Look,
        texts: Texts,
        lanes: tuple[Lane, ...],
        length: Micros,
        tracks: int = 1,
        item_of: Callable[[Lying], Item] = itself,
    ) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing behind it is painted with each press
        self.setAccessibleName(texts.tr("Timeline"))
        self._look, self._texts, self._tracks, self._item_of = look, texts, BY_COUNT[tracks], item_of
        self._font = font(CAPTION, tabular=True)
        self._covered: tuple[Stretch, ...] = ()
        self._unfilmed = Unfilmed(texts)
        self._links: dict[str, list[Link]] = {}
        self._highlight: Stretch | None = None
        self._selection: tuple[Micros | None, Micros | None] = (None, None)
        self._strips: dict[str, Strip] = {}
        self._playhead: Micros = 0
        self._picked: frozenset[str] = frozenset()
        self._still = QPixmap()
        self._labels = QPixmap()
        self._dirty: set[str] | None = None  # None: everything
        self._places = LanePlaces((), self._height_of)
        self._set_lanes(lanes)
        self._scale = fitted(length, 1000)
        self._is_new = True  # nobody has seen it yet

    @property
    def scale(self) -> Scale:
        """What is in sight."""
        return self._scale

    @scale.setter
    def scale(self, scale: Scale) -> None:
        self._scale = scale
        self.scrolled.emit()

    @property
    def playhead(self) -> Micros:
        return self._playhead

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """From above down."""
        return self._lanes

    @property
    def picked(self) -> frozenset[str]:
        """The ids of what is shown as chosen."""
        return self._picked

    @property
    def selection(self) -> tuple[Micros | None, Micros | None]:
        """The stretch that is looped, or the one end of it that is chosen yet."""
        return self._selection

    def top_of(self, lane: str) -> int:
        """Where a lane begins, in pixels from above. Raises KeyError for one that is not there."""
        return self._places.tops[lane]

    @property
    def places(self) -> LanePlaces:
        """Where the lanes are."""
        return self._places

    def scroll_lanes(self, offset: int) -> None:
        """So many pixels of the lanes that scroll lie above what is in sight."""
        self._moves_lanes(lambda: self._places.fit(self.height(), offset))

    def show_lane(self, lane: str) -> None:
        """Bring a lane into sight. Raises KeyError for one that is not there."""
        self._moves_lanes(lambda: self._places.bring(lane))

    def _moves_lanes(self, move: Callable[[], None]) -> None:
        before = dict(self._places.tops)
        move()
        if before != self._places.tops:
            self._labels = QPixmap()
            self.redraw()
            self.lanes_moved.emit()

    def sizeHint(self) -> QSize:
        return QSize(LABELS + 400, self._places.full)

    def minimumSizeHint(self) -> QSize:
        return QSize(LABELS + 100, min(self._places.least, LOWEST))

    def starts(self, kind: str) -> Iterable[Micros]:
        """Where each thing of the lanes of a kind begins, in no order."""
        return chain.from_iterable(self._items[lane.key].starts for lane in self._lanes if lane.kind == kind)

    def items(self, kind: str) -> Iterable[Item]:
        """What lies in the lanes of a kind."""
        for lane in self._lanes:
            if lane.kind == kind:
                yield from self._items[lane.key]

    def items_of(self, lane: str) -> Iterable[Item]:
        """What lies in one lane. Raises KeyError for one that is not there."""
        return iter(self._items[lane])

    def near(self, lane: str, time: Micros, most: int) -> Iterable[Item]:
        """What lies in one lane near a time: at most `most` things before it, and as many from it on."""
        return self._items[lane].near(time, most)

    def show_around(self, time: Micros) -> None:
        """Bring a moment to the middle, as far as the films reach."""
        self.scale = replace(self.scale, left=time - self.scale.width * self.scale.per_pixel / 2).held()
        self.redraw()

    def _set_lanes(self, lanes: tuple[Lane, ...]) -> None:
        self._lanes = lanes
        self._labels = QPixmap()
        self._items = {lane.key: LaneItems(self._item_of) for lane in lanes}
        offset = self._places.offset
        self._places = LanePlaces(lanes, self._height_of)
        self._places.fit(self.height(), offset)
        self.updateGeometry()
        self.lanes_moved.emit()

    def _height_of(self, lane: Lane) -> int:
        if lane.kind in TALL:
            return TALL[lane.kind]
        return round(ROW * (self._tracks.states if lane.kind == "states" else self._tracks.points))

    def show_lanes(self, lanes: tuple[Lane, ...]) -> None:
        """Other lanes, empty until they are filled."""
        self._set_lanes(lanes)
        self.redraw()

    # what is shown

    def fill(self, items: Mapping[str, Iterable[Lying]]) -> None:
        """Everything anew."""
        for key, lane in self._items.items():
            lane.fill(items.get(key, ()))
        self.redraw()
        self.filled_anew.emit()

    def swap(self, lane: str, before: Lying | None, after: Lying | None) -> None:
        """One thing of a lane changed: only that lane is drawn anew."""
        if lane not in self._items:
            return
        if before is not None:
            self._items[lane].remove(before)
        if after is not None:
            self._items[lane].add(after)
        if self._dirty is not None:
            self._dirty.add(lane)
        self.update()
        self.filled_anew.emit()

    def swap_many(self, lanes: Mapping[str, tuple[Collection[str], Iterable[Lying]]]) -> None:
        """Many things changed: by lane the ids that leave and the things that come."""
        for key, (gone, new) in lanes.items():
            if key in self._items:
                self._items[key].swap(gone, new)
        self.redraw()
        self.filled_anew.emit()

    def set_covered(self, stretches: tuple[Stretch, ...]) -> None:
        self._covered = stretches
        self.redraw()

    @property
    def unfilmed(self) -> Unfilmed:
        """What nobody filmed."""
        return self._unfilmed

    def set_unfilmed(self, stretches: tuple[Stretch, ...]) -> None:
        """What nobody filmed: hatched behind every lane, and told."""
        if stretches != self._unfilmed.stretches:
            self._unfilmed = Unfilmed(self._texts, stretches)
            self.setAccessibleDescription(self._unfilmed.told())
            self.redraw()
            self.filled_anew.emit()

    def set_links(self, links: dict[str, list[Link]]) -> None:
        """Short lines in a lane from one track to another: the same observation, or where one comes from."""
        self._links = links
        self.redraw()

    def set_highlight(self, stretch: Stretch | None) -> None:
        self._highlight = stretch
        self.redraw()

    def set_span(self, first: Micros, end: Micros) -> None:
        """What there is to show now; the view stays where it is as far as it can."""
        self.scale = replace(self.scale, first=first, length=max(end, first + SECOND)).held()
        self.redraw()

    def set_selection(self, selection: tuple[Micros | None, Micros | None]) -> None:
        """The stretch that is looped, or the one end of it that is chosen yet."""
        self._selection = selection
        self.redraw()

    def set_strip(self, lane: str, strip: Strip | None) -> None:
        """What fills a lane of sound or pictures: it draws itself."""
        if strip is None:
            self._strips.pop(lane, None)
        else:
            self._strips[lane] = strip
        self.redraw_lane(lane)

    def redraw_lane(self, lane: str) -> None:
        if lane in self._items:
            if self._dirty is not None:
                self._dirty.add(lane)
            self.update()

    def set_playhead(self, time: Micros, *, follow: bool = True) -> None:
        """Where the picture on the screen is. Moves the view along when the playhead leaves it."""
        old = self._playhead
        self._playhead = time
        shown = self.scale.showing(time) if follow and not self.is_dragging() else self.scale
        if shown != self.scale:
            self.scale = shown
            self.redraw()
            return
        for moment in (old, time):
            x = LABELS + self.scale.x_of(moment)
            self.update(int(x) - 8, 0, 16, self.height())
        for lane in self._lanes:
            if self._items[lane.key].any_open and self._dirty is not None:  # a state that is on reaches the playhead
                self._dirty.add(lane.key)
                top, end = self._places.sight(lane.key)
                self.update(LABELS, top, self.width() - LABELS, end - top)

    def pick(self, *ids: str, into_sight: bool = True) -> None:
        """Show which things are chosen; none for none. The lane of one alone comes `into_sight`."""
        other = self._picked ^ frozenset(ids)
        self._picked = frozenset(ids)
        if len(other) > FEW:
            self.redraw()
        for lane in self._lanes if len(other) <= FEW else ():
            if any(self._items[lane.key].holds(thing_id) for thing_id in other):
                self.redraw_lane(lane.key)
        if other:
            self.picked_anew.emit()
        wanted = into_sight and bool(other) and len(ids) == 1 and self._places.overflow
        if wanted and (found := self.thing(ids[0])) is not None:
            self.show_lane(found[0].key)

    def thing(self, thing_id: str) -> tuple[Lane, Item] | None:
        """A thing and the lane in which it lies; None for what lies in none."""
        for lane in self._lanes:
            if (item := self._items[lane.key].item(thing_id)) is not None:
                return lane, item
        return None

    # what a hand is doing there now

    def is_dragging(self) -> bool:
        """True while something is dragged: then the view does not follow the playhead."""
        return False

    def draw_gesture(self, painter: QPainter) -> None:
        """What is being dragged, over everything else."""

    # drawing

    def redraw(self) -> None:
        """Everything in sight anew at the next paint."""
        self._dirty = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._is_new = False
        self._bring_up_to_date()
        painter = QPainter(self)
        painter.drawPixmap(QRectF(event.rect()), self._still, self._source_of(event))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(QRectF(LABELS - 8, 0, self.width() - LABELS + 8, self.height()))
        x = LABELS + self.scale.x_of(self._playhead)
        ink = self._look.color("ink")
        painter.setPen(QPen(ink, 1.6))
        painter.drawLine(QPointF(x, RULER - 3), QPointF(x, self.height()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPolygon(QPolygonF([QPointF(x - 6, TIMES), QPointF(x + 6, TIMES), QPointF(x, RULER - 1)]))
        self.draw_gesture(painter)
        if self.hasFocus():
            painter.setClipping(False)
            painter.setPen(QPen(self._look.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        width = event.size().width() - LABELS
        if self._is_new:  # the first look at the films is fitted to the width that there is
            self.scale = fitted(self.scale.length, width, first=self.scale.first).showing(self._playhead)
        self.scale = self.scale.resized(width)
        self.scroll_lanes(self._places.offset)
        self.redraw()
        self.lanes_moved.emit()

    def _source_of(self, event: QPaintEvent) -> QRectF:
        ratio = self._still.devicePixelRatio()
        box = QRectF(event.rect())
        return QRectF(box.x() * ratio, box.y() * ratio, box.width() * ratio, box.height() * ratio)

    def _bring_up_to_date(self) -> None:
        ratio = self.devicePixelRatioF()
        wanted = self.size() * ratio
        if self._still.size() != wanted:
            self._still = QPixmap(wanted)
            self._still.setDevicePixelRatio(ratio)
            self._dirty = None
        if self._dirty == set():
            return
        painter = QPainter(self._still)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        if self._dirty is None:
            painter.fillRect(self.rect(), self._look.color("surface"))
            draw_ruler(painter, self.scale, self._texts, self._look)
            draw_selection(painter, self.scale, self._selection, self._look)
            painter.drawPixmap(0, 0, self._drawn_labels(ratio))
            self._draw_lanes(painter, self._lanes)
        else:
            for lane in self._lanes:
                if lane.key in self._dirty:
                    self._draw_lanes(painter, (lane,))
        painter.end()
        self._dirty = set()

    def _drawn_labels(self, ratio: float) -> QPixmap:
        """The lanes' names: drawn once for the lanes that there are, for moving and zooming leave them as they are."""
        wanted = QSize(LABELS, self.height()) * ratio
        if self._labels.size() != wanted:
            self._labels = QPixmap(wanted)
            self._labels.setDevicePixelRatio(ratio)
            self._labels.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._labels)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self._font)
            for lane in self._lanes:
                seen = self._sight_of(lane, 0, LABELS)
                if seen.height() >= min(NAME, self._height_of(lane)):  # where half of a name would be seen, none is
                    painter.setClipRect(seen)
                    draw_label(painter, seen, lane, self._lanes, self._look)
            painter.end()
        return self._labels

    def _box_of(self, lane: Lane, left: int, right: int) -> QRectF:
        return QRectF(left, self._places.tops[lane.key], right - left, self._height_of(lane))

    def _sight_of(self, lane: Lane, left: int, right: int) -> QRectF:
        """As much of a lane's box as is in sight."""
        top, end = self._places.sight(lane.key)
        return QRectF(left, top, right - left, end - top)

    def _draw_lanes(self, painter: QPainter, lanes: Sequence[Lane]) -> None:
        """Lanes that lie one beneath the other: what is behind them in one go, then each within its own box."""
        seen = [(lane, box) for lane in lanes if (box := self._sight_of(lane, LABELS, self.width())).height() > 0]
        if not seen:
            return
        whole = QRectF()
        for _, box in seen:
            whole = whole.united(box)
        painter.setClipRect(whole)
        painter.fillRect(whole, self._look.color("surface"))
        for lane in (lane for lane, _ in seen if lane.kind == "points"):
            draw_middle(painter, self._box_of(lane, LABELS, self.width()), self._tracks, self._look)
        self._draw_grid(painter, whole, [box for _, box in seen])
        for lane, box in seen:
            painter.setClipRect(box)
            self._draw_lane(painter, lane, self._box_of(lane, LABELS, self.width()))

    def _draw_lane(self, painter: QPainter, lane: Lane, box: QRectF) -> None:
        self._draw_links(painter, lane)
        if lane.key in self._strips:
            self._strips[lane.key].draw(painter, box, self.scale, self._look)
        if lane is self._lanes[min(1, len(self._lanes) - 1)]:  # beneath the tasks, whose blocks would hide the words
            self._unfilmed.draw_words(painter, box, self.scale, self._look)
        left, right = self.scale.time_at(-30), self.scale.time_at(self.scale.width + 30)
        if lane.kind == "points" and self._tracks.count == 1:
            self._draw_points(painter, lane, left, right)
        else:
            for item in self._items[lane.key].between(left, right):
                self._draw_item(painter, lane, item)

    def _draw_points(self, painter: QPainter, lane: Lane, left: Micros, right: Micros) -> None:
        """Of points that cover one another, one; then those that are chosen, with their ring."""
        items, scale, y = self._items[lane.key], self._scale, self._row_y(lane, 0)
        color = self._look.color(lane.dimension or "E")
        starts, shapes = items.thinned(left, right, round(CLOSE * scale.per_pixel))
        origin = LABELS - scale.left / scale.per_pixel
        Marks(painter, color).draw_row(starts, shapes, origin, scale.per_pixel, y)
        for item in self._picked_in(items, left, right):
            self._draw_item(painter, lane, item)

    def _picked_in(self, items: LaneItems, left: Micros, right: Micros) -> Iterator[Item]:
        """What is chosen of a lane's points; of many that cover one another, one."""
        if len(self._picked) <= FEW:
            found = (items.item(thing_id) for thing_id in self._picked)
            yield from (item for item in found if item is not None and left <= item.start <= right)
            return
        drawn, least = left - SECOND, CLOSE * self._scale.per_pixel / 2
        for item in items.between(left, right):
            if item.id in self._picked and item.start - drawn >= least:
                drawn = item.start
                yield item

    def _draw_grid(self, painter: QPainter, box: QRectF, lanes: Sequence[QRectF]) -> None:
        """What lies behind the lanes: what nobody filmed, what is chosen, the line beneath each, the ruler's marks."""
        self._unfilmed.draw(painter, box, self.scale, self._look)
        if self._highlight is not None:
            draw_tint(painter, box, self.scale, (self._highlight.start, self._highlight.end), 0.22, self._look)
        start, end = self._selection
        if start is not None and end is not None:
            draw_tint(painter, box, self.scale, (start, end), 0.10, self._look)
        painter.setPen(QPen(self._look.color("line"), 1))
        left, right, top, bottom = box.left(), box.right(), box.top(), box.bottom()
        beneath = [lane.bottom() - 0.5 for lane in lanes]
        marks = [LABELS + self.scale.x_of(time) for time in self.scale.ticks()[0]]
        lines = [QLineF(left, y, right, y) for y in beneath]
        painter.drawLines([*lines, *(QLineF(x, top, x, bottom) for x in marks)])

    def _draw_links(self, painter: QPainter, lane: Lane) -> None:
        left, right = self.scale.time_at(-30), self.scale.time_at(self.scale.width + 30)
        ends = [
            (
                QPointF(LABELS + self.scale.x_of(x.start), self._row_y(lane, x.upper)),
                QPointF(LABELS + self.scale.x_of(x.end), self._row_y(lane, x.lower)),
            )
            for x in self._links.get(lane.key, ())
            if min(x.start, x.end) <= right and max(x.start, x.end) >= left
        ]
        draw_links(painter, ends, self._look.color(lane.dimension or "muted"))

    def _row_y(self, lane: Lane, track: int) -> float:
        return self._tracks.y_of(self._places.tops[lane.key], self._height_of(lane), track)

    def _draw_item(self, painter: QPainter, lane: Lane, item: Item) -> None:
        x, picked = LABELS + self.scale.x_of(item.start), item.id in self._picked
        if lane.kind == "points":
            place = QPointF(x, self._row_y(lane, item.track))
            if item.shape in SIGNS:
                draw_sign(painter, place, item.shape, selected=picked, look=self._look)
                draw_letter(painter, place, item.sign, self._look)
                return
            color = self._look.color(lane.dimension) if lane.dimension else self._look.color("E")
            small = self._tracks.count > MIDDLE + 1 and item.track != MIDDLE
            draw_point(painter, x, place.y(), item.shape, color, selected=picked, look=self._look, small=small)
            if item.sign:
                draw_letter(painter, place, item.sign, self._look)
        elif lane.kind == "flags":
            box = QRectF(x - 10, self._places.tops[lane.key], 20, ROW)
            if picked:
                painter.setPen(QPen(self._look.color("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
            painter.setPen(self._look.color(item.tint or "text"))
            sign = FLAG_SIGNS.get(item.code, "•")
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign)
        else:
            end = LABELS + self.scale.x_of(self._end_of(item))
            box = self._bar(lane, item.track, x, end)
            if lane.kind == "tasks":
                covered = any(s.start <= item.start and self._end_of(item) <= s.end for s in self._covered)
                draw_task(painter, box, item.words, covered=covered, selected=picked, look=self._look)
            elif item.shape in SIGNS:
                draw_blank(painter, box, item.shape, selected=picked, look=self._look)
            else:
                words = f"{item.sign}  {item.words}" if item.sign else item.words
                words = words if box.height() >= MARK else ""  # a thin bar has no room for a word
                draw_state(painter, box, words, tone_of(item.code, len(item.code)), selected=picked, look=self._look)

    def _bar(self, lane: Lane, track: int, x1: float, x2: float) -> QRectF:
        """The box of a bar; its left edge is held in sight so that its word can be read."""
        height, top = self._height_of(lane), self._places.tops[lane.key]
        if lane.kind != "states":
            first, high = float(top), float(height)
        else:
            first, high = self._tracks.bar_of(top, height, track)
        left = max(x1, LABELS - 4)
        return QRectF(left, first + 2, max(x2 - left, 3), high - 4)

    def _end_of(self, item: Item) -> Micros:
        if item.end is not None:
            return item.end
        return max(self._playhead, item.start) if item.open else item.start
