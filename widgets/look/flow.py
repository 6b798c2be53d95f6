"""Pills side by side that go on in the next line when the first one is full."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

GAP = 8


class Flow(QLayout):
    """Items at their own size, from the left, line by line; `is_even`: each as wide as the widest, in columns."""

    def __init__(self, *parts: QWidget, is_even: bool = False) -> None:
        super().__init__()
        self._is_even = is_even
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}  # by width, until something in it changes
        self.setContentsMargins(0, 0, 0, 0)
        for part in parts:
            self.addWidget(part)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._heights.clear()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def invalidate(self) -> None:
        """An item is another, hidden or shown: what was measured holds no longer."""
        self._heights.clear()
        super().invalidate()

    def takeAt(self, index: int) -> QLayoutItem | None:
        self._heights.clear()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The widest and the tallest item: one of them fits in any line."""
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.sizeHint())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        """The height that the lines take; with `move` the items go to their places."""
        y = rect.y()
        for row in self._rows(rect.width()):
            x, high = rect.x(), max(size.height() for _, size in row)
            for item, size in row if move else ():
                item.setGeometry(QRect(QPoint(x, y + (high - size.height()) // 2), size))
                x += size.width() + GAP
            y += high + GAP
        return max(y - GAP - rect.y(), 0)

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """The items that are not hidden, as they go into rows of a width."""
        rows: list[list[tuple[QLayoutItem, QSize]]] = []
        taken, widest = 0, self.minimumSize().width() if self._is_even else 0
        for item in self._items:
            if item.isEmpty():
                continue  # hidden
            size = item.sizeHint().expandedTo(QSize(widest, 0))
            if not rows or taken + size.width() > width:
                rows.append([])
                taken = 0
            rows[-1].append((item, size))
            taken += size.width() + GAP
        return rows
