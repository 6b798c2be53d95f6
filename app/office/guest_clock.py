"""While a guest has the archive open: the minute in which no pass is in force any more, at midnight or ended before."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.office.guests import pass_of
from app.ports import Store

#: between two looks, in milliseconds
LOOK_MS = 30_000


class GuestClock(QObject):
    """Says once that the pass is over. For whoever is no guest it stands."""

    over = Signal()

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        if store.worker.guest:
            self._timer.start()

    @property
    def runs(self) -> bool:
        return self._timer.isActive()

    def look(self) -> None:
        """Whether the pass is over now. Raises StoreError."""
        if pass_of(self._store) is None:
            self._timer.stop()
            self.over.emit()

    def stop(self) -> None:
        """The archive closes: nothing is looked at any more."""
        self._timer.stop()
