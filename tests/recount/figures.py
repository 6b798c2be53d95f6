"""The figures of two codings, from their rows alone: plain loops after domain 3.3, 3.6 and Annex A."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import atanh, sqrt, tanh

from tests.journeys.independent_count import Press, paired

SECOND = 1_000_000
UNIT, STATE_TOLERANCE, POINT_TOLERANCE = SECOND, SECOND, 2 * SECOND
FEWEST_TASKS = 5
#: Student's t that 2.5 % lie above, by degrees of freedom, as tables print it
STUDENT = {4: 2.7764451, 5: 2.5705818, 6: 2.4469119, 7: 2.3646243, 8: 2.3060041, 9: 2.2621572, 10: 2.2281389}

Span = tuple[int, int]


@dataclass(frozen=True)
class Mark:
    """A row as the archive has it: times in µs, no end for an event."""

    code: str
    person: str
    start: int
    end: int | None
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Both:
    """Two codings of one film. `dimension` by code of an event, `states` are those that exclude each other.

    `dark` is the state in which nothing can be coded. `unfilmed` is time of which no camera has a picture.
    """

    a: tuple[Mark, ...]
    b: tuple[Mark, ...]
    covered: tuple[tuple[Span, ...], tuple[Span, ...]]
    tasks: tuple[Task, ...]
    dimension: dict[str, str]
    states: tuple[str, ...]
    dark: str
    unfilmed: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Chance:
    """What allows for chance; `span` is least, most and the number of tasks."""

    kappa: float | None = None
    span: tuple[float, float, int] | None = None


@dataclass
class Cell:
    """One event code in one task: moments (time and what each said more) that both marked, marks of one alone."""

    both: list[int] = field(default_factory=list)
    one: int = 0


# time


def covered(both: Both) -> list[Span]:
    """What both covered."""
    found = [(max(s, t), min(e, f)) for s, e in _joined(both.covered[0]) for t, f in _joined(both.covered[1])]
    return _joined([(s, e) for s, e in found if s < e])


def window(both: Both) -> list[Span]:
    """What both covered and somebody filmed: cut at every edge, and each piece kept or not by its first moment."""
    spans = covered(both)
    edges = sorted({x for span in (*spans, *both.unfilmed) for x in span})
    pieces = [
        (s, e)
        for s, e in pairwise(edges)
        if any(a <= s < b for a, b in spans) and not any(a <= s < b for a, b in both.unfilmed)
    ]
    return _joined(pieces)


def _joined(spans: Sequence[Span]) -> list[Span]:
    rows: list[Span] = []
    for start, end in sorted(spans):
        if rows and start <= rows[-1][1]:
            rows[-1] = (rows[-1][0], max(end, rows[-1][1]))
        else:
            rows.append((start, end))
    return rows


@dataclass(frozen=True)
class Second:
    """A unit: its stretch, its bounds, what each has on at its middle, and the task that it lies in (0: none).

    `dark`: one of the two could not code it.
    """

    stretch: int
    start: int
    end: int
    a: str
    b: str
    task: int
    dark: bool


def seconds(both: Both) -> list[Second]:
    rows = []
    for number, (start, end) in enumerate(window(both)):
        at = start
        while at + UNIT // 2 < end:
            middle = at + UNIT // 2
            on = [_on(own, both.states, middle) for own in (both.a, both.b)]
            dark = any(_on(own, (both.dark,), middle) for own in (both.a, both.b))
            rows.append(Second(number, at, min(at + UNIT, end), *on, task_at(both, middle), dark))
            at += UNIT
    return rows


def _on(marks: Sequence[Mark], states: Sequence[str], at: int) -> str:
    found = [m for m in marks if m.code in states and m.end is not None and m.start <= at < m.end]
    return max(found, key=lambda m: m.start).code if found else ""


def task_at(both: Both, at: int) -> int:
    return next((t.number for t in both.tasks if t.start <= at < t.end), 0)


# states


@dataclass(frozen=True)
class States:
    """Share of the time with the same mark, mean of both directions, and what allows for chance."""

    percent: float | None
    chance: Chance
    left_out: int
    tasks: int


def states(both: Both) -> States:
    rows = seconds(both)
    light = [r for r in rows if not r.dark]
    if not light:
        return States(None, Chance(), len(rows), 0)
    there, back = _tallied(rows, "a", "b"), _tallied(rows, "b", "a")
    same = sum(x == y for x, y, _ in (*there, *back))
    counted = sorted({task for _, _, task in there if task})
    kappa = _mean(_cohen(there), _cohen(back))
    fewer = [_mean(*(_cohen([r for r in way if r[2] != t]) for way in (there, back))) for t in counted]
    return States(same / (2 * len(light)), Chance(kappa, _span(kappa, fewer)), len(rows) - len(light), len(counted))


def _tallied(rows: list[Second], own: str, other: str) -> list[tuple[str, str, int]]:
    """Annex A10: itself when the other has it within the tolerance in the same stretch, else what the other has."""
    reach, found = STATE_TOLERANCE // UNIT, []
    for place, row in enumerate(rows):
        if row.dark:
            continue
        near = [rows[n] for n in range(place - reach, place + reach + 1) if 0 <= n < len(rows)]
        near = [n for n in near if n.stretch == row.stretch and not n.dark]
        mine = getattr(row, own)
        hit = any(getattr(n, other) == mine for n in near)
        found.append((mine, mine if hit else getattr(row, other), row.task))
    return found


def _cohen(rows: Sequence[tuple[str, str, int]]) -> float | None:
    n = len(rows)
    if not n:
        return None
    agreed = sum(x == y for x, y, _ in rows)
    first, second = Counter(x for x, _, _ in rows), Counter(y for _, y, _ in rows)
    chance = sum(first[c] * second[c] for c in first)  # of n², in whole numbers
    return None if chance == n * n else (agreed * n - chance) / (n * n - chance)


def _mean(*values: float | None) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) / len(known) if len(known) == len(values) else None


def _span(kappa: float | None, fewer: Sequence[float | None]) -> tuple[float, float, int] | None:
    """The widened jackknife on Fisher's scale with Student's t; None where the tasks do not tell."""
    n = len(fewer)
    if kappa is None or n < FEWEST_TASKS or abs(kappa) >= 1 or any(v is None or abs(v) >= 1 for v in fewer):
        return None
    moved = [atanh(v) for v in fewer if v is not None]
    middle = sum(moved) / n
    spread = sqrt(sum((z - middle) ** 2 for z in moved))
    if spread <= 1e-9:
        return None
    reach = STUDENT[n - 1] * spread
    return tanh(atanh(kappa) - reach), tanh(atanh(kappa) + reach), n


def shared(both: Both, code: str) -> int:
    """How long both had a state on at once within the window, µs."""
    total = 0
    for start, end in window(both):
        for x in (m for m in both.a if m.code == code and m.end is not None):
            for y in (m for m in both.b if m.code == code and m.end is not None):
                total += max(0, min(x.end or 0, y.end or 0, end) - max(x.start, y.start, start))
    return total


# events


@dataclass(frozen=True)
class Match:
    """An event of both (a pair) or of one."""

    a: Mark | None
    b: Mark | None

    @property
    def at(self) -> int:
        return min(m.start for m in (self.a, self.b) if m is not None)

    @property
    def agrees(self) -> bool:
        return self.a is not None and self.b is not None and self.a.code == self.b.code


@dataclass(frozen=True)
class Events:
    """A row of events: how many both marked alike, of how many, and what allows for chance."""

    agreed: int
    of: int
    codes: int
    chance: Chance


def matches(both: Both, person: str, codes: Sequence[str]) -> list[Match]:
    """Paired first, with the tolerance as margin around the window; then what touches time left out falls away."""
    spans, dark = window(both), [r for r in seconds(both) if r.dark]

    def near(m: Mark) -> bool:
        return any(s - POINT_TOLERANCE <= m.start < e + POINT_TOLERANCE for s, e in spans)

    def counts(m: Mark) -> bool:
        return any(s <= m.start < e for s, e in spans) and not any(r.start <= m.start < r.end for r in dark)

    a, b = ([m for m in own if m.person == person and m.code in codes and near(m)] for own in (both.a, both.b))
    pairs = paired(*([Press(m.code, m.start) for m in own] for own in (a, b)))
    found = [Match(a[i], b[j]) for i, j in pairs]
    found += [Match(m, None) for n, m in enumerate(a) if n not in {i for i, _ in pairs}]
    found += [Match(None, m) for n, m in enumerate(b) if n not in {j for _, j in pairs}]
    return [x for x in found if all(counts(m) for m in (x.a, x.b) if m is not None)]


def events(both: Both, person: str, codes: Sequence[str]) -> Events:
    rows = matches(both, person, codes)
    agreed = sum(m.agrees for m in rows)
    kappa = nil_kappa(rows)
    counted = sorted({r.task for r in seconds(both) if r.task and not r.dark})
    held = [t for t in counted if any(task_at(both, m.at) == t for m in rows)] if len(counted) >= FEWEST_TASKS else []
    fewer = [nil_kappa([m for m in rows if task_at(both, m.at) != t]) for t in held]
    used = {m.code for x in rows for m in (x.a, x.b) if m is not None}
    return Events(agreed, len(rows), len(used), Chance(kappa, _span(kappa, fewer)))


def nil_kappa(rows: Sequence[Match]) -> float | None:
    """Kappa with what only one marked as a mark of its own, expected counts by iterative proportional fitting."""
    codes = sorted({m.code for x in rows for m in (x.a, x.b) if m is not None})
    a, b = (any(getattr(x, own) is not None for x in rows) for own in "ab")
    if len(codes) < 2 or not (a and b):
        return None
    size, place = len(codes) + 1, {code: n for n, code in enumerate(codes)}
    table = [[0.0] * size for _ in range(size)]
    for x in rows:
        i, j = (place[m.code] if m is not None else size - 1 for m in (x.a, x.b))
        table[i][j] += 1
    # the empty corner leaves the pairs their own number, so none expects none
    pairs = sum(sum(row[:-1]) for row in table[:-1])
    fit = _fitted(table) if pairs else [[0.0] * size for _ in range(size)]
    observed, expected = (sum(t[n][n] for n in range(size - 1)) / len(rows) for t in (table, fit))
    return None if abs(1 - expected) < 1e-9 else (observed - expected) / (1 - expected)


def _fitted(table: list[list[float]]) -> list[list[float]]:
    size = len(table)
    fit = [[1.0] * size for _ in range(size)]
    fit[-1][-1] = 0.0
    for _ in range(5000):
        before = [row[:] for row in fit]
        for i in range(size):
            total = sum(fit[i])
            fit[i] = [x * sum(table[i]) / total if total else 0.0 for x in fit[i]]
        for j in range(size):
            total, wanted = sum(row[j] for row in fit), sum(row[j] for row in table)
            for row in fit:
                row[j] = row[j] * wanted / total if total else 0.0
        if max(abs(x - y) for r, s in zip(fit, before, strict=True) for x, y in zip(r, s, strict=True)) < 1e-14:
            break
    return fit


def cells(both: Both, people: dict[str, list[str]]) -> dict[tuple[int, str], Cell]:
    """By task number (0 between tasks) and code, over each person's events."""
    found: dict[tuple[int, str], Cell] = {}
    for person, codes in people.items():
        for match in sorted(matches(both, person, codes), key=lambda m: m.at):
            if match.agrees:
                assert match.a is not None
                found.setdefault((task_at(both, match.at), match.a.code), Cell()).both.append(match.at)
                continue
            for mark in (m for m in (match.a, match.b) if m is not None):
                found.setdefault((task_at(both, mark.start), mark.code), Cell()).one += 1
    return found


def outside(both: Both, people: dict[str, list[str]]) -> list[tuple[int, str]]:
    """Events of the window that are in no figure: (time, code), what both marked within the tolerance once."""
    kept = {id(m) for p, codes in people.items() for x in matches(both, p, codes) for m in (x.a, x.b) if m is not None}
    points = {c for codes in people.values() for c in codes}
    spans = window(both)

    def lost(own: tuple[Mark, ...]) -> list[Mark]:
        inside = [m for m in own if m.code in points and any(s <= m.start < e for s, e in spans)]
        return sorted((m for m in inside if id(m) not in kept), key=lambda m: m.start)

    a, b = lost(both.a), lost(both.b)
    rows, theirs = [], list(b)
    for mark in a:
        near = [m for m in theirs if m.code == mark.code and abs(m.start - mark.start) <= POINT_TOLERANCE]
        other = min(near, key=lambda m: abs(m.start - mark.start), default=None)
        if other is not None:
            theirs.remove(other)
        rows.append((min(mark.start, other.start if other else mark.start), mark.code))
    return sorted([*rows, *((m.start, m.code) for m in theirs)])


# ratings


@dataclass(frozen=True)
class Ratings:
    """Of items that both gave a value: how many the same, how many at most one apart, and quadratic weighted kappa."""

    rated: int
    same: int
    near: int
    kappa: float | None


def ratings(a: dict[str, int | None], b: dict[str, int | None], least: int, most: int) -> Ratings:
    rows = [(x, y) for item, x in a.items() if x is not None and (y := b.get(item)) is not None]
    gaps = [abs(x - y) for x, y in rows]
    points = range(least, most + 1)
    first, second = Counter(x for x, _ in rows), Counter(y for _, y in rows)
    seen = sum(gap * gap for gap in gaps) * len(rows)
    chance = sum((i - j) ** 2 * first[i] * second[j] for i in points for j in points)
    return Ratings(len(rows), gaps.count(0), sum(g <= 1 for g in gaps), 1 - seen / chance if chance else None)
