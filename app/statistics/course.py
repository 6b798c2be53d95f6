"""The course of an exclusive group: which state was on when, how one gave way to another, how contact came back.

A state gives way to another where it ends and the other begins at the same instant of codable time. What comes after
time that is not covered or could not be coded, or after a gap without a state, follows nothing: what happened in
between was not seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.model.timecode import Micros
from app.statistics.coded import Coded, median
from app.statistics.sampling import Flags, Times

#: DP1 of both shipped schemes: DS3 gives way to DS1 or DS2 (domain 2.3.2)
OUT_OF_STEP, BACK_IN_STEP = "DS3", ("DS1", "DS2")


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """One person's states of one group as n runs in time order, each the longest time that one code was on.

    `code` (n,) is a place in `codes`. `gives_way` (n,) says that the next run begins where this one ends, `seen_begin`
    that its beginning was seen: it is not merely where codable time began.
    """

    person: str
    group: str
    codes: tuple[str, ...]
    code: Times
    start: Times
    end: Times
    gives_way: Flags
    seen_begin: Flags


@dataclass(frozen=True, slots=True)
class TransitionRow:
    """How often `before` gave way to `after` in one task (None: the whole window), by when it did.

    `share = count / Σ count over after`, the conditional probability of one step (Bakeman & Quera 2011); None when
    `before` gave way to nothing.
    """

    task: int | None
    person: str
    group: str
    before: str
    after: str
    count: int
    share: float | None


@dataclass(frozen=True, slots=True)
class ReconnectionRow:
    """How often two were out of step, by the task in which that began, and came back (DP1, domain 2.3.2 and 2.3.3).

    `times` are those from the beginning of DS3 to the return, µs, ascending; of returns whose beginning was not seen
    there is none. `median` is None without times. `unseen` were not seen to end in a return: coded time ended first.
    """

    task: int | None
    person: str
    out: int
    returned: int
    unseen: int
    times: tuple[Micros, ...]
    median: float | None


def courses(coded: Coded) -> tuple[Course, ...]:
    """One course for each person's exclusive group in which somebody has a state."""
    groups = coded.reading.group
    wanted = sorted({(person, groups[code]) for person, code in coded.keys if code in groups})
    return tuple(course for person, group in wanted if (course := _course(coded, person, group)) is not None)


def _course(coded: Coded, person: str, group: str) -> Course | None:
    codes = tuple(c.id for c in coded.scheme.in_group(group) if c.id != coded.reading.cannot_be_coded)
    value = {n: codes.index(code) for n, (who, code) in enumerate(coded.keys) if who == person and code in codes}
    own = np.flatnonzero(coded.is_state & np.isin(coded.key, list(value)))
    if not len(own) or not len(coded.codable):
        return None
    values = np.array([value[k] for k in coded.key[own].tolist()], dtype=np.int64)
    edges = np.unique(np.concatenate([coded.start[own], coded.end[own], coded.codable.start, coded.codable.end]))
    on = _painted(edges, coded.start[own], coded.end[own], values)
    on = np.where(coded.codable.holds(edges[:-1]), on, -1)
    first = np.concatenate([[True], on[1:] != on[:-1]])
    starts = edges[:-1][first]
    runs, ends = on[first], np.concatenate([starts[1:], edges[-1:]])
    kept = runs >= 0
    code, start, end = runs[kept], starts[kept], ends[kept]
    gives_way = np.concatenate([end[:-1] == start[1:], [False]]) if len(code) else np.zeros(0, dtype=np.bool_)
    begun = set(zip(coded.start[own].tolist(), values.tolist(), strict=True))
    at_edge = np.isin(start, coded.codable.start)
    seen = [pair in begun for pair in zip(start.tolist(), code.tolist(), strict=True)]
    return Course(person, group, codes, code, start, end, gives_way, ~at_edge | np.array(seen, dtype=np.bool_))


def _painted(edges: Times, starts: Times, ends: Times, values: Times) -> Times:
    """What is on from each edge to the next, −1 nothing; where states overlap, the one that began last."""
    on = np.full(len(edges) - 1, -1, dtype=np.int64)
    lows, highs = np.searchsorted(edges, starts).tolist(), np.searchsorted(edges, ends).tolist()
    for low, high, value in zip(lows, highs, values.tolist(), strict=True):
        on[low:high] = value
    return on


def transitions(coded: Coded, found: Iterable[Course]) -> tuple[TransitionRow, ...]:
    """Every ordered pair of states of each course, for the whole window and then each task; zeros too."""
    rows: list[TransitionRow] = []
    for course in found:
        k = len(course.codes)
        step = np.flatnonzero(course.gives_way)
        pairs, moments = course.code[step] * k + course.code[step + 1], course.end[step]
        for task, mine in _by_task(coded, moments):
            table = np.bincount(pairs[mine], minlength=k * k).reshape(k, k).tolist()
            rows += _transition_rows(task, course, table)
    return tuple(rows)


def _transition_rows(task: int | None, course: Course, table: list[list[int]]) -> Iterator[TransitionRow]:
    for i, before in enumerate(course.codes):
        leaving = sum(table[i])
        for j, after in enumerate(course.codes):
            if i != j:
                count = table[i][j]
                share = count / leaving if leaving else None
                yield TransitionRow(task, course.person, course.group, before, after, count, share)


def reconnections(
    coded: Coded, found: Iterable[Course], out: str = OUT_OF_STEP, back: Sequence[str] = BACK_IN_STEP
) -> tuple[ReconnectionRow, ...]:
    """Rows for the whole window and then each task, of each course in which `out` may be on."""
    rows = []
    for course in found:
        if out not in course.codes:
            continue
        away = np.flatnonzero(course.code == course.codes.index(out))
        home = [n for n, code in enumerate(course.codes) if code in back]
        following = np.concatenate([course.code[1:], [-1]])[away]
        returned = course.gives_way[away] & np.isin(following, home)
        start = course.start[away]
        timed, lasted = returned & course.seen_begin[away], course.end[away] - start
        for task, mine in _by_task(coded, start):
            times = np.sort(lasted[mine & timed])
            out_of, came = int(mine.sum()), int((mine & returned).sum())
            row = (out_of, came, out_of - came, tuple(times.tolist()), median(times))
            rows.append(ReconnectionRow(task, course.person, *row))
    return tuple(rows)


def _by_task(coded: Coded, moments: Times) -> Iterator[tuple[int | None, Flags]]:
    """The whole (None) and each task, with which of the moments lie in it."""
    yield None, np.ones(len(moments), dtype=np.bool_)
    for place, task in enumerate(coded.tasks):
        yield place, (moments >= task.start) & (moments < task.end)
