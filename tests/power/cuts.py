"""Power cuts in a life of an archive: states that a cut may leave, each laid out and judged.

python -m tests.power.cuts STATES [SEED]
"""

import json
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.material import once
from tests.power.judge import Judge
from tests.power.library import Record, What, environment, records
from tests.power.quick import quick
from tests.power.volume import Loss, State, Volume, laid
from tests.power.world import Facts, nothing_yet

ROOT = Path(__file__).parents[2]
#: every so many states are looked at whole, with a check of everything and the newest backup restored
DEEP = 12
#: so many states of one life
EACH = 2_500


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder in memory where there is one: the disk is simulated anyway."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


@dataclass(frozen=True, slots=True)
class Life:
    """A life on record, and what the disk held when it ended."""

    root: Path
    acts: tuple[Record, ...]
    ended: State


def lived(place: Path) -> Life:
    """One life, written down. Raises subprocess.CalledProcessError when it did not come to its end."""
    root, log = place / "life", place / "log"
    root.mkdir()
    words = [sys.executable, "-m", "tests.power.live", str(root)]
    subprocess.run(words, env=environment(root, log), cwd=ROOT, check=True)
    ended = {str(p.relative_to(root)): None if p.is_dir() else p.read_bytes() for p in root.rglob("*")}
    acts = tuple(records(log))
    log.unlink()
    return Life(root, acts, ended)


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a cut is made: before this act of the life, with a seed of its own for what is lost."""

    at: int
    seed: int
    deep: bool


@dataclass(frozen=True, slots=True)
class Found:
    cut: Cut
    act: str
    faults: tuple[str, ...]


def judged(life: Life, cuts: list[Cut], place: Path, loss: Loss | None = None) -> Iterator[Found]:
    """Each of the cuts, by ascending place, laid out in `place` and looked at; all with one `loss` if it is given."""
    volume = Volume(life.root)
    before, after, act, done = nothing_yet(), None, "", 0
    for cut in cuts:
        for record in life.acts[done : cut.at]:
            if record.what == What.MARK:
                said = json.loads(record.data)
                before, after, act = said.get("at", before), _under_way(said, after), said.get("act", act)
            else:
                volume.follow(record)
        done = cut.at
        left = volume.left(random.Random(cut.seed), loss)
        yield Found(cut, act, tuple(_faults(left, before, after, place, deep=cut.deep)))


def judged_quickly(life: Life, cuts: list[Cut], place: Path, loss: Loss | None = None) -> Iterator[Found]:
    """The same where nothing is quick yet."""
    with quick():
        yield from judged(life, cuts, place, loss)


def _under_way(said: dict[str, Facts], after: Facts | None) -> Facts | None:
    if "to" in said:
        return said["to"]
    return None if "at" in said else after


def _faults(left: State, before: Facts, after: Facts | None, place: Path, *, deep: bool) -> list[str]:
    folder = place / "state"
    folder.mkdir()
    try:
        laid(left, folder)
        return Judge(folder, before, after, deep=deep).look()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def drawn(life: Life, states: int, seed: int) -> list[Cut]:
    """Cuts at random moments, in every act of the life as many as in the others."""
    chance = random.Random(seed)
    begins = [n for n, record in enumerate(life.acts) if record.what == What.MARK and b'"act"' in record.data[:8]]
    spans = list(zip(begins, [*begins[1:], len(life.acts)], strict=True))
    at = sorted(chance.randint(*spans[number % len(spans)]) for number in range(states))
    return [Cut(place, chance.getrandbits(48), number % DEEP == 0) for number, place in enumerate(at)]


def _share(given: tuple[Life, list[Cut], Path, int]) -> list[Found]:
    life, cuts, place, number = given
    mine = place / f"worker-{number}"
    mine.mkdir()
    return [found for found in judged_quickly(life, cuts, mine) if found.faults]


def tried(states: int, seed: int, workers: int = 1) -> tuple[int, list[Found]]:
    """So many states, of a new life for every `EACH` of them; how many acts these had, and what was wrong."""
    acts, wrong = 0, list[Found]()
    for begin in range(0, states, EACH):
        with once.run(), quick_folder() as place:
            life = lived(place)
            cuts = drawn(life, min(EACH, states - begin), seed + begin)
            shares = [(life, cuts[n::workers], place, n) for n in range(workers)]
            if workers == 1:
                wrong += _share(shares[0])
            else:
                with multiprocessing.get_context("fork").Pool(workers) as pool:
                    wrong += [found for part in pool.map(_share, shares, 1) for found in part]
            acts += len(life.acts)
    return acts, wrong


def main(states: int = 20_000, seed: int | None = None) -> None:
    """Cut, look, print, and hold it to what was promised."""
    seed = random.SystemRandom().randrange(2**32) if seed is None else seed
    began = time.monotonic()
    acts, found = tried(states, seed, min(2, os.cpu_count() or 1))
    took = time.monotonic() - began
    wrong = len(found)
    sys.stdout.write(f"power cuts: {states} states of {acts} acts, seed {seed}; {wrong} violations; {took:.0f} s\n")
    for fault, count in Counter(f"{one.act}: {fault}" for one in found for fault in one.faults).most_common(40):
        sys.stdout.write(f"  {count} × {fault}\n")
    sys.stdout.flush()
    assert not found, [(one.cut, one.faults) for one in found[:5]]


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
