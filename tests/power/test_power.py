"""Power cuts and a disk that refuses: a share of what `make soak` tries, and that a fault would be found.

One life of an archive is written down once: the record's own proof is that what is replayed of it whole is, to the last
byte, what lies on the disk.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.power import bad_sectors, containers, cuts, refusals
from tests.power.library import What, environment
from tests.power.volume import Loss, Volume

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a library is preloaded, which is done so on Linux")

STATES, CONTAINER_STATES = 14, 200


@pytest.fixture(scope="module")
def life() -> Iterator[cuts.Life]:
    with cuts.quick_folder() as place:
        yield cuts.lived(place)


def test_the_record_replayed_is_what_lies_on_the_disk(life) -> None:
    volume = Volume(life.root)
    for act in life.acts:
        if act.what != What.MARK:
            volume.follow(act)
    now = volume.now()
    assert now.keys() == life.ended.keys()
    assert [path for path, content in now.items() if content != life.ended[path]] == []
    assert {"archive/archive.db", "archive/archive.key", "archive/codings", "archive/media"} < now.keys()


def test_no_power_cut_takes_what_was_promised(life, tmp_path) -> None:
    found = list(cuts.judged_quickly(life, cuts.drawn(life, STATES, 1), tmp_path))
    assert len(found) == STATES
    assert [one for one in found if one.faults] == []


def test_a_disk_that_syncs_nothing_is_found_out(life, tmp_path) -> None:
    lying = cuts.Life(life.root, tuple(act for act in life.acts if act.what != What.SYNC), life.ended)
    found = list(cuts.judged_quickly(lying, cuts.drawn(lying, 6, 1), tmp_path, Loss("lost", "kept")))
    assert [one for one in found if one.faults]


def test_no_power_cut_takes_what_was_synced_of_a_container() -> None:
    assert containers.tried(CONTAINER_STATES, 1) == []


def test_a_disk_that_refuses_is_told_and_takes_nothing() -> None:
    (told,) = refusals.tried(1, 1, ["code_aino"])
    assert told.tries > 4
    assert told.faults == []


def test_what_a_dying_disk_does_not_give_is_told_and_all_else_comes_out() -> None:
    told = {one.what: one for one in bad_sectors.tried(1, 1)}
    assert {what: one.faults for what, one in told.items() if one.faults} == {}
    assert told["log"].said["rescue: told"] == told["database"].said["rescue: told"] == 1
    assert told["key file"].said["work: key-file-older"] == 1
    assert told["film"].said["backup: backup-archive-unreadable"] == 1


def test_a_step_whose_sync_failed_stays_undone_for_who_opens_the_database_next(tmp_path) -> None:
    words = [sys.executable, "-m", "tests.power.unsynced", str(tmp_path)]
    done = subprocess.run(words, env=environment(tmp_path), cwd=cuts.ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["disk-error", "2", "2"]


def test_the_library_is_compiled_once(tmp_path) -> None:
    said = environment(tmp_path)
    assert Path(said["LD_PRELOAD"]).is_file()
    assert said == environment(tmp_path)
