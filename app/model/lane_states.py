"""Keeps the states of one exclusive group of one person from ever being on at the same time.

Whatever an edit does to some states, the others of their lane make room: what is edited wins. In an exhaustive group a
neighbor that touched an edited edge goes along with it, so that no gap arises.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from heapq import heapify, heappop, heappush
from itertools import pairwise

from app.model.change import Change, added
from app.model.identity import new_id
from app.model.observation import Observation
from app.model.scheme import Scheme
from app.model.timecode import Micros

#: later than any time: where a state ends that is still on
NEVER_ENDS: Micros = 2**62

#: a person, and the group or the code within which only one of that person's states is on at a time
Lane = tuple[str, str]


def lane_of(scheme: Scheme, observation: Observation) -> Lane | None:
    """Within which states follow each other; None for points and for what the scheme does not know."""
    code = scheme.code(observation.code)
    return (observation.person, code.lane) if code is not None and code.lane else None


def end_of(state: Observation) -> Micros:
    """Where a state goes off; an open one never does. A state without end has no time."""
    if state.open:
        return NEVER_ENDS
    return state.start if state.end is None else state.end


class Lanes:
    """How a scheme sorts states into lanes, found once for many observations."""

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        exhaustive = {g.id for g in scheme.groups if g.exhaustive}
        self._exhaustive = frozenset(c.id for c in scheme.codes if c.group in exhaustive)

    def of(self, observation: Observation) -> Lane | None:
        """None for points and for what the scheme does not know."""
        return lane_of(self._scheme, observation)

    def is_exhaustive(self, observation: Observation) -> bool:
        return observation.code in self._exhaustive


def with_room(held: Mapping[str, Observation], scheme: Scheme, changes: Sequence[Change]) -> tuple[Change, ...]:
    """`changes` of observations and, after them, what they make of the other states of their lanes.

    Where two edited states overlap, the one that begins later cuts the other short. States of no length go.
    """
    lanes = Lanes(scheme)
    edited = {c.id: c for c in changes}
    touched = {
        lane for c in changes for o in (c.before, c.after) if isinstance(o, Observation) and (lane := lanes.of(o))
    }
    if not touched:
        return tuple(changes)
    rest: dict[Lane, list[Observation]] = {lane: [] for lane in touched}
    for o in held.values():
        lane = lanes.of(o)
        if lane in rest and o.id not in edited:
            rest[lane].append(o)
    winners: dict[Lane, list[Observation]] = {lane: [] for lane in touched}
    for change in changes:
        if isinstance(change.after, Observation) and (lane := lanes.of(change.after)) is not None:
            winners[lane].append(change.after)
    out: dict[str, Change | None] = dict(edited)
    for lane in touched:
        ordered = _cut_short(winners[lane])
        left = {state.id: state for state in ordered}
        for state in winners[lane]:
            out.update(_instead(edited[state.id], left.get(state.id)))
        others = _following(rest[lane], changes, lanes)
        starts = [w.start for w in ordered]
        for before, pieces in zip(rest[lane], (_left_over(o, ordered, starts) for o in others), strict=True):
            for change in _becomes(before, pieces):
                out[change.id] = change
    return tuple(c for c in out.values() if c is not None and c.before != c.after)


def _instead(change: Change, state: Observation | None) -> dict[str, Change | None]:
    """The change of an edited state that the other edited ones left as `state`, or left nothing of."""
    if state is None:
        return {change.id: Change(change.before, None) if change.before is not None else None}
    return {change.id: Change(change.before, state)}


def _cut_short(states: Iterable[Observation]) -> list[Observation]:
    """Edited states in time order, none reaching into the next; of two that begin together the longer comes second."""
    waiting = [(s.start, end_of(s), s.id, s) for s in states]
    heapify(waiting)
    kept: list[Observation] = []
    while waiting:
        start, end, _, state = heappop(waiting)
        if kept and end_of(kept[-1]) > start:
            last = kept[-1]
            if last.start == start:
                if end > end_of(last):
                    heappush(waiting, (end_of(last), end, state.id, replace(state, start=end_of(last))))
                continue
            kept[-1] = replace(last, end=start, open=False)
        kept.append(state)
    return kept


def _following(states: list[Observation], changes: Iterable[Change], lanes: Lanes) -> list[Observation]:
    """The unedited states of a lane with edges that touched an edited edge of an exhaustive group moved along."""
    starts: dict[tuple[Lane, Micros], Micros] = {}
    ends: dict[tuple[Lane, Micros], Micros] = {}
    for change in changes:
        before, after = change.before, change.after
        if not isinstance(before, Observation) or not isinstance(after, Observation):
            continue
        lane = lanes.of(before)
        if lane is None or lane != lanes.of(after) or not lanes.is_exhaustive(before):
            continue
        if before.start != after.start:
            ends[lane, before.start] = after.start
        if end_of(before) != end_of(after) and not before.open and not after.open:
            starts[lane, end_of(before)] = end_of(after)
    moved = [_moved(o, starts, ends, lanes) for o in states]
    ordered = sorted(moved, key=lambda o: o.start)
    # a state moved past its neighbors is followed by none of them: they would run over each other
    return states if any(end_of(a) > b.start for a, b in pairwise(ordered)) else moved


def _moved(
    state: Observation,
    starts: Mapping[tuple[Lane, Micros], Micros],
    ends: Mapping[tuple[Lane, Micros], Micros],
    lanes: Lanes,
) -> Observation:
    lane = lanes.of(state)
    assert lane is not None, "only states of a lane come here"
    start = starts.get((lane, state.start), state.start)
    end = state.end if state.end is None else ends.get((lane, state.end), state.end)
    if (start, end) == (state.start, state.end):
        return state
    if end is not None and end <= start:
        return state  # the edited one lies over all of it
    return replace(state, start=start, end=end)


def _left_over(state: Observation, winners: Sequence[Observation], starts: Sequence[Micros]) -> list[Observation]:
    """What is left of an unedited state around the edited ones: nothing, itself, or pieces (the first keeps the id)."""
    start, end = state.start, end_of(state)
    first = max(bisect_right(starts, start) - 1, 0)
    pieces: list[tuple[Micros, Micros]] = []
    for winner in winners[first:]:
        if winner.start >= end:
            break
        if end_of(winner) <= start:
            continue
        if winner.start > start:
            pieces.append((start, winner.start))
        start = max(start, end_of(winner))
    if start < end:
        pieces.append((start, end))
    return [_piece(state, n, *span) for n, span in enumerate(pieces)]


def _piece(state: Observation, number: int, start: Micros, end: Micros) -> Observation:
    goes_on = end == NEVER_ENDS
    made = replace(state, start=start, end=None if goes_on else end, open=goes_on)
    return made if number == 0 else replace(made, id=new_id())


def _becomes(before: Observation, pieces: list[Observation]) -> Iterable[Change]:
    if not pieces:
        yield Change(before, None)
        return
    if pieces[0] != before:
        yield Change(before, pieces[0])
    yield from (added(p) for p in pieces[1:])
