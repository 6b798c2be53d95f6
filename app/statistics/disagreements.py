"""Where two coders differ, the weightiest first: what a pair talks over at the film (domain 3.2)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from app.model.decision import DisagreementKind
from app.model.meeting import Stretch, merged
from app.model.timecode import Micros
from app.statistics.columns import Columns
from app.statistics.event_agreement import Coder, Matches
from app.statistics.sampling import Frame, Times
from app.statistics.time_agreement import Tallied

_STEP = 10**15  # more µs than any film has


_RANK = {kind: len(DisagreementKind) - place for place, kind in enumerate(DisagreementKind)}


class Disagreement(NamedTuple):
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


_WEIGHT = {kind: weight_of(kind) for kind in DisagreementKind}


def by_weight(disagreements: Iterable[Disagreement]) -> tuple[Disagreement, ...]:
    return tuple(sorted(disagreements, key=_order))


def _order(d: Disagreement) -> tuple[object, ...]:
    """The same whichever coder is A: neither side comes first in what decides between equals."""
    start = 0 if d.start is None else d.start
    end = start if d.end is None else d.end
    sides = (d.a_ids, d.b_ids) if d.a_ids <= d.b_ids else (d.b_ids, d.a_ids)
    return -d.weight, start, end, d.person, d.item, sides


def of_events(found: Matches, persons: Sequence[str], coders: tuple[Coder, Coder]) -> list[Disagreement]:
    """Pairs of two codes and events that stand alone; `persons` are those of the rows, none of a dimension's row."""
    first, second = (own.events for own in coders)
    wanted = np.array([bool(person) for person in persons], dtype=np.bool_)[found.row]
    codes = [np.append(own.code, -1)[x] for own, x in zip((first, second), (found.a, found.b), strict=True)]
    chosen = np.flatnonzero(wanted & (codes[0] != codes[1]))
    columns = (x[chosen].tolist() for x in (found.row, found.a, found.b, found.time))
    out = []
    for row, i, j, start in zip(*columns, strict=True):
        kind, end = DisagreementKind.UNPAIRED, start
        mine: tuple[str, tuple[str, ...]] = "", ()
        theirs = mine
        if i >= 0:
            a = first.acts[i]
            mine, end = (a.code, (a.id,)), a.start
        if j >= 0:
            b = second.acts[j]
            theirs, end = (b.code, (b.id,)), max(end, b.start)
            kind = DisagreementKind.CODE if i >= 0 else kind
        until = end if end > start else None
        sides = mine[0], theirs[0], mine[1], theirs[1]
        out.append(Disagreement(kind, start, until, persons[row], *sides, "", _WEIGHT[kind]))
    return out


def of_states(row: Tallied, frame: Frame, window: Sequence[Stretch], edges: Times) -> list[Disagreement]:
    """Stretches in which the two have different states, when a unit of them is outside the tolerance.

    `edges` are other times at which a difference ends, such as those of *cannot be coded*.
    """
    lane = row.lane
    if lane.acts is None:
        return []
    differ = (lane.a != lane.b) & frame.counted
    beyond = differ & ((row.a_sees != lane.a) | (row.b_sees != lane.b))
    if not beyond.any():
        return []
    ends = [np.array([edge for s in merged(tuple(window)) for edge in (s.start, s.end)], dtype=np.int64), edges]
    ends += [x for own in lane.acts for x in (own.start, own.end)]
    sorted_edges = np.unique(np.concatenate(ends)).tolist()
    gone = np.cumsum(beyond)
    return [
        _state(row, first, last, frame, sorted_edges)
        for first, last in _runs(row, frame)
        if gone[last] > (gone[first - 1] if first else 0)
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
    differ = kind[starts] > 0
    return list(zip(starts[differ].tolist(), stops[differ].tolist(), strict=True))


def _state(row: Tallied, first: int, last: int, frame: Frame, edges: list[Micros]) -> Disagreement:
    """The run with the exact times at which it begins and ends."""
    lane, units = row.lane, frame.units
    assert lane.acts is not None, "states differ where there are states"
    half = units.length // 2
    start = edges[bisect_right(edges, int(units.start[first]) + half) - 1]
    end = edges[bisect_right(edges, int(units.start[last]) + half)]
    a, b = lane.categories[lane.a[first]], lane.categories[lane.b[first]]
    a_ids, b_ids = (_sources(acts, code, start, end) for acts, code in zip(lane.acts, (a, b), strict=True))
    weight = weight_of(DisagreementKind.STATE, end - start)
    return Disagreement(DisagreementKind.STATE, start, end, lane.person, a, b, a_ids, b_ids, weight=weight)


def _sources(own: Columns, code: str, start: Micros, end: Micros) -> tuple[str, ...]:
    """The observations of a code of which some time lies in `[start, end)`."""
    if not code:
        return ()
    there = np.flatnonzero((own.start < end) & (~own.timed | (own.end > start))).tolist()
    return tuple(own.acts[i].id for i in there if own.acts[i].code == code)
