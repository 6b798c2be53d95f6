"""What statistics read of an observation: who did what and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from app.model.coding import Coding
from app.model.meeting import Stretch, merged
from app.model.observation import Observation
from app.model.scheme import Kind, Scheme
from app.model.timecode import Micros


@dataclass(frozen=True, slots=True)
class Act:
    """One coded act on the meeting's clock, µs. Without `end` a point, else a state in `[start, end)`.

    `id` is that of the observation it comes from.
    """

    person: str
    code: str
    start: Micros
    end: Micros | None = None
    id: str = ""

    def __post_init__(self) -> None:
        assert self.end is None or self.end > self.start, "a state has length"

    @property
    def order(self) -> tuple[Micros, str, Micros, str]:
        """What acts are sorted by, so that the order in which they came never matters."""
        return self.start, self.code, self.start if self.end is None else self.end, self.id


def reaches(act: Act, window: Stretch) -> bool:
    """Whether some time of an act lies in the window."""
    return act.start < window.end and (act.start if act.end is None else act.end - 1) >= window.start


class Timed(Protocol):
    """What counting asks of an act: an `Act` is one, and so is an observation that is not still on."""

    @property
    def person(self) -> str: ...

    @property
    def code(self) -> str: ...

    @property
    def start(self) -> Micros: ...

    @property
    def end(self) -> Micros | None: ...


def acts_of(coding: Coding, window_end: Micros) -> list[Act]:
    """The acts of a coding in time order.

    A state still on closes at the end of the covered stretch in which it began, or at `window_end` where nothing
    is declared covered; one that would then have no length is left out.
    """
    covered = merged(coding.header.covered)
    acts = []
    for o in coding.sorted_observations():
        end = _end(o, covered, window_end) if o.open else o.end
        if end is None or end > o.start:
            acts.append(Act(o.person, o.code, o.start, end, o.id))
    return acts


def timed_of(coding: Coding, window_end: Micros) -> list[Timed]:
    """The same acts in no order, the observations themselves where they are closed: for counting many at once."""
    covered = merged(coding.header.covered)
    acts: list[Timed] = []
    for o in coding.observations.values():
        if not o.open:
            acts.append(o)
        elif (end := _end(o, covered, window_end)) > o.start:
            acts.append(Act(o.person, o.code, o.start, end, o.id))
    return acts


def _end(o: Observation, covered: tuple[Stretch, ...], window_end: Micros) -> Micros:
    """Where a state still on closes."""
    return next((s.end for s in covered if s.holds(o.start)), window_end)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a scheme tells events from states: a point code is an event whatever its end, a code without end too."""

    group: dict[str, str]
    points: frozenset[str]
    cannot_be_coded: str

    @classmethod
    def of(cls, scheme: Scheme) -> Reading:
        return cls(
            {c.id: c.group for c in scheme.codes if c.group},
            frozenset(c.id for c in scheme.codes if c.kind == Kind.POINT),
            scheme.cannot_be_coded,
        )

    def events(self, acts: Iterable[Act]) -> list[Act]:
        return [a for a in acts if self.is_event(a)]

    def states(self, acts: Iterable[Act]) -> list[Act]:
        return [a for a in acts if not self.is_event(a)]

    def is_event(self, act: Act) -> bool:
        return act.end is None or act.code in self.points
