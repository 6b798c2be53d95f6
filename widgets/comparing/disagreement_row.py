"""A difference in the list: when, what it is about, what A and B each have, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

from app.comparing.decision_words import DecisionLine
from widgets.look.look import Look, font
from widgets.look.row_delegate import RowDelegate

#: pixels: a row of one line, beside and between its columns, above and below its words, and of the decision's sign
HEIGHT, SIDE, GAP, ABOVE, SIGN = 36, 12, 14, 9, 24
_WRAPPED = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


def both(line: DecisionLine) -> str:
    """What A has and what B has, side by side."""
    return f"{line.a} ↔ {line.b}"


class DisagreementDelegate(RowDelegate):
    """Draws the columns of a row. What has no room on one line goes on to the next, and is never cut.

    Ratings have long names and short values, observations a short time and long words: each kind has columns of its
    own, as wide as what stands in them. What is decided is quieter, with its sign at the end.
    """

    def __init__(self, look: Look, lines: Sequence[DecisionLine], parent: QAbstractItemView) -> None:
        super().__init__(look, parent, QSize(200, HEIGHT))
        self._view = parent
        self._font = font(tabular=True)
        self._metrics = QFontMetrics(self._font)
        self.show_lines(lines)

    def show_lines(self, lines: Sequence[DecisionLine]) -> None:
        """Other rows."""
        self._lines = lines
        kinds = {is_rating: [x for x in lines if (x.start is None) == is_rating] for is_rating in (True, False)}
        self._about = {kind: self._widest(line.about for line in own) for kind, own in kinds.items()}
        self._values = self._widest(both(line) for line in kinds[True])
        self._times = self._widest(line.when for line in kinds[False])

    def _widest(self, words: Iterable[str]) -> int:
        return max((self._metrics.horizontalAdvance(w) for w in words), default=0) + GAP

    def _boxes(self, line: DecisionLine, box: QRect) -> tuple[QRect, QRect, QRect]:
        """Where the three columns of a row lie in `box`."""
        inner = box.adjusted(SIDE, 0, -SIDE - SIGN, 0)
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
        if not 0 <= index.row() < len(self._lines):
            return QSize(200, HEIGHT)
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
        main = "muted" if line.is_settled else "text"
        for box, words, color in zip(
            self._boxes(line, option.rect), _columns(line), (main, "muted", main), strict=True
        ):
            painter.setPen(look.color(color))
            painter.drawText(box, _WRAPPED, words)
        self._paint_sign(painter, line, option.rect)
        painter.restore()

    def _paint_sign(self, painter: QPainter, line: DecisionLine, row: QRect) -> None:
        """What was decided; a decision that lacks its reason has … after it."""
        if not line.letter:
            return
        painter.setFont(self._strong)
        painter.setPen(self._look.color("text"))
        sign = line.letter if line.is_settled else f"{line.letter}…"
        box = QRect(row.right() - SIDE - SIGN, row.top(), SIGN, row.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, sign)


def _columns(line: DecisionLine) -> tuple[str, str, str]:
    return line.when, line.about, both(line)
