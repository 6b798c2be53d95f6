"""When nobody uses the program its archive locks; what is being done is let finish, and filming is never ended by it.

The same when the computer is left: it falls asleep, its screen is locked, or another user comes to it.

The window tells what a person does and shows what is decided here; it can be destroyed and rebuilt meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from app.ports.leaving import Left

#: what counts as use
USE = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel)
#: between two looks at whether what was being done is over, in milliseconds
_LOOK_AGAIN = 60_000


class IdleLock(QObject):
    """The clock of the lock. `films` says whether something is filmed, `works` whether long work goes on."""

    lock_due = Signal()
    cover_due = Signal()  # filming goes on beneath the cover, and the archive stays open for it

    def __init__(self, films: Callable[[], bool], works: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._films, self._works = films, works
        self._minutes = 0
        #: whether a film is being watched: use without a hand on it. Told by whoever shows films
        self.watches: Callable[[], bool] = lambda: False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.decide)

    @property
    def minutes(self) -> int:
        """The idle time after which the archive locks; 0 before it was told."""
        return self._minutes

    @property
    def waits_ms(self) -> int:
        """How long the clock that runs now waits, in milliseconds, before it decides; 0 while it stands."""
        return self._timer.interval() if self._timer.isActive() else 0

    def lock_after(self, minutes: int) -> None:
        """The idle time; it begins now."""
        self._minutes = minutes
        self._timer.start(minutes * 60_000)

    def see(self, happened: QEvent.Type) -> None:
        """Something happened in the program; when it is a person's doing the time begins anew."""
        if happened in USE and self._minutes:
            self._timer.start(self._minutes * 60_000)

    def lock_now(self) -> bool:
        """Somebody asked to lock. False when the screen is covered instead, for locking would end a film."""
        if self._films():
            self.cover_due.emit()
            return False
        self.lock_due.emit()
        return True

    def leave(self, how: Left) -> None:
        """The computer was left: lock at once. What films goes on under the cover, and locks when it has ended.

        Behind a locked screen long work is let finish as well, under the cover: a film is not taken in twice because
        somebody went to lunch. Before sleep and for another user it is cut short.
        """
        if self._films() or (how == Left.SCREEN_LOCKED and self._works()):
            self._timer.start(_LOOK_AGAIN)
            self.cover_due.emit()
        else:
            self.lock_due.emit()

    def stop(self) -> None:
        """The archive closes: nothing is decided any more."""
        self._minutes = 0
        self._timer.stop()

    def decide(self) -> None:
        """The time is up: lock, cover, or look again in a minute."""
        if self._films():
            self._timer.start(_LOOK_AGAIN)
            self.cover_due.emit()
        elif self._works() or self.watches():
            self._timer.start(_LOOK_AGAIN)
        else:
            self.lock_due.emit()
