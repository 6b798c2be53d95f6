"""A disk that refuses within everything that writes: nothing corrupt, nothing silent, and always one sentence.

    python -m tests.power.refusals MOST [SEED] [ACT …]

For each act up to `MOST` places for each way to refuse (`refusing.py`, which runs with the library).
"""

import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.material import once
from tests.power.cuts import ROOT, quick_folder
from tests.power.library import environment


@dataclass(frozen=True, slots=True)
class Told:
    """Of one act: how often the disk refused, what the program said, and what was wrong."""

    act: str
    tries: int
    said: dict[str, int]
    faults: list[str]


def tried(most: int, seed: int, acts: Sequence[str] = ()) -> list[Told]:
    """These acts, or all of a life. Raises subprocess.CalledProcessError."""
    with once.run(), quick_folder() as place:
        disk = place / "disk"
        disk.mkdir()
        words = [sys.executable, "-m", "tests.power.refusing", str(disk), str(seed), str(most), *acts]
        done = subprocess.run(words, env=environment(disk), cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return [Told(**json.loads(line)) for line in done.stdout.splitlines()]


def main(most: int = 60, seed: int | None = None, acts: Sequence[str] = ()) -> None:
    """Refuse, look, print, and hold it to what was promised."""
    seed = random.SystemRandom().randrange(2**31) if seed is None else seed
    began = time.monotonic()
    with once.run(), ThreadPoolExecutor(2) as both:
        halves = list(both.map(lambda add: tried(most // 2 or 1, seed + add, acts), range(2)))
    told = [one for half in halves for one in half]
    faults = [f"{one.act}: {fault}" for one in told for fault in one.faults]
    said = sum((Counter(one.said) for one in told), Counter[str]())
    tries, took = sum(one.tries for one in told), time.monotonic() - began
    words = ", ".join(f"{count} {key}" for key, count in said.most_common())
    sys.stdout.write(f"refusing disks: {tries} in {len({o.act for o in told})} acts, seed {seed}; {words}; ")
    sys.stdout.write(f"{len(faults)} faults; {took:.0f} s\n")
    sys.stdout.flush()
    assert not faults, faults[:10]


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    main(*numbers[:2], acts=[word for word in sys.argv[1:] if not word.isdigit()])
