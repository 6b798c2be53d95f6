"""A life of an archive in a process whose disk is written down: `python -m tests.power.live PLACE`.

Each act of `life.LIFE`, each step of it marked in the record before and after.
"""

import json
import sys
from pathlib import Path

from storage.open_archive import OpenArchive
from tests.material import derivation
from tests.power.library import Disk
from tests.power.life import LIFE
from tests.power.world import World

assert OpenArchive  # imported before anything is written down


def main(place: str) -> None:
    with derivation.remembered():
        world = World(Path(place), Disk().mark, Path(place).parent)
        world.begin()
        for act in LIFE:
            Disk().mark(json.dumps({"act": act.__name__}).encode())
            act(world)
        world.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
