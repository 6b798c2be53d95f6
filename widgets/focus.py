"""Where the keys are: one rule for the whole window, so that no press is lost and none lands somewhere else.

- When what had the keys is gone, or a place opens, they go to the place's main thing. Never by themselves do they go to
  the rail, or to a notice or a job: these only lie beside the place.
- A button in a room of films gives the keys back to the room once it was pressed by hand.
- Enter presses the button that has the keys.
- A button that was turned off by its own press does not hand them to its neighbor, which another press would press or
  change: they wait for it, and Tab goes on from it.
- What has the keys is in sight.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

from widgets import reading_order
from widgets.app_events import AppEvents
from widgets.enter_presses import let_enter_press
from widgets.kept_in_sight import KeptInSight
from widgets.screen import Screen

_WRITTEN_IN = (QLineEdit, QPlainTextEdit, QTextEdit)
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class FocusRule(QObject):
    """Watches the window `window` by its `events`; `beside` are the rail, and what else lies beside the places.

    `screen` is the place that is open now, if one is.
    """

    def __init__(
        self, window: QWidget, events: AppEvents, beside: Sequence[QWidget], screen: Callable[[], Screen | None]
    ) -> None:
        super().__init__(window)
        self._window, self._beside, self._screen = window, tuple(beside), screen
        self._sight = KeptInSight(window, events)
        self._led_by_tab = False
        self._pressed: QAbstractButton | None = None
        self._fell = False
        self._off: QAbstractButton | None = None  # had the keys when it was turned off
        # what is done when the event loop has come round; the rule's own, so that they go with the window
        self._tab_over, self._back, self._home = (QTimer(self, singleShot=True, interval=0) for _ in range(3))
        self._wait = QTimer(self, singleShot=True, interval=0)
        self._wait.timeout.connect(self._wait_for_it)
        self._tab_over.timeout.connect(self._let_go)
        self._back.timeout.connect(self._give_back)
        self._home.timeout.connect(self._find_home)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)
        let_enter_press(events)
        events.on(QEvent.Type.KeyPress, self._on_key)
        events.on(QEvent.Type.EnabledChange, self._on_enabled)
        events.on(QEvent.Type.MouseButtonRelease, self._on_release)

    def stop(self) -> None:
        """The window goes."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.disconnect(self._on_focus)
        self._sight.stop()
        for timer in (self._tab_over, self._back, self._home, self._wait):
            timer.stop()

    def _on_key(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() in _TABS:
            self._lead()
            return isinstance(watched, QWidget) and self._goes_on(is_back=event.key() == Qt.Key.Key_Backtab)
        return False

    def _on_enabled(self, watched: QObject, _event: QEvent) -> bool:
        if watched is self._off:
            self._take_again()
        return False

    def _on_release(self, watched: QObject, _event: QEvent) -> bool:
        if isinstance(watched, QAbstractButton):
            self._pressed = watched
            self._back.start()
        return False

    def _lead(self) -> None:
        """Tab may lead into the rail; a press of the mouse never does, for the rail's buttons do not take the keys."""
        self._led_by_tab = True
        self._tab_over.start()

    def _let_go(self) -> None:
        self._led_by_tab = False

    def _give_back(self) -> None:
        screen, pressed, self._pressed = self._screen(), self._pressed, None
        if (
            screen is None
            or pressed is None
            or not isValid(pressed)
            or not pressed.hasFocus()
            or not screen.isAncestorOf(pressed)
        ):
            return
        if screen.takes_back(pressed):
            screen.take_focus()

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if (self._is_lost(new) or self._fell_into_header(old, new)) and not self._led_by_tab:
            self._home.start()
        if isinstance(old, QAbstractButton) and isValid(old) and old.isVisible() and not old.isEnabled():
            self._off = old
            self._wait.start()
        elif new is not self._screen():
            self._off = None

    def _wait_for_it(self) -> None:
        """Qt has handed the keys on; the place as a whole keeps them, unless they are where somebody writes."""
        screen, off, now = self._screen(), self._waited_for(), QApplication.focusWidget()
        if screen is None or off is None or off.isEnabled() or not screen.isAncestorOf(off):
            return
        if now is not None and screen.isAncestorOf(now) and not isinstance(now, _WRITTEN_IN):
            screen.setFocus()
            self._off = off

    def _waited_for(self) -> QAbstractButton | None:
        return self._off if self._off is not None and isValid(self._off) and self._off.isVisible() else None

    def _take_again(self) -> None:
        off = self._waited_for()
        if off is not None and off.isEnabled() and QApplication.focusWidget() is self._screen():
            off.setFocus()

    def _goes_on(self, *, is_back: bool) -> bool:
        """Tab from a button that is off goes on to what is read after it; whether it did."""
        screen, off = self._screen(), self._waited_for()
        if screen is None or off is None or QApplication.focusWidget() is not screen:
            return False
        return reading_order.lead(self._window, is_next=not is_back, behind=off)

    def _is_lost(self, focused: QWidget | None) -> bool:
        """Whether the keys are nowhere, or where nobody took them."""
        return focused is None or any(part.isAncestorOf(focused) for part in self._beside)

    def _fell_into_header(self, old: QWidget | None, new: QWidget | None) -> bool:
        """Whether what had the keys is gone and Qt handed them to the header, as what is next to a page that went."""
        screen = self._screen()
        gone = old is not None and (not isValid(old) or not old.isVisible()) and not isinstance(old, QMenu)
        self._fell = gone and screen is not None and new is not None and screen.header.isAncestorOf(new)
        return self._fell

    def _find_home(self) -> None:
        """Only when the keys are still lost, and this window has them at all."""
        if not self._window.isActiveWindow() or QApplication.activePopupWidget() or QApplication.activeModalWidget():
            return
        screen = self._screen()
        now = QApplication.focusWidget()
        fell = self._fell and screen is not None and now is not None and screen.header.isAncestorOf(now)
        if screen is not None and (fell or self._is_lost(now)):
            screen.take_focus()
