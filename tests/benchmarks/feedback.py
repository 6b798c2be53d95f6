"""A feedback talk on two screens: a place of a film to a moment that plays, and the next moment's first picture.

Two films in their encrypted containers, whose moments are shown in turns, a player to each as in the program. What
counts is the paint of the family's window with the first picture of the next moment; what the window is given from
the press on is looked at for black.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.figures import percentile, ratio, row


def main() -> None:
    rows = [
        {"name": name, "x": x, "y": 0, "width": wide, "height": high, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        for name, x, wide, high in (("own", 0, 1366, 768), ("second", 1366, 1920, 1080))
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "screens.json")
        file.write_text(json.dumps({"screens": rows}), "utf-8")
        around = os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={file}", "HAVAINTO_HOME": folder}
        run = [sys.executable, "-m", "tests.benchmarks.feedback_child"]
        done = subprocess.run(run, env=around, stdout=subprocess.PIPE, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    row("a place of the film to a moment that plays", told["chosen"], "ms")
    row("next moment, of another film and made ready: press to painted", told["ready"], "ms")
    row("the same, processor of the window's own thread", told["worked"], "ms")
    row("a moment out of turn, opened at the press", told["cold"], "ms")
    ratio(
        f"next moment, of another film, p95 of {len(told['ready'])}, ms",
        percentile(told["ready"], 0.95) * 1000,
        "<= 60",
    )
    ratio("black paints between two moments", told["black"], "0")


if __name__ == "__main__":
    main()
