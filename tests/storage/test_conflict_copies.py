"""An archive that another program touches while it is open, and the copies that such programs leave beside it."""

import errno
import os
import shutil
import sys
from pathlib import Path

import pytest

from app.errors import StoreError
from app.i18n import Texts
from app.model.change import added
from app.model.identity import new_id
from app.model.people import Case
from app.office.entering import words_of
from storage import archive_folder
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost
from tests.material.golden import AINO, golden
from tests.material.golden import PASSPHRASE as PASS

DOOR = ArchiveDoorway(KdfCost.FLOOR)


@pytest.fixture
def folder(tmp_path):
    return golden("empty", tmp_path / "Havainto")


def told(folder):
    opened = DOOR.unlock(folder, AINO, PASS)
    found = {error.key: error for error in opened.archive.to_tell()}
    cases = {case.code_name for case in opened.store.find(Case)}
    opened.archive.close()
    return found, cases


def test_copies_in_the_folder_and_beside_it_are_told_until_they_are_gone(folder):
    assert told(folder)[0] == {}
    (folder / "archive (1).db").write_bytes(b"x")
    (folder / "archive-KUNTA-123.sync-conflict-20261201.key").write_bytes(b"x")
    (folder / "notes.db").write_bytes(b"a person's own")
    beside = folder.with_name("Havainto (1)")
    shutil.copytree(folder, beside)
    DOOR.create(folder.with_name("Havainto 2"), AINO, PASS).archive.close()  # another one may well lie there
    found = told(folder)[0]["conflict-copies"]
    assert found.values["names"] == "Havainto (1), archive (1).db, archive-KUNTA-123.sync-conflict-20261201.key"
    assert "archive (1).db" in words_of(Texts("fi"), found)
    shutil.rmtree(beside)
    for path in folder.glob("archive*-*.key"):
        path.unlink()
    (folder / "archive (1).db").unlink()
    assert told(folder)[0] == {}


def test_another_persons_folder_beside_it_keeps_nobody_out(folder, monkeypatch):
    theirs = folder.with_name("Havainto of another")
    theirs.mkdir()
    really = Path.stat

    def stat(path, **said):
        if path.parent == theirs:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return really(path, **said)

    monkeypatch.setattr(Path, "stat", stat)
    assert told(folder)[0] == {}


@pytest.mark.skipif(sys.platform == "win32", reason="no open file can be replaced there")
@pytest.mark.parametrize("gone", [False, True])
def test_a_database_replaced_under_the_open_program_is_written_to_no_more_and_both_are_kept(folder, tmp_path, gone):
    shutil.copy(folder / archive_folder.DATABASE_NAME, tmp_path / "of another computer.db")
    opened = DOOR.unlock(folder, AINO, PASS)
    opened.store.apply("", [added(Case(new_id(), "Kuusi", opened.store.me))])
    if gone:
        (folder / archive_folder.DATABASE_NAME).unlink()
    else:
        (tmp_path / "of another computer.db").replace(folder / archive_folder.DATABASE_NAME)
    for _ in range(2):
        with pytest.raises(StoreError) as caught:
            opened.store.apply("", [added(Case(new_id(), "Pihlaja", opened.store.me))])
        assert caught.value.key == "replaced"
    opened.archive.close()
    (kept,) = folder.glob("archive (kept *).db")
    if not gone:
        found, cases = told(folder)
        assert (kept.name in found["conflict-copies"].values["names"], cases) == (True, set())
    # who finds out that it is the right one opens it
    kept.replace(folder / archive_folder.DATABASE_NAME)
    found, cases = told(folder)
    assert cases == {"Kuusi"}
    assert "conflict-copies" not in found
