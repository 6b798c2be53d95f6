"""What happens anywhere in the program, told to those who asked for its kind.

One listener for all of them: every event of every widget passes here, tens of thousands while a place is laid out, and
each filter of the application more is paid for each of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

#: told what it happened to and what; True when nobody else shall have it
Act: TypeAlias = Callable[[QObject, QEvent], bool]


class AppEvents(QObject):
    """Lives with a window; who asked last is told first, as Qt does it with filters."""

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        self._acts: dict[QEvent.Type, tuple[Act, ...]] = {}
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.installEventFilter(self)

    def on(self, kind: QEvent.Type, act: Act) -> None:
        """Tell `act` of every event of this kind from now on."""
        self._acts[kind] = (act, *self._acts.get(kind, ()))

    def stop(self) -> None:
        """The window goes."""
        self._acts.clear()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        acts = self._acts.get(event.type())
        return acts is not None and any(act(watched, event) for act in acts)
