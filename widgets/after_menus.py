"""A button whose menu closed looks pressed no longer: Qt tells it of no pointer that left while the menu was open."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from widgets.app_events import AppEvents


def let_go(window: QWidget, events: AppEvents) -> None:
    """After every menu the buttons of `window` that the pointer is not on are drawn as such."""
    over = QTimer(window, singleShot=True, interval=0)
    over.timeout.connect(lambda: _look_again(window))

    def on_hide(watched: QObject, _event: QEvent) -> bool:
        if isinstance(watched, QMenu):
            over.start()
        return False

    events.on(QEvent.Type.Hide, on_hide)


def _look_again(window: QWidget) -> None:
    for made in window.findChildren(QAbstractButton):
        if made.underMouse() and not made.rect().contains(made.mapFromGlobal(QCursor.pos())):
            made.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=False)
            made.update()
