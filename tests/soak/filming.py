"""Filming for long: 2 × 1080p30 with sound for ten minutes, beside a busy disk, with pauses, and with power cuts.

Nothing is dropped and memory stays flat; a power cut costs at most a second and a half, also while another program
keeps the disk busy; after ten pauses nothing of them is heard and flash and beep are together. The argument is minutes.
"""

import os
import subprocess
import sys

from app.model.timecode import SECOND
from tests.drivers import pauses_run
from tests.drivers.filming_run import Measured, run, tell

#: memory may wander by so much between the first minute and the end, in MB
FLAT = 30.0
#: what a power cut may cost of a film, in µs
MOST_LOST = 3 * SECOND // 2
PAUSES = 10
#: the loudest that a tone of the pauses may be heard, as amplitude: an encoder's noise; and one picture at 30 a second
HEARD, APART = 0.005, 33_400


def main(minutes: float = 10.0) -> None:
    """Film, print, and hold it to what was promised."""
    found: Measured = run(minutes * 60)
    tell(found)
    assert sum(e.dropped for e in found.ends) == 0
    assert found.memory_around(found.seconds) - found.memory_around(min(60.0, found.seconds / 2)) < FLAT
    assert found.unsafe <= MOST_LOST
    beside_a_busy_disk(minutes / 5)
    pauses()
    power_cuts(int(minutes * 12))


def beside_a_busy_disk(minutes: float) -> None:
    found = run(minutes * 60, busy=1)
    print("  beside a program that writes and syncs without end:")
    tell(found)
    assert found.unsafe <= MOST_LOST


def pauses() -> None:
    found = pauses_run.run(PAUSES)
    pauses_run.tell(found)
    assert max(found.canaries) < HEARD
    assert max(map(abs, found.offsets)) <= APART


def power_cuts(seconds: int) -> None:
    """A film of so many seconds is cut at each of its writes."""
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-n", "0", "tests/video/recording/test_power_cut.py"]
    subprocess.run(command, env=os.environ | {"HAVAINTO_CUT_SECONDS": str(seconds)}, check=True)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0)
