"""Keeps the computer awake: each system in its own way (wakepy), and on Linux the closed lid by login1 as well.

wakepy may wait for an answer of a desktop, and Windows holds for as long as the thread lives that asked: so it has a
thread of its own. Windows and macOS let no program hold off the sleep of a closed lid.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QObject, Qt, Signal

from app.ports.wakeful import Held, Wakeful

if TYPE_CHECKING:
    from system.bus_inhibitor import BusInhibitor

_log = logging.getLogger(__name__)

#: so long a desktop that does not answer is waited for at the end, in seconds
LAST = 3.0

#: a context in which the computer stays awake; what it is entered with says by `active` whether it does
Mode: TypeAlias = "Callable[[], AbstractContextManager[Any]]"


class StayingAwake(Wakeful):
    """`mode` and `bus` are given by a test; otherwise they are the system's."""

    _answered = Signal(int, bool)

    def __init__(
        self, mode: Mode | None = None, bus: BusInhibitor | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._mode = mode or _usual_mode
        self._bus = bus or _usual_bus(self)
        self._held = Held()
        self._by_mode: bool | None = None
        self._thread: threading.Thread | None = None
        self._over = threading.Event()
        self._tries = 0
        self._closed = False
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        if self._bus is not None:
            self._bus.told.connect(self._tell)

    @property
    def held(self) -> Held:
        return self._held

    def keep(self) -> None:
        if self._thread is not None or self._closed:
            return
        self._tries += 1
        self._by_mode, self._over = None, threading.Event()
        if self._bus is not None:
            self._bus.hold()
        arguments = (self._tries, self._over)
        self._thread = threading.Thread(target=self._run, args=arguments, name="staying awake", daemon=True)
        self._thread.start()

    def let_go(self) -> None:
        thread, self._thread = self._thread, None
        if thread is None:
            return
        self._over.set()
        if self._bus is not None:
            self._bus.let_go()

    def close(self) -> None:
        thread = self._thread
        self._closed = True
        self.let_go()
        if thread is not None:
            thread.join(LAST)

    def _run(self, number: int, over: threading.Event) -> None:
        with self._mode() as held:
            self._answered.emit(number, bool(held.active))
            over.wait()

    def _on_answered(self, number: int, active: bool) -> None:
        if number == self._tries and not self._closed:
            self._by_mode = active
            self._tell()

    def _tell(self) -> None:
        """Once everybody has answered who was asked."""
        bus = self._bus
        if self._closed or self._by_mode is None or (bus is not None and not bus.has_answered):
            return
        by_bus, lid = (False, False) if bus is None else (bus.holds_sleep, bus.holds_lid)
        self._held = Held(self._by_mode or by_bus, lid)
        _log.info("kept awake: %s, with the lid closed: %s", self._held.sleep, self._held.lid)
        self.told.emit(self._held)


def _usual_mode() -> AbstractContextManager[Any]:
    from wakepy import keep

    return keep.running(on_fail="pass")


def _usual_bus(parent: QObject) -> BusInhibitor | None:
    if sys.platform != "linux":
        return None
    from system.bus_inhibitor import BusInhibitor

    return BusInhibitor(parent=parent)
