"""How much room there is: the one rule by which window and places fold, so that all of each fits on a small screen.

Nothing else in the program asks how wide it is to leave something out. A place folds what it has no room for: the rail
to icons, panels at the side into drawers that lie over, actions of the header into a menu.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtWidgets import QWidget

#: below this width, in pixels as the person's scaling has them, panels have no room beside each other
NARROW = 1060
#: and below this height, not all is in sight one above the other
LOW = 620
#: the smallest window that every place fits into: 1366 × 768 at 150 %, 1920 × 1080 at 200 %
LEAST = QSize(900, 500)
#: what the frame of a window takes beside and above what it holds, at most
FRAME = QSize(16, 44)


def size_to_fit(window: QWidget, width: int, height: int) -> None:
    """The size that a window of its own begins with, in pixels: this, or what its screen has room for."""
    room = window.screen().availableGeometry().size() - FRAME
    window.resize(QSize(width, height).boundedTo(room))


class Folding(QObject):
    """Whether its owner is narrow or low; told when a limit is crossed, never while a size only changes."""

    changed = Signal()

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self.is_narrow = self.is_low = False
        self.measure(owner.size())

    def measure(self, size: QSize) -> None:
        """The owner has this size now."""
        before = self.is_narrow, self.is_low
        self.is_narrow, self.is_low = size.width() < NARROW, size.height() < LOW
        if before != (self.is_narrow, self.is_low):
            self.changed.emit()
