"""A program killed inside begin, ready, taken back, release, moving and choosing: what was begun is before or after.

Here every forty-third moment at which something reaches the disk, others in each run; `make soak` does all.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.drivers.sealed_kills import ACTS

ROOT = Path(__file__).parents[2]
EVERY = int(os.environ.get("HAVAINTO_SEALED_KILLS_EVERY", "43"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each kill is a forked process")
@pytest.mark.parametrize("act", ACTS)
def test_killed_inside(tmp_path, act) -> None:
    command = [sys.executable, "-m", "tests.drivers.sealed_kills", act, str(tmp_path), str(EVERY)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["moments"] > 17
    assert said["faults"] == []
