"""Agreement of two codings as domain 3.6 defines it: the one entry for screen, statement and command line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from app.model.meeting import Stretch, merged
from app.model.scheme import Scheme
from app.model.timecode import SECOND, Micros
from app.statistics.acts import Act, Reading
from app.statistics.disagreements import Disagreement, by_weight, of_events, of_states
from app.statistics.event_agreement import (
    CodeAgreement,
    EventAgreement,
    Pairing,
    code_agreement,
    event_agreement,
    pairing,
)
from app.statistics.lanes import lanes_of, not_codable
from app.statistics.resampling import draws, tasks_in
from app.statistics.sampling import Frame, Tasks, Units, task_of, units_of
from app.statistics.time_agreement import TimeAgreement, tally, time_agreement

PERSONS = ("adult1", "child1", "dyad")


@dataclass(frozen=True, slots=True)
class AgreementSettings:
    """Unit and tolerances in µs; all three are printed with every figure."""

    unit: Micros = SECOND
    state_tolerance: Micros = SECOND
    point_tolerance: Micros = 2 * SECOND

    def __post_init__(self) -> None:
        assert self.unit > 0 <= min(self.state_tolerance, self.point_tolerance), (
            "a unit has length, no tolerance is less"
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two observations taken for the same event, by id: the line between A's lane and B's."""

    person: str
    a_id: str
    b_id: str
    a_start: Micros
    b_start: Micros
    same_code: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """Everything that is shown of two codings. `window` as given, merged; `tasks` those that lie in it.

    `units` counts the units that enter time-based figures, `excluded_units` those left out since a coder could not code
    them, `left_out` the ids of the events in these. `disagreements` come the weightiest first.
    """

    window: tuple[Stretch, ...]
    settings: AgreementSettings
    units: int
    excluded_units: int
    tasks: int
    time_based: tuple[TimeAgreement, ...]
    events: tuple[EventAgreement, ...]
    codes: tuple[CodeAgreement, ...]
    pairs: tuple[Pair, ...]
    disagreements: tuple[Disagreement, ...]
    left_out: frozenset[str]


def agree(
    a: Sequence[Act],
    b: Sequence[Act],
    scheme: Scheme,
    window: Sequence[Stretch],
    settings: AgreementSettings | None = None,
    tasks: Sequence[Stretch] = (),
    task_numbers: Sequence[int] = (),
) -> Agreement:
    """Agreement of coder A's acts with coder B's in `window`; `tasks` are what an interval resamples, from five up.

    Stretches with the same of `task_numbers` are parts of one task; without these each is a task.

    Events in a unit that is left out are left out with it. A code that the scheme lacks counts on its own.
    """
    settings = settings or AgreementSettings()
    stretches, reading = merged(tuple(window)), Reading.of(scheme)
    inside = tasks_in(stretches, tasks, task_numbers)
    drawn = draws(len(inside))
    all_a, all_b = _in_window(a, stretches), _in_window(b, stretches)
    frame = _frame([*all_a, *all_b], reading, units_of(stretches, settings.unit), settings.state_tolerance, inside)
    both = tuple([x for x in acts if x.code != reading.cannot_be_coded] for acts in (all_a, all_b))
    rows = tally(lanes_of((both[0], both[1]), scheme, reading, frame.units), frame)
    begun = [_begun_in(stretches, reading.events(acts)) for acts in both]
    events = [_codable(acts, frame) for acts in begun]
    whole, parts = _pairings(events, _people(both), scheme, settings.point_tolerance)
    figures = event_agreement([p for one in whole for p in (one, *parts[one.person])], inside, drawn)
    edges = [
        t for x in (*all_a, *all_b) if x.code == reading.cannot_be_coded for t in (x.start, x.end) if t is not None
    ]
    differences = [d for p in whole for d in of_events(p)]
    differences += [d for row in rows for d in of_states(row, frame, stretches, edges)]
    return Agreement(
        stretches,
        settings,
        int(frame.counted.sum()),
        len(frame.units) - int(frame.counted.sum()),
        len(inside),
        time_agreement(rows, drawn),
        figures,
        tuple(c for row in figures if not row.dimension for c in code_agreement(row)),
        tuple(pair for p in whole for pair in _pairs(p)),
        by_weight(differences),
        frozenset(x.id for acts in begun for x in acts) - {x.id for acts in events for x in acts},
    )


def joined(parts: Sequence[Agreement]) -> Agreement:
    """Figures of several passes as one: window and units are the first one's, each figure is of its own pass's time."""
    first, *rest = parts
    if not rest:
        return first
    return replace(
        first,
        time_based=tuple(x for p in parts for x in p.time_based),
        events=tuple(x for p in parts for x in p.events),
        codes=tuple(x for p in parts for x in p.codes),
        pairs=tuple(x for p in parts for x in p.pairs),
        disagreements=by_weight([x for p in parts for x in p.disagreements]),
        left_out=frozenset().union(*(p.left_out for p in parts)),
    )


def _in_window(acts: Sequence[Act], window: Sequence[Stretch]) -> list[Act]:
    """Acts of which some time lies in the window, in time order."""
    starts = [s.start for s in window]
    found = []
    for act in acts:
        place = bisect_right(starts, act.start if act.end is None else act.end - 1) - 1
        if place >= 0 and act.start < window[place].end:
            found.append(act)
    return sorted(found, key=attrgetter("order"))


def _begun_in(window: Sequence[Stretch], events: Sequence[Act]) -> list[Act]:
    """Events of the window: a point code that somebody has given an end may reach into it."""
    return [x for x in events if x.end is None or any(s.holds(x.start) for s in window)]


def _frame(acts: Sequence[Act], reading: Reading, units: Units, tolerance: Micros, tasks: Tasks) -> Frame:
    left_out = not_codable(acts, reading, units)
    task = task_of(units.start + units.length // 2, tasks)
    return Frame(units, ~left_out, tolerance // units.length, task, len(tasks))


def _codable(events: list[Act], frame: Frame) -> list[Act]:
    """Events in a unit that is left out are left out; those in no unit, at the end of a stretch, stay."""
    if frame.counted.all():
        return events
    places = frame.units.holding([x.start for x in events]).tolist()
    return [x for x, place in zip(events, places, strict=True) if place < 0 or frame.counted[place]]


def _people(both: Sequence[Sequence[Act]]) -> list[str]:
    """Everybody of whom something is coded; when nothing is, those who could have been."""
    return sorted({x.person for acts in both for x in acts} or PERSONS)


def _pairings(
    events: Sequence[Sequence[Act]], people: Sequence[str], scheme: Scheme, tolerance: Micros
) -> tuple[list[Pairing], dict[str, list[Pairing]]]:
    """Each person's events paired, and by person those of each dimension paired among themselves."""
    dimensions = {c.id: c.dimension for c in scheme.codes}
    whole: list[Pairing] = []
    parts: dict[str, list[Pairing]] = {}
    for person in people:
        a, b = ([x for x in acts if x.person == person] for acts in events)
        whole.append(pairing(person, "", a, b, tolerance))
        used = {dimensions.get(x.code, "") for x in (*a, *b)}
        parts[person] = []
        for dimension in (d.id for d in scheme.dimensions if d.id in used):
            own_a, own_b = ([x for x in acts if dimensions.get(x.code) == dimension] for acts in (a, b))
            parts[person].append(pairing(person, dimension, own_a, own_b, tolerance))
    return whole, parts


def _pairs(p: Pairing) -> list[Pair]:
    return [
        Pair(p.person, a.id, b.id, a.start, b.start, a.code == b.code)
        for a, b in p.matches
        if a is not None and b is not None
    ]
