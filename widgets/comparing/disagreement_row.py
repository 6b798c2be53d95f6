"""A disagreement in the list: when, what it is about, and what A and B each have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

from app.comparing.words import DisagreementLine
from widgets.look.look import Look, font
from widgets.look.row_delegate import RowDelegate

#: pixels: a row of one line, beside and between its columns, above and below its words
HEIGHT, SIDE, GAP, ABOVE = 36, 12, 16, 9
_WRAPPED = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


def both(line: DisagreementLine) -> str:
    """What A has and what B has, side by side."""
    return f"{line.a} ↔ {line.b}"


class DisagreementDelegate(RowDelegate):
    """Draws the three columns of a row. What has no room on one line goes on to the next, and is never cut.

    Ratings have long names and short values, observations a short time and long words: each kind has columns of its
    own, as wide as what stands in them.
    """

    def __init__(self, look: Look, lines: Sequence[DisagreementLine], parent: QAbstractItemView) -> None:
        super().__init__(look, parent, QSize(200, HEIGHT))
        self._lines, self._view = lines, parent
        self._font = font(tabular=True)
        self._metrics = QFontMetrics(self._font)
        kinds = {is_rating: [x for x in lines if (x.start is None) == is_rating] for is_rating in (True, False)}
        self._about = {kind: self._widest(line.about for line in own) for kind, own in kinds.items()}
        self._values = self._widest(both(line) for line in kinds[True])
        self._times = self._widest(line.when for line in kinds[False])

    def _widest(self, words: Iterable[str]) -> int:
        return max((self._metrics.horizontalAdvance(w) for w in words), default=0) + GAP

    def _boxes(self, line: DisagreementLine, box: QRect) -> tuple[QRect, QRect, QRect]:
        """Where the three columns of a row lie in `box`."""
        inner = box.adjusted(SIDE, 0, -SIDE, 0)
        is_rating = line.start is None
        about = self._about[is_rating]
        first = inner.width() - about - self._values if is_rating else self._times
        left, top, height = inner.left(), inner.top(), inner.height()
        return (
            QRect(left, top, first - GAP, height),
            QRect(left + first, top, about, height),
            QRect(left + first + about, top, inner.width() - first - about, height),
        )

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as the words need in the list's width."""
        line, width = self._lines[index.row()], self._view.viewport().width()
        boxes = self._boxes(line, QRect(0, 0, width, 10_000))
        needed = (self._high(box, words) for box, words in zip(boxes, _columns(line), strict=True))
        return QSize(200, max(HEIGHT, max(needed) + 2 * ABOVE))

    def _high(self, box: QRect, words: str) -> int:
        if self._metrics.horizontalAdvance(words) <= box.width():  # nearly always, and far quicker to tell
            return self._metrics.height()
        return self._metrics.boundingRect(box, _WRAPPED, words).height()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line, look = self._lines[index.row()], self._look
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("hover"))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(2, 1, -2, -1), 8, 8)
        painter.setFont(self._font)
        for box, words, color in zip(
            self._boxes(line, option.rect), _columns(line), ("text", "muted", "text"), strict=True
        ):
            painter.setPen(look.color(color))
            painter.drawText(box, _WRAPPED, words)
        painter.restore()


def _columns(line: DisagreementLine) -> tuple[str, str, str]:
    return line.when, line.about, both(line)
