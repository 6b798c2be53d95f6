"""Process start to the first painted window, second start; beside a bare Qt window and BORIS 9."""

import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import boris
from tests.benchmarks.figures import ratio, row
from tests.benchmarks.screen import screen, seconds_to_window

BARE = "from PySide6.QtWidgets import QApplication, QWidget; a = QApplication([]); w = QWidget(); w.resize(900, 600); w.show(); a.exec()"  # noqa: E501  one program
RUNS = 7
DEVELOPED = (sys.executable, "-m", "app")
MAIN_WINDOW = 700  # pixels: its splash is narrower


def main() -> None:
    with screen() as environment, tempfile.TemporaryDirectory() as home:
        own = [to_painted(environment | {"HAVAINTO_HOME": home}) for _ in range(RUNS + 1)][1:]
        ours = row("havainto, until its unlock window is painted", own)
        shown = [seconds_to_window([*DEVELOPED], environment | {"HAVAINTO_HOME": home}) for _ in range(RUNS)]
        mapped = row("havainto, until its window is on the screen", shown)
        row("a bare Qt window, until it is on the screen", [seconds_to_window([sys.executable, "-c", BARE], environment) for _ in range(RUNS)])  # fmt: skip  # noqa: E501  one row
        peer = boris.python()
        if peer is None:
            print("  BORIS 9 is not to be had here (no Python 3.12)")
            return
        (Path(home) / ".boris").write_text("[General]\ncheck_for_new_version=false\n", "utf-8")  # asks nothing first
        start, place = [str(peer.with_name("boris-behav-obs"))], environment | {"HOME": home}
        seconds = [seconds_to_window(start, place, MAIN_WINDOW) for _ in range(4)][1:]
        if any(math.isnan(s) for s in seconds):
            print("  BORIS 9 showed no window within a minute")
            return
        other = row("BORIS 9, until its main window is on the screen", seconds)
        ratio("havainto / BORIS 9, both until on the screen", mapped / other, "<= 0.1")
        print(f"  goal for the painted unlock window: <= 0.8 s; measured {ours:.2f} s")


def to_painted(environment: dict[str, str], command: Sequence[str] = DEVELOPED) -> float:
    """By the program's own mark, on the same clock as the start; seconds, no number when it never came."""
    start = time.time()
    with subprocess.Popen(
        command, env=environment | {"HAVAINTO_TIMING": "1"}, stderr=subprocess.PIPE, text=True, cwd=Path.cwd()
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith("timing") and "unlock window painted" in line:
                process.kill()
                return float(line.split()[1]) - start
    return float("nan")
