"""A worker's reaction time: the 60-second game that measures it, and how much of it is taken off a press.

The game shows a sign at moments that cannot be foreseen; the worker presses a key at each. The median of the delays is
how late this hand is when a film plays. Pressing on a picture that stands still is exact and never shifted.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from app.editing import Editor
from app.i18n import Texts, now
from app.model.calibration import Calibration
from app.model.change import Change, added
from app.model.identity import new_id
from app.model.timecode import SECOND, Micros
from app.ports import Store

#: the whole game, and how long the wait for the next sign may be
LENGTH: Micros = 60 * SECOND
SHORTEST_WAIT, LONGEST_WAIT = 3 * SECOND // 2, 4 * SECOND
#: after so long without a press a sign is missed
MISSED: Micros = 3 * SECOND // 2


def signs(chance: Random) -> tuple[Micros, ...]:
    """When the signs come, µs from the start: with waits that nobody can count along with."""
    times, at = [], 0
    while (at := at + chance.randint(SHORTEST_WAIT, LONGEST_WAIT)) < LENGTH - MISSED:
        times.append(at)
    return tuple(times)


def delays(shown: Sequence[Micros], pressed: Sequence[Micros]) -> tuple[Micros, ...]:
    """For each sign the delay of the first press after it and before the next; signs without one are left out."""
    found = []
    for place, at in enumerate(shown):
        until = min(shown[place + 1] if place + 1 < len(shown) else at + MISSED, at + MISSED)
        answer = next((p for p in pressed if at <= p < until), None)
        if answer is not None:
            found.append(answer - at)
    return tuple(found)


def shift(delay: Micros, rate: float, *, playing: bool) -> Micros:
    """How much film time goes by while the hand is on its way: nothing while the picture stands still."""
    return round(delay * max(rate, 0.0)) if playing else 0


class ReactionEditor(Editor):
    """The signed-in worker's own calibrations; nobody else reads them."""

    def __init__(self, store: Store, texts: Texts) -> None:
        super().__init__(store)
        self.texts = texts
        self.calibrations = store.find(Calibration, worker_id=store.me)

    def accept(self, changes: Sequence[Change]) -> None:
        held = {c.id: c for c in self.calibrations}
        for change in changes:
            held.pop(change.id, None)
            if isinstance(change.after, Calibration):
                held[change.id] = change.after
        self.calibrations = tuple(sorted(held.values(), key=lambda c: c.id))

    @property
    def newest(self) -> Calibration | None:
        return self.calibrations[-1] if self.calibrations else None

    @property
    def delay(self) -> Micros:
        """What is taken off a press now, µs at normal speed: 0 before the first game, or when switched off."""
        newest = self.newest
        return newest.delay if newest is not None and newest.in_use else 0

    def keep(self, presses: Sequence[Micros]) -> Calibration | None:
        """The result of a game; None (and nothing kept) when too few signs were answered."""
        made = Calibration(new_id(), self._store.me, now(), tuple(presses))
        if not made.delay or not self.do(self.texts.tr("Reaction time measured"), added(made)):
            return None
        return made

    def use(self, *, on: bool) -> bool:
        """Take the measured delay off presses from now on, or not."""
        newest = self.newest
        if newest is None or newest.in_use == on:
            return False
        after = Calibration(newest.id, newest.worker_id, newest.held, newest.presses, on)
        return self.do(self.texts.tr("Reaction time switched"), Change(newest, after))
