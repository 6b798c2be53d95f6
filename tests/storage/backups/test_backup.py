"""Backups that count, and those that must not; restoring them somewhere else."""

import errno
import json
import os
import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.door import Door
from app.error_texts import parts_in_words
from app.errors import AppError, ArchiveError, BackupError, Cancelled, StoreError
from app.films.copies import lacking, sweep
from app.films.reels import reels
from app.i18n import Texts
from app.model.change import added
from app.model.consent import Consent, Purpose
from app.model.filming import OpenRecording
from app.model.final_statement import FinalStatement
from app.model.identity import new_id
from app.model.people import Case, Person
from app.model.recording import DerivedFile, DerivedKind, Recording
from app.model.timecode import SECOND
from storage import archive_folder, durable_file, unfinished
from storage.archive import ArchiveDoorway
from storage.backups import backup, backup_format, restoring
from storage.backups.held import held
from storage.store import database
from storage.vault.keys import KdfCost
from tests.material.archives import PAGES, PHOTO, kept_form, kept_pages, take_film
from tests.material.builders import A_DAY
from tests.material.golden import AINO, golden
from tests.material.golden import PASSPHRASE as PASS
from tests.material.older import older_database, rows_of
from tests.stand_ins.fake_films import FakeMaker

FILM = bytes(range(251)) * 3000


def nothing(_share):
    """Progress that nobody looks at."""


def go_on():
    return False


@pytest.fixture
def door():
    return ArchiveDoorway(KdfCost.FLOOR)


@pytest.fixture
def usb(tmp_path):
    (tmp_path / "usb").mkdir()
    return tmp_path / "usb"


@pytest.fixture
def opened(door, tmp_path):
    found = door.unlock(golden("empty", tmp_path / "archive"), AINO, PASS)
    (tmp_path / "film.mp4").write_bytes(FILM)
    take_film(found, tmp_path / "film.mp4")
    yield found
    found.archive.close()


def everything(store):
    return [store.find(kind) for kind in (Case, Recording)], store.audit_log()[:3]


def refused(act, *values, error=BackupError):
    with pytest.raises(error) as caught:
        act(*values)
    return caught.value.key


def backups(usb):
    return sorted(p.name for p in usb.glob(f"{backup_format.PREFIX}*"))


def test_there_and_back(door, opened, usb, tmp_path):
    shares = []
    name = opened.archive.backup(usb, shares.append, go_on)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert backups(usb) == [name]
    assert opened.archive.last_backup() is not None
    assert opened.store.audit_log()[-1].detail == name
    before, log = everything(opened.store)
    opened.store.apply("later", [added(Case(new_id(), "later", "x"))])
    shares.clear()
    door.restore(usb / name, tmp_path / "restored", PASS, shares.append, go_on)
    assert shares == sorted(shares)
    again = door.unlock(tmp_path / "restored", AINO, PASS)
    assert everything(again.store) == (before, log)
    rows = again.store.audit_log()
    restored = next(row for row in rows if row.act == "restored")
    # the first row that the restored archive's log has more than the backup's
    assert [row.act for row in rows[restored.number - 1 :]] == ["restored", "login"]
    assert re.fullmatch(r"made=[0-9t:.+-]+;head=[0-9a-f]{16}", restored.detail)
    assert (datetime.now(UTC) - restored.at).total_seconds() < 60
    assert again.archive.to_tell() == ()
    (film,) = again.store.find(Recording)
    with again.media.open(film) as plain:
        assert plain.read() == FILM
    assert again.archive.verify(nothing, go_on) == ()
    again.archive.close()


def test_nothing_in_a_backup_is_in_clear(opened, usb):
    opened.archive.backup(usb, nothing, go_on)
    for path in usb.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for word in (b"Kuusi", "äiti".encode(), b"SQLite format", FILM[:251]):
                assert word not in content
    manifest = json.loads(next(usb.glob("*/manifest.json")).read_bytes())
    # how many rows there are would tell how far the other's coding is
    assert set(manifest) == {"archive_id", "made", "audit_head", "files", "films", "version", "counts", "hmac"}


def test_a_second_backup_copies_only_what_is_new(opened, usb, tmp_path):
    opened.archive.backup(usb, nothing, go_on)
    (first,) = (usb / backup_format.MEDIA_FOLDER).glob("*.vau")
    written = first.stat().st_mtime_ns
    (tmp_path / "second.mp4").write_bytes(b"another film")
    take_film(opened, tmp_path / "second.mp4")
    opened.archive.backup(usb, nothing, go_on)
    assert len(list((usb / backup_format.MEDIA_FOLDER).glob("*.vau"))) == 2
    assert first.stat().st_mtime_ns == written
    assert len(backups(usb)) == 2


def test_a_copy_that_rotted_is_made_anew(opened, usb):
    opened.archive.backup(usb, nothing, go_on)
    (film,) = (usb / backup_format.MEDIA_FOLDER).glob("*.vau")
    whole = film.read_bytes()
    film.write_bytes(whole[:9000] + b"\0" + whole[9001:])
    opened.archive.backup(usb, nothing, go_on)
    assert film.read_bytes() == whole


def test_a_copy_that_its_disk_does_not_give_is_made_anew(opened, usb, monkeypatch):
    opened.archive.backup(usb, nothing, go_on)
    (film,) = (usb / backup_format.MEDIA_FOLDER).glob("*.vau")
    bad, whole = film.stat().st_ino, film.read_bytes()
    really = Path.open

    def give(path, *said, **named):
        if path == film and film.stat().st_ino == bad:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return really(path, *said, **named)

    monkeypatch.setattr(Path, "open", give)
    opened.archive.backup(usb, nothing, go_on)
    assert film.stat().st_ino != bad
    assert film.read_bytes() == whole


def test_a_copy_that_a_killed_try_left_has_its_name_on_the_disk_before_a_backup_rests_on_it(opened, usb, monkeypatch):
    opened.archive.backup(usb, nothing, go_on)
    synced = []
    really = durable_file.sync_folder
    monkeypatch.setattr(durable_file, "sync_folder", lambda folder: synced.append(folder) or really(folder))
    opened.archive.backup(usb, nothing, go_on)
    assert usb / backup_format.MEDIA_FOLDER in synced[: synced.index(usb)]


def test_a_damaged_film_makes_no_backup(opened, usb, tmp_path):
    (film,) = opened.store.find(Recording)
    path = tmp_path / "archive" / "media" / film.container
    path.write_bytes(path.read_bytes()[:-1])
    assert refused(opened.archive.backup, usb, nothing, go_on) == "backup-not-whole"
    assert backups(usb) == []
    path.unlink()
    assert refused(opened.archive.backup, usb, nothing, go_on) == "archive-film-missing"
    assert backups(usb) == []
    assert opened.archive.last_backup() is None


@pytest.mark.parametrize("at", range(0, 12, 2))
def test_cancel_leaves_nothing_that_looks_whole(opened, usb, at):
    asked = []

    def cancelled():
        asked.append(1)
        return len(asked) > at

    try:
        opened.archive.backup(usb, nothing, cancelled)
    except Cancelled:
        assert list(usb.glob(f"{backup_format.PREFIX}*")) == []
        assert list(usb.rglob(f"*{backup_format.PART}")) == []
        assert opened.archive.last_backup() is None
    else:
        assert len(asked) <= at


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (errno.ENOSPC, "backup-disk-full"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "target-gone"),
        (errno.ENODEV, "target-gone"),
    ],
)
@pytest.mark.parametrize("where", ["sync_file", "write_whole", "put_in_place"])
def test_the_targets_disk_gives_up(opened, usb, monkeypatch, code, key, where):
    def give_up(*_):
        raise OSError(code, os.strerror(code))

    # only what the backup does with it: the archive's own disk is well
    failing = SimpleNamespace(**{**vars(durable_file), where: give_up})
    monkeypatch.setattr(backup_format, "durable_file", failing)
    assert refused(opened.archive.backup, usb, nothing, go_on) == key
    monkeypatch.undo()
    assert backups(usb) == []
    assert list(usb.rglob(f"*{backup_format.PART}")) == []
    assert opened.archive.last_backup() is None


def test_targets_that_cannot_be(opened, usb, tmp_path):
    assert refused(opened.archive.backup, usb / "none", nothing, go_on) == "target-missing"
    assert refused(opened.archive.backup, tmp_path / "archive", nothing, go_on) == "target-inside"
    assert refused(opened.archive.backup, tmp_path / "archive" / "media", nothing, go_on) == "target-inside"


def test_a_backup_is_not_believed_before_it_was_restored(opened, usb, monkeypatch):
    copy = backup.copy_database

    def copies_badly(source, source_key, target, target_key):
        copy(source, source_key, target, target_key)
        if target.parent.parent == usb:
            content = bytearray(target.read_bytes())
            content[-3000] ^= 1
            target.write_bytes(content)

    monkeypatch.setattr(backup, "copy_database", copies_badly)
    assert refused(opened.archive.backup, usb, nothing, go_on) in {"damaged", "backup-not-whole"}
    assert backups(usb) == []


@pytest.mark.parametrize("name", ["archive.db", "archive.key", "manifest.json"])
@pytest.mark.parametrize("how", ["flip", "cut", "gone", "deep"])
def test_a_damaged_backup_is_refused_and_leaves_nothing(door, opened, usb, tmp_path, name, how):
    made = usb / opened.archive.backup(usb, nothing, go_on)
    path = made / name
    content = path.read_bytes()
    if how == "gone":
        path.unlink()
    elif how == "deep":
        path.write_bytes(b"[" * 100_000)
    else:
        half = len(content) // 2
        path.write_bytes(content[:half] + (bytes([content[half] ^ 1]) + content[half + 1 :] if how == "flip" else b""))
    with pytest.raises(BackupError) as caught:
        door.restore(made, tmp_path / "restored", PASS, nothing, go_on)
    assert caught.value.key in {"backup-damaged", "backup-missing"}
    assert not (tmp_path / "restored").exists()


def test_a_damaged_or_missing_film_of_a_backup(door, opened, usb, tmp_path):
    made = usb / opened.archive.backup(usb, nothing, go_on)
    (film,) = (usb / backup_format.MEDIA_FOLDER).glob("*.vau")
    whole = film.read_bytes()
    film.write_bytes(whole[:-9] + b"123456789")
    (tmp_path / "empty").mkdir()
    assert refused(door.restore, made, tmp_path / "empty", PASS, nothing, go_on) == "backup-damaged"
    film.unlink()
    assert refused(door.restore, made, tmp_path / "empty", PASS, nothing, go_on) == "backup-film-missing"
    assert list((tmp_path / "empty").iterdir()) == []


def test_restore_only_into_an_empty_folder_and_with_the_right_passphrase(door, opened, usb, tmp_path):
    made = usb / opened.archive.backup(usb, nothing, go_on)
    assert refused(door.restore, made, tmp_path / "r", "wrong", nothing, go_on) == "wrong-passphrase"
    assert refused(door.restore, usb, tmp_path / "r", PASS, nothing, go_on) == "backup-missing"
    assert refused(door.restore, made, usb, PASS, nothing, go_on, error=ArchiveError) == "not-empty"
    assert refused(door.restore, made, tmp_path / "archive", PASS, nothing, go_on, error=ArchiveError) == "not-empty"
    with pytest.raises(Cancelled):
        door.restore(made, tmp_path / "r", PASS, nothing, lambda: True)
    assert not (tmp_path / "r").exists()


def test_restore_with_the_printed_code_alone(door, opened, usb, tmp_path):
    code = opened.archive.make_recovery_code()
    made = usb / opened.archive.backup(usb, nothing, go_on)
    door.restore(made, tmp_path / "r", code.lower(), nothing, go_on)
    again = door.recover(tmp_path / "r", AINO, code, "uusi lause")
    assert again.store.worker == opened.store.worker
    again.archive.close()


def test_restore_from_a_place_where_nothing_can_be_written(door, opened, usb, tmp_path):
    made = usb / opened.archive.backup(usb, nothing, go_on)
    everything = sorted(made.rglob("*"))
    before = {p: p.read_bytes() for p in everything if p.is_file()}
    for path in [*everything, made]:
        path.chmod(0o500)
    door.restore(made, tmp_path / "r", PASS, nothing, go_on)
    for path in [made, made / "codings"]:
        path.chmod(0o700)
    assert {p: p.read_bytes() for p in made.rglob("*") if p.is_file()} == before


def test_a_cut_access_log_is_found_in_a_backup(opened, usb, monkeypatch):
    audit_end = backup.audit_end
    monkeypatch.setattr(backup, "audit_end", lambda *v: restoring.Head(audit_end(*v).count + 1, audit_end(*v).mac))
    with pytest.raises(AppError) as caught:
        opened.archive.backup(usb, nothing, go_on)
    assert (caught.value.key, caught.value.values["what"]) == ("backup-not-whole", "audit-cut-off:9")


def test_what_a_crash_left_a_day_ago_is_swept(opened, usb):
    old, new = usb / "havainto-backup-20200101-000000.part", usb / "havainto-backup-20990101-000000.part"
    for path in (old, new):
        path.mkdir()
        (path / "archive.db").write_bytes(b"x")
    os.utime(old, (0, 0))
    opened.archive.backup(usb, nothing, go_on)
    assert not old.exists()
    assert new.exists()
    shutil.rmtree(new)


def test_a_restore_cut_off_anywhere_never_looks_like_an_archive_and_can_be_done_again(door, opened, usb, tmp_path):
    """27 of 40 kills left a folder where restoring was refused, 3 an archive that opened empty."""

    class Killed(BaseException):
        pass

    made, target = usb / opened.archive.backup(usb, nothing, go_on), tmp_path / "restored"
    opened.archive.close()
    doors = [
        (restoring, "copy_checked"),
        (restoring, "copy_database"),
        (restoring, "whole"),
        (restoring.key_file, "save"),
        (unfinished, "_finish"),
    ]
    for where, name in doors:
        for after in (False, True):
            act = getattr(where, name)

            def die(*values, act=act, after=after, **more):
                if after:
                    act(*values, **more)
                raise Killed

            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(where, name, die)
                patched.setattr(unfinished, "_take_back", lambda *_: None)  # a kill takes nothing back
                with pytest.raises(Killed):
                    door.restore(made, target, PASS, nothing, go_on)
            left = target.with_name("restored.unfinished")
            if (where, name, after) == (unfinished, "_finish", True):
                assert [path.name for path in left.iterdir()] == ["lock"]
                break
            assert left.is_dir()
            assert not target.exists()
            assert door.names(left) == ()
            assert refused(door.unlock, left, AINO, PASS, error=ArchiveError) == "archive-missing"
    again = door.unlock(target, AINO, PASS)
    assert not left.exists(), "the first opening sweeps what is empty"
    assert again.archive.verify(nothing, go_on) == ()
    again.archive.close()


def test_what_an_earlier_version_left_unfinished_goes_too(door, opened, usb, tmp_path):
    made, left = usb / opened.archive.backup(usb, nothing, go_on), tmp_path / "restored.unfinished"
    (left / "media").mkdir(parents=True)
    for name in ("archive.db", "archive.db-journal", ".archive.key.0011aabb.tmp"):
        (left / name).write_bytes(b"half")
    door.restore(made, tmp_path / "restored", PASS, nothing, go_on)
    assert not left.exists()


def test_an_unfinished_folder_with_anything_in_it_is_not_swept(door, opened, tmp_path):
    left = tmp_path / f"{opened.folder.name}.unfinished"
    left.mkdir()
    (left / "thesis.txt").write_text("x")
    opened.archive.close()
    door.unlock(opened.folder, AINO, PASS).archive.close()
    assert (left / "thesis.txt").exists()


def test_what_is_not_ours_under_the_unfinished_name_is_left_alone(door, opened, usb, tmp_path):
    made = usb / opened.archive.backup(usb, nothing, go_on)
    other = tmp_path / "restored.unfinished"
    other.mkdir()
    (other / "thesis.txt").write_text("x")
    assert refused(door.restore, made, tmp_path / "restored", PASS, nothing, go_on, error=ArchiveError) == "not-empty"
    assert (other / "thesis.txt").read_text() == "x"
    assert not (tmp_path / "restored").exists()


def test_wrong_tries_at_a_backup_stand_in_the_restored_log(door, opened, usb, tmp_path):
    made = usb / opened.archive.backup(usb, nothing, go_on)
    for _ in range(2):
        assert refused(door.restore, made, tmp_path / "r", "wrong", nothing, go_on) == "wrong-passphrase"
    ArchiveDoorway(KdfCost.FLOOR).restore(made, tmp_path / "r", PASS, nothing, go_on)
    again = door.unlock(tmp_path / "r", AINO, PASS)
    (restored,) = [row for row in again.store.audit_log() if row.act == "restored"]
    assert restored.detail.endswith(";failed=2")
    again.archive.close()


def test_a_full_backup_disk_is_a_sentence(opened, usb, monkeypatch):
    connect = database.connect

    def small(path, key, *, wal=True):
        driver = connect(path, key, wal=wal)
        if path.is_relative_to(usb):
            driver.execute("PRAGMA max_page_count = 10")
        return driver

    monkeypatch.setattr(database, "connect", small)
    assert refused(opened.archive.backup, usb, nothing, go_on) == "backup-disk-full"
    assert backups(usb) == []


def test_no_room_to_prove_a_backup_is_said_of_the_right_disk(opened, usb, monkeypatch):
    connect = database.connect

    def small(path, key, *, wal=True, **more):
        driver = connect(path, key, wal=wal, **more)
        if path.name == archive_folder.PROOF_NAME:
            driver.execute("PRAGMA max_page_count = 10")
        return driver

    monkeypatch.setattr(database, "connect", small)
    assert refused(opened.archive.backup, usb, nothing, go_on) == "backup-no-room-here"
    assert backups(usb) == []


def test_no_room_to_note_a_backup_is_said_of_the_right_disk(opened, usb, monkeypatch):
    def full(*_, **__):
        raise StoreError("disk-full")

    monkeypatch.setattr(opened.archive.erasing, "note_backup", full)
    assert refused(opened.archive.backup, usb, nothing, go_on) == "backup-no-room-here"
    assert backups(usb) == []


def test_a_disk_that_fills_while_restoring_leaves_nothing_and_says_so(door, opened, usb, tmp_path, monkeypatch):
    made, connect = usb / opened.archive.backup(usb, nothing, go_on), database.connect

    def small(path, key, *, wal=True, **more):
        driver = connect(path, key, wal=wal, **more)
        if path.parent.parent.name == "restored.unfinished":
            driver.execute("PRAGMA max_page_count = 10")
        return driver

    monkeypatch.setattr(database, "connect", small)
    assert refused(door.restore, made, tmp_path / "restored", PASS, nothing, go_on) == "restore-disk-full"
    assert not [p for p in tmp_path.iterdir() if p.name.startswith("restored")]


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_a_backup_is_its_owners_alone_and_leaves_nothing_elsewhere(opened, usb, monkeypatch):
    synced = []
    sync = durable_file.sync_file
    monkeypatch.setattr(durable_file, "sync_file", lambda fd: (synced.append(os.fstat(fd).st_ino), sync(fd)))
    monkeypatch.setattr("tempfile.mkdtemp", lambda *_a, **_k: pytest.fail("the system's temporary folder was used"))
    made = usb / opened.archive.backup(usb, nothing, go_on)
    for path in [*made.rglob("*"), made, *(usb / backup_format.MEDIA_FOLDER).rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path.name
    assert {(made / name).stat().st_ino for name in ("archive.key", "manifest.json")} <= set(synced)
    assert sorted(p.name for p in opened.folder.glob("archive.db*")) == [
        "archive.db",
        "archive.db-shm",
        "archive.db-wal",
    ]


# ── copies made from films ───────────────────────────────────────────────────────────────────────────────────────────


def with_copy(opened) -> DerivedFile:
    """A copy of the archive's film, in its container and in the books."""
    (film,) = opened.store.find(Recording)
    file = opened.media.begin(film.id, film.wrapped_key)
    file.write(FILM[::-1])
    kept = file.keep()
    row = DerivedFile(
        new_id(), film.id, DerivedKind.SCRUB, 0, 0, SECOND, kept.container, kept.sha256, kept.size, kept.chunks, b"i"
    )
    opened.store.apply("copy", [added(row)], act="derive")
    return row


def test_copies_of_films_are_not_backed_up_and_not_missed(door, opened, usb, tmp_path):
    row = with_copy(opened)
    (film,) = opened.store.find(Recording)
    name = opened.archive.backup(usb, nothing, go_on)
    assert len(list((usb / "havainto-media").glob("*.vau"))) == 1
    door.restore(usb / name, tmp_path / "restored", PASS, nothing, go_on)
    restored = door.unlock(tmp_path / "restored", AINO, PASS)
    filmed = [
        Consent(new_id(), person.case_id, person.id, Purpose.FILMING, date(2020, 1, 1))
        for person in restored.store.find(Person)
    ]
    restored.store.apply("consents", [added(one) for one in filmed])
    assert {path.name for path in (tmp_path / "restored" / "media").iterdir()} == {film.container}
    assert restored.archive.verify(nothing, go_on) == ()
    assert restored.store.find(DerivedFile) == (row,)
    assert reels(restored.store, restored.media, [film])[0].scrub == ()
    maker = FakeMaker(scrub=[(0, SECOND)])
    missing = lacking(Door(restored.store), restored.media, maker, film, Texts("en"))
    assert [one.span for one in missing] == [(0, SECOND)]
    assert restored.store.find(DerivedFile) == ()
    again = restored.archive.backup(usb, nothing, go_on)
    assert (usb / again).is_dir()
    restored.archive.close()


def test_a_copy_whose_container_is_gone_stops_no_backup(opened, usb):
    opened.media.discard(with_copy(opened).container)
    assert (usb / opened.archive.backup(usb, nothing, go_on)).is_dir()
    assert opened.archive.verify(nothing, go_on) == ()


def test_verify_puts_a_damaged_copy_right_and_leaves_a_whole_one(opened):
    row = with_copy(opened)
    path = opened.folder / "media" / row.container
    assert opened.archive.verify(nothing, go_on) == ()
    assert path.exists()
    damaged = bytearray(path.read_bytes())
    damaged[5000] ^= 1
    path.write_bytes(damaged)
    assert opened.archive.verify(nothing, go_on) == ()
    assert not path.exists()
    assert "copy-dropped" in {entry.act for entry in opened.store.audit_log()}
    (film,) = opened.store.find(Recording)
    assert opened.media.verify(film)


def test_unfinished_copies_go_at_the_next_opening_and_films_that_await_rescue_stay(door, opened, tmp_path):
    (film,) = opened.store.find(Recording)
    copy, filmed = opened.media.begin(film.id, film.wrapped_key), opened.media.begin(new_id(), live=True)
    for file in (copy, filmed):
        file.write(FILM)
        file.sync()
        file.writer.close()
    book = OpenRecording(new_id(), film.meeting_id, 1, filmed.name, A_DAY, 0)
    opened.store.apply("filming", [added(book)])
    opened.archive.close()
    again = door.unlock(tmp_path / "archive", AINO, PASS)
    sweep(again.store, again.media)
    assert again.media.unfinished() == (filmed.name,)
    again.archive.close()


# ── final statements ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_backup_carries_the_pages_of_final_statements(opened, door, usb, tmp_path):
    made = kept_pages(opened)
    name = opened.archive.backup(usb, nothing, go_on)
    opened.archive.close()
    door.restore(usb / name, tmp_path / "elsewhere", PASS, nothing, go_on)
    again = door.unlock(tmp_path / "elsewhere", AINO, PASS)
    (kept,) = again.store.find(FinalStatement)
    assert kept == made
    with again.media.open_file(kept, kept.container) as file:
        assert file.read() == PAGES
    assert again.archive.verify(nothing, go_on) == ()
    again.archive.close()


def test_a_backup_without_a_final_statements_pages_is_none(opened, usb):
    made = kept_pages(opened)
    (opened.folder / "media" / made.container).unlink()
    assert refused(opened.archive.backup, usb, nothing, go_on) == "archive-film-missing"
    assert backups(usb) == []


def test_damaged_pages_of_a_final_statement_are_told(opened):
    made = kept_pages(opened)
    path = opened.folder / "media" / made.container
    held = bytearray(path.read_bytes())
    held[-200] ^= 1
    path.write_bytes(held)
    (told,) = opened.archive.verify(nothing, go_on)
    assert told.startswith("final-statement-container-")
    assert told.endswith(made.statement_id)
    assert "lopullisen lausunnon sivut" in parts_in_words(Texts("fi"), told)


def test_a_photographed_form_is_in_the_backup_and_its_damage_is_told(opened, door, usb, tmp_path):
    made = kept_form(opened)
    name = opened.archive.backup(usb, nothing, go_on)
    path = opened.folder / "media" / made.container
    held = bytearray(path.read_bytes())
    held[-20] ^= 1
    path.write_bytes(held)
    (told,) = opened.archive.verify(nothing, go_on)
    assert told.startswith("consent-form-container-")
    assert told.endswith(made.id)
    assert "suostumuslomakkeen kuva" in parts_in_words(Texts("fi"), told)
    opened.archive.close()
    door.restore(usb / name, tmp_path / "elsewhere", PASS, nothing, go_on)
    again = door.unlock(tmp_path / "elsewhere", AINO, PASS)
    with again.media.open_file(made, made.container) as file:
        assert file.read() == PHOTO
    assert again.archive.verify(nothing, go_on) == ()
    again.archive.close()


def test_a_container_that_no_book_knows_is_found_and_harms_nothing(opened):
    made = kept_pages(opened)
    lost = opened.media.begin(new_id())
    lost.write(PAGES)
    lost.keep()
    assert opened.archive.verify(nothing, go_on) == ()
    last = [e for e in opened.store.audit_log() if e.act == "unclaimed"][-1]
    assert last.detail == "containers=1"
    # a film that is just being taken in is nobody's as well for a moment; what lay there at the opening is a leftover
    assert opened.archive.unclaimed() == (0, 0)
    opened.archive.close()
    again = ArchiveDoorway(KdfCost.FLOOR).unlock(opened.folder, AINO, PASS)
    files, size = again.archive.unclaimed()
    assert (files, size > len(PAGES)) == (1, True)
    assert again.archive.remove_unclaimed() == 1
    assert again.archive.unclaimed() == (0, 0)
    assert again.archive.verify(nothing, go_on) == ()
    with again.media.open_file(made, made.container) as file:
        assert file.read() == PAGES
    again.archive.close()


def test_the_books_of_an_older_program_are_read_as_they_are(tmp_path):
    """A backup made before final documents were kept lacks their table, and is whole all the same."""
    database = older_database(tmp_path)
    with database.read() as connection:
        (film,) = held(connection)
        counts = restoring.row_counts(connection, ["paragraph", "recording", "final_statement"])
    database.close()
    assert film.id == rows_of("recording")[0]["id"]
    assert counts == {"paragraph": len(rows_of("paragraph")), "recording": 1}
