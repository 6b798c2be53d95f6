"""What has the keys is in sight: a scrolled page follows when they come to it, and while it grows under the hands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from widgets.app_events import AppEvents

#: pixels round what has the keys
ROOM = 12
#: milliseconds
LAID_OUT = 40
_CHANGES = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractItemView, QAbstractButton)
#: keys by which a page is scrolled, wherever they are
_SCROLLS = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class KeptInSight(QObject):
    """Goes by every window; what the mouse presses is in sight already, and must not move beneath it."""

    def __init__(self, window: QWidget, events: AppEvents) -> None:
        super().__init__(window)
        # at once, and when pages around what has grown are laid out anew
        self._soon, self._then = (QTimer(self, singleShot=True, interval=n) for n in (0, LAID_OUT))
        self._soon.timeout.connect(self._then.start)
        for timer in (self._soon, self._then):
            timer.timeout.connect(lambda: bring_into_sight(QApplication.focusWidget()))
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)
        events.on(QEvent.Type.KeyPress, self._on_key)

    def stop(self) -> None:
        """The window goes."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.disconnect(self._on_focus)
        for timer in (self._soon, self._then):
            timer.stop()

    def _on_key(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, _CHANGES) and isinstance(event, QKeyEvent) and event.key() not in _SCROLLS:
            self._soon.start()
        return False

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self._soon.start()


def bring_into_sight(part: QWidget | None) -> None:
    """Scroll every page around `part` until it is in sight; of what is larger than a page, where the keys are in it."""
    over = part.parentWidget() if part is not None else None
    while part is not None and over is not None:
        page = over.widget() if isinstance(over, QScrollArea) else None
        if isinstance(over, QScrollArea) and page is not None and page.isAncestorOf(part):
            _scroll(over, page, part)
        over = over.parentWidget()


def _scroll(area: QScrollArea, page: QWidget, part: QWidget) -> None:
    view, rect = area.viewport(), part.rect()
    if rect.height() > view.height():
        rect = _where_keys_are(part)
    top = part.mapTo(page, QPoint(rect.left(), rect.top()))
    _move(area.verticalScrollBar(), top.y(), rect.height(), view.height())
    _move(area.horizontalScrollBar(), top.x(), min(rect.width(), view.width()), view.width())


def _where_keys_are(part: QWidget) -> QRect:
    if isinstance(part, QTextEdit | QPlainTextEdit):
        return part.cursorRect().translated(part.viewport().pos())
    if isinstance(part, QAbstractItemView) and part.currentIndex().isValid():
        return part.visualRect(part.currentIndex()).translated(part.viewport().pos())
    return QRect(0, 0, 1, 1)


def _move(bar: QScrollBar, begin: int, length: int, room: int) -> None:
    """So far that `length` pixels from `begin` are in a view of `room` pixels, with a little round them."""
    least, most = begin + length + ROOM - room, begin - ROOM
    if begin < bar.value():
        bar.setValue(most)
    elif begin + length > bar.value() + room:
        bar.setValue(min(least, most) if least <= most else begin)
