"""The picture of a clip with its covers: a box is drawn, or moved, by a drag of the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen

from app.i18n import Texts
from app.model.cover import WHOLE, Box
from widgets.films.picture import TREMBLE, PictureView

#: a cover is seen as it will be, but for a little, so that one sees what is behind it
_SOLID, _DRAWN = 215, 110


@dataclass(frozen=True)
class ShownCover:
    """What is covered in the picture that is shown; `mark` is the box that was marked, before it is widened."""

    track_id: str
    box: Box
    mark: Box | None
    is_chosen: bool


class CoverView(PictureView):
    """Tells what the hand does; the boxes are in parts of the whole picture."""

    drawn = Signal(object)  # Box
    picked = Signal(str)  # the id of the cover that was clicked, empty beside all of them

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts, texts.tr("Picture with its covers"))
        self.covers: Sequence[ShownCover] = ()
        self._from: QPointF | None = None
        self._to: QPointF | None = None
        self.setCursor(Qt.CursorShape.CrossCursor)

    def show_covers(self, covers: Sequence[ShownCover]) -> None:
        self.covers = covers
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.picture is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for cover in self.covers:
            painter.setBrush(QColor(0, 0, 0, _SOLID))
            painter.setPen(QPen(QColor("#FFD27A" if cover.is_chosen else "#FFFFFF"), 3 if cover.is_chosen else 1))
            painter.drawRect(self._on_screen(cover.box))
            if cover.is_chosen and cover.mark is not None:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor("#FFD27A"), 1, Qt.PenStyle.DashLine))
                painter.drawRect(self._on_screen(cover.mark))
        if self._from is not None and self._to is not None:
            painter.setBrush(QColor(0, 0, 0, _DRAWN))
            painter.setPen(QPen(QColor("#FFD27A"), 2))
            painter.drawRect(QRectF(self._from, self._to).normalized())
        painter.end()

    def _on_screen(self, box: Box) -> QRectF:
        shown = self.picture_box()
        left, top = shown.left() + box.left * shown.width() / WHOLE, shown.top() + box.top * shown.height() / WHOLE
        wide, high = (box.right - box.left) * shown.width() / WHOLE, (box.bottom - box.top) * shown.height() / WHOLE
        return QRectF(left, top, wide, high)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.picture is not None:
            self._from = self._to = event.position()
            self.setFocus()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._to = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        begun, self._from, self._to = self._from, None, None
        self.update()
        if begun is None:
            return
        span = QRectF(begun, event.position()).normalized()
        if max(span.width(), span.height()) <= TREMBLE:
            self.picked.emit(self._at(begun))
            return
        box = self._box(span)
        if box is not None:
            self.drawn.emit(box)

    def _at(self, place: QPointF) -> str:
        return next((c.track_id for c in reversed(self.covers) if self._on_screen(c.box).contains(place)), "")

    def _box(self, span: QRectF) -> Box | None:
        shown = self.picture_box()
        inside = span & shown
        if inside.width() < 1 or inside.height() < 1:
            return None
        left, right = ((x - shown.left()) * WHOLE / shown.width() for x in (inside.left(), inside.right()))
        top, bottom = ((y - shown.top()) * WHOLE / shown.height() for y in (inside.top(), inside.bottom()))
        edges = (max(int(left), 0), max(int(top), 0), min(round(right), WHOLE), min(round(bottom), WHOLE))
        return Box(*edges) if edges[0] < edges[2] and edges[1] < edges[3] else None


def nudged(box: Box, across: int, along: int, *, grows: bool) -> Box:
    """A box moved, or made larger at its right and lower edge, and kept inside the picture."""
    if grows:
        right = min(max(box.right + across, box.left + 50), WHOLE)
        return Box(box.left, box.top, right, min(max(box.bottom + along, box.top + 50), WHOLE))
    across = min(max(across, -box.left), WHOLE - box.right)
    along = min(max(along, -box.top), WHOLE - box.bottom)
    return Box(box.left + across, box.top + along, box.right + across, box.bottom + along)
