"""Kills inside what changes an archive's keys or makes it anew, by the hundred. The argument is how many."""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.drivers.archive_kills import CHECKS, Grounds

FAULTS = ("lost", "half", "hangs", "empty")


def main(kills: int = 500) -> None:
    """Kill, look, print, and hold it to what was promised."""
    with tempfile.TemporaryDirectory() as place:
        grounds = Grounds(Path(place))
        each = [kills // len(CHECKS) + (n < kills % len(CHECKS)) for n in range(len(CHECKS))]
        found: list[str] = []
        for act, count in zip(CHECKS, each, strict=True):
            faults = grounds.around(act, count)
            found += faults
            sys.stdout.write(f"kills inside {act}: {count}; faults {len(faults)}\n")
            sys.stdout.flush()
    seen = Counter(next((f for f in FAULTS if f": {f}" in row), "refused") for row in found)
    words = {"lost": "lost", "half": "half states", "hangs": "hanging sign-ins", "empty": "opened empty"}
    told = ", ".join(f"{seen[key]} {word}" for key, word in (*words.items(), ("refused", "would not open")))
    sys.stdout.write(f"kills: {kills}; {told}\n")
    assert not found, found


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
