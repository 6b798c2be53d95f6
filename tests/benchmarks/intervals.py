"""How often a 95 % interval holds the true kappa: states and events, tasks alike and different, 5 to 12 tasks.

Codings are made up from a known process, so that the true kappa is that of very many tasks. Beside the program's own
interval stand percentiles of 400 resamplings of the tasks, as the program had them, and the same widened (Hesterberg
2015: the quantiles of Φ(−√(T/(T − 1)) t)).
"""

from collections.abc import Callable
from math import erf, sqrt

import numpy as np
import numpy.typing as npt

from app.statistics.intervals import intervals, student, without_each
from app.statistics.kappa import cohen_of, nil_of

TASKS = (5, 7, 9, 12)
SETS = 3000
RESAMPLED_SETS, RESAMPLES = 300, 400
#: tasks from which the true kappa is taken
MANY = 40_000
CODES = 5
STATES = 4  # none and three

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Make = Callable[[int, np.random.Generator], Counts]


def states(tasks: int, chance: np.random.Generator, *, different: bool) -> Counts:
    """Tables of states of tasks that last one to four minutes, both directions, 1 s tolerance: (tasks, 2, 4, 4).

    A state lasts 15 s in the mean; a coder calls it otherwise 15 times of 100 and begins it up to 2 s late.
    """
    seconds, lengths = 240, chance.integers(60, 241, tasks)
    usual = chance.dirichlet(np.full(STATES - 1, 4.0 if different else 400.0), tasks).cumsum(axis=1)
    wrong = chance.beta(1.2, 6.8, tasks) if different else np.full(tasks, 0.15)

    def drawn() -> Counts:
        return np.minimum((chance.random(tasks)[:, None] > usual).sum(axis=1), STATES - 2) + 1

    def called(true: Counts) -> Counts:
        return np.where(chance.random(tasks) < wrong, chance.integers(0, STATES, tasks), true)

    true = drawn()
    meant = [called(true) for _ in range(2)]
    shown, late = [x.copy() for x in meant], [np.zeros(tasks, dtype=np.int64) for _ in range(2)]
    seen = np.zeros((2, tasks, seconds), dtype=np.int64)
    for second in range(seconds):
        turned = chance.random(tasks) < 1 / 15
        true = np.where(turned, drawn(), true)
        for coder in range(2):
            meant[coder] = np.where(turned, called(true), meant[coder])
            late[coder] = np.where(turned, chance.integers(0, 3, tasks), late[coder] - 1)
            shown[coder] = np.where(late[coder] <= 0, meant[coder], shown[coder])
            seen[coder, :, second] = shown[coder]
    inside = np.arange(seconds) < lengths[:, None]
    return np.stack([_tables(seen[0], seen[1], inside), _tables(seen[1], seen[0], inside)], axis=1)


def _tables(a: Counts, b: Counts, inside: npt.NDArray[np.bool_]) -> Counts:
    """A's units against what B has there, or A's own category where B has it one unit away."""
    met = a == b
    met[:, 1:] |= a[:, 1:] == b[:, :-1]
    met[:, :-1] |= (a[:, :-1] == b[:, 1:]) & inside[:, 1:]
    cells = (np.arange(len(a))[:, None] * STATES + a) * STATES + np.where(met, a, b)
    return np.bincount(cells[inside], minlength=len(a) * STATES**2).reshape(len(a), STATES, STATES)


def kappa_of_states(tables: Counts) -> Floats:
    """Of (…, 2, 4, 4) the mean of both directions."""
    return cohen_of(np.moveaxis(tables, (-2, -1, -3), (0, 1, 2))).mean(axis=0)


def events(tasks: int, chance: np.random.Generator, *, different: bool, mean: float, seen: float) -> Counts:
    """Tables of events with nil, (tasks, 6, 6): `mean` events a task, each seen by a coder with probability `seen`."""
    confused, k = (1 - seen) / 2, CODES
    count = chance.gamma(2, mean / 2, tasks) if different else np.full(tasks, mean)
    usual = chance.dirichlet(np.full(k, 2.0 if different else 300.0), tasks)
    sees = chance.beta(seen * 6, (1 - seen) * 6, (tasks, 2)) if different else np.full((tasks, 2), seen)
    otherwise = chance.beta(1, 1 / confused - 1, tasks) if different else np.full(tasks, confused)
    table = np.zeros((tasks, k + 1, k + 1))
    both = usual * (sees[:, 0] * sees[:, 1])[:, None]
    table[:, :k, :k] = (both * (otherwise / (k - 1))[:, None])[:, :, None]
    table[:, np.arange(k), np.arange(k)] = both * (1 - otherwise)[:, None]
    table[:, :k, k] = usual * (sees[:, 0] * (1 - sees[:, 1]))[:, None]
    table[:, k, :k] = usual * ((1 - sees[:, 0]) * sees[:, 1])[:, None]
    return chance.poisson(count[:, None, None] * table)


def kappa_of_events(tables: Counts) -> Floats:
    """Of (…, k + 1, k + 1) the kappa with the nil row and column."""
    a, b = tables[..., :-1, :].sum(axis=-1), tables[..., :, :-1].sum(axis=-2)
    agreed, paired = np.trace(tables, axis1=-2, axis2=-1), tables[..., :-1, :-1].sum(axis=(-1, -2))
    return nil_of(a.sum(axis=-1), b.sum(axis=-1), (a * b).sum(axis=-1), (a + b > 0).sum(axis=-1), agreed, paired)


def held(tables: Counts, kappa: Callable[[Counts], Floats], true: float) -> tuple[float, float, float]:
    """Of (sets, tasks, …) how many of those intervals that are given hold the true kappa, how wide, how many given."""
    outside = np.zeros((1, *tables.shape[2:]), dtype=np.int64)
    without = np.stack([kappa(without_each(np.concatenate([one, outside]))) for one in tables])
    spans = [span for span, _ in intervals(kappa(tables.sum(axis=1)), without) if span is not None]
    return (
        float(np.mean([s.low <= true <= s.high for s in spans])),
        float(np.median([s.high - s.low for s in spans])),
        len(spans) / len(tables),
    )


def resampled(tables: Counts, kappa: Callable[[Counts], Floats], true: float, tail: float) -> float:
    """Of (sets, tasks, …) how many percentile intervals hold the true kappa, with `tail` outside at each end."""
    tasks = tables.shape[1]
    drawn = np.random.default_rng(1938).multinomial(tasks, np.full(tasks, 1 / tasks), size=RESAMPLES)
    sums = np.moveaxis(np.tensordot(tables, drawn.T, axes=([1], [0])), -1, 1)
    low, high = np.nanquantile(kappa(sums), [tail, 1 - tail], axis=1)
    return float(np.mean((low <= true) & (true <= high)))


def scenes() -> list[tuple[str, Make, Callable[[Counts], Floats]]]:
    """Each with what makes n tasks and the kappa of their tables."""
    found: list[tuple[str, Make, Callable[[Counts], Floats]]] = []
    for different in (False, True):
        how = "tasks different" if different else "tasks alike"
        found.append((f"states, {how}", lambda n, c, d=different: states(n, c, different=d), kappa_of_states))
        for mean, seen in ((4, 0.85), (10, 0.85), (4, 0.95)):
            name = f"{mean} events a task, {seen:.0%} seen, {how}"
            make = lambda n, c, d=different, m=mean, s=seen: events(n, c, different=d, mean=m, seen=s)  # noqa: E731  one scene
            found.append((name, make, kappa_of_events))
    return found


def main() -> None:
    print(f"  {'':<58} tasks  holds  width  given | percentiles  widened")
    worst = 1.0
    for name, make, kappa in scenes():
        chance = np.random.default_rng(1938)
        true = float(kappa(make(MANY, chance).sum(axis=0)))
        for tasks in TASKS:
            made = make(SETS * tasks, chance)
            tables = made.reshape(SETS, tasks, *made.shape[1:])
            share, width, given = held(tables, kappa, true)
            t = student(tasks - 1)
            tails = (0.025, (1 + erf(-sqrt(tasks / (tasks - 1)) * t / sqrt(2))) / 2)
            others = [resampled(tables[:RESAMPLED_SETS], kappa, true, tail) for tail in tails]
            about = f"{name} (kappa {true:.2f})"
            own = f"{tasks:5d}  {share:.3f}  {width:5.2f}  {given:5.2f}"
            print(f"  {about:<58} {own} | {others[0]:11.3f}  {others[1]:7.3f}", flush=True)
            worst = min(worst, share)
    print(f"  {'least share that holds the true kappa':<58} {worst:8.3f}   goal 0.95")
