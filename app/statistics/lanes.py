"""Per person one exclusive group or one code: the category that each coder has in every unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from app.model.scheme import Scheme
from app.statistics.acts import Act, Reading
from app.statistics.sampling import Categories, Flags, Units


@dataclass(frozen=True, slots=True, eq=False)
class Lane:
    """`categories[0]` is "" (none, off). `a` and `b` hold places in it per unit, shape (n,), dtype int8.

    Exactly one of `group` and `code` is set. `acts` are both coders' in time order.
    """

    person: str
    group: str
    code: str
    categories: tuple[str, ...]
    a: Categories
    b: Categories
    acts: tuple[tuple[Act, ...], tuple[Act, ...]]


def lanes_of(acts: tuple[Sequence[Act], Sequence[Act]], scheme: Scheme, reading: Reading, units: Units) -> list[Lane]:
    """One lane for each person's group in which somebody has a state, and for each person's code outside groups.

    Acts come in time order. Points of a code that belongs to a group are events only.
    """
    sorted_acts: dict[tuple[str, str, str], tuple[list[Act], list[Act]]] = defaultdict(lambda: ([], []))
    for coder, mine in enumerate(acts):
        for act in mine:
            group = reading.group.get(act.code, "")
            if not group:
                sorted_acts[act.person, "", act.code][coder].append(act)
            elif not reading.is_event(act):
                sorted_acts[act.person, group, ""][coder].append(act)
    lanes = []
    for (person, group, code), (a, b) in sorted(sorted_acts.items()):
        inside = tuple(c.id for c in scheme.in_group(group) if c.id != scheme.cannot_be_coded) or (code,)
        categories = ("", *inside)
        on_a, on_b = (_painted(x, categories, reading, units) for x in (a, b))
        lanes.append(Lane(person, group, code, categories, on_a, on_b, (tuple(a), tuple(b))))
    return lanes


def not_codable(acts: Iterable[Act], reading: Reading, units: Units) -> Flags:
    """Units in which somebody has the code *cannot be coded*, shape (n,)."""
    marks = [act for act in acts if act.code == reading.cannot_be_coded]
    return _painted(marks, ("", reading.cannot_be_coded), reading, units) > 0


def _painted(acts: Sequence[Act], categories: tuple[str, ...], reading: Reading, units: Units) -> Categories:
    """What acts in time order make of each unit; where states of a group overlap, the one that began last."""
    out = np.zeros(len(units), dtype=np.int8)
    place = {code: i for i, code in enumerate(categories)}
    states = reading.states(acts)
    lows, highs = units.within([s.start for s in states], [s.end or s.start for s in states])
    for state, low, high in zip(states, lows, highs, strict=True):
        out[low:high] = place[state.code]
    points = reading.events(acts)
    if points:
        held = units.holding([p.start for p in points])
        out[held[held >= 0]] = 1
    return out
