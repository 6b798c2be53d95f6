"""What Windows refuses and other systems do not, played here: no file is flushed that was opened to be read alone.

`os.fsync` answers EBADF there, as FlushFileBuffers wants the right to write. Nor has it `os.readv`.
"""

import errno
import fcntl
import os
import shutil
import stat

import pytest

from app.model.coding import CodingHeader
from app.model.recording import Recording
from storage import archive_folder, migrating
from storage.archive import ArchiveDoorway
from storage.migrations import HEAD, revision_of
from storage.store.database import Database
from storage.vault.keys import KdfCost
from tests.drivers.migrating_kills import Ground
from tests.material.archives import KEY
from tests.material.golden import PASSPHRASE, golden, opened
from tests.material.pair_folder import AINO, Folder

DOOR = ArchiveDoorway(KdfCost.FLOOR)


@pytest.fixture
def like_windows(monkeypatch):
    real = os.fsync

    def flush(descriptor):
        is_file = stat.S_ISREG(os.fstat(descriptor).st_mode)
        if is_file and fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", flush)
    monkeypatch.delattr(os, "readv")


def test_a_coding_begins_and_the_archives_key_is_changed(like_windows, tmp_path):
    folder = Folder(DOOR, tmp_path / "archive")
    begun = folder.coded(AINO)
    working = folder.open(AINO)
    assert [header.id for header in working.store.find(CodingHeader)] == [begun.id]
    assert working.store.audit_log(acts=("key-changed",)) == ()
    working.archive.change_key()
    working.archive.close()
    again = folder.open(AINO)
    assert len(again.store.audit_log(acts=("key-changed",))) == 1
    assert [header.id for header in again.store.find(CodingHeader)] == [begun.id]
    again.archive.close()


@pytest.mark.parametrize("has_second_names", [True, False])
def test_an_older_archives_tables_come_to_their_newest_form(like_windows, tmp_path, monkeypatch, has_second_names):
    def refuse(*_):
        raise OSError(errno.EPERM, "no second names here")

    (tmp_path / "ground").mkdir()
    folder = shutil.copytree(Ground(tmp_path / "ground", "0055").folder, tmp_path / "archive")
    if not has_second_names:
        monkeypatch.setattr(os, "link", refuse)
    migrating.bring_up(folder, KEY, lambda _: None)
    database = Database(archive_folder.database_path(folder), KEY)
    with database.read() as connection:
        assert revision_of(connection) == HEAD
    database.close()
    assert (folder / archive_folder.FORMER_NAME).is_file()


def test_films_are_carried_over_by_a_rescue(like_windows, tmp_path):
    folder = golden("final", tmp_path / "archive")
    found = DOOR.rescue(folder, tmp_path / "new", PASSPHRASE, lambda _: None, lambda: False)
    assert found.is_whole
    with opened(tmp_path / "new") as archive:
        (film,) = archive.store.find(Recording)
        assert archive.media.verify(film)
