"""Kills at random moments inside everything that writes: nothing acknowledged is lost, and no step is half.

    python -m tests.power.kills KILLS [SEED]

For each act of a life copies of the archive as it was before; in a process of its own each, which
is killed somewhere within the act's length. Then the judge looks. Where there is no fork there is nothing to run.
"""

import json
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from os import _exit as leave  # a forked process ends without the cleaning up of its parent
from pathlib import Path
from typing import Any

from storage.open_archive import OpenArchive
from tests.material import once
from tests.power.judge import Judge
from tests.power.life import LIFE
from tests.power.quick import quick
from tests.power.refusing import Ground
from tests.power.world import World, lock

assert OpenArchive  # imported before the first process is forked

Act = Callable[[World], None]


def _in_a_process(world: World, act: Act) -> tuple[int, int]:
    """The act begun; its process, and where it tells its steps: a line each."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(read)
            world.hear(lambda said: os.write(write, said + b"\n") and None)
            act(world)
            world.close()
            os.write(write, b'{"done": true}\n')
        finally:
            leave(0)
    os.close(write)
    return child, read


def length_of(ground: Ground, act: Act) -> float:
    """How long an act takes that nobody kills, in seconds."""
    world = ground.copy()
    began = time.monotonic()
    child, read = _in_a_process(world, act)
    with os.fdopen(read, "rb") as said:
        told = said.read()
    os.waitpid(child, 0)
    assert b'"done"' in told, f"{act.__name__} did not come to its end"
    shutil.rmtree(world.place)
    return time.monotonic() - began


def killed(ground: Ground, act: Act, seconds: float, *, deep: bool) -> tuple[list[str], bool]:
    """One kill after so many seconds; what is wrong after it, and whether the act had come to its end already."""
    world = ground.copy()
    child, read = _in_a_process(world, act)
    with os.fdopen(read, "rb") as said:
        until = time.monotonic() + seconds
        told = b""
        while (left := until - time.monotonic()) > 0 and select.select([said], [], [], left)[0]:
            some = os.read(read, 1 << 20)
            if not some:
                break
            told += some
        os.kill(child, signal.SIGKILL)
        told += said.read()
    os.waitpid(child, 0)
    before, after = ground.world.facts, None
    lines = [json.loads(line) for line in told.split(b"\n")[:-1]]
    for line in lines:
        before, after = line.get("at", before), line.get("to") if "to" in line or "at" in line else after
    faults = Judge(world.place, before, after, deep=deep).look()
    shutil.rmtree(world.place)
    return faults, any("done" in line for line in lines)


def tried(kills: int, seed: int, acts: tuple[str, ...] = ()) -> dict[str, dict[str, Any]]:
    """So many kills, as many in each act as in the others; by act how many, how many came too late, what was wrong."""
    chance, found = random.Random(seed), dict[str, dict[str, Any]]()
    memory = Path("/dev/shm")
    with once.run(), quick(), tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        (disk := Path(folder) / "disk").mkdir()
        ground = Ground(disk)
        chosen = [act for act in LIFE if act is not lock and (not acts or act.__name__ in acts)]
        each = iter([kills // len(chosen) + (n < kills % len(chosen)) for n in range(len(chosen))])
        for act in LIFE:
            if act in chosen:
                many, length = next(each), length_of(ground, act)
                row = found.setdefault(act.__name__, {"kills": 0, "late": 0, "faults": []})
                for number in range(many):
                    faults, late = killed(ground, act, length * chance.uniform(0.02, 1.0), deep=number % 5 == 0)
                    row["kills"] += 1
                    row["late"] += late
                    row["faults"] += faults
            act(ground.world)
            ground.world.close()
    return found


def main(kills: int = 1_500, seed: int | None = None) -> None:
    """Kill, look, print, and hold it to what was promised."""
    seed = random.SystemRandom().randrange(2**31) if seed is None else seed
    began = time.monotonic()
    found = tried(kills, seed)
    faults = Counter(f"{act}: {fault}" for act, row in found.items() for fault in row["faults"])
    many, late = (sum(row[key] for row in found.values()) for key in ("kills", "late"))
    took = time.monotonic() - began
    sys.stdout.write(f"kills inside {len(found)} acts: {many}, {late} too late, ")
    sys.stdout.write(f"seed {seed}; {faults.total()} faults; {took:.0f} s\n")
    for fault, count in faults.most_common(40):
        sys.stdout.write(f"  {count} × {fault}\n")
    sys.stdout.flush()
    assert not faults, list(faults)[:10]


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
