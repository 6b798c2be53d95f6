"""Every number of one coding of 20 000 observations over 4 hours, with 9 tasks; from the coding's value to the rows."""

import random
import statistics

from app.casework.meeting_file import MeetingFile
from app.model.coding import Coding, CodingHeader
from app.model.filmed import Filmed
from app.model.meeting import Segment, Stretch
from app.model.observation import Observation
from app.model.people import Case
from app.model.presses import PERSON_OF
from app.model.scheme import Scheme
from app.model.timecode import SECOND
from app.numbers.numbers import numbers_of
from app.schemes.library import scheme
from tests.benchmarks.figures import percentile, row, timed
from tests.material.builders import meeting

LENGTH = 4 * 3600 * SECOND
OBSERVATIONS = 20_000
TASKS = 9


def coding(used: Scheme, seed: int = 4) -> Coding:
    """States that close each other without a gap, about one in five observations, and points at any time."""
    chance = random.Random(seed)
    header = CodingHeader("coding", "m", "worker", used.id, used.version, "u", 1, covered=(Stretch(0, LENGTH),))
    states = [c for c in used.in_group("D") for _ in range(1 if c.id == used.cannot_be_coded else 6)]
    points = [c for c in used.codes if c.kind == "point"]
    held: dict[str, Observation] = {}
    at = 0
    while at < LENGTH:
        code, until = chance.choice(states), min(LENGTH, at + chance.randrange(1, 7 * SECOND))
        held[f"{len(held):05d}"] = Observation(f"{len(held):05d}", "coding", code.id, "dyad", at, until)
        at = until
    while len(held) < OBSERVATIONS:
        code = chance.choice(points)
        name = f"{len(held):05d}"
        held[name] = Observation(name, "coding", code.id, PERSON_OF[code.actor], chance.randrange(LENGTH))
    return Coding(header, held)


def main() -> None:
    met = meeting("case", "adult", "child", ("worker", "other"), TASKS)
    edges = [n * LENGTH // TASKS for n in range(TASKS + 1)]
    segments = [Segment(f"s{n}", met.id, n + 1, edges[n], edges[n + 1]) for n in range(TASKS)]
    file = MeetingFile(Filmed(met, tuple(segments)))
    case = Case("case", "Star", "worker")
    for name in ("perusrunko", "laaja-runko"):
        used = scheme(name)
        coded = coding(used)
        assert len(coded.observations) == OBSERVATIONS
        seconds = timed(lambda c=coded, s=used: numbers_of(c, s, file, case), 40, 3)
        row(f"all numbers, {name} (median and p95 <= 100)", seconds, "ms")
        print(f"  {'':<58} p95    {percentile(seconds, 0.95) * 1000:8.1f} ms", flush=True)
        assert statistics.median(seconds) > 0


if __name__ == "__main__":
    main()
