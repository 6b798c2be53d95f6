"""A program killed inside begin, ready, taken back, release, moving and choosing: what was begun is before or after.

Here every forty-third moment at which something reaches the disk, others in each run; `make soak` does all.
"""

import json
import os

import pytest

from tests.drivers.preloaded import child
from tests.drivers.sealed_kills import ACTS

EVERY = int(os.environ.get("HAVAINTO_SEALED_KILLS_EVERY", "43"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each kill is a forked process")
@pytest.mark.parametrize("act", ACTS)
def test_killed_inside(tmp_path, act) -> None:
    with child("sealed_kills", act, str(tmp_path), str(EVERY)) as trying:
        said = json.loads(trying.stdout.read().splitlines()[-1])
    assert said["moments"] > 17
    assert said["faults"] == []
