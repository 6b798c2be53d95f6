"""Agreement of two codings of 1 000 observations over an hour in 1 s units; beside BORIS's time-unit kappa."""

import csv
import random
import subprocess
import tempfile
from pathlib import Path

from app.model.meeting import Stretch
from app.model.timecode import SECOND
from app.schemes.library import scheme
from app.statistics.acts import Act
from app.statistics.agreement import agree
from tests.benchmarks import boris
from tests.benchmarks.figures import ratio, row, timed
from tests.benchmarks.screen import screen

HOUR = 3600 * SECOND
OBSERVATIONS = 1000
PERSONS = {"A": "adult1", "C": "child1", "D": "dyad"}


def codings(seed: int = 3) -> tuple[list[Act], list[Act]]:
    """Two coders who see much the same: contiguous states and points, jittered, some missed, some called otherwise."""
    chance = random.Random(seed)
    points = [c.id for c in scheme("perusrunko").codes if not c.layer and c.kind == "point"]
    first, second, at = [], [], 0
    while at < HOUR:
        code, until = chance.choice(("DS1", "DS2", "DS3")), min(HOUR, at + chance.randrange(20 * SECOND, 70 * SECOND))
        first.append(Act("dyad", code, at, until, f"s{len(first)}"))
        moved = min(max(until + round(chance.gauss(0, 0.8) * SECOND), at + SECOND), HOUR)
        second.append(Act("dyad", code, second[-1].end if second else 0, max(moved, at + SECOND), f"t{len(second)}"))
        at = until
    while len(first) < OBSERVATIONS:
        code, at = chance.choice(points), chance.randrange(HOUR)
        first.append(Act(PERSONS[code[0]], code, at, None, f"a{len(first)}"))
        if chance.random() < 0.88:  # seen by the other too, a little early or late, sometimes called otherwise
            other = code if chance.random() < 0.92 else chance.choice([c for c in points if c[0] == code[0]])
            late = max(at + round(chance.gauss(0, 0.6) * SECOND), 0)
            second.append(Act(PERSONS[other[0]], other, late, None, f"b{len(second)}"))
    while len(second) < OBSERVATIONS:
        code = chance.choice(points)
        second.append(Act(PERSONS[code[0]], code, chance.randrange(HOUR), None, f"b{len(second)}"))
    return first, second


def main() -> None:
    first, second = codings()
    window = [Stretch(0, HOUR)]
    tasks = [Stretch(n * HOUR // 9, (n + 1) * HOUR // 9) for n in range(9)]
    ours = row("agreement, every figure of it (<= 20)", timed(lambda: agree(first, second, scheme("perusrunko"), window), 15, 5), "ms")  # fmt: skip  # noqa: E501  one row
    row("the same with 9 tasks and 95 % intervals", timed(lambda: agree(first, second, scheme("perusrunko"), window, None, tasks), 15, 5), "ms")  # fmt: skip  # noqa: E501  one row
    peer = boris.python()
    if peer is None:
        print("  BORIS 9 is not to be had here (no Python 3.12)")
        return
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "codings.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            for name, coder in (("a", first), ("b", second)):
                rows.writerows([name, x.person, x.code, x.start / SECOND, (x.end or x.start) / SECOND] for x in coder)
        program = Path(__file__).with_name("boris_kappa.py")
        command = [peer, "-P", program, path]
        with screen() as environment:  # BORIS asks for one even to count
            told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=place)
    seconds = [float(x) for x in told.stdout.split()]
    theirs = row("BORIS 9, its time-unit kappa of the same observations", seconds)
    ratio("BORIS 9 / havainto", theirs / ours, ">= 1000")
