"""The installed program's start beside the development one's, in turns: until the unlock window is painted."""

import statistics
import tempfile
from pathlib import Path

from tests.benchmarks.figures import ratio, row
from tests.benchmarks.screen import screen
from tests.benchmarks.start_up import DEVELOPED, RUNS, to_painted

INSTALLED = Path("build/installer/havainto/havainto").resolve()


def main() -> None:
    if not INSTALLED.exists():
        print("  no installed program is here: make installer")
        return
    with screen() as environment, tempfile.TemporaryDirectory() as home:
        own = environment | {"HAVAINTO_HOME": home}
        pairs = [(to_painted(own, [str(INSTALLED)]), to_painted(own, DEVELOPED)) for _ in range(RUNS + 1)][1:]
    row("installed, until its unlock window is painted", [pair[0] for pair in pairs])
    row("developed, likewise", [pair[1] for pair in pairs])
    ratio("installed / developed, median of pairs", statistics.median(a / b for a, b in pairs), "<= 1.5")
