"""One screen of the computer stands for both: a second one is opened, and what is on it is read from its window."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from widgets.second_display.bare_window import BareWindow
from widgets.second_display.second_display import SecondDisplay


def one_for_both(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second screen may be opened, and is not closed for being the first."""
    monkeypatch.setattr(SecondDisplay, "_apart", lambda _self: QGuiApplication.screens())
    monkeypatch.setattr(SecondDisplay, "_watch", lambda _self: None)


def second_of(window: QWidget) -> BareWindow | None:
    """What others look at; None while it is closed."""
    return next((w for w in window.findChildren(BareWindow) if w.isVisible()), None)
