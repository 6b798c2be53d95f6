"""Agreement of two codings as domain 3.6 defines it: the one entry for screen, statement and command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

import numpy as np

from app.errors import InputError
from app.model.meeting import Stretch, merged
from app.model.scheme import Kind, Scheme
from app.model.timecode import SECOND, Micros
from app.statistics.acts import Act, Reading
from app.statistics.columns import Columns, Names, columns
from app.statistics.disagreements import Disagreement, by_weight, of_events, of_states
from app.statistics.event_agreement import (
    CodeAgreement,
    Coder,
    EventAgreement,
    Matches,
    Row,
    code_agreement,
    event_agreement,
    matches,
)
from app.statistics.intervals import tasks_in
from app.statistics.lanes import coded_lanes, not_codable
from app.statistics.sampling import Flags, Frame, Tasks, Times, counted_tasks, framed, units_of
from app.statistics.time_agreement import Tallied, TimeAgreement, tally, time_agreement


def seconds_exactly(time: Micros) -> str:
    """Seconds with as many digits as they have, so that what is refused never reads as what is allowed."""
    return f"{time / SECOND:.6f}".rstrip("0").rstrip(".")


PERSONS = ("adult1", "child1", "dyad")
#: a wider tolerance than this part of the window pairs what has nothing to do with each other
WIDEST_PART = 10


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

    def check(self, window: Sequence[Stretch]) -> None:
        """Raise InputError(`agreement-tolerance-wide`) for a tolerance above a tenth of the window and its default."""
        most = sum(s.length for s in merged(tuple(window))) // WIDEST_PART
        for given, usual in (
            (self.state_tolerance, DEFAULTS.state_tolerance),
            (self.point_tolerance, DEFAULTS.point_tolerance),
        ):
            if given > (bound := max(most, usual)):
                told = (seconds_exactly(given), seconds_exactly(bound))
                raise InputError("agreement-tolerance-wide", given=told[0], most=told[1])


DEFAULTS = AgreementSettings()


class Pair(NamedTuple):
    """Two observations taken for the same event, by id: the line between A's lane and B's."""

    person: str
    a_id: str
    b_id: str
    a_start: Micros
    b_start: Micros
    same_code: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """Everything that is shown of two codings. `window` as given, merged; `tasks` those of which some unit counts.

    `units` counts the units that enter time-based figures, `excluded_units` those left out since a coder could not code
    them. `left_out` are the ids of the window's events that are in no figure: they, or what they are paired with, lie
    in such a unit or outside the window. `disagreements` come the weightiest first.
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


@dataclass(frozen=True, slots=True)
class Compared:
    """Coder A's acts and coder B's, and the window in which they are compared; each of `tasks` is part of it.

    Stretches with the same of `task_numbers` are parts of one task; without these each is a task. `layer` is the pass
    that the acts are of, None for all. A code that the scheme lacks counts on its own.
    """

    a: Sequence[Act]
    b: Sequence[Act]
    scheme: Scheme
    window: Sequence[Stretch]
    settings: AgreementSettings = DEFAULTS
    tasks: Sequence[Stretch] = ()
    task_numbers: Sequence[int] = ()
    layer: str | None = None


def agree(compared: Compared) -> Agreement:
    """Agreement of the two; an interval leaves out each task, from five up."""
    return figures(count(compared))


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Two codings of one pass made ready for every figure of them.

    `lanes` hold what each coder has in every unit of `frame`, `found` what is paired in each of `rows`, `coders` the
    events that these are places of. `edges` (µs) are times at which a difference ends though nobody's state does.
    """

    window: tuple[Stretch, ...]
    settings: AgreementSettings
    layer: str
    names: Names
    frame: Frame
    tasks: Tasks
    lanes: list[Tallied]
    rows: list[Row]
    coders: tuple[Coder, Coder]
    found: Matches
    edges: Times

    @property
    def whole(self) -> list[str]:
        """The person of each row that holds all of a person's events; empty for a dimension's."""
        return [row.person if not row.dimension else "" for row in self.rows]


def count(compared: Compared) -> Counted:
    """What `agree` takes, paired and tallied: its figures and those of each task rest on the same counting."""
    scheme, settings, layer = compared.scheme, compared.settings, compared.layer
    stretches, reading = merged(tuple(compared.window)), Reading.of(scheme)
    names, *everything = columns(compared.a, compared.b, reading)
    gone = np.array([code == reading.cannot_be_coded for code in names.codes], dtype=np.bool_)
    reach = [own.reach_into(stretches) for own in everything]
    marks = [own.where(into & gone[own.code]) for own, into in zip(everything, reach, strict=True)]
    first, second = (own.where(into & ~gone[own.code]) for own, into in zip(everything, reach, strict=True))
    units = units_of(stretches, settings.unit)
    counts = ~not_codable(marks, units)
    inside = counted_tasks(tasks_in(stretches, compared.tasks, compared.task_numbers), units, counts)
    frame = framed(units, counts, settings.state_tolerance, inside)
    lanes = tally(coded_lanes((first, second), names, scheme, reading, frame.units), frame)
    people = _people(names, (first, second))
    rows = _rows(people, _used(names, everything), scheme, layer)
    where = _codes(names, scheme, rows)
    coders = [_coder(own, stretches, settings.point_tolerance, frame, where) for own in everything]
    both = coders[0], coders[1]
    found = matches(*both, names, settings.point_tolerance)
    edges = np.concatenate([x for own in marks for x in (own.start, own.end)])
    return Counted(stretches, settings, layer or "", names, frame, inside, lanes, rows, both, found, edges)


def figures(counted: Counted) -> Agreement:
    """Every figure of what was counted."""
    c, counts = counted, int(counted.frame.counted.sum())
    events = event_agreement(c.rows, c.found, c.coders, c.names, c.tasks, c.layer)
    differences = of_events(c.found, c.whole, c.coders)
    differences += [d for row in c.lanes for d in of_states(row, c.frame, c.window, c.edges)]
    return Agreement(
        c.window,
        c.settings,
        counts,
        len(c.frame.units) - counts,
        len(c.tasks),
        time_agreement(c.lanes, len(c.tasks)),
        events,
        tuple(code for row in events if not row.dimension for code in code_agreement(row)),
        _pairs(c.found, c.whole, c.coders),
        by_weight(differences),
        _left_out(c.found, c.whole, c.coders, c.window),
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


def _people(names: Names, both: Sequence[Columns]) -> list[str]:
    """Everybody of whom something is coded; when nothing is, those who could have been."""
    found = np.unique(np.concatenate([own.person for own in both])).tolist()
    return [names.persons[p] for p in found] or list(PERSONS)


def _used(names: Names, both: Sequence[Columns]) -> dict[str, set[str]]:
    """The codes that anybody used, by the person whom they were used of."""
    found: dict[str, set[str]] = {person: set() for person in names.persons}
    for own in both:
        for person, code in set(zip(own.person.tolist(), own.code.tolist(), strict=True)):
            found[names.persons[person]].add(names.codes[code])
    return found


def _rows(people: Sequence[str], by_person: Mapping[str, set[str]], scheme: Scheme, layer: str | None) -> list[Row]:
    """A row for each person, and behind it one for each dimension in which a kappa could tell something.

    Where the scheme offers one code alone, and nobody used another of that person, there is none.
    """
    dimensions = {c.id: c.dimension for c in scheme.codes}
    rows = []
    for person in people:
        used = by_person.get(person, set())
        offered = {
            c.id
            for c in scheme.codes
            if c.kind == Kind.POINT and person.startswith(c.actor) and layer in (None, c.layer)
        }
        rows.append(Row(person, "", len(offered)))
        for dimension in scheme.dimensions:
            choice = {c for c in offered | used if dimensions.get(c) == dimension.id}
            if len(choice) > 1 and choice & used:
                rows.append(Row(person, dimension.id, len(choice & offered)))
    return rows


@dataclass(frozen=True, slots=True, eq=False)
class _Where:
    """Which row a person's code counts in: that of the person, and that of the person's dimension; −1 is none."""

    person: Times
    dimension: Times


def _codes(names: Names, scheme: Scheme, rows: Sequence[Row]) -> _Where:
    dimensions = {c.id: c.dimension for c in scheme.codes}
    place = {(row.person, row.dimension): n for n, row in enumerate(rows)}
    own = [dimensions.get(code) or "-" for code in names.codes]
    return _Where(
        np.array([place.get((p, ""), -1) for p in names.persons], dtype=np.int64),
        np.array([[place.get((p, d), -1) for d in own] for p in names.persons], dtype=np.int64),
    )


def _coder(everything: Columns, window: Sequence[Stretch], tolerance: Micros, frame: Frame, where: _Where) -> Coder:
    """The events that may be paired, with the row of each and whether it lies in time that is counted."""
    events = everything.where(everything.event & everything.begin_in(window, tolerance))
    if not len(events):
        return Coder(events, np.zeros((0, 2), dtype=np.int64), np.zeros(0, dtype=np.bool_))
    rows = np.stack([where.person[events.person], where.dimension[events.person, events.code]], axis=1)
    return Coder(events, rows, events.begin_in(window) & _codable(events, frame))


def _codable(events: Columns, frame: Frame) -> Flags:
    """Which events are in no unit that is left out; those in no unit at all, at the end of a stretch, stay."""
    if not len(frame.units):
        return np.ones(len(events), dtype=np.bool_)
    places = frame.units.holding(events.start)
    return np.asarray((places < 0) | frame.counted[places])


def _pairs(found: Matches, whole: Sequence[str], both: tuple[Coder, Coder]) -> tuple[Pair, ...]:
    chosen = np.array([bool(p) for p in whole], dtype=np.bool_)[found.row] & (found.a >= 0) & (found.b >= 0)
    row, i, j = (x[chosen] for x in (found.row, found.a, found.b))
    first, second = (own.events for own in both)
    ids = ([own.acts[place].id for place in x.tolist()] for own, x in ((first, i), (second, j)))
    same = (first.code[i] == second.code[j]).tolist()
    times = (first.start[i].tolist(), second.start[j].tolist())
    # what `Pair._make` does, without a step of Python for each of thousands
    made = partial(tuple.__new__, Pair)
    return tuple(map(made, zip([whole[r] for r in row.tolist()], *ids, *times, same, strict=True)))


def _left_out(
    found: Matches, whole: Sequence[str], both: tuple[Coder, Coder], window: Sequence[Stretch]
) -> frozenset[str]:
    """Of the events of the window those in no figure."""
    of_people = np.array([bool(p) for p in whole], dtype=np.bool_)[found.row]
    gone: set[str] = set()
    for own, places in zip(both, (found.a, found.b), strict=True):
        lost = own.events.begin_in(window)
        kept = places[of_people]
        lost[kept[kept >= 0]] = False
        gone |= {own.events.acts[i].id for i in np.flatnonzero(lost).tolist()}
    return frozenset(gone)
