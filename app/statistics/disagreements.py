"""Where two coders differ, the weightiest first: what a pair talks over at the film (domain 3.2)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from app.model.meeting import Stretch, merged
from app.model.timecode import Micros
from app.statistics.acts import Act
from app.statistics.event_agreement import Pairing, when
from app.statistics.sampling import Frame
from app.statistics.time_agreement import Tallied

_STEP = 10**15  # more µs than any film has


class DisagreementKind(StrEnum):
    RATING = "rating"
    STATE = "state"
    CODE = "code"
    UNPAIRED = "unpaired"


_RANK = {kind: len(DisagreementKind) - place for place, kind in enumerate(DisagreementKind)}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One difference. `a` and `b` are what each has: a code, a rating's value, or "" for nothing.

    `start` and `end` are µs on the meeting's clock, None for a rating; a single event has no `end`. `item` is the rated
    item. `a_ids` and `b_ids` are the observations it comes from. The greater `weight` comes first.
    """

    kind: DisagreementKind
    start: Micros | None
    end: Micros | None
    person: str
    a: str
    b: str
    a_ids: tuple[str, ...] = ()
    b_ids: tuple[str, ...] = ()
    item: str = ""
    weight: int = 0


def weight_of(kind: DisagreementKind, size: int = 0) -> int:
    """Rating gaps before states before paired events of two codes before lone events, and by `size` within a kind.

    `size` is a gap in points of the scale or a length in microseconds; what comes back is a number to sort by.
    """
    return _RANK[kind] * _STEP + size


def by_weight(disagreements: Iterable[Disagreement]) -> tuple[Disagreement, ...]:
    return tuple(sorted(disagreements, key=_order))


def _order(d: Disagreement) -> tuple[object, ...]:
    """The same whichever coder is A: neither side comes first in what decides between equals."""
    times = d.start or 0, d.end or d.start or 0
    return -d.weight, *times, d.person, d.item, sorted((d.a_ids, d.b_ids))


def of_events(pairing: Pairing) -> list[Disagreement]:
    found = []
    for a, b in pairing.matches:
        if a is not None and b is not None and a.code == b.code:
            continue
        kind = DisagreementKind.CODE if a is not None and b is not None else DisagreementKind.UNPAIRED
        last = max(act.start for act in (a, b) if act is not None)
        start = when((a, b))
        found.append(
            Disagreement(
                kind,
                start,
                last if last > start else None,
                pairing.person,
                a.code if a else "",
                b.code if b else "",
                (a.id,) if a else (),
                (b.id,) if b else (),
                weight=weight_of(kind),
            )
        )
    return found


def of_states(row: Tallied, frame: Frame, window: Sequence[Stretch], edges: Iterable[Micros]) -> list[Disagreement]:
    """Stretches in which the two have different states, when a unit of them is outside the tolerance.

    `edges` are other times at which a difference ends, such as those of *cannot be coded*.
    """
    lane = row.lane
    if not any(act.end is not None for acts in lane.acts for act in acts):
        return []
    differ = (lane.a != lane.b) & frame.counted
    beyond = differ & ((row.a_sees != lane.a) | (row.b_sees != lane.b))
    if not beyond.any():
        return []
    ends = {edge for s in merged(tuple(window)) for edge in (s.start, s.end)} | set(edges)
    ends |= {edge for acts in lane.acts for act in acts for edge in (act.start, act.end) if edge is not None}
    sorted_edges = sorted(ends)
    return [
        _state(row, first, last, frame, sorted_edges)
        for first, last in _runs(row, frame)
        if beyond[first : last + 1].any()
    ]


def _runs(row: Tallied, frame: Frame) -> list[tuple[int, int]]:
    """First and last unit of each run of counted units with the same two different categories."""
    a, b = row.lane.a.astype(np.int64), row.lane.b.astype(np.int64)
    kind = np.where((a != b) & frame.counted, a * 128 + b + 1, 0)
    new = np.ones(len(kind), dtype=np.bool_)
    new[1:] = kind[1:] != kind[:-1]
    new[[first for first, past in frame.units.bounds if first < past]] = True
    starts = np.flatnonzero(new)
    stops = np.append(starts[1:], len(kind)) - 1
    return [(f, s) for f, s in zip(starts.tolist(), stops.tolist(), strict=True) if kind[f]]


def _state(row: Tallied, first: int, last: int, frame: Frame, edges: list[Micros]) -> Disagreement:
    """The run with the exact times at which it begins and ends."""
    lane, units = row.lane, frame.units
    half = units.length // 2
    start = edges[bisect_right(edges, int(units.start[first]) + half) - 1]
    end = edges[bisect_right(edges, int(units.start[last]) + half)]
    a, b = lane.categories[lane.a[first]], lane.categories[lane.b[first]]
    a_ids, b_ids = (_sources(acts, code, start, end) for acts, code in zip(lane.acts, (a, b), strict=True))
    weight = weight_of(DisagreementKind.STATE, end - start)
    return Disagreement(DisagreementKind.STATE, start, end, lane.person, a, b, a_ids, b_ids, weight=weight)


def _sources(acts: Sequence[Act], code: str, start: Micros, end: Micros) -> tuple[str, ...]:
    return tuple(x.id for x in acts if x.code == code and x.start < end and (x.end is None or x.end > start))
