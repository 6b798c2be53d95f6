"""After a kill, damage in the log beside the database: SQLite drops what stands behind it, and that is told.

Twelve damages here; `make soak` does a hundred and thirty of each kind.
"""

import os
from datetime import datetime

import pytest

from storage import unclean_end
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost
from tests.drivers.wal_damage import outcomes
from tests.material.old_archives import AINO, SECRETS
from tests.material.open_copy import copied_while_open

DOOR = ArchiveDoorway(KdfCost.FLOOR)
KILLS, EACH = 2, 3


@pytest.mark.parametrize("vouched", [True, False])
def test_what_was_acknowledged_and_is_gone_is_told_every_time(tmp_path, vouched) -> None:
    seen = outcomes(tmp_path, KILLS, EACH, vouched=vouched)
    assert sum(seen.values()) == KILLS * EACH
    assert seen["untold"] == seen["refused"] == 0
    assert seen["told"] > 0


@pytest.fixture
def killed(tmp_path):
    """An archive as a kill leaves it: with its log and index beside the database."""
    opened = DOOR.create(tmp_path / "archive", AINO, SECRETS[AINO])
    copied = copied_while_open(tmp_path / "archive", tmp_path / "killed")
    opened.archive.close()
    return copied


def told(folder) -> dict[str, object]:
    opened = DOOR.unlock(folder, AINO, SECRETS[AINO])
    opened.archive.close()
    return {error.key: error.values.get("when") for error in opened.archive.to_tell()}


def test_a_kill_without_damage_is_told_by_nobody(killed) -> None:
    assert unclean_end.left_behind(killed / "archive.db") is not None
    assert told(killed) == {}


def test_after_an_orderly_end_nothing_is_left_behind(tmp_path) -> None:
    DOOR.create(tmp_path / "archive", AINO, SECRETS[AINO]).archive.close()
    assert unclean_end.left_behind(tmp_path / "archive" / "archive.db") is None


def test_an_index_from_before_the_computer_was_started_says_nothing(killed) -> None:
    os.utime(killed / "archive.db-shm", (1_000_000_000, 1_000_000_000))
    assert unclean_end.left_behind(killed / "archive.db") is None


def test_it_is_told_with_the_moment_until_it_is_acknowledged(killed) -> None:
    log = killed / "archive.db-wal"
    held = bytearray(log.read_bytes())
    held[-2000] ^= 1  # in the newest page: the step that made it is gone
    log.write_bytes(held)
    first = told(killed)
    assert list(first) == ["work-damaged"]
    assert isinstance(first["work-damaged"], datetime)
    assert told(killed) == first
    opened = DOOR.unlock(killed, AINO, SECRETS[AINO])
    opened.archive.acknowledge()
    opened.archive.close()
    assert told(killed) == {}


def test_a_log_of_another_time_than_its_index_says_nothing(killed) -> None:
    index = killed / "archive.db-shm"
    held = bytearray(index.read_bytes())
    held[32:40] = b"another!"
    index.write_bytes(held)
    assert unclean_end.left_behind(killed / "archive.db") is None
