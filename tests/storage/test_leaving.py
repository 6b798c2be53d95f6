"""Workers come, lose their passphrase, and leave: what each one's keys open before and after."""

import errno
import json
import os
import shutil
import threading
from dataclasses import replace

import pytest

from app.door import Door
from app.errors import AppError, ArchiveError, StoreError
from app.i18n import Texts
from app.model.change import Change, added
from app.model.consent import ConsentForm
from app.model.erasure import FilmOrder, Ground
from app.model.filming import OpenRecording
from app.model.final_statement import FinalStatement
from app.model.identity import new_id
from app.model.observation import Observation
from app.model.people import Case, Worker
from app.model.recording import Recording
from app.model.redaction import RedactedCopy
from app.model.signature import Signature
from app.office.workers import add_worker
from storage import archive_folder, durable_file, rotation
from storage.archive import ArchiveDoorway
from storage.store import entity_rows
from storage.store.database import Database, connect
from storage.store.kinds import LOCKED
from storage.vault import key_file, key_seals, sign_ins
from storage.vault.keys import KdfCost
from tests.material.archives import (
    COPIED,
    PAGES,
    PHOTO,
    SIGNED,
    kept_copy,
    kept_form,
    kept_pages,
    kept_signature,
    take_film,
)
from tests.material.builders import A_DAY
from tests.material.old_archives import AINO, LEENA, SECRETS, old_archive, old_code
from tests.material.once import once
from tests.material.open_copy import copied_while_open

EN = Texts("en")
FILM = bytes(range(251)) * 40


@pytest.fixture
def door():
    return ArchiveDoorway(KdfCost.FLOOR)


@pytest.fixture
def folder(tmp_path):
    """Aino's and Leena's archive with a film in it, and Leena's code beside it; each test has a copy of its own."""
    shutil.copytree(once("two-with-a-film", _two_with_a_film), tmp_path, dirs_exist_ok=True)
    return tmp_path / "archive"


def _two_with_a_film(place):
    place.mkdir()
    opened = ArchiveDoorway(KdfCost.FLOOR).create(place / "archive", AINO, SECRETS[AINO])
    (place / "film.bin").write_bytes(FILM)
    take_film(opened, place / "film.bin")
    added_now = add_worker(Door(opened.store), opened.archive, EN, LEENA, SECRETS[LEENA])
    (place / "leenas-code").write_text(added_now.code)
    opened.archive.close()


def opened_as(door, folder, name):
    return door.unlock(folder, name, SECRETS[name])


def refused(act, *values):
    with pytest.raises(AppError) as caught:
        act(*values)
    return caught.value.key


def told(opened):
    return [error.key for error in opened.archive.to_tell()]


def acts(opened):
    return [entry.act for entry in opened.store.audit_log()]


def film_of(opened):
    (film,) = opened.store.find(Recording)
    with opened.media.open(film) as plain:
        return plain.read()


def whole(opened):
    return opened.archive.verify(lambda _: None, lambda: False) == ()


# ── archives as they are ─────────────────────────────────────────────────────────────────────────────────────────────


def said_in_clear(folder):
    return json.loads((folder / "archive.key").read_bytes().splitlines()[0])


def test_an_older_archive_is_migrated_worker_by_worker(door, tmp_path):
    folder = old_archive("two", tmp_path / "a")
    opened = opened_as(door, folder, AINO)
    assert film_of(opened) == FILM
    assert len(opened.store.find(Observation)) == 5
    assert told(opened) == ["recovery-code-ended", "codings-moved"]
    assert whole(opened)
    # the database of before held drafts that are under their worker's own key from now on
    assert not (folder / archive_folder.FORMER_NAME).exists()
    opened.archive.close()
    said = said_in_clear(folder)
    assert said["version"] == 2
    assert [(s["label"], s["wraps"]) for s in said["slots"]] == [(AINO, "worker"), (LEENA, "archive")]
    # nothing of the first version's counters, nor of its code, is left in either file
    assert said_in_clear(folder).keys() == json.loads((folder / "archive.key.old").read_bytes().splitlines()[0]).keys()
    opened = opened_as(door, folder, AINO)
    assert told(opened) == []
    opened.archive.close()
    assert refused(door.recover, folder, AINO, old_code("two"), "uusi") == "no-recovery-code"
    opened = opened_as(door, folder, LEENA)
    assert opened.store.find(Observation) == ()
    assert film_of(opened) == FILM
    opened.archive.close()
    assert [s["wraps"] for s in said_in_clear(folder)["slots"]] == ["worker", "worker"]


def test_an_old_code_opens_only_where_one_worker_exists(door, tmp_path):
    two, one = old_archive("two", tmp_path / "two"), old_archive("one", tmp_path / "one")
    assert refused(door.recover, two, LEENA, old_code("two"), "uusi lause") == "recovery-code-old"
    assert refused(door.recover, two, AINO, old_code("two"), "uusi lause") == "recovery-code-old"
    opened = door.recover(one, AINO, old_code("one"), "uusi lause")
    assert film_of(opened) == FILM
    assert not opened.archive.has_recovery_code()
    opened.archive.close()
    assert refused(door.unlock, one, AINO, SECRETS[AINO]) == "wrong-passphrase"
    opened = door.unlock(one, AINO, "uusi lause")
    assert opened.archive.confirm_recovery_code(opened.archive.make_recovery_code())
    opened.archive.close()
    assert refused(door.recover, one, AINO, old_code("one"), "x") == "recovery-code-wrong"


def test_the_database_of_before_goes_at_the_next_good_opening_or_the_first_erasing(door, tmp_path):
    two, former = old_archive("two", tmp_path / "two"), tmp_path / "two" / archive_folder.FORMER_NAME
    opened_as(door, two, LEENA).archive.close()
    assert former.exists()
    opened_as(door, two, LEENA).archive.close()
    assert not former.exists()
    former.write_bytes(b"words of a client")
    opened = opened_as(door, two, LEENA)
    former.write_bytes(b"words of a client, kept since this opening")
    opened.archive.confirm_erasing(opened.store.find(Worker, name=AINO)[0].id, SECRETS[AINO], film_id(opened))
    opened.archive.erasing.film(FilmOrder(film_id(opened), Ground.MISTAKE, "typed"), lambda: False)
    opened.archive.erasing.finish(lambda _: None, lambda: False)
    assert not former.exists()
    opened.archive.close()


def film_id(opened):
    (film,) = opened.store.find(Recording)
    return film.id


def test_adding_a_worker_ends_the_old_code(door, tmp_path):
    one = old_archive("one", tmp_path / "one")
    opened = opened_as(door, one, AINO)
    assert not opened.archive.has_recovery_code()
    add_worker(Door(opened.store), opened.archive, EN, LEENA, SECRETS[LEENA])
    opened.archive.close()
    assert refused(door.recover, one, AINO, old_code("one"), "x") == "no-recovery-code"


# ── adding ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_adding_cut_off_between_row_and_slot_is_taken_up_again(door, folder, monkeypatch):
    opened = opened_as(door, folder, AINO)

    class Killed(BaseException):
        pass

    save = key_file.save

    def die(*values, **more):
        if threading.current_thread() is threading.main_thread():
            raise Killed
        save(*values, **more)  # the anchor of the steps before

    with monkeypatch.context() as patched:
        patched.setattr(key_file, "save", die)
        with pytest.raises(Killed):
            add_worker(Door(opened.store), opened.archive, EN, "Kolmas", "kolmannen salalause")
    opened.archive.close()
    assert door.names(folder) == (AINO, LEENA)
    opened = opened_as(door, folder, AINO)
    assert len(opened.store.find(Worker, name="Kolmas")) == 1
    again = add_worker(Door(opened.store), opened.archive, EN, "Kolmas", "kolmannen salalause")
    assert opened.store.find(Worker, name="Kolmas") == (again.worker,)
    opened.archive.close()
    opened = door.unlock(folder, "Kolmas", "kolmannen salalause")
    assert opened.store.worker == again.worker
    opened.archive.close()


def test_a_taken_name_leaves_no_row(door, folder):
    opened = opened_as(door, folder, AINO)
    assert (
        refused(add_worker, Door(opened.store), opened.archive, EN, LEENA.upper(), "kolmannen salalause")
        == "slot-exists"
    )
    assert len(opened.store.find(Worker)) == 2
    opened.archive.close()


def test_a_sign_in_whose_row_was_never_written_opens_all_the_same(door, folder):
    """12 of 25 kills left this behind in the first version, and the program hung at that sign-in."""
    opened = opened_as(door, folder, AINO)
    lost = Worker(new_id(), "Kolmas")
    opened.archive.add_sign_in(lost, "kolmannen salalause")
    opened.archive.close()
    opened = door.unlock(folder, "Kolmas", "kolmannen salalause")
    assert opened.store.worker == lost
    assert whole(opened)
    opened.archive.close()


# ── recovery ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_recovery_opens_its_makers_sign_in_is_logged_and_told(door, folder, tmp_path):
    code = (tmp_path / "leenas-code").read_text()
    assert refused(door.recover, folder, AINO, code, "varastettu") == "no-recovery-code"
    opened = opened_as(door, folder, AINO)
    ainos = opened.archive.make_recovery_code()
    opened.archive.close()
    assert refused(door.recover, folder, AINO, code, "varastettu") == "recovery-code-wrong"
    assert refused(door.recover, folder, LEENA, ainos, "varastettu") == "recovery-code-wrong"
    opened = door.recover(folder, LEENA, code, "leenan uusi")
    assert opened.store.worker.name == LEENA
    rows = [(e.act, e.detail) for e in opened.store.audit_log()][-3:]
    assert rows == [("recovered", ""), ("login-failed", "count=1;by=code"), ("login", "")]
    assert "recovered-since" not in told(opened)
    opened.archive.close()
    opened = opened_as(door, folder, AINO)
    assert told(opened) == []
    assert ("login-failed", "count=1;by=code") in [(e.act, e.detail) for e in opened.store.audit_log()]
    opened.archive.close()
    opened = door.unlock(folder, LEENA, "leenan uusi")
    assert told(opened) == ["recovered-since"]
    assert opened.archive.to_tell()[0].values["when"].tzinfo is not None
    opened.archive.close()
    opened = door.unlock(folder, LEENA, "leenan uusi")
    assert told(opened) == []
    opened.archive.close()


def test_recovery_that_cannot_be_logged_does_not_happen(door, folder, tmp_path, monkeypatch):
    code = (tmp_path / "leenas-code").read_text()
    append = rotation.AuditLog.append

    def full(self, connection, at, acts):
        if any(act.act == "recovered" for act in acts):
            raise StoreError("disk-full")
        return append(self, connection, at, acts)

    with monkeypatch.context() as patched:
        patched.setattr(rotation.AuditLog, "append", full)
        assert refused(door.recover, folder, LEENA, code, "leenan uusi") == "disk-full"
    opened_as(door, folder, LEENA).archive.close()
    assert refused(door.unlock, folder, LEENA, "leenan uusi") == "wrong-passphrase"


# ── leaving ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_sign_in_removed(door, folder, tmp_path):
    code = (tmp_path / "leenas-code").read_text()
    opened = opened_as(door, folder, AINO)
    (leena,) = opened.store.find(Worker, name=LEENA)
    assert refused(opened.archive.remove_sign_in, opened.store.me) == "slot-own"
    assert refused(opened.archive.remove_sign_in, new_id()) == "slot-unknown"
    opened.archive.remove_sign_in(leena.id)
    assert opened.archive.sign_ins() == ((opened.store.me, AINO),)
    assert ("slot-removed", leena.id) in [(e.act, e.object_id) for e in opened.store.audit_log()]
    assert opened.store.find(Worker, name=LEENA) == (leena,)
    opened.archive.close()
    assert refused(door.unlock, folder, LEENA, SECRETS[LEENA]) == "slot-unknown"
    assert refused(door.recover, folder, LEENA, code, "x") == "slot-unknown"
    for name in ("archive.key", "archive.key.old"):
        assert LEENA.encode() not in (folder / name).read_bytes()


def test_another_key_after_somebody_left(door, folder, tmp_path):
    kept = shutil.copytree(folder, tmp_path / "leenas copy")
    old = sign_ins.unlock(key_file.load(folder).vault, LEENA, SECRETS[LEENA])
    opened = opened_as(door, folder, AINO)
    (leena,) = opened.store.find(Worker, name=LEENA)
    opened.store.apply("x", [added(Case(new_id(), "Kuusi 2", opened.store.me))])
    opened.archive.remove_sign_in(leena.id)
    opened.archive.change_key()
    opened.archive.close()
    # what Leena kept of the key opens nothing of the folder as it is now; her old copy opens as before, and is told so
    with pytest.raises(Exception, match="not a database"):
        connect(folder / "archive.db", old.database)
    assert refused(lambda: key_seals.state_of(key_file.load(folder).vault, old)) == "key-file-damaged"
    opened_as(door, kept, LEENA).archive.close()
    opened = opened_as(door, folder, AINO)
    assert told(opened) == []
    assert film_of(opened) == FILM
    assert whole(opened)
    assert opened.archive.check_log(lambda: False) == ()
    assert [a for a in acts(opened) if a.startswith("key-")] == ["key-change-begun", "key-changed"]
    assert {case.code_name for case in opened.store.find(Case)} == {"Kuusi", "Kuusi 2"}
    # and once more: rows under three keys are one chain
    opened.archive.change_key()
    opened.archive.close()
    opened = opened_as(door, folder, AINO)
    assert whole(opened)
    assert film_of(opened) == FILM
    (tmp_path / "usb").mkdir()
    name = opened.archive.backup(tmp_path / "usb", lambda _: None, lambda: False)
    opened.archive.close()
    door.restore(tmp_path / "usb" / name, tmp_path / "again", SECRETS[AINO], lambda _: None, lambda: False)
    opened = opened_as(door, tmp_path / "again", AINO)
    assert film_of(opened) == FILM
    assert whole(opened)
    opened.archive.close()


def filmed_just_now(opened):
    """A film that was still being made when the program ended: its key is bound to the film that it becomes."""
    (film,) = opened.store.find(Recording)
    recording_id = new_id()
    file = opened.media.begin(recording_id)
    file.write(FILM[::-1])
    taken = file.keep()
    book = OpenRecording(
        new_id(), film.meeting_id, 1, taken.container, A_DAY, 0, wrapped_key=taken.wrapped_key,
        recording_id=recording_id,
    )  # fmt: skip
    opened.store.apply("filming", [added(book)])


def kept_in(opened):
    """What each kind of container holds in the open, by the kind."""
    (film,), (book,) = opened.store.find(Recording), opened.store.find(OpenRecording)
    (final,) = opened.store.find(FinalStatement)
    becomes = replace(film, id=book.recording_id, wrapped_key=book.wrapped_key, container=book.container)
    found = {}
    (form,) = opened.store.find(ConsentForm)
    (signed,) = opened.store.find(Signature)
    (copy,) = opened.store.find(RedactedCopy)
    owners = {Recording: film, OpenRecording: becomes, FinalStatement: final, ConsentForm: form, Signature: signed}
    owners[RedactedCopy] = copy
    for kind, owner in owners.items():
        with opened.media.open_file(owner, owner.container) as plain:
            found[kind] = plain.read()
    return found


def wrapped_keys(opened):
    return {kind: opened.store.find(kind)[0].wrapped_key for kind in LOCKED}


def test_another_key_is_another_lock_for_everything_that_has_a_key_of_its_own(door, folder, tmp_path):
    (tmp_path / "usb").mkdir()
    opened = opened_as(door, folder, AINO)
    filmed_just_now(opened)
    kept_signature(opened, final := kept_pages(opened))
    kept_copy(opened, final)
    kept_form(opened)
    before = kept_in(opened)
    assert set(before) == set(LOCKED)  # a new kind with a key of its own is to be read here too
    assert before == {
        Recording: FILM,
        OpenRecording: FILM[::-1],
        FinalStatement: PAGES,
        ConsentForm: PHOTO,
        Signature: SIGNED,
        RedactedCopy: COPIED,
    }
    old = wrapped_keys(opened)
    for _ in range(2):
        opened.archive.change_key()
        opened.archive.close()
        opened = opened_as(door, folder, AINO)
        new = wrapped_keys(opened)
        assert all(new[kind] != old[kind] for kind in LOCKED)
        assert kept_in(opened) == before
        assert whole(opened)
        old = new
    name = opened.archive.backup(tmp_path / "usb", lambda _: None, lambda: False)
    opened.archive.close()
    door.restore(tmp_path / "usb" / name, tmp_path / "again", SECRETS[AINO], lambda _: None, lambda: False)
    opened = opened_as(door, tmp_path / "again", AINO)
    assert told(opened) == []
    assert whole(opened)
    (final,) = opened.store.find(FinalStatement)
    with opened.media.open_file(final, final.container) as plain:
        assert plain.read() == PAGES
    assert film_of(opened) == FILM
    opened.archive.close()


def test_the_key_is_changed_for_those_who_stay_without_their_passphrases(door, folder):
    opened = opened_as(door, folder, AINO)
    opened.archive.change_key()
    opened.archive.close()
    opened = opened_as(door, folder, LEENA)
    assert film_of(opened) == FILM
    opened.archive.close()


def test_the_key_waits_for_who_has_not_signed_in_since_version_1(door, tmp_path):
    folder = old_archive("two", tmp_path / "a")
    opened = opened_as(door, folder, AINO)
    with pytest.raises(ArchiveError) as caught:
        opened.archive.change_key()
    assert (caught.value.key, caught.value.values) == ("rotation-waits", {"names": LEENA})
    opened.archive.close()
    opened_as(door, folder, LEENA).archive.close()
    opened = opened_as(door, folder, AINO)
    opened.archive.change_key()
    opened.archive.close()
    opened = opened_as(door, folder, LEENA)
    assert whole(opened)
    opened.archive.close()


@pytest.mark.parametrize("failing", ["copy_database", "_rewrap", "_log"])
def test_a_change_of_key_that_fails_leaves_the_archive_and_is_ended_later(door, folder, monkeypatch, failing):
    def full(*_):
        raise StoreError("disk-full")

    opened = opened_as(door, folder, AINO)
    opened.archive.change_key()
    with monkeypatch.context() as patched:
        patched.setattr(rotation, failing, full)
        opened.archive.close()
        opened = opened_as(door, folder, LEENA)
        assert told(opened) == ["key-change-waits"]
        # the disk is full: what was made of the copy has no room there either
        assert list(folder.glob(f"{archive_folder.NEXT_NAME}*")) == []
        assert film_of(opened) == FILM
        opened.archive.close()
    assert key_file.load(folder).vault.is_rotating
    opened = opened_as(door, folder, LEENA)
    assert told(opened) == []
    assert not key_file.load(folder).vault.is_rotating
    assert whole(opened)
    opened.archive.close()
    assert not (folder / archive_folder.NEXT_NAME).exists()


@pytest.mark.parametrize("refusing", ["make_for_owner", "sync_folder"])
def test_a_disk_that_breaks_while_the_key_changes_is_no_crash(door, folder, monkeypatch, refusing):
    def broken(*_):
        raise OSError(errno.EIO, "broken")

    opened = opened_as(door, folder, AINO)
    opened.archive.change_key()
    with monkeypatch.context() as patched:
        patched.setattr(durable_file, refusing, broken)
        opened.archive.close()
        assert opened.archive.is_locked
    opened = opened_as(door, folder, LEENA)
    assert not key_file.load(folder).vault.is_rotating
    assert whole(opened)
    opened.archive.close()


def test_recovery_while_a_change_of_key_waits(door, folder, tmp_path, monkeypatch):
    code = (tmp_path / "leenas-code").read_text()
    opened = opened_as(door, folder, AINO)
    opened.archive.change_key()
    with monkeypatch.context() as patched:
        patched.setattr(rotation.next_key, "rotated", lambda *_: (_ for _ in ()).throw(ArchiveError("disk-error")))
        opened.archive.close()  # the database is under the next key, the key file says it has only begun
    assert key_file.load(folder).vault.is_rotating
    opened = door.recover(folder, LEENA, code, "leenan uusi")
    assert film_of(opened) == FILM
    opened.archive.close()
    for name, secret in ((LEENA, "leenan uusi"), (AINO, SECRETS[AINO])):
        opened = door.unlock(folder, name, secret)
        assert whole(opened)
        opened.archive.close()


# ── key file and disk ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_change_that_stands_on_the_disk_is_never_told_as_failed(door, folder, monkeypatch):
    """5 of 47 fault points said that the passphrase had not changed when it had; a code was lost the same way."""
    from storage import durable_file

    opened = opened_as(door, folder, AINO)
    me, sync = opened.store.me, durable_file.sync_file
    for failing in range(1, 9):
        calls = []

        def refuse(descriptor, failing=failing, calls=calls):
            calls.append(descriptor)
            if len(calls) == failing:
                raise OSError(5, "no")
            sync(descriptor)

        now, then = f"salalause {failing}", SECRETS[AINO] if failing == 1 else f"salalause {failing - 1}"
        with monkeypatch.context() as patched:
            patched.setattr(durable_file, "sync_file", refuse)
            try:
                opened.archive.change_passphrase(me, then, now)
            except ArchiveError:
                expected = then
            else:
                expected = now
        assert sign_ins.unlock(key_file.load(folder).vault, AINO, expected).worker_id == me
        if expected == then:
            opened.archive.change_passphrase(me, then, now)
    opened.archive.close()


def test_a_leftover_key_file_of_a_kill_is_swept_under_the_lock(door, folder):
    (folder / ".archive.key.0011aabb.tmp").write_bytes((folder / "archive.key").read_bytes())
    (folder / ".archive.key.old.0011aabb.tmp").write_bytes(b"{")
    opened = opened_as(door, folder, AINO)
    assert list(folder.glob("*.tmp")) == list(folder.glob(".*.tmp")) == []
    opened.archive.close()


def test_an_older_key_file_with_a_way_in_that_is_gone_does_not_live_on(door, folder):
    before = (folder / "archive.key").read_bytes()
    opened = opened_as(door, folder, AINO)
    (leena,) = opened.store.find(Worker, name=LEENA)
    opened.archive.remove_sign_in(leena.id)
    opened.archive.close()
    (folder / "archive.key.old").write_bytes(before)  # a kill between the two files
    opened_as(door, folder, AINO).archive.close()
    assert LEENA.encode() not in (folder / "archive.key.old").read_bytes()


def test_healing_from_the_older_key_file_is_told(door, folder):
    (folder / "archive.key").write_bytes(b"")
    opened = opened_as(door, folder, AINO)
    assert "key-file-older" in told(opened)
    opened.archive.close()


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_everything_in_the_folder_is_its_owners_alone(door, folder):
    opened = opened_as(door, folder, AINO)
    opened.store.note("export", Case, "x")
    for path in [folder, *folder.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path.name
    opened.archive.close()


# ── the check at each start ──────────────────────────────────────────────────────────────────────────────────────────


def test_an_older_database_beside_a_newer_key_file_is_told_calmly_and_each_time(door, folder, tmp_path):
    before = (folder / "archive.db").read_bytes()
    opened = opened_as(door, folder, AINO)
    opened.store.apply("x", [added(Case(new_id(), "Kuusi 2", opened.store.me))])
    opened.archive.close()
    (folder / "archive.db").write_bytes(before)
    for _ in range(2):
        opened = opened_as(door, folder, AINO)
        assert told(opened) == ["archive-older"]
        opened.archive.close()
    assert opened.archive.to_tell()


def test_the_archives_id_and_generation_are_compared(door, folder):
    keys = sign_ins.unlock(key_file.load(folder).vault, AINO, SECRETS[AINO])

    def set_to(name, value):
        from storage import archive_settings

        database = Database(folder / "archive.db", keys.database)
        archive_settings.write(database, name, value)
        database.close()

    set_to("generation", "7")
    opened = opened_as(door, folder, AINO)
    assert told(opened) == ["archive-older"]
    opened.archive.close()
    set_to("archive-id", new_id())
    assert refused(opened_as, door, folder, AINO) == "database-foreign"


def test_work_is_anchored_within_a_second_and_without_waiting(door, folder, qtbot):
    opened = opened_as(door, folder, AINO)
    keys = opened.archive._desk.keys
    opened.store.note("export", Case, "x")
    count = len(opened.store.audit_log())

    def anchored():
        assert key_seals.state_of(key_file.load(folder).vault, keys).anchor.count == count

    qtbot.waitUntil(anchored, timeout=2000)
    opened.archive.close()


def test_after_an_unclean_end_the_whole_chain_only_looks_before_the_desk(door, folder, tmp_path):
    opened = opened_as(door, folder, AINO)
    for number in range(60):
        opened.store.note("export", Case, f"case-{number}")
    opened.archive._anchoring.close()
    copied = copied_while_open(folder, tmp_path / "killed")
    opened.archive.close()
    keys = sign_ins.unlock(key_file.load(copied).vault, AINO, SECRETS[AINO])
    hand = connect(copied / "archive.db", keys.database)
    hand.execute("DROP TRIGGER audit_no_update")
    hand.execute("UPDATE audit SET purpose = 'x' WHERE n = 2")  # far from the newest rows
    hand.commit()
    hand.close()
    opened = opened_as(door, copied, AINO)
    assert told(opened) == ["log-not-whole"]
    assert opened.archive.check_log(lambda: False) == ("audit-changed:2",)
    opened.archive.close()


# ── waiting ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_waits_outlive_the_program_and_end_in_the_log(folder, monkeypatch):
    from storage import tries

    now = [1_000_000.0]
    monkeypatch.setattr(tries.time, "time", lambda: now[0])
    monkeypatch.setattr(tries.Tries.__init__, "__defaults__", (lambda: now[0],))
    waits = []
    for _ in range(7):
        with pytest.raises(ArchiveError) as caught:
            ArchiveDoorway(KdfCost.FLOOR).unlock(folder, AINO, "väärin")
        waits.append((caught.value.key, caught.value.values["wait"]))
    assert waits[:5] == [("wrong-passphrase", 0)] * 4 + [("wrong-passphrase", 2)]
    assert {key for key, _ in waits[5:]} == {"too-many-tries"}
    # the right one waits as well, whoever asks; another worker does not
    assert refused(ArchiveDoorway().unlock, folder, AINO, SECRETS[AINO]) == "too-many-tries"
    ArchiveDoorway().unlock(folder, LEENA, SECRETS[LEENA]).archive.close()
    now[0] += 3
    opened = ArchiveDoorway().unlock(folder, AINO, SECRETS[AINO])
    assert [e.detail for e in opened.store.audit_log() if e.act == "login-failed"] == ["count=5"]
    opened.archive.close()
    assert not (folder / "tries").exists()


def test_an_archive_on_a_full_disk_can_be_read(door, folder, monkeypatch):
    append = rotation.AuditLog.append

    def full(self, connection, at, acts):
        raise StoreError("disk-full")

    monkeypatch.setattr(rotation.AuditLog, "append", full)
    opened = opened_as(door, folder, AINO)
    assert told(opened) == ["disk-full-reading"]
    assert film_of(opened) == FILM
    opened.archive.close()
    monkeypatch.setattr(rotation.AuditLog, "append", append)


def test_a_damaged_key_keeps_nobody_in_the_archive_and_is_not_lost_in_silence(door, folder):
    opened = opened_as(door, folder, AINO)
    (film,) = opened.store.find(Recording)
    spoiled = replace(film, wrapped_key=film.wrapped_key[:-1] + bytes([film.wrapped_key[-1] ^ 1]))
    with opened.archive._database.write() as connection:
        entity_rows.write(connection, [Change(film, spoiled)], {film.id: ("wrapped_key",)})
    opened.archive.change_key()
    opened.archive.close()
    opened = opened_as(door, folder, AINO)
    assert opened.store.get(Recording, film.id).wrapped_key == spoiled.wrapped_key
    assert [a for a in acts(opened) if a.startswith("key-")] == ["key-change-begun", "key-unreadable", "key-changed"]
    opened.archive.close()
