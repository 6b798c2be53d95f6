"""Over which window something is asked that no part of a window asks itself, as what a notice offers."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


def asking_window() -> QWidget:
    """The active window. Where none is, the program's main one: it need not be active to be pressed in.

    An assistive program presses without that, and another program may have come before meanwhile. Raises ValueError
    where no window is on the screen: nothing can have been pressed then.
    """
    active = QApplication.activeWindow()
    if active is not None:
        return active
    shown = (window for window in QApplication.topLevelWidgets() if window.isVisible())
    return max(shown, key=lambda window: isinstance(window, QMainWindow))
