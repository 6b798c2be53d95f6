"""The big office in the real window, beside a small one: unlock to the desk, places until they are painted."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.big_office import office
from tests.benchmarks.figures import percentile, ratio, row
from tests.benchmarks.screen import screen
from tests.material.big_office import BIG, SMALL, Size

RUNS, UNLOCKS = 40, 7


def main() -> None:
    print(f"  load of the machine before: {os.getloadavg()[0]:.1f}", flush=True)
    unlocked: dict[int, list[float]] = {SMALL.cases: [], BIG.cases: []}
    for size in (SMALL, BIG):
        office(size)
    with screen() as environment, tempfile.TemporaryDirectory() as home:
        environment |= {"HAVAINTO_HOME": home}
        found = {size.cases: _told(environment, size, RUNS)["places"] for size in (SMALL, BIG)}
        for number in range(UNLOCKS):  # in turns, so that the machine's pace is the same for both
            for size in (SMALL, BIG) if number % 2 else (BIG, SMALL):
                unlocked[size.cases].append(_told(environment, size, 0)["unlock"])
    for cases, seconds in unlocked.items():
        row(f"{cases} children: unlock to the desk besides the key derivation (<= 0.3 s)", seconds)
        print(f"    p95 {percentile(seconds, 0.95):.2f} s", flush=True)
    ratio("unlock, 60 000 / 600 children, medians", _median(unlocked[BIG.cases]) / _median(unlocked[SMALL.cases]), "-")
    for name, some in found[BIG.cases].items():
        small = found[SMALL.cases][name]
        for number, kind in enumerate(("clock", "processor")):
            big_ms, small_ms = ([1000 * pair[number] for pair in held] for held in (some, small))
            print(
                f"  {f'{name}, painted, {kind} (<= 50 ms)':<58} median {_median(big_ms):6.1f} "
                f"p95 {percentile(big_ms, 0.95):6.1f} ms   with 600: {_median(small_ms):.1f}, "
                f"{percentile(small_ms, 0.95):.1f}",
                flush=True,
            )
        ratio(f"{name}, 60 000 / 600, processor medians", _ratio(some, small), "<= 1.5")
    print(f"  load of the machine after: {os.getloadavg()[0]:.1f}", flush=True)


def _told(environment: dict[str, str], size: Size, runs: int) -> dict:
    told = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.office_child", str(office(size)), str(runs)],
        env=environment, capture_output=True, text=True, check=True, cwd=Path.cwd(),
    )  # fmt: skip
    return json.loads(told.stdout.splitlines()[-1])


def _ratio(big: list, small: list) -> float:
    return _median([pair[1] for pair in big]) / _median([pair[1] for pair in small])


def _median(values: list[float]) -> float:
    return percentile(values, 0.5)


if __name__ == "__main__":
    main()
