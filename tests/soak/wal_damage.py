"""Damages of the log beside the database after kills, by the hundred. The argument is how many of each kind."""

import sys
import tempfile
from pathlib import Path

from tests.drivers.wal_damage import outcomes

EACH = 10


def main(damages: int = 130) -> None:
    """Kill, damage, sign in, print, and hold it to what was promised."""
    for vouched, when in ((True, "a second after the last step"), (False, "in the middle of work")):
        with tempfile.TemporaryDirectory() as place:
            seen = outcomes(Path(place), damages // EACH, EACH, vouched=vouched)
        told = ", ".join(f"{seen[key]} {key}" for key in ("told", "untold", "whole", "refused"))
        sys.stdout.write(f"damages of the log, killed {when}: {sum(seen.values())}; {told}\n")
        sys.stdout.flush()
        assert seen["untold"] == 0


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 130)
