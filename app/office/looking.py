"""What a worker looks at, for the access log: who saw which case, coding, statement, film or supervision, and when.

A row is written when a thing comes on the screen, soon after the screen has it, so that nobody waits for the disk; one
that stays for a minute or longer has a second row when it goes, and reading the log makes one interval of both. Of a
film the stretches that were played are told, joined where they meet, with where it was played and whether others saw
it. Nothing of a text, a name or a code is in a row, and a row about a meeting that the worker codes alone is hidden
with that coding (the store's rule).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import AppError
from app.model.change import Entity
from app.model.meeting import Stretch, merged
from app.model.recording import Recording
from app.model.timecode import SECOND, Micros
from app.ports import Store
from app.ports.player import Player

VIEW, ENDED, PLAYED = "view", "view-ended", "played"
#: seconds from which on a look is an interval of its own
INTERVAL_S = 60.0
#: ms until what came on the screen is written, and how often a playing film's stretches are told
SOON, TOLD_EVERY = 250, 60_000
#: seconds for which one picture alone must be on to be a look at it
SEEN_S = 0.2
#: stretches in one row: its detail is short
_IN_ONE = 10
#: how far apart two stretches may lie and still be one, and what a player may leave out while it plays, µs
_JOINED = 2 * SECOND
_WHERE, _TO, _OTHERS = "where", "to", "others"

_Due = tuple[str, type[Entity], str, str]


class Where(StrEnum):
    """Where a film is played that is not open in a room of its meeting."""

    FEEDBACK = "feedback"
    SUPERVISION = "supervision"
    EXAMPLE = "example"  # of a code


@dataclass(frozen=True, slots=True)
class Seen:
    """What a row tells of a film that was played: (from, to) in seconds of it, where, and whether others saw it."""

    stretches: tuple[tuple[int, int], ...] = ()
    where: str = ""  # one of `Where`; empty in a room of its meeting
    by_others: bool = False


NOTHING_SEEN = Seen()


class Looking(QObject):
    """What is on the screen now, and what of it is still to be written. One thing at a time is looked at."""

    covered = Signal(bool)

    def __init__(self, store: Store, trouble: Callable[[AppError], None], parent: QObject | None = None) -> None:
        """`trouble` is told once when the log cannot be written: what waits is tried again with the next thing."""
        super().__init__(parent)
        self._store, self._trouble = store, trouble
        self._now: tuple[type[Entity], str] | None = None
        self._since = 0.0
        self._due: list[_Due] = []
        self._told = self._closed = False
        self.is_covered = False  #: a film that plays on beneath the cover is not looked at
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

    def cover(self, on: bool) -> None:
        """The whole program is covered, or is no more."""
        if on != self.is_covered:
            self.is_covered = on
            self.covered.emit(on)

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
    """Which stretches of films were seen, by the pictures that a player shows while it plays and nothing covers it.

    `films` lie as the player has them. `where` is not a room of their meeting; in one (None) to open them is a look as
    well, and others see the leading camera alone. Pictures outside of `within` (µs of the player) reach nobody.
    """

    def __init__(
        self,
        looking: Looking,
        films: Iterable[Recording],
        player: Player,
        parent: QObject,
        where: Where | None = None,
        within: tuple[Micros, Micros] | None = None,
    ) -> None:
        super().__init__(parent)
        self._looking, self._films, self._player = looking, tuple(films), player
        self._where, self._within, self._by_others = where, within, False
        self._stretches: list[Stretch] = []
        self._run: tuple[Micros, Micros] | None = None  # what is played without a jump
        self._last: Micros | None = None
        self._lead = 0
        self._came = self._since = 0.0  # when that picture came, and since when a still is seen
        self._is_still = False
        self._minute = QTimer(self, interval=TOLD_EVERY)
        self._minute.timeout.connect(self.tell)
        player.shown.connect(self._on_shown)
        player.playing_changed.connect(self._on_playing)
        player.lead_changed.connect(self._on_lead)
        looking.covered.connect(self._on_covered)
        if where is None:
            for film in self._films:
                looking.note(VIEW, Recording, film.id)

    def show_to(self, *, others: bool) -> None:
        """Whether from now on others see it too."""
        if others != self._by_others:
            self.tell()
            self._by_others = others

    def stand(self, *, on: bool) -> None:
        """One picture is shown by itself, or is no more: a film that stands otherwise is not looked at."""
        self._see_still()
        self._is_still, self._since = on, time.monotonic()
        if on:
            self._minute.start()
        else:
            self.tell()

    def _on_shown(self, camera: int, _picture: object) -> None:
        if camera == self._player.leading():
            self._see()

    def _on_lead(self, camera: int) -> None:
        self.tell()
        self._lead = camera

    def _on_playing(self, playing: bool) -> None:
        self._see()
        if playing:
            self._lead = self._player.leading()
            self._minute.start()
        elif not self._is_still:
            self._minute.stop()
            self.tell()

    def _on_covered(self, on: bool) -> None:
        if on:
            self._see_still(uncovered=True)
        self._since = time.monotonic()
        self._see()

    def _see(self) -> None:
        """The picture that is on, when somebody can see the film play: one after another is a run, a jump ends it."""
        last, came = self._last, self._came
        may_see = self._player.is_playing() and not self._looking.is_covered
        now = self._last = self._seen_now() if may_see else None
        self._came = time.monotonic()
        if now is None or last is None or abs(now - last) > self._apart(self._came - came):
            self._end_run()
        if now is not None:
            first, end = self._run or (now, now)
            self._run = min(first, now), max(end, now)

    def _apart(self, waited: float) -> float:
        """How far a film has run on at the most in so many seconds, µs: a picture may stay on for long."""
        rate = abs(self._player.rate())
        return waited * rate * SECOND + _JOINED * max(1.0, rate)

    def _seen_now(self) -> Micros | None:
        """The time of the picture that is on, µs; None where it reaches nobody."""
        now, within = self._player.shown_at(), self._within
        return None if now is None or (within and not within[0] <= now <= within[1]) else now

    def _see_still(self, *, uncovered: bool = False) -> None:
        """The picture that stands, when it was on for long enough to be seen."""
        may_see = self._is_still and (uncovered or not self._looking.is_covered)
        if may_see and time.monotonic() - self._since >= SEEN_S and (now := self._seen_now()) is not None:
            self._stretches.append(Stretch(now, now + 1))

    def _end_run(self) -> None:
        run, self._run = self._run, None
        if run is not None and run[0] < run[1]:  # a film that is stopped at its first picture was not played
            self._stretches.append(Stretch(*run))

    def tell(self) -> None:
        """What was seen since it was told last goes to the log, of each film on its own clock."""
        self._see_still()
        self._since = time.monotonic()
        self._end_run()
        self._run = None if self._last is None else (self._last, self._last)
        together, self._stretches = joined(self._stretches), []
        for film in self._films:
            begin, end = film.to_meeting(0), film.end
            on_it = (s for s in together if s.start < end and s.end > begin)
            of_film = [Stretch(max(s.start, begin), min(s.end, end)) for s in on_it]
            said = [f"{max(film.to_film(s.start), 0) // SECOND}-{-(-film.to_film(s.end) // SECOND)}" for s in of_film]
            for first in range(0, len(said), _IN_ONE):
                self._looking.note(PLAYED, Recording, film.id, self._detail(film, said[first : first + _IN_ONE]))

    def _detail(self, film: Recording, said: Sequence[str]) -> str:
        where = "" if self._where is None else f";{_WHERE}={self._where.value}"
        by_others = self._by_others and (self._where is not None or film.camera == self._lead)
        return f"{PLAYED}={','.join(said)}{where}{f';{_TO}={_OTHERS}' if by_others else ''}"

    def close(self) -> None:
        """The films are let go of."""
        self._player.shown.disconnect(self._on_shown)
        self._player.playing_changed.disconnect(self._on_playing)
        self._player.lead_changed.disconnect(self._on_lead)
        self._looking.covered.disconnect(self._on_covered)
        self._minute.stop()
        self.tell()


def joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Stretches in order, one of those that meet or nearly do: a hand that stopped for a moment goes on."""
    wide = merged(tuple(Stretch(s.start, s.end + _JOINED) for s in stretches))
    return [Stretch(s.start, s.end - _JOINED) for s in wide]


def seen_in(detail: str) -> Seen:
    """As a row's detail tells what was played; nothing of any other."""
    said = dict(part.partition("=")[::2] for part in detail.split(";"))
    pairs = (one.split("-") for one in said.get(PLAYED, "").split(",") if one.count("-") == 1)
    stretches = tuple((int(a), int(b)) for a, b in pairs if a.isdecimal() and b.isdecimal())
    return Seen(stretches, said.get(_WHERE, ""), said.get(_TO) == _OTHERS) if stretches else NOTHING_SEEN
