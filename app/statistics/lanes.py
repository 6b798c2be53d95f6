"""Per person one exclusive group or one code: the category that each coder has in every unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.model.scheme import Scheme
from app.statistics.acts import Reading
from app.statistics.columns import Columns, Names
from app.statistics.sampling import Categories, Flags, Times, Units


@dataclass(frozen=True, slots=True, eq=False)
class CodedLane:
    """`categories[0]` is "" (none, off). `a` and `b` hold places in it per unit, shape (n,), dtype int8.

    Exactly one of `group` and `code` is set. `acts` are both coders' in time order, empty where nobody has a state.
    """

    person: str
    group: str
    code: str
    categories: tuple[str, ...]
    a: Categories
    b: Categories
    acts: tuple[Columns, Columns] | None


@dataclass(frozen=True, slots=True)
class _Places:
    """Which lane and which category in it each code makes. A lane is person · width + place."""

    width: int
    groups: tuple[str, ...]
    place: Times
    category: Times
    grouped: Flags
    inside: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, names: Names, scheme: Scheme, reading: Reading) -> _Places:
        groups = tuple(sorted({g for code in names.codes if (g := reading.group.get(code))}))
        inside = {g: tuple(c.id for c in scheme.in_group(g) if c.id != scheme.cannot_be_coded) for g in groups}
        # codes outside groups come first, then groups, as their names sort
        found, n = [reading.group.get(code, "") for code in names.codes], len(names.codes)
        place = [n + groups.index(g) if g else i for i, g in enumerate(found)]
        known = [inside[g] if g else (code,) for code, g in zip(names.codes, found, strict=True)]
        category = [1 + k.index(code) if code in k else 0 for code, k in zip(names.codes, known, strict=True)]
        grouped = np.array([bool(g) for g in found], dtype=np.bool_)
        where, what = np.array(place, dtype=np.int64), np.array(category, dtype=np.int64)
        return cls(n + len(groups), groups, where, what, grouped, inside)

    def lane_of(self, acts: Columns) -> Times:
        """The lane of each act; −1 for points of a code that belongs to a group: these are events only."""
        lane = acts.person * self.width + self.place[acts.code]
        return np.where(self.grouped[acts.code] & acts.event, -1, lane)


def coded_lanes(
    acts: tuple[Columns, Columns], names: Names, scheme: Scheme, reading: Reading, units: Units
) -> list[CodedLane]:
    """One lane for each person's group in which somebody has a state, and for each person's code outside groups."""
    places = _Places.of(names, scheme, reading)
    lane_a, lane_b = (places.lane_of(own) for own in acts)
    lanes = np.unique(np.concatenate([lane_a, lane_b]))
    lanes = lanes[lanes >= 0]
    painted = [
        _painted(own, np.searchsorted(lanes, lane), lane >= 0, places.category, (len(lanes), units))
        for own, lane in zip(acts, (lane_a, lane_b), strict=True)
    ]
    timed = {x for own, lane in zip(acts, (lane_a, lane_b), strict=True) for x in lane[own.timed].tolist()}
    found = []
    for row, lane in enumerate(lanes.tolist()):
        person, place = divmod(lane, places.width)
        single = place < len(names.codes)
        group, code = ("", names.codes[place]) if single else (places.groups[place - len(names.codes)], "")
        categories = ("", code) if single else ("", *places.inside[group])
        own = (acts[0].where(lane_a == lane), acts[1].where(lane_b == lane)) if lane in timed else None
        a, b = painted[0][row], painted[1][row]
        found.append(CodedLane(names.persons[person], group, code, categories, a, b, own))
    return found


def not_codable(both: Sequence[Columns], units: Units) -> Flags:
    """Units in which one of these marks of *cannot be coded* is, shape (n,)."""
    out = np.zeros(len(units), dtype=np.bool_)
    for marks in both:
        for low, high in zip(*units.within(marks.start, marks.end), strict=True):
            out[low:high] = True
        held = units.holding(marks.start[marks.event])
        out[held[held >= 0]] = True
    return out


def _painted(acts: Columns, row: Times, chosen: Flags, category: Times, size: tuple[int, Units]) -> Categories:
    """What acts in time order make of each unit, (lanes, n); of states that overlap in a group the later begun."""
    count, units = size
    out = np.zeros((count, len(units)), dtype=np.int8)
    states = np.flatnonzero(chosen & ~acts.event)
    lows, highs = units.within(acts.start[states], acts.end[states])
    rows, values = row[states].tolist(), category[acts.code[states]].tolist()
    for place, low, high, value in zip(rows, lows, highs, values, strict=True):
        out[place, low:high] = value
    points = np.flatnonzero(chosen & acts.event)
    held = units.holding(acts.start[points])
    out[row[points][held >= 0], held[held >= 0]] = 1
    return out
