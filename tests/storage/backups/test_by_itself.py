"""Backups that nobody asks for: which stay, what of the films is read again, and none that the books do not know."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import BackupError
from app.model.erasure import MadeBackup, MadeHow
from app.model.recording import Recording
from storage import archive_folder
from storage.archive import ArchiveDoorway
from storage.backups import backup, backup_format, before_update, expiring, kept_films, restoring
from storage.backups.backup_format import StoredFilm, read_manifest
from storage.vault import sign_ins
from storage.vault.keys import KdfCost
from tests.material.archives import take_film
from tests.material.golden import AINO, golden
from tests.material.golden import PASSPHRASE as PASS
from tests.material.old_archives import SECRETS, old_archive

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
FILM = bytes(range(251)) * 3000
DOOR = ArchiveDoorway(KdfCost.FLOOR)


def nothing(_share):
    """Progress that nobody looks at."""


def go_on():
    return False


@pytest.fixture
def usb(tmp_path):
    (tmp_path / "usb").mkdir()
    return tmp_path / "usb"


@pytest.fixture
def opened(tmp_path):
    found = DOOR.unlock(golden("empty", tmp_path / "archive"), AINO, PASS)
    (tmp_path / "film.mp4").write_bytes(FILM)
    take_film(found, tmp_path / "film.mp4")
    yield found
    found.archive.close()


# ── which stay ───────────────────────────────────────────────────────────────────────────────────────────────────────


def made(days: float, how: MadeHow = MadeHow.BY_ITSELF) -> MadeBackup:
    at = NOW - timedelta(days=days)
    return MadeBackup(f"havainto-backup-{at:%Y%m%d-%H%M%S}" + (f"-{how}" if how else ""), at, "/usb", "p")


def kept(backups, months=3, at=NOW):
    gone = set(expiring.expired(backups, months, at))
    return [b for b in backups if b not in gone]


def test_a_name_tells_how_it_was_made():
    assert [made(1, how).how for how in MadeHow] == list(MadeHow)
    assert MadeBackup("havainto-backup-20261103-091500-auto-2", NOW, "").how == MadeHow.BY_ITSELF


def test_of_seven_days_and_four_weeks_the_newest_of_each_stays():
    backups = [made(n / 2) for n in range(120)]
    # at noon, so the one made half a day before noon is of the same day
    assert [(NOW - b.made).days for b in kept(backups)] == [0, 1, 2, 3, 4, 5, 6, 7, 14, 21]


def test_by_hand_they_stay_for_the_offices_time_and_before_an_update_for_four_weeks():
    assert kept([made(0), made(80, MadeHow.BY_HAND), made(100, MadeHow.BY_HAND)]) == [
        made(0),
        made(80, MadeHow.BY_HAND),
    ]
    assert kept([made(0), made(27, MadeHow.BEFORE_UPDATE), made(28, MadeHow.BEFORE_UPDATE)]) == [
        made(0),
        made(27, MadeHow.BEFORE_UPDATE),
    ]


def test_the_newest_never_goes_and_none_outlives_the_offices_rule():
    assert kept([made(400)]) == [made(400)]
    assert kept([made(0), made(31, MadeHow.BEFORE_UPDATE), made(31, MadeHow.BY_HAND)], months=1) == [made(0)]


def test_under_a_clock_that_cannot_be_right_nothing_goes():
    backups = [made(n) for n in range(90)]
    assert len(kept(backups, at=NOW - timedelta(days=400))) == 90
    assert len(kept([made(-400), *backups])) == 91


# ── what is read again ───────────────────────────────────────────────────────────────────────────────────────────────


def film(name: str, size: int, days: int | None) -> StoredFilm:
    read = "" if days is None else (NOW.date() - timedelta(days=days)).isoformat()
    return StoredFilm(name, name, "00", size, read)


def test_each_copy_is_read_again_within_a_month_and_some_each_time():
    fresh = [film(f"{n:03}", 10, n % 20) for n in range(100)]
    chosen = kept_films.to_read(fresh, NOW.date())
    assert {f.read for f in chosen} == {fresh[19].read}  # those that were not read for longest
    assert sum(f.size for f in chosen) == 50
    due = [film("a", 1000, 31), film("b", 1000, None), film("c", 1000, -3), film("d", 1000, 2)]
    assert {f.container for f in kept_films.to_read(due, NOW.date())} == {"a", "b", "c"}
    assert kept_films.to_read([], NOW.date()) == ()


def test_daily_backups_read_everything_within_the_month():
    films = {f"{n:03}": film(f"{n:03}", n % 7 + 1, 0) for n in range(60)}
    day, last = NOW.date(), dict.fromkeys(films, NOW.date())
    for _ in range(60):
        day += timedelta(days=1)
        for one in kept_films.to_read(films.values(), day):
            films[one.container] = StoredFilm(one.container, one.container, "00", one.size, day.isoformat())
            last[one.container] = day
        assert all(day - read <= kept_films.READ_WITHIN for read in last.values())


def second_films(opened, tmp_path, count):
    for number in range(count):
        (tmp_path / f"{number}.mp4").write_bytes(FILM + bytes([number]) * 70_000)
        take_film(opened, tmp_path / f"{number}.mp4")


def test_films_that_are_there_are_neither_copied_nor_all_read(opened, usb, tmp_path, monkeypatch):
    second_films(opened, tmp_path, 3)
    first = opened.archive.backup(usb, nothing, go_on)
    read: list[Path] = []
    real = kept_films.checksum
    monkeypatch.setattr(kept_films, "checksum", lambda path, step: read.append(path) or real(path, step))
    monkeypatch.setattr(kept_films, "copy_checked", None)
    second = opened.archive.backup(usb, nothing, go_on)
    assert len(read) == 1
    assert read[0].parent.name == backup_format.MEDIA_FOLDER
    keys = sign_ins.unlock(restoring.key_file.load(usb / second).vault, AINO, PASS)
    assert read_manifest(usb / second, keys).films == read_manifest(usb / first, keys).films
    DOOR.restore(usb / second, tmp_path / "restored", PASS, nothing, go_on)


def test_copies_that_are_not_their_films_are_made_anew(opened, usb, tmp_path):
    second_films(opened, tmp_path, 3)
    opened.archive.backup(usb, nothing, go_on)
    copies = sorted((usb / backup_format.MEDIA_FOLDER).glob("*.vau"))
    whole = [path.read_bytes() for path in copies]
    copies[0].write_bytes(whole[0][:-1])
    copies[1].write_bytes(b"\0" * 100 + whole[1][100:])
    copies[2].unlink()
    copies[3].write_bytes(whole[1])
    opened.archive.backup(usb, nothing, go_on)
    assert [path.read_bytes() for path in copies] == whole


# ── none that the books do not know ──────────────────────────────────────────────────────────────────────────────────


def test_a_backup_is_in_the_books_before_it_has_its_name(opened, usb, monkeypatch):
    def power_cut(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(Path, "rename", power_cut)
        cut.setattr(backup.shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(KeyboardInterrupt):
            opened.archive.backup(usb, nothing, go_on)
    (noted,) = opened.store.find(MadeBackup)
    assert [path.name for path in usb.glob("havainto-backup-*")] == [noted.id + backup_format.PART]
    opened.archive.erasing.look_for_backups()
    assert opened.store.find(MadeBackup)[0].gone is not None


def test_one_that_no_book_knows_is_found_and_a_certificate_names_it(opened, usb, tmp_path):
    first = opened.archive.backup(usb, nothing, go_on)
    copy = usb / "havainto-backup-20261101-101010-auto"
    shutil.copytree(usb / first, copy)
    (usb / "havainto-backup-20261101-101011").mkdir()
    shutil.copytree(usb / first, usb / "havainto-backup-20261101-101012.part")
    opened.archive.erasing.look_for_backups()
    assert {b.id for b in opened.store.find(MadeBackup)} == {first, copy.name}
    assert "backup-found" in {row.act for row in opened.store.audit_log()}
    opened.archive.erasing.look_for_backups()
    assert len(opened.store.find(MadeBackup)) == 2


def test_an_empty_folder_of_the_same_name_is_not_the_disk(opened, usb, tmp_path):
    assert not opened.archive.backup_place_is_here()
    opened.archive.choose_backup_place(usb)
    assert opened.archive.backup_place_is_here()
    usb.rename(away := tmp_path / "away")
    assert not opened.archive.backup_place_is_here()
    usb.mkdir()  # where the disk is mounted, without the disk
    assert not opened.archive.backup_place_is_here()
    opened.archive.choose_backup_place(usb)  # another disk, and its worker says so
    assert opened.archive.backup_place_is_here()
    shutil.rmtree(usb)
    away.rename(usb)
    assert not opened.archive.backup_place_is_here()


def test_a_place_that_was_chosen_while_away_is_known_again_since_its_first_backup(opened, usb):
    usb.rmdir()
    opened.archive.choose_backup_place(usb)
    usb.mkdir()
    assert opened.archive.backup_place_is_here()
    opened.archive.backup(usb, nothing, go_on, MadeHow.BY_ITSELF)
    shutil.rmtree(usb)
    usb.mkdir()
    assert not opened.archive.backup_place_is_here()


def test_a_restored_archive_makes_none_to_the_place_of_the_other(opened, usb, tmp_path):
    opened.archive.choose_backup_place(usb)
    assert opened.archive.backup_place() == str(usb)
    with pytest.raises(BackupError):
        opened.archive.choose_backup_place(opened.archive.folder / "media")
    name = opened.archive.backup(usb, nothing, go_on, MadeHow.BY_ITSELF)
    assert name.endswith("-auto")
    DOOR.restore(usb / name, tmp_path / "restored", PASS, nothing, go_on)
    again = DOOR.unlock(tmp_path / "restored", AINO, PASS)
    assert again.archive.backup_place() == ""
    again.archive.close()


# ── before an update ─────────────────────────────────────────────────────────────────────────────────────────────────


def older_with_place(tmp_path, usb):
    """An archive of the first key files whose workers chose a place, as if that version had had one."""
    folder = old_archive("one", tmp_path / "old")
    keys = sign_ins.unlock(restoring.key_file.load(folder).vault, AINO, SECRETS[AINO])
    database = restoring.Database(archive_folder.database_path(folder), keys.database)
    restoring.archive_settings.write(database, restoring.archive_settings.BACKUP_PLACE, str(usb))
    database.close()
    return folder


def test_an_older_archive_is_backed_up_before_it_is_changed(tmp_path, usb):
    folder = older_with_place(tmp_path, usb)
    found = DOOR.unlock(folder, AINO, SECRETS[AINO])
    (noted,) = found.store.find(MadeBackup)
    assert noted.how == MadeHow.BEFORE_UPDATE
    assert found.archive.last_backup() is not None
    found.archive.close()
    DOOR.restore(usb / noted.id, tmp_path / "restored", SECRETS[AINO], nothing, go_on)
    again = DOOR.unlock(tmp_path / "restored", AINO, SECRETS[AINO])
    assert len(again.store.find(Recording)) == 1
    assert again.archive.verify(nothing, go_on) == ()
    again.archive.close()


def test_nothing_hinders_the_update(tmp_path, usb, monkeypatch):
    real = before_update.back_up
    monkeypatch.setattr(before_update, "back_up", lambda *of: real(*of, given_s=-1.0))
    found = DOOR.unlock(older_with_place(tmp_path, usb), AINO, SECRETS[AINO])
    assert found.store.find(MadeBackup) == ()
    assert list(usb.glob("havainto-backup-*")) == []
    found.archive.close()
    usb.rename(tmp_path / "in another drawer")
    (tmp_path / "again").mkdir()
    found = DOOR.unlock(older_with_place(tmp_path / "again", usb), AINO, SECRETS[AINO])
    assert found.store.find(MadeBackup) == ()
    found.archive.close()
