"""Agreement of two codings of 1 000 observations over an hour in 1 s units; beside BORIS's time-unit kappa."""

import csv
import random
import subprocess
import tempfile
import time
import tracemalloc
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from app.model.meeting import Stretch
from app.model.scheme import Scheme
from app.model.timecode import SECOND
from app.schemes.library import scheme
from app.statistics.acts import Act, Reading
from app.statistics.agreement import Agreement, Compared, agree, count
from app.statistics.closer import closer
from app.statistics.columns import columns
from app.statistics.event_agreement import EventAgreement
from app.statistics.lanes import coded_lanes
from app.statistics.pairing import pair_events
from app.statistics.sampling import Tasks, framed, units_of
from app.statistics.time_agreement import TimeAgreement, tally, time_agreement
from tests.benchmarks import boris
from tests.benchmarks.figures import ratio, row, timed
from tests.benchmarks.screen import screen

HOUR = 3600 * SECOND
OBSERVATIONS = 1000
DENSE = 10_000
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


def kappas_alone(first: list[Act], second: list[Act], known: Scheme) -> tuple[TimeAgreement, ...]:
    """The time-unit kappas of every group and every code, both directions, with their tables: no events are paired."""
    reading, units = Reading.of(known), units_of([Stretch(0, HOUR)], SECOND)
    names, a, b = columns(first, second, reading)
    frame = framed(units, np.ones(len(units), dtype=np.bool_), SECOND, Tasks())
    return time_agreement(tally(coded_lanes((a, b), names, known, reading, units), frame), 0)


def pairing() -> None:
    """Two coders with 10 000 events each in an hour: so dense that most could be paired with several."""
    chance, codes = random.Random(5), "ABCDEFGH"
    first = sorted((chance.randrange(HOUR), chance.choice(codes)) for _ in range(DENSE))
    second = sorted((max(at + round(chance.gauss(0, 0.7) * SECOND), 0), code if chance.random() < 0.9 else chance.choice(codes)) for at, code in first)  # fmt: skip  # noqa: E501  one row
    row("pairing 2 x 10 000 events, optimal (<= 0.5)", timed(lambda: pair_events(first, second, 2 * SECOND), 5))
    tracemalloc.start()
    pair_events(first, second, 2 * SECOND)
    most = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    ratio("its memory, MB at most", most, "<= 200")


def main() -> None:
    first, second = codings()
    window = [Stretch(0, HOUR)]
    tasks = [Stretch(n * HOUR // 9, (n + 1) * HOUR // 9) for n in range(9)]
    known = scheme("perusrunko")
    whole = Compared(first, second, known, window)
    by_task = replace(whole, tasks=tasks)
    row("agreement, the first figures (<= 10)", timed(lambda: agree(whole), 15, 5), "ms")
    row("the same with 9 tasks and 95 % intervals", timed(lambda: agree(by_task), 15, 5), "ms")
    each = timed(lambda: closer([count(by_task)]), 15, 3)
    row("all by person, dimension, task and code, paired (<= 300)", each, "ms")
    row("the same of the processor's time", timed(lambda: agree(by_task), 15, 3, time.process_time), "ms")
    alone = timed(lambda: kappas_alone(first, second, known), 15, 5, time.process_time)
    ours = row("the kappas of time alone, of the processor's time", alone, "ms")
    pairing()
    found = agree(by_task)
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
    seconds, theirs_told = [float(x) for x in told.stdout.split()[:3]], told.stdout.split()[3:]
    theirs = row("BORIS 9, its time-unit kappa, of the processor's time", seconds)
    ratio("BORIS 9 / havainto, the kappa alone", theirs / ours, ">= 1000")
    beside(found, theirs_told)


def beside(found: Agreement, theirs: Sequence[str]) -> None:
    """The same two codings in both programs: what comes out. Why they differ is told in the README."""
    print(f"  BORIS 9: one kappa of everything {theirs[0]}; begun one event of half a second earlier {theirs[1]}")
    for one in found.time_based:
        if one.group and one.kappa is not None and one.percent is not None:
            print(f"  havainto: state {one.group} {one.percent:.3f} of the time, kappa {one.kappa:.3f} {_span(one)}")
    for event in found.events:
        if not event.dimension and event.kappa is not None:
            print(f"  havainto: events of {event.person} {event.agreed} / {event.of}, kappa {event.kappa:.3f} {_span(event)}")  # fmt: skip  # noqa: E501  one row


def _span(figure: TimeAgreement | EventAgreement) -> str:
    held = figure.interval
    return f"({held.low:.2f}-{held.high:.2f})" if held else f"(no interval: {figure.interval_reason})"
