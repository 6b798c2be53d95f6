"""Mutated input of every format that the program reads: each is read or refused in one sentence, and soon.

Each format has a process of its own, as the window has: one that dies, or does not answer for half a minute, is a
fault with the number of the case that did it. `python -m tests.soak.input_fuzz FORMAT COUNT SEED [FIRST]` runs some.
"""

from __future__ import annotations

import faulthandler
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.error_texts import SENTENCES, sentence
from app.errors import AppError
from app.i18n import Texts
from tests.soak.input_formats import FORMATS

#: seconds: what one case may take by the process's own clock, and when a silent process is taken for hung
MOST, HUNG = 1.0, 30
SEED = 1
_FI = Texts("fi")


@dataclass
class Outcome:
    """How many were read, how many refused by which key, and what must not be: the case's number with what it did."""

    seen: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0
    slowest_case: int = 0

    def line(self, name: str) -> str:
        """One line of a figure."""
        count, read = self.seen.total(), self.seen["read"]
        refused = f"{count - read} refused by {len(self.seen.keys() - {'read'})} sentences"
        return (
            f"{name}: {count} mutated, {read} read, {refused}, slowest {self.slowest:.2f} s, {len(self.faults)} faults"
        )


def cases(name: str, count: int, folder: Path, seed: int = SEED, first: int = 0) -> Iterator[tuple[int, bytes]]:
    """Numbered damaged files of a format; each is made of its number and the seed alone."""
    form = FORMATS[name]
    valid = form.valid(folder)
    for number in range(first, first + count):
        chance = random.Random(f"{name} {seed} {number}")
        yield number, form.change(valid[number % len(valid)], chance)


def outcome(name: str, count: int, folder: Path, seed: int = SEED, first: int = 0, *, too_slow: bool = True) -> Outcome:
    """Every case of a format read in this process; `too_slow`: one that takes longer than it may is a fault."""
    found, read = Outcome(), FORMATS[name].read
    for content in FORMATS[name].valid(folder):
        read(content, folder)  # what is not damaged is read, or the rest would prove nothing
    for number, content in cases(name, count, folder, seed, first):
        faulthandler.dump_traceback_later(HUNG, exit=True)
        began = time.process_time()
        try:
            read(content, folder)
            found.seen["read"] += 1
        except AppError as error:
            found.seen[error.key] += 1
            if wrong := _unsaid(error):
                found.faults.append(f"{number}: no sentence for {wrong}")
        except Exception:  # noqa: BLE001  whatever else is raised is what is looked for
            found.seen["fault"] += 1
            where = traceback.format_exc().strip().splitlines()
            found.faults.append(f"{number}: {where[-1][:200]} | {_place(where)}")
        took = time.process_time() - began
        if took > found.slowest:
            found.slowest, found.slowest_case = took, number
        if too_slow and took > MOST:
            found.faults.append(f"{number}: took {took:.2f} s")
    faulthandler.cancel_dump_traceback_later()
    return found


def _unsaid(error: AppError) -> str:
    """The key of an error that has no whole sentence, or of one of those within; empty when all is said."""
    some = [error, *getattr(error, "problems", ())]
    for one in some:
        places = re.findall(r"\{\w+\}", SENTENCES.get(one.key, ""))
        said = sentence(_FI, one)
        if one.key not in SENTENCES or any(place in said for place in places) or len(said) > 3000:
            return one.key
    return ""


def _place(lines: list[str]) -> str:
    places = [line.strip() for line in lines if line.strip().startswith("File ")]
    return " < ".join(p.rpartition("/")[2] for p in reversed(places[-3:]))


def main(count: int, seed: int = SEED, names: tuple[str, ...] = tuple(FORMATS)) -> int:
    """Every format in a process of its own, one line each. The number of formats with a fault."""
    bad = 0
    for name in names:
        command = [sys.executable, "-m", "tests.soak.input_fuzz", name, str(count), str(seed)]
        ended = subprocess.run(command, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, check=False)
        if ended.returncode not in (0, 1):
            sys.stdout.write(f"{name}: its process died with {ended.returncode}\n")
        bad += ended.returncode != 0
    return bad


def _one(name: str, count: int, seed: int, first: int) -> int:
    import resource

    faulthandler.enable()
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        outcome(name, min(count, 200), Path(folder), seed, first)  # what is loaded once is no growth
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        found = outcome(name, count, Path(folder), seed, first)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    sys.stdout.write(f"{found.line(name)}, slowest case {found.slowest_case}, memory's peak grew by {grown:.0f} MB\n")
    kinds = Counter(fault.partition(": ")[2] for fault in found.faults)
    for said, times in kinds.most_common(8):
        number = next(f.partition(": ")[0] for f in found.faults if f.partition(": ")[2] == said)
        sys.stdout.write(f"    {times} x, first case {number}: {said}\n")
    sys.stdout.flush()
    return 1 if found.faults else 0


if __name__ == "__main__":
    if sys.argv[1] == "all":
        sys.exit(main(int(sys.argv[2]), *(int(a) for a in sys.argv[3:])))
    sys.exit(_one(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]) if len(sys.argv) > 4 else 0))
