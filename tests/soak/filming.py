"""Filming 2 × 1080p30 with sound for ten minutes: nothing dropped, memory flat. The argument is minutes."""

import sys

from tests.drivers.filming_run import Measured, run, tell

#: memory may wander by so much between the first minute and the end, in MB
FLAT = 30.0


def main(minutes: float = 10.0) -> None:
    """Film, print, and hold it to what was promised."""
    found: Measured = run(minutes * 60)
    tell(found)
    assert sum(e.dropped for e in found.ends) == 0
    assert found.memory_around(found.seconds) - found.memory_around(min(60.0, found.seconds / 2)) < FLAT


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0)
