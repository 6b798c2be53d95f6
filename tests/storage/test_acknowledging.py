"""An older database or a log that is not whole: told at each sign-in until a worker has looked, and then known."""

import shutil
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from app.door import Door
from app.errors import ArchiveError, BackupError
from app.i18n import Texts
from app.model.change import added
from app.model.identity import new_id
from app.model.people import Case
from app.office.workers import add_worker
from storage import archive_settings
from storage.archive import ArchiveDoorway
from storage.store.database import Database, connect
from storage.vault import key_file, key_seals, sign_ins
from storage.vault.keys import KdfCost
from tests.material.old_archives import AINO, LEENA, SECRETS
from tests.material.once import once
from tests.material.open_copy import copied_while_open

DOOR = ArchiveDoorway(KdfCost.FLOOR)


@pytest.fixture
def folder(tmp_path):
    """Aino's and Leena's archive with a case; each test has a copy of its own."""
    return shutil.copytree(once("two-with-a-case", _two_with_a_case), tmp_path / "archive")


def _two_with_a_case(place):
    opened = DOOR.create(place, AINO, SECRETS[AINO])
    opened.store.apply("x", [added(Case(new_id(), "Kuusi", opened.store.me))])
    add_worker(Door(opened.store), opened.archive, Texts("en"), LEENA, SECRETS[LEENA])
    opened.archive.close()


@contextmanager
def opened_as(folder, name=AINO):
    opened = DOOR.unlock(folder, name, SECRETS[name])
    try:
        yield opened
    finally:
        opened.archive.close()


def told(folder, name=AINO) -> list[str]:
    with opened_as(folder, name) as opened:
        return [error.key for error in opened.archive.to_tell()]


def put_back_an_older_database(folder) -> None:
    before = (folder / "archive.db").read_bytes()
    with opened_as(folder) as opened:
        opened.store.apply("x", [added(Case(new_id(), "Kuusi 2", opened.store.me))])
    (folder / "archive.db").write_bytes(before)


def by_hand(folder, *statements) -> None:
    keys = sign_ins.unlock(key_file.load(folder).vault, AINO, SECRETS[AINO])
    hand = connect(folder / "archive.db", keys.database)
    for trigger in ("audit_no_update", "audit_no_delete"):
        hand.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    for statement in statements:
        hand.execute(statement)
    hand.commit()
    hand.close()


def change_row(folder, number: int) -> None:
    by_hand(folder, f"UPDATE audit SET purpose = 'x' WHERE n = {number}")


def many_rows(folder) -> None:
    """So many that what is changed at the beginning is not among the newest."""
    with opened_as(folder) as opened:
        for number in range(60):
            opened.store.note("export", Case, f"case-{number}")


def whole(opened) -> bool:
    return opened.archive.verify(lambda _: None, lambda: False) == ()


def test_an_older_database_is_told_with_its_last_moment_until_somebody_has_looked(folder) -> None:
    put_back_an_older_database(folder)
    assert told(folder, LEENA) == ["archive-older"]
    with opened_as(folder) as opened:
        (error,) = opened.archive.to_tell()
        assert timedelta(0) <= datetime.now(UTC) - error.values["when"] < timedelta(minutes=5)
        opened.archive.acknowledge()
        assert opened.archive.to_tell() == ()
        last = opened.store.audit_log()[-1]
        assert (last.act, last.worker_id, last.object_kind) == ("acknowledged", opened.store.me, "archive")
        assert last.detail.startswith("findings=0;hash=")
    assert told(folder) == told(folder, LEENA) == []


def test_an_older_database_that_went_on_is_still_one_and_says_the_same_moment(folder) -> None:
    put_back_an_older_database(folder)
    moments = set()
    for _ in range(4):  # each sign-in and lock adds rows, past the number that the key file vouches for
        with opened_as(folder) as opened:
            (error,) = opened.archive.to_tell()
            assert error.key == "archive-older"
            moments.add(error.values["when"])
    assert len(moments) == 1
    with opened_as(folder) as opened:
        opened.archive.acknowledge()
    assert told(folder) == []


def test_after_it_work_is_vouched_for_again(folder) -> None:
    put_back_an_older_database(folder)
    with opened_as(folder) as opened:
        opened.archive.acknowledge()
        opened.store.note("export", Case, "x")
        count = len(opened.store.audit_log())
    keys = sign_ins.unlock(key_file.load(folder).vault, AINO, SECRETS[AINO])
    assert key_seals.state_of(key_file.load(folder).vault, keys).anchor.count == count + 1  # locked
    put_back_an_older_database(folder)
    assert told(folder) == ["archive-older"]


def test_two_generations_become_a_third_that_neither_copy_has(folder) -> None:
    def set_to(number: str) -> None:
        keys = sign_ins.unlock(key_file.load(folder).vault, AINO, SECRETS[AINO])
        database = Database(folder / "archive.db", keys.database)
        archive_settings.write(database, archive_settings.GENERATION, number)
        database.close()

    set_to("7")
    with opened_as(folder) as opened:
        assert [e.key for e in opened.archive.to_tell()] == ["archive-older"]
        opened.archive.acknowledge()
    assert told(folder) == []
    set_to("7")
    assert told(folder) == ["archive-older"]


def test_a_changed_row_is_known_after_it_and_backups_are_made_again(folder, tmp_path) -> None:
    many_rows(folder)
    change_row(folder, 2)
    usb = tmp_path / "usb"
    usb.mkdir()
    with opened_as(folder) as opened:
        assert opened.archive.check_log(lambda: False) == ("audit-changed:2",)
        assert not whole(opened)
        with pytest.raises(BackupError):
            opened.archive.backup(usb, lambda _: None, lambda: False)
        opened.archive.acknowledge()
        assert opened.archive.check_log(lambda: False) == ()
        assert whole(opened)
        assert opened.archive.backup(usb, lambda _: None, lambda: False)
    with opened_as(folder) as opened:
        assert opened.archive.to_tell() == ()
        assert opened.archive.check_log(lambda: False) == ()


def test_a_row_among_the_newest_is_known_and_the_row_of_the_acknowledgement_is_proven(folder) -> None:
    change_row(folder, 3)
    with opened_as(folder) as opened:
        assert [e.key for e in opened.archive.to_tell()] == ["log-not-whole"]
        opened.archive.acknowledge()
        number = len(opened.store.audit_log())
    assert told(folder) == []
    change_row(folder, number)
    assert told(folder) == ["log-not-whole"]


@pytest.mark.parametrize("also", [1, 5])
def test_one_fault_more_and_all_of_it_is_told_again(folder, also) -> None:
    many_rows(folder)
    change_row(folder, 2)
    with opened_as(folder) as opened:
        opened.archive.acknowledge()
    change_row(folder, also)
    with opened_as(folder) as opened:
        assert set(opened.archive.check_log(lambda: False)) == {"audit-changed:2", f"audit-changed:{also}"}


def test_after_an_unclean_end_what_is_known_is_not_told(folder, tmp_path) -> None:
    many_rows(folder)
    change_row(folder, 2)
    with opened_as(folder) as opened:
        opened.archive.acknowledge()
        copied = copied_while_open(folder, tmp_path / "killed")
    assert told(copied) == []


def test_it_is_known_after_a_change_of_key(folder) -> None:
    many_rows(folder)
    change_row(folder, 2)
    with opened_as(folder) as opened:
        opened.archive.acknowledge()
        opened.archive.change_key()
    with opened_as(folder) as opened:
        assert "key-changed" in [entry.act for entry in opened.store.audit_log()]
        assert opened.archive.check_log(lambda: False) == ()


def test_where_the_key_file_cannot_be_written_it_is_told_again(folder, monkeypatch) -> None:
    put_back_an_older_database(folder)

    def full(*_given, **_named):
        raise ArchiveError("disk-full")

    with opened_as(folder) as opened, monkeypatch.context() as broken:
        broken.setattr(key_file, "save", full)
        with pytest.raises(ArchiveError):
            opened.archive.acknowledge()
        assert [e.key for e in opened.archive.to_tell()] == ["archive-older"]
    assert told(folder) == ["archive-older"]
