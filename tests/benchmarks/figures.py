"""How figures are printed: median of several runs, least and most beside it."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence


def machine() -> str:
    """What the figures were measured on."""
    cores = os.cpu_count()
    return f"{platform.system()} {platform.machine()}, {cores} cores, Python {platform.python_version()}"


def timed(
    work: Callable[[], object], runs: int, warm_up: int = 1, clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """Seconds of each counted run by the wall's clock, or another: the processor's own is the same when it is busy."""
    for _ in range(warm_up):
        work()
    seconds = []
    for _ in range(runs):
        start = clock()
        work()
        seconds.append(clock() - start)
    return seconds


def row(what: str, seconds: Sequence[float], unit: str = "s") -> float:
    """Print a row and give its median."""
    scale = {"s": 1, "ms": 1000}[unit]
    low, middle, high = (x * scale for x in (min(seconds), statistics.median(seconds), max(seconds)))
    digits = 2 if unit == "s" else 1
    print(
        f"  {what:<58} median {middle:8.{digits}f} {unit}   ({low:.{digits}f}-{high:.{digits}f}, n={len(seconds)})",
        flush=True,
    )
    return middle / scale


def ratio(what: str, value: float, goal: str) -> None:
    print(f"  {what:<58} {value:8.2f}   goal {goal}", flush=True)


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
