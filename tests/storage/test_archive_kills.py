"""A program killed inside adding, removing, changing keys and passphrases, recovery, restoring, migration, erasing.

No sign-in hangs, nothing opens empty, and what was begun is before or after. `make soak` does five hundred.
"""

from pathlib import Path

import pytest

from tests.drivers.archive_kills import CHECKS, Grounds

EACH = 1


@pytest.fixture(scope="module")
def grounds(tmp_path_factory) -> Grounds:
    return Grounds(Path(tmp_path_factory.mktemp("kills")))


@pytest.mark.parametrize("act", CHECKS)
def test_killed_inside(grounds, act):
    assert grounds.around(act, EACH) == []
