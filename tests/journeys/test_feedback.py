"""Feedback to two parents who must not meet, in a program of its own on a computer with two screens."""

import json
import os
import subprocess
import sys
from pathlib import Path

SCREENS = {"own": (0, 1366, 768), "second": (1366, 1920, 1080)}
WALK = Path(__file__).with_name("two_parents_walk.py")


def test_each_parent_sees_the_own_moments_and_nothing_of_the_other(tmp_path: Path) -> None:
    rows = [
        {"name": name, "x": x, "y": 0, "width": wide, "height": high}
        | {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        for name, (x, wide, high) in SCREENS.items()
    ]
    file = tmp_path / "screens.json"
    file.write_text(json.dumps({"screens": rows}), "utf-8")
    around = os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={file}"}
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", str(WALK)]
    done = subprocess.run(run, env=around, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
