"""A whole migration killed at every one of its moments, from the oldest form that is kept. Prints what was found."""

import sys
import tempfile
from pathlib import Path

from tests.drivers.migrating_kills import Ground


def main(every: int = 1) -> None:
    """Kill at every moment, or at each so many of them."""
    with tempfile.TemporaryDirectory() as place:
        ground = Ground(Path(place))
        moments = range(1, ground.moments() + 1, every)
        found = ground.killed_at(moments)
    sys.stdout.write(f"kills inside a migration: {len(moments)}; neither old nor new, or rows lost: {len(found)}\n")
    sys.stdout.flush()
    assert not found, found


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
