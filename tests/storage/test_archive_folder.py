import errno
import hashlib
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from app.errors import ArchiveError
from storage import archive_folder, archive_place, disk_space, durable_file
from storage.archive_folder import ArchiveLock, ArchiveState
from storage.disk_space import SpaceState
from storage.vault import key_file, keys, sign_ins, vault_format
from storage.vault.keys import KdfCost


def refused(call, *args):
    with pytest.raises(ArchiveError) as error:
        call(*args)
    return error.value.key


@pytest.fixture
def made(monkeypatch):
    monkeypatch.setattr(keys, "derive", lambda secret, salt, cost: hashlib.sha256(secret + salt).digest())
    return sign_ins.create("aino", "worker-a", "yksi", cost=KdfCost.FLOOR)


@pytest.fixture
def archive(tmp_path, made):
    folder = tmp_path / "arkisto"
    archive_folder.create(folder, made.vault).release()
    archive_folder.database_path(folder).touch()
    return folder


def all_of(folder):
    """Everything under a folder, with contents and times: what a refusal may not change."""
    places = [folder, *sorted(folder.rglob("*"))]
    return [(p, p.lstat().st_mtime_ns, p.read_bytes() if p.is_file() else b"") for p in places]


# making --------------------------------------------------------------------------------------------------------------


def test_new_archive_has_its_folder_key_file_and_lock(tmp_path, made):
    folder = tmp_path / "oma" / "arkisto"
    assert archive_folder.inspect(folder) == ArchiveState("missing")
    with archive_folder.create(folder, made.vault):
        assert sorted(p.name for p in folder.iterdir()) == ["archive.key", "archive.key.old", "lock", "media"]
        assert refused(ArchiveLock, folder) == "in-use"
        assert key_file.load(folder).vault == made.vault
        assert archive_folder.media_folder(folder).is_dir()


def test_new_archive_may_take_an_empty_folder_with_the_systems_dust(tmp_path, made):
    (tmp_path / ".DS_Store").touch()
    assert archive_folder.inspect(tmp_path) == ArchiveState("empty")
    archive_folder.create(tmp_path, made.vault).release()
    assert key_file.load(tmp_path).vault == made.vault


def test_new_archive_is_not_made_among_other_things(tmp_path, made, archive):
    (tmp_path / "muuta").mkdir()
    (tmp_path / "muuta" / "kirje.odt").touch()
    before = all_of(tmp_path)
    assert refused(archive_folder.create, tmp_path / "muuta", made.vault) == "not-empty"
    assert refused(archive_folder.create, archive, made.vault) == "not-empty"
    assert all_of(tmp_path) == before


@pytest.mark.parametrize(("number", "key"), [(28, "disk-full"), (30, "read-only"), (5, "disk-error")])
@pytest.mark.parametrize("step", ["write_whole", "sync_folder"])
def test_making_that_fails_takes_everything_away_again(tmp_path, made, monkeypatch, step, number, key):
    def refuse(*_):
        raise OSError(number, "no")

    locks = []

    class Watched(ArchiveLock):
        def __init__(self, folder):
            super().__init__(folder)
            locks.append(self)

    monkeypatch.setattr(archive_folder, "ArchiveLock", Watched)
    monkeypatch.setattr(durable_file, step, refuse)
    assert refused(archive_folder.create, tmp_path / "oma" / "arkisto", made.vault) == key
    assert list(tmp_path.iterdir()) == []
    assert [lock._held for lock in locks] == [False]


# what lies in a folder -----------------------------------------------------------------------------------------------


def test_archive_is_known_with_its_key_file(archive, made):
    before = all_of(archive)
    assert archive_folder.inspect(archive) == ArchiveState("archive", key_file.Loaded(made.vault, from_older=False))
    assert all_of(archive) == before
    (archive / "archive.key").write_bytes(b"")
    assert archive_folder.inspect(archive).loaded.from_older
    (archive / "archive.key").unlink()
    assert archive_folder.inspect(archive).loaded.from_older


def newer(vault):
    line = vault_format.to_bytes(vault).splitlines()[0].replace(b'"version":2', b'"version":3')
    return line + b"\nsha256:" + hashlib.sha256(line).hexdigest().encode() + b"\n"


@pytest.mark.parametrize(
    ("content", "kind", "error"),
    [
        (b"", "damaged", "key-file-damaged"),
        (b"hello", "foreign", "key-file-foreign"),
        ("newer", "newer", "archive-newer"),
    ],
)
def test_key_files_that_cannot_be_used(archive, made, content, kind, error):
    (archive / "archive.key.old").unlink()
    (archive / "archive.key").write_bytes(newer(made.vault) if content == "newer" else content)
    before = all_of(archive)
    assert archive_folder.inspect(archive) == ArchiveState(kind, error=error)
    assert all_of(archive) == before


def test_archive_without_its_key_file_or_database_is_damaged(archive, made):
    (archive / "archive.db").unlink()
    state = archive_folder.inspect(archive)
    assert (state.kind, state.error, state.loaded.vault) == ("damaged", "database-missing", made.vault)
    (archive / "archive.db").touch()
    (archive / "archive.key").unlink()
    (archive / "archive.key.old").unlink()
    assert archive_folder.inspect(archive) == ArchiveState("damaged", error="key-file-missing")


def test_other_folders_and_files_are_foreign(tmp_path):
    (tmp_path / "kirje.odt").touch()
    assert archive_folder.inspect(tmp_path) == ArchiveState("foreign")
    assert archive_folder.inspect(tmp_path / "kirje.odt") == ArchiveState("foreign")


def test_folder_that_may_not_be_read(tmp_path, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert refused(archive_folder.inspect, tmp_path) == "read-only"


def test_key_file_that_may_not_be_read(archive):
    (archive / "archive.key").unlink()
    (archive / "archive.key").mkdir()
    assert refused(archive_folder.inspect, archive) == "disk-error"


# places --------------------------------------------------------------------------------------------------------------


def test_good_place_is_left_as_it_was(tmp_path):
    before = all_of(tmp_path)
    archive_folder.check_place(tmp_path / "oma" / "arkisto")
    assert list(tmp_path.iterdir()) == []
    if sys.platform == "linux":
        assert all_of(tmp_path) == before


def spoiled_place(monkeypatch, tmp_path, key):
    """A place with one thing wrong, and the folder in it that somebody chose."""
    if key == "network-folder":
        monkeypatch.setattr(archive_place, "_is_network", lambda folder: True)
    elif key == "sync-folder":
        (tmp_path / ".dropbox").touch()
    elif key == "archive-no-room":
        monkeypatch.setattr(archive_folder, "free_space", lambda folder: SpaceState("full", disk_space.FULL_BYTES - 1))
    else:

        def refuse(**_):
            raise OSError({"read-only": 30, "disk-error": 5}[key], "no")

        monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    return tmp_path / "arkisto"


@pytest.mark.parametrize("key", ["network-folder", "sync-folder", "archive-no-room", "read-only", "disk-error"])
def test_refused_place_is_left_as_it_was(tmp_path, made, monkeypatch, key):
    folder = spoiled_place(monkeypatch, tmp_path, key)
    before = all_of(tmp_path)
    assert refused(archive_folder.check_place, folder) == key
    assert refused(archive_folder.create, folder, made.vault) == key
    if sys.platform == "linux":
        assert all_of(tmp_path) == before
    assert not folder.exists()


def test_folder_that_the_system_will_not_let_us_write(tmp_path, made):
    # the kernel's own folder refuses even the administrator
    place = Path("/proc/self") if sys.platform == "linux" else tmp_path / "suljettu"
    if sys.platform != "linux":
        place.mkdir(mode=0o500)
    assert refused(archive_folder.check_place, place / "arkisto") in {"read-only", "disk-error"}


# the lock ------------------------------------------------------------------------------------------------------------

HOLD = """
import sys
from pathlib import Path
from storage.archive_folder import ArchiveLock
lock = ArchiveLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_second_program_is_refused_until_the_first_is_gone_even_if_killed(archive):
    root = Path(__file__).parents[2]
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(archive)], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with other:
        assert other.stdout.readline() == "held\n"
        before = all_of(archive)
        with pytest.raises(ArchiveError) as error:
            ArchiveLock(archive)
        assert error.value.key == "in-use"
        assert error.value.values == {"pid": other.pid, "host": platform.node()}
        assert all_of(archive) == before
        other.kill()
        other.wait()
    with ArchiveLock(archive):
        assert refused(ArchiveLock, archive) == "in-use"


def test_lock_is_released_once_and_taken_again(archive):
    lock = ArchiveLock(archive)
    lock.release()
    lock.release()
    again = ArchiveLock(archive)
    lock.release()
    assert refused(ArchiveLock, archive) == "in-use"
    again.release()


@pytest.mark.parametrize("said", [b"", b"[" * 4000])
def test_holder_that_has_not_said_who_it_is(archive, said):
    with ArchiveLock(archive):
        (archive / "lock").write_bytes(said)
        with pytest.raises(ArchiveError) as error:
            ArchiveLock(archive)
        assert error.value.values == {"pid": 0, "host": ""}


@pytest.mark.parametrize(
    ("number", "key"), [(30, "read-only"), (13, "read-only"), (28, "disk-full"), (2, "folder-missing")]
)
def test_lock_that_cannot_be_written(archive, monkeypatch, number, key):
    def refuse(*_):
        raise OSError(number, "no")

    with monkeypatch.context() as patched:
        patched.setattr(archive_folder.os, "open", refuse)
        assert refused(ArchiveLock, archive) == key
    ArchiveLock(archive).release()


@pytest.mark.skipif(sys.platform == "win32", reason="locks otherwise")
def test_a_disk_that_knows_of_no_locks_is_a_sentence(archive, monkeypatch):
    import fcntl

    def refuse(*_):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    with monkeypatch.context() as patched:
        patched.setattr(fcntl, "flock", refuse)
        assert refused(ArchiveLock, archive) == "disk-error"
    ArchiveLock(archive).release()


def test_folders_that_the_disk_does_not_list_keep_nobody_out(archive, monkeypatch):
    really = os.scandir

    def refuse(path="."):
        if Path(path).name in {archive_folder.MEDIA_NAME, archive_folder.CODINGS_NAME}:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return really(path)

    archive.chmod(0o755)
    monkeypatch.setattr(os, "scandir", refuse)
    archive_folder.protect(archive)
    if os.name == "posix":
        assert archive.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(("number", "key"), [(28, ""), (5, "disk-error")])
def test_full_disk_while_saying_who_still_holds_and_a_broken_one_lets_go(archive, monkeypatch, number, key):
    def refuse(*_):
        raise OSError(number, "no")

    with monkeypatch.context() as patched:
        patched.setattr(os, "ftruncate", refuse)
        if key:
            assert refused(ArchiveLock, archive) == key
        else:
            with ArchiveLock(archive):
                assert refused(ArchiveLock, archive) == "in-use"
    ArchiveLock(archive).release()


@pytest.mark.skipif(os.name != "posix", reason="links of this kind are POSIX's")
@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_a_lock_that_is_a_link_never_empties_its_target(archive, tmp_path, link):
    target = tmp_path / "thesis.txt"
    target.write_text("three years of work")
    (archive / "lock").unlink(missing_ok=True)
    link(target, archive / "lock")
    assert refused(ArchiveLock, archive) == "lock-is-link"
    assert target.read_text() == "three years of work"


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_what_lay_open_for_others_is_closed_under_the_lock(archive):
    (archive / "media" / "a.vau").write_bytes(b"x")
    (archive / "archive.db").write_bytes(b"x")
    (archive / "archive.db.proof").write_bytes(b"left by a killed backup")
    archive.chmod(0o755)
    for path in archive.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    archive_folder.protect(archive)
    modes = {p.name: p.stat().st_mode & 0o777 for p in [archive, *archive.rglob("*")]}
    assert {modes[name] for name in (archive.name, "media")} == {0o700}
    assert {modes[name] for name in ("a.vau", "archive.db")} == {0o600}
    assert "archive.db.proof" not in modes
