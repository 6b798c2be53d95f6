"""The statement's numbers counted once more, from the presses alone and by other means than the program's.

Written after domain 3.6 and Annex A, in plain loops; it knows nothing of the program's statistics.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

SECOND = 1_000_000
POINT_TOLERANCE = 2 * SECOND
CANNOT_BE_CODED = "DS0"


@dataclass(frozen=True)
class Press:
    """A key press as it must have been kept: the code, and the time of the picture on the screen, µs."""

    code: str
    at: int


@dataclass(frozen=True)
class Task:
    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Cell:
    """One code in one task: the times of what both marked, and how many only one did."""

    both: tuple[int, ...]
    one: int


@dataclass(frozen=True)
class StateFigures:
    percent: float
    kappa: float


def is_state(code: str) -> bool:
    return code.startswith("DS")


def person_of(code: str) -> str:
    """The letter that a code of the core scheme begins with says whose act it is."""
    return {"A": "adult1", "C": "child1", "D": "dyad"}[code[0]]


# events


def cells(a: list[Press], b: list[Press], tasks: list[Task]) -> dict[tuple[int, str], Cell]:
    """By (task number, code). A pair belongs to the task of its earlier press, an event left alone to its own."""
    both: dict[tuple[int, str], list[int]] = {}
    alone: dict[tuple[int, str], int] = {}
    dark = _dark_units(a, b, tasks)
    codable = [[p for p in _events(x, tasks) if (p.at - tasks[0].start) // SECOND not in dark] for x in (a, b)]
    for person in ("adult1", "child1", "dyad"):
        ours, theirs = ([p for p in presses if person_of(p.code) == person] for presses in codable)
        joined_a, joined_b = set(), set()
        for i, j in paired(ours, theirs):
            if ours[i].code == theirs[j].code:
                at = min(ours[i].at, theirs[j].at)
                both.setdefault((_task(tasks, at), ours[i].code), []).append(at)
                joined_a.add(i)
                joined_b.add(j)
        lone = [p for i, p in enumerate(ours) if i not in joined_a]
        lone += [p for j, p in enumerate(theirs) if j not in joined_b]
        for press in lone:
            key = (_task(tasks, press.at), press.code)
            alone[key] = alone.get(key, 0) + 1
    return {key: Cell(tuple(sorted(both.get(key, []))), alone.get(key, 0)) for key in {*both, *alone}}


def _events(presses: list[Press], tasks: list[Task]) -> list[Press]:
    return [p for p in presses if not is_state(p.code) and any(t.start <= p.at < t.end for t in tasks)]


def _dark_units(a: list[Press], b: list[Press], tasks: list[Task]) -> set[int]:
    """Numbers of the seconds, from the first task on, that one of the two could not code: nothing in them counts."""
    start, end = tasks[0].start, tasks[-1].end
    seconds = range((end - start) // SECOND + 1)
    middles = [start + n * SECOND + SECOND // 2 for n in seconds]
    return {n for n in seconds if CANNOT_BE_CODED in (_on(a, middles[n], end), _on(b, middles[n], end))}


def _task(tasks: list[Task], at: int) -> int:
    return next(t.number for t in tasks if t.start <= at < t.end)


def paired(a: list[Press], b: list[Press]) -> list[tuple[int, int]]:
    """One to one within the tolerance: most pairs, then most of one code, then least time, then least squared time.

    The Hungarian method on a square of costs, each cost four numbers compared in their order.
    """
    size = max(len(a), len(b))
    nothing = (1, 0, 0, 0)
    cost = [[nothing] * size for _ in range(size)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            apart = abs(x.at - y.at)
            if apart <= POINT_TOLERANCE:
                cost[i][j] = (0, 0 if x.code == y.code else 1, apart, apart * apart)
    chosen = _hungarian(cost)
    return [(i, j) for i, j in enumerate(chosen) if cost[i][j] != nothing]


def _plus(x, y):
    return tuple(p + q for p, q in zip(x, y, strict=True))


def _minus(x, y):
    return tuple(p - q for p, q in zip(x, y, strict=True))


def _hungarian(cost: list[list[tuple[int, ...]]]) -> list[int]:
    """For each row its column in the assignment of least total cost; costs are tuples, compared from the left."""
    size = len(cost)
    zero, infinite = (0, 0, 0, 0), (10**18,) * 4
    row_price, column_price = [zero] * (size + 1), [zero] * (size + 1)
    owner = [0] * (size + 1)  # rows and columns count from 1; 0 is none
    for row in range(1, size + 1):
        owner[0], column = row, 0
        least, came, used = [infinite] * (size + 1), [0] * (size + 1), [False] * (size + 1)
        while True:
            used[column] = True
            here, step, following = owner[column], infinite, 0
            for j in range(1, size + 1):
                if used[j]:
                    continue
                length = _minus(_minus(cost[here - 1][j - 1], row_price[here]), column_price[j])
                if length < least[j]:
                    least[j], came[j] = length, column
                if least[j] < step:
                    step, following = least[j], j
            for j in range(size + 1):
                if used[j]:
                    row_price[owner[j]] = _plus(row_price[owner[j]], step)
                    column_price[j] = _minus(column_price[j], step)
                else:
                    least[j] = _minus(least[j], step)
            column = following
            if owner[column] == 0:
                break
        while column:
            owner[column] = owner[came[column]]
            column = came[column]
    found = [0] * size
    for column in range(1, size + 1):
        found[owner[column] - 1] = column - 1
    return found


# states


def stretches(presses: list[Press], end: int) -> list[tuple[str, int, int]]:
    """Each state lasts until the next one begins; the last until the end of what was covered."""
    begun = [p for p in presses if is_state(p.code)]
    ends = [*(p.at for p in begun[1:]), end][: len(begun)]
    return [(p.code, p.at, stop) for p, stop in zip(begun, ends, strict=True) if stop > p.at]


def common_time(a: list[Press], b: list[Press], code: str, tasks: list[Task]) -> int:
    """How long both had the state on at once, µs, inside the tasks."""
    total = 0
    for task in tasks:
        for one, start, stop in stretches(a, tasks[-1].end):
            for other, begin, end in stretches(b, tasks[-1].end):
                if one == other == code:
                    total += max(0, min(stop, end, task.end) - max(start, begin, task.start))
    return total


def in_common(
    a: list[Press], b: list[Press], tasks: list[Task], decide: Callable[[int], Callable[[str, str], str] | None]
) -> dict[str, int]:
    """How long each state is on in the common view, µs, inside the tasks.

    `decide(at)` tells what was decided of a moment: what is on then, from what each had; None where nothing had to be
    decided. There a change that both saw at two times lies in the middle of these.
    """
    end, total = tasks[-1].end, dict[str, int]()
    edges = {t for coder in (a, b) for _, start, stop in stretches(coder, end) for t in (start, stop)}
    cuts = sorted({t for t in (*edges, *(e for task in tasks for e in (task.start, task.end))) if t <= end})
    for start, stop in pairwise(cuts):
        mine, yours, decided = _on(a, start, end), _on(b, start, end), decide(start)
        if not any(task.start <= start < task.end for task in tasks):
            continue
        if decided is not None:
            rows = [(decided(mine, yours), stop - start)]
        elif mine == yours:
            rows = [(mine, stop - start)]
        else:
            before, after = ({_on(x, at, end) for x in (a, b)} for at in (start - 1, stop))
            assert len(before) == len(after) == 1, f"no change of one state to another at {start}"
            first = (stop - start) // 2
            rows = [(*before, first), (*after, stop - start - first)]
        for code, length in rows:
            total[code] = total.get(code, 0) + length
    return total


def state_figures(a: list[Press], b: list[Press], tasks: list[Task]) -> StateFigures:
    """Same mark of the time and kappa: units of 1 s seen at their middle, ±1 unit, mean of both directions.

    The tasks follow each other without a gap, so that they are one stretch. Units that one of the two could not code
    are left out.
    """
    start, end = tasks[0].start, tasks[-1].end
    units = []
    at = start
    while at + SECOND // 2 < end:
        middle = at + SECOND // 2
        units.append((_on(a, middle, end), _on(b, middle, end)))
        at += SECOND
    there = _one_way([(x, y) for x, y in units])
    back = _one_way([(y, x) for x, y in units])
    same = sum(x == y for x, y in (*there, *back))
    return StateFigures(same / (len(there) + len(back)), (_kappa(there) + _kappa(back)) / 2)


def _on(presses: list[Press], at: int, end: int) -> str:
    return next((code for code, begin, stop in stretches(presses, end) if begin <= at < stop), "")


def _one_way(units: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What each codable unit of the first is tallied with: itself when the second has it within one unit."""
    rows = []
    for place, (mine, yours) in enumerate(units):
        if CANNOT_BE_CODED in (mine, yours):
            continue
        near = [units[n] for n in (place - 1, place, place + 1) if 0 <= n < len(units)]
        hit = any(other == mine for own, other in near if CANNOT_BE_CODED not in (own, other))
        rows.append((mine, mine if hit else yours))
    return rows


def _kappa(rows: list[tuple[str, str]]) -> float:
    n = len(rows)
    observed = sum(x == y for x, y in rows) / n
    used = {mark for row in rows for mark in row}
    chance = sum(sum(x == c for x, _ in rows) * sum(y == c for _, y in rows) for c in used) / n**2
    return (observed - chance) / (1 - chance)
