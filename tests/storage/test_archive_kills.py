"""A program killed inside adding, removing, changing the key, recovery, restoring and migration.

No sign-in hangs, nothing opens empty, and what was begun is before or after. `make soak` does five hundred.
"""

import os
from pathlib import Path

import pytest

from tests.drivers.archive_kills import CHECKS, Grounds

KILLS = int(os.environ.get("HAVAINTO_ARCHIVE_KILLS", "12"))


@pytest.fixture(scope="module")
def grounds(tmp_path_factory) -> Grounds:
    return Grounds(Path(tmp_path_factory.mktemp("kills")))


@pytest.mark.parametrize("act", CHECKS)
def test_killed_inside(grounds, act):
    kills = max(KILLS // len(CHECKS), 1)
    assert grounds.around(act, kills) == kills
