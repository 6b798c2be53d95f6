"""What a worker looks at, for the access log: who saw which case, coding, statement, film or supervision, and when.

A row is written when a thing comes on the screen, soon after the screen has it, so that nobody waits for the disk; one
that stays for a minute or longer has a second row when it goes, and reading the log makes one interval of both. Of a
film the stretches that were played are told, joined where they meet. Nothing of a text, a name or a code is in a row,
and a row about a meeting that the worker codes alone is hidden with that coding (the store's rule).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, QTimer

from app.errors import AppError
from app.model.change import Entity
from app.model.meeting import Stretch, merged
from app.model.recording import Recording
from app.model.timecode import SECOND
from app.ports import Store
from app.ports.player import Player

VIEW, ENDED, PLAYED = "view", "view-ended", "played"
#: seconds from which on a look is an interval of its own
INTERVAL_S = 60.0
#: ms until what came on the screen is written, how often a playing film is asked where it is, and its stretches told
SOON, EACH, TOLD_EVERY = 250, 1000, 60_000
#: stretches in one row: its detail is short
_IN_ONE = 10
#: how far apart two stretches may lie and still be one, and how far a film runs between two questions at the most, µs
_JOINED, _FARTHEST = 2 * SECOND, 20 * SECOND

_Due = tuple[str, type[Entity], str, str]


class Looking(QObject):
    """What is on the screen now, and what of it is still to be written. One thing at a time is looked at."""

    def __init__(self, store: Store, trouble: Callable[[AppError], None], parent: QObject | None = None) -> None:
        """`trouble` is told once when the log cannot be written: what waits is tried again with the next thing."""
        super().__init__(parent)
        self._store, self._trouble = store, trouble
        self._now: tuple[type[Entity], str] | None = None
        self._since = 0.0
        self._due: list[_Due] = []
        self._told = self._closed = False
        self._timer = QTimer(self, singleShot=True, interval=SOON)
        self._timer.timeout.connect(self.write)

    def at(self, kind: type[Entity], entity_id: str) -> None:
        """It is on the screen; what was there before it is not any more."""
        if self._now == (kind, entity_id):
            return
        self.left()
        self._now, self._since = (kind, entity_id), time.monotonic()
        self.note(VIEW, kind, entity_id)

    def left(self) -> None:
        """Nothing of that kind is on the screen."""
        if self._now is not None and (seconds := time.monotonic() - self._since) >= INTERVAL_S:
            self.note(ENDED, *self._now, f"seconds={round(seconds)}")
        self._now = None

    def note(self, act: str, kind: type[Entity], entity_id: str, detail: str = "") -> None:
        """Written soon: in the log with the others that wait. After `close` nothing can be written any more."""
        if self._closed:
            return
        self._due.append((act, kind, entity_id, detail))
        self._timer.start()

    def write(self) -> None:
        """What waits goes into the log now."""
        self._timer.stop()
        try:
            while self._due:
                self._store.note(*self._due[0])
                self._due.pop(0)
        except AppError as error:
            if not self._told:
                self._trouble(error)
            self._told = True
        else:
            self._told = False

    def close(self) -> None:
        """Nobody looks any more: before the archive is closed."""
        self.left()
        self.write()
        self._closed = True


class PlayedFilms(QObject):
    """Which stretches of a meeting's films were played, asked of the player once a second while it plays."""

    def __init__(self, looking: Looking, films: Iterable[Recording], player: Player, parent: QObject) -> None:
        super().__init__(parent)
        self._looking, self._films, self._player = looking, tuple(films), player
        self._stretches: list[Stretch] = []
        self._last: int | None = None
        self._each, self._minute = QTimer(self, interval=EACH), QTimer(self, interval=TOLD_EVERY)
        self._each.timeout.connect(self._ask)
        self._minute.timeout.connect(self.tell)
        player.playing_changed.connect(self._on_playing)
        for film in self._films:
            looking.note(VIEW, Recording, film.id)

    def _on_playing(self, playing: bool) -> None:
        self._ask()
        self._last = self._last if playing else None
        for timer in (self._each, self._minute):
            timer.start() if playing else timer.stop()
        if not playing:
            self.tell()

    def _ask(self) -> None:
        now, last = self._player.shown_at(), self._last
        self._last = now
        if now is None or last is None or now == last or abs(now - last) > _FARTHEST:
            return  # a jump is no playing
        self._stretches.append(Stretch(min(now, last), max(now, last)))

    def tell(self) -> None:
        """What was played since it was told last goes to the log, of each film on its own clock."""
        together, self._stretches = joined(self._stretches), []
        for film in self._films:
            begin, end = film.to_meeting(0), film.end
            on_it = (s for s in together if s.start < end and s.end > begin)
            of_film = [Stretch(max(s.start, begin), min(s.end, end)) for s in on_it]
            said = [f"{max(film.to_film(s.start), 0) // SECOND}-{-(-film.to_film(s.end) // SECOND)}" for s in of_film]
            for first in range(0, len(said), _IN_ONE):
                self._looking.note(PLAYED, Recording, film.id, f"played={','.join(said[first : first + _IN_ONE])}")

    def close(self) -> None:
        """The films are let go of."""
        self._player.playing_changed.disconnect(self._on_playing)
        if self._last is not None:
            self._ask()
        self._each.stop()
        self._minute.stop()
        self.tell()


def joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Stretches in order, one of those that meet or nearly do: a hand that stopped for a moment goes on."""
    wide = merged(tuple(Stretch(s.start, s.end + _JOINED) for s in stretches))
    return [Stretch(s.start, s.end - _JOINED) for s in wide]


def stretches_in(detail: str) -> tuple[tuple[int, int], ...]:
    """(from, to) in seconds of the film, as a row's detail tells what was played; none in any other."""
    name, _, said = detail.partition("=")
    if name != PLAYED:
        return ()
    pairs = (one.split("-") for one in said.split(",") if one.count("-") == 1)
    return tuple((int(a), int(b)) for a, b in pairs if a.isdecimal() and b.isdecimal())
