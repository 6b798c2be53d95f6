"""A disk that refuses, within every act of a life: in a process that has the library, `python -m tests.power.refusing`.

    python -m tests.power.refusing PLACE SEED MOST [ACT …]

For each act a copy of the archive as it was before, in a process of its own, for each thing that the act asks of the
disk: that one is refused, or it and all that follow. Of writes `MOST` are tried in each act, of the others up to as
many as that for each way. Then the disk is well again and the judge looks. Prints a line of JSON for each act.
"""

import errno
import json
import os
import random
import shutil
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from os import _exit as leave  # a forked process ends without the cleaning up of its parent
from pathlib import Path
from typing import Any

from app.errors import AppError
from storage.open_archive import OpenArchive
from tests.power.judge import Judge
from tests.power.library import ALL, NEEDS_ROOM, Disk, Kind
from tests.power.life import LIFE
from tests.power.quick import quick
from tests.power.world import World

assert OpenArchive  # imported before the first process is forked

#: an act that has not ended after so long hangs, in seconds
HANGS_AFTER = 240


@dataclass(frozen=True, slots=True)
class Way:
    """How the disk refuses."""

    name: str
    error: int
    kinds: Kind
    lasting: bool = False
    half: bool = False


WAYS = (
    Way("full", errno.ENOSPC, NEEDS_ROOM, lasting=True),
    Way("broken once", errno.EIO, ALL),
    Way("quota", errno.EDQUOT, NEEDS_ROOM, lasting=True),
    Way("full in the middle of a write", errno.ENOSPC, NEEDS_ROOM, lasting=True, half=True),
    Way("broken", errno.EIO, ALL, lasting=True),
    Way("no sync", errno.EIO, Kind.SYNC | Kind.RENAME, lasting=True),
)


class Ground:
    """The archive as it is before an act, to be copied for every try."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.world = World(place / "life", lambda _: None, place.parent)
        self.world.place.mkdir()
        self.world.begin()

    def copy(self) -> World:
        copied = self.place / f"try-{os.getpid()}"
        shutil.copytree(self.world.place, copied)
        world = World(copied, lambda _: None, self.place.parent)
        world.facts, world.codes = self.world.facts, dict(self.world.codes)
        return world


def in_a_process(do: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What it says, or that it hung or died."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            signal.alarm(HANGS_AFTER)
            os.write(write, json.dumps(do()).encode())
        except BaseException:  # noqa: BLE001  the process ends here
            os.write(write, json.dumps({"said": "crash", "faults": [traceback.format_exc()[-900:]]}).encode())
        finally:
            leave(0)
    os.close(write)
    with os.fdopen(read, "rb") as said:
        content = said.read()
    _, status = os.waitpid(child, 0)
    if content:
        return json.loads(content)
    return {"said": "died", "faults": [f"hangs or dies, {os.WTERMSIG(status) if os.WIFSIGNALED(status) else status}"]}


def refused(ground: Ground, act: Callable[[World], None], way: Way | None, at: int) -> dict[str, Any]:
    """One try, in this process; `way` None only counts what the act asks of the disk."""
    disk, world = Disk(), ground.copy()
    steps: list[dict[str, Any]] = []
    world.hear(lambda said: steps.append(json.loads(said)))
    disk.arm(-1 if way is None else at, 0 if way is None else way.error, ALL if way is None else way.kinds,
             lasting=way is not None and way.lasting, half=way is not None and way.half)  # fmt: skip
    said, faults = "done", []
    try:
        act(world)
        world.close()
    except AppError as error:
        said = error.key
    except Exception as error:  # noqa: BLE001  what has no sentence is what is looked for
        said = "crash"
        faults.append(f"without a sentence: {type(error).__name__} {error}")
    counted, failed = disk.counted(), disk.failed()
    disk.arm(-1, 0)
    before = world.facts
    after = next((s["to"] for s in steps[-1:] if "to" in s), None)
    try:
        if world.opened is not None:
            still = Judge(world.place, before, after, deep=False)
            still.session(world.opened)
            faults += [f"in the session: {fault}" for fault in still.faults]
        world.close()
    except Exception as error:  # noqa: BLE001
        faults.append(f"closing: {type(error).__name__} {error}")
    faults += Judge(world.place, before, after, deep=at % 5 == 0).look()
    return {"said": said, "counted": counted, "failed": failed, "faults": faults}


def asked(ground: Ground, act: Callable[[World], None], kinds: Kind) -> dict[str, Any]:
    """How often an act asks the disk for something of these kinds."""
    disk, world = Disk(), ground.copy()
    disk.arm(1 << 40, 0, kinds)
    act(world)
    world.close()
    return {"counted": disk.counted()}


def tried(ground: Ground, act: Callable[[World], None], most: int, chance: random.Random) -> dict[str, Any]:
    """All ways at up to so many places of an act."""
    seen, found, tries = Counter[str](), [], 0
    counts = {kinds: in_a_process(lambda kinds=kinds: asked(ground, act, kinds)) for kinds in {w.kinds for w in WAYS}}
    for way in WAYS:
        counted = counts[way.kinds]["counted"]
        for at in sorted(chance.sample(range(1, counted + 1), min(most, counted))):
            one = in_a_process(lambda way=way, at=at: refused(ground, act, way, at))
            for left in ground.place.glob("try-*"):
                shutil.rmtree(left, ignore_errors=True)
            tries += 1
            seen[one["said"]] += 1
            found += [f"{way.name} at {at} of {counted}, said {one['said']}: {fault}" for fault in one["faults"]]
    return {"act": act.__name__, "tries": tries, "said": seen, "faults": found}


def main(place: str, seed: str, most: str, *acts: str) -> None:
    chance = random.Random(int(seed))
    with quick():
        ground = Ground(Path(place))
        last = max(number for number, act in enumerate(LIFE) if not acts or act.__name__ in acts)
        for act in LIFE[: last + 1]:
            if not acts or act.__name__ in acts:
                print(json.dumps(tried(ground, act, int(most), chance)), flush=True)
            act(ground.world)
            ground.world.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
