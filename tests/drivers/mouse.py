"""A double click that ends: QTest's own leaves the button held down, and every later window would wait for it."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def double_click(part: QWidget, at: QPoint | None = None) -> None:
    """With the left button, in the middle where no place is said."""
    at = part.rect().center() if at is None else at
    QTest.mouseDClick(part, LEFT, NONE, at)
    QTest.mouseRelease(part, LEFT, NONE, at)
