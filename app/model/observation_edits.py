"""Edits of many observations at once, as changes: shift, merge, split, copy and paste, new values for all.

Pure functions from a coding to changes. States of one exclusive group never overlap afterward (`lane_states`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.model.change import Change, added, removed
from app.model.coding import Coding
from app.model.identity import new_id
from app.model.lane_states import Lanes, end_of, with_room
from app.model.observation import How, Observation
from app.model.scheme import Scheme
from app.model.timecode import Micros


def edited(coding: Coding, scheme: Scheme, pairs: Iterable[tuple[Observation, Observation]]) -> tuple[Change, ...]:
    """Observations with new values, and what other states of their lanes make room for."""
    changes = [Change(before, replace(after, how=How.EDITED)) for before, after in pairs if before != after]
    return with_room(coding.observations, scheme, changes)


def shifted(coding: Coding, scheme: Scheme, chosen: Iterable[Observation], by: Micros) -> tuple[Change, ...]:
    """All of `chosen` moved by `by` µs, each with its length. `pressed` and what was seen stay what they were."""
    if by == 0:
        return ()
    moved = ((o, o.start + by, None if o.end is None else o.end + by) for o in chosen)
    changes = [Change(o, replace(o, start=start, end=end, how=How.EDITED)) for o, start, end in moved]
    return with_room(coding.observations, scheme, changes)


def _at(o: Observation, by: Micros) -> Observation:
    return replace(o, start=o.start + by, end=None if o.end is None else o.end + by)


def gave_way(changes: Iterable[Change], asked: frozenset[str]) -> tuple[int, int]:
    """How many observations a step took away, and how many it made shorter, beside those it was asked to change."""
    others = [c for c in changes if c.kind is Observation and c.before is not None and c.id not in asked]
    gone = sum(c.after is None for c in others)
    return gone, len(others) - gone


def from_on(coding: Coding, time: Micros) -> tuple[Observation, ...]:
    """Everything that begins at `time` or later: what a shift of the rest moves."""
    return tuple(o for o in coding.sorted_observations() if o.start >= time)


def merged(coding: Coding, chosen: Sequence[Observation], scheme: Scheme) -> tuple[Change, ...]:
    """States of one code and person become one, from the first start to the last end; notes and modifiers are joined.

    Nothing for fewer than two, or for those that are no states of one code and person.
    """
    lanes = Lanes(scheme)
    if len(chosen) < 2 or len({(o.code, o.person) for o in chosen}) != 1 or lanes.of(chosen[0]) is None:
        return ()
    ordered = sorted(chosen, key=lambda o: (o.start, o.id))
    first, last = ordered[0], max(ordered, key=end_of)
    one = replace(
        first,
        end=last.end,
        open=last.open,
        modifiers=tuple(dict.fromkeys(m for o in ordered for m in o.modifiers)),
        note=" ".join(n for o in ordered if (n := o.note.strip())),
        how=How.EDITED,
    )
    gone = [removed(o) for o in ordered[1:]]
    return with_room(coding.observations, scheme, [Change(first, one), *gone])


def split(chosen: Observation, at: Micros) -> tuple[Change, ...]:
    """One state becomes two that meet at `at`; nothing when `at` is not inside it."""
    if not chosen.start < at < end_of(chosen):
        return ()
    before = replace(chosen, end=at, open=False, how=How.EDITED)
    after = replace(chosen, id=new_id(), start=at, note="", how=How.EDITED)
    return Change(chosen, before), added(after)


@dataclass(frozen=True, slots=True)
class Clipping:
    """Observations as they were copied; `start` is the earliest of them, what a paste lays on the wished time."""

    observations: tuple[Observation, ...]

    @property
    def start(self) -> Micros:
        return min(o.start for o in self.observations)


def pasted(coding: Coding, scheme: Scheme, clipping: Clipping, at: Micros) -> tuple[Change, ...]:
    """New observations of this coding like those copied, the earliest at `at`; none of codes that the scheme lacks.

    An open state is pasted as long as the copied ones reach: it was on at least that far.
    """
    by = at - clipping.start
    reach = max(o.start + 1 if o.end is None else max(o.end, o.start + 1) for o in clipping.observations)
    changes = []
    for o in clipping.observations:
        if scheme.code(o.code) is None:
            continue
        end = o.end if not o.open else max(reach, o.start + 1)
        copy = replace(
            o,
            id=new_id(),
            coding_id=coding.id,
            end=end,
            open=False,
            how=How.EDITED,
            pressed=None,
            seen_on="",
            seen_at=None,
        )
        changes.append(added(_at(copy, by)))
    return with_room(coding.observations, scheme, changes)
