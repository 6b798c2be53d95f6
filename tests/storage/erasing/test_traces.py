"""After erasing, a program that holds the archive's key finds nothing of it: not in a page, not in the log, no file."""

import errno
import os
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.erasing.certificate import certificate_of
from app.errors import Cancelled, ContainerError, NotAllowed, StoreError
from app.model.change import Change, added
from app.model.coding import CodingHeader
from app.model.erasure import CaseOrder, Erasure, FilmOrder, Ground, MadeBackup, Original
from app.model.filming import OpenRecording
from app.model.final_statement import FinalStatement
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.observation import Observation
from app.model.people import Case, Person
from app.model.recording import DerivedFile, Origin, Recording
from app.model.retention import months_after
from app.model.statement import Paragraph, Run, Statement
from app.model.stored import ExampleClip
from storage.archive import ArchiveDoorway
from storage.store import database
from storage.vault.keys import KdfCost
from tests.material.archives import kept_pages
from tests.material.erased import FILM, NAME, WORD, Held, found, go_on, nothing, secrets
from tests.material.golden import PASSPHRASE as PASS
from tests.material.golden import golden


@pytest.fixture
def held(tmp_path):
    made = Held(golden("empty", tmp_path / "archive"), tmp_path / "film.bin")
    yield made
    made.opened.archive.close()


def test_the_search_finds_what_is_there(held) -> None:
    assert found(held, secrets(held)) == set(secrets(held))


def test_nothing_of_an_erased_film_is_left(held) -> None:
    wanted = secrets(held)
    certificate = held.erase()
    assert found(held, wanted) == set()
    assert held.files() == set()
    assert (held.folder / "archive.db-wal").stat().st_size == 0
    assert certificate.finished is not None
    assert certificate.containers == ()
    (film,) = certificate.films
    assert (film.id, film.sha256, film.size, film.copies) == (held.film.id, held.film.sha256, len(FILM), 1)
    assert film.original == Original.UNKNOWN
    assert [(row.kind, row.count) for row in certificate.rows] == [("example_clip", 1), ("utterance", 1)]
    assert certificate.worker_id == held.store.me
    # and after lock and a new sign-in it is still so
    held.reopen()
    assert found(held, wanted) == set()


def test_what_is_left_is_a_shell_that_says_when_and_by_which_act(held) -> None:
    certificate = held.erase()
    shell = held.store.get(Recording, held.film.id)
    assert shell == held.film.erased_at(certificate.at, certificate.id)
    assert (shell.sha256, shell.facts, shell.offset) == (held.film.sha256, held.film.facts, held.film.offset)
    assert not shell.in_use
    with pytest.raises(ContainerError, match="film-erased"):
        held.opened.media.open(shell)
    assert held.store.find(DerivedFile) == held.store.find(ExampleClip) == ()
    assert held.opened.archive.verify(nothing, go_on) == ()


def test_the_log_says_who_on_what_ground_and_vouches_for_the_certificate(held) -> None:
    certificate = held.erase()
    (row,) = held.store.audit_log(held.film.id)[-1:]
    assert (row.act, row.object_kind) == ("erased", "recording")
    assert f"erasure={certificate.id};files=2;certificate=" in row.detail
    assert [e.act for e in held.store.audit_log(certificate.id)] == ["erasure-finished"]


def test_a_reader_of_the_film_reads_no_more(held) -> None:
    reading = held.opened.media.open(held.film)
    assert reading.read(4) == FILM[:4]
    held.erase()
    with pytest.raises(ValueError, match="closed"):
        reading.read(4)


def test_no_step_brings_an_erased_film_back_or_erases_by_itself(held) -> None:
    certificate = held.erase()
    shell = held.store.get(Recording, held.film.id)
    tries = {
        "film-erased": (
            Change(shell, held.film),
            Change(shell, replace(shell, wrapped_key=held.film.wrapped_key)),
            Change(shell, replace(shell, erased=None)),
            Change(shell, replace(shell, offset=5)),
            Change(shell, None),
            added(held.copy),
            added(held.clip),
        ),
        "erasing-is-no-step": (Change(certificate, None), Change(certificate, replace(certificate, words="other"))),
    }
    for key, changes in tries.items():
        for change in changes:
            with pytest.raises(NotAllowed) as refused:
                held.store.apply("x", [change])
            assert refused.value.key == key, change
    with pytest.raises(NotAllowed, match="film-erased"):
        held.erasing.film(held.order(), go_on)


def test_no_step_takes_a_key_away_without_a_certificate(held) -> None:
    for after in (replace(held.film, wrapped_key=b""), held.film.erased_at(datetime.now(UTC), "e"), None):
        with pytest.raises(NotAllowed):
            held.store.apply("x", [Change(held.film, after)])
    assert held.store.get(Recording, held.film.id) == held.film


def test_what_was_begun_is_finished_at_the_next_opening(held) -> None:
    wanted = secrets(held)
    held.erasing.film(held.order(), go_on)
    assert held.erasing.is_unfinished()
    assert len(held.files()) == 2
    held.reopen()
    assert held.erasing.is_unfinished()
    assert held.opened.archive.verify(nothing, go_on) == ()
    (change,) = held.erasing.finish(nothing, go_on)
    assert change.after.finished is not None
    assert not held.erasing.is_unfinished()
    assert held.erasing.finish(nothing, go_on) == ()
    assert (found(held, wanted), held.files()) == (set(), set())


def test_cancelled_before_the_act_nothing_is_erased_and_after_it_the_rest_waits(held, monkeypatch) -> None:
    with pytest.raises(Cancelled):
        held.erasing.film(held.order(), lambda: True)
    assert held.store.get(Recording, held.film.id) == held.film
    held.erasing.film(held.order(), go_on)
    with pytest.raises(Cancelled):
        held.erasing.finish(nothing, lambda: True)
    assert held.erasing.is_unfinished()
    monkeypatch.setattr(database, "STEPS_BETWEEN_LOOKS", 50)
    looks = iter([False] * 6)
    with pytest.raises(Cancelled):  # within the writing anew
        held.erasing.finish(nothing, lambda: next(looks, True))
    assert held.erasing.is_unfinished()
    assert held.opened.archive.verify(nothing, go_on) == ()
    assert held.erasing.finish(nothing, go_on)


def test_a_film_that_codings_rest_on_needs_a_typed_ground(held) -> None:
    (meeting,) = held.store.find(Meeting)
    assert not held.erasing.rests_on(held.film.id)
    header = CodingHeader(new_id(), meeting.id, held.store.me, "core", 1, "sheet", 1)
    seen = Observation(new_id(), header.id, "AS", "adult1", 5, seen_on=held.film.id, seen_at=5)
    held.store.apply("coded", [added(header), added(seen)])
    assert held.erasing.rests_on(held.film.id)
    with pytest.raises(NotAllowed, match="erasure-needs-ground"):
        held.erasing.film(held.order(words="  "), go_on)
    held.erasing.film(held.order(words=" Rekisterinpitäjän päätös "), go_on)
    assert held.store.find(Erasure)[0].words == "Rekisterinpitäjän päätös"
    assert held.store.get(Observation, seen.id) == seen


def test_another_ground_is_typed(held) -> None:
    with pytest.raises(NotAllowed, match="erasure-needs-ground"):
        held.erasing.film(replace(held.order(), ground=Ground.OTHER), go_on)


def test_not_while_a_film_of_the_case_is_being_made(held) -> None:
    (meeting,) = held.store.find(Meeting)
    book = OpenRecording(new_id(), meeting.id, 2, "d.vau", datetime.now(UTC), 0, "", "", bytes(60), new_id())
    held.store.apply("filming", [added(book)])
    for act in (
        lambda: held.erasing.film(held.order(), go_on),
        lambda: held.erasing.case(CaseOrder(meeting.case_id, Ground.OTHER, "x"), nothing, go_on),
    ):
        with pytest.raises(NotAllowed, match="film-being-made"):
            act()


def test_what_is_not_there_is_not_erased(held) -> None:
    with pytest.raises(StoreError, match="not-found"):
        held.erasing.film(FilmOrder(new_id(), Ground.MISTAKE), go_on)
    with pytest.raises(StoreError, match="not-found"):
        held.erasing.case(CaseOrder(new_id(), Ground.OTHER, "x"), nothing, go_on)
    with pytest.raises(StoreError, match="not-found"):
        held.erasing.rests_on(new_id())


# ── backups ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_backups_made_while_the_film_was_there_are_named_until_they_are_seen_gone(held, tmp_path) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    name = held.opened.archive.backup(usb, nothing, go_on)
    certificate = held.erase()
    assert certificate.backups == (name,)
    (noted,) = held.store.find(MadeBackup)
    assert (noted.id, noted.folder, noted.gone) == (name, str(usb), None)
    assert held.erasing.look_for_backups() == ()
    # the disk is away, or another one is there under its name: nothing is known
    usb.rename(tmp_path / "away")
    assert held.erasing.look_for_backups() == ()
    (usb / "havainto-media").mkdir(parents=True)
    (usb / "havainto-media" / "place").write_text("another")
    assert held.erasing.look_for_backups() == ()
    (usb / "havainto-media" / "place").unlink()
    (usb / "havainto-media").rmdir()
    usb.rmdir()
    (tmp_path / "away").rename(usb)
    # it is there again without that backup
    (usb / name).rename(tmp_path / "old")
    (change,) = held.erasing.look_for_backups()
    assert change.after.gone is not None
    assert held.store.find(MadeBackup)[0].gone == change.after.gone


def test_a_backup_after_erasing_is_whole_without_the_film_and_can_be_restored(held, tmp_path) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    certificate = held.erase()
    name = held.opened.archive.backup(usb, nothing, go_on)
    assert certificate.backups == ()
    ArchiveDoorway().restore(usb / name, tmp_path / "restored", PASS, nothing, go_on)
    restored = ArchiveDoorway(KdfCost.FLOOR).unlock(tmp_path / "restored", NAME, PASS)
    assert restored.archive.verify(nothing, go_on) == ()
    assert restored.store.get(Recording, held.film.id).is_erased
    assert restored.store.find(Erasure) == (certificate,)
    restored.archive.close()


def test_an_erased_film_outlives_a_change_of_the_archives_key(held) -> None:
    certificate = held.erase()
    held.opened.archive.change_key()
    held.reopen()
    assert held.store.get(Recording, held.film.id).is_erased
    assert held.store.find(Erasure) == (certificate,)
    assert held.opened.archive.verify(nothing, go_on) == ()
    assert not [e for e in held.store.audit_log() if e.act == "key-unreadable"]


# ── a whole case ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_of_an_erased_case_is_left(held) -> None:
    (case,) = held.store.find(Case)
    (meeting,) = held.store.find(Meeting)
    me = held.store.me
    other = Case(new_id(), "Toinen", me)
    header = CodingHeader(new_id(), meeting.id, me, "core", 1, "sheet", 1)
    notes = [Observation(new_id(), header.id, "AS", "adult1", n, note=f"{WORD}-note-{n}") for n in range(300)]
    draft = Statement(new_id(), case.id, new_id(), 1, "fi", "mim", datetime.now(UTC))
    text = Paragraph(new_id(), draft.id, "family", "a", (Run(f"{WORD}-text " * 400),))
    held.store.apply(f"{WORD}-label", [added(header), *map(added, notes)])
    held.store.apply("text", [added(draft), added(text), added(other)])
    held.store.apply("edit", [Change(text, replace(text, runs=(Run(f"{WORD}-later"),)))])
    final = kept_pages(held.opened)
    wanted = secrets(held) | {
        "note": f"{WORD}-note-7".encode(),
        "later": f"{WORD}-later".encode(),
        "label": f"{WORD}-label".encode(),
        "code name": b"Kuusi",
        "word of the search": b"kuusenkerkk",
        "code name in the search": b"kuusi",
        "pages": final.wrapped_key,
        "document": b"ei p\xc3\xa4\xc3\xa4t\xc3\xb6s",
        "packed": zlib.compress(WORD.encode(), 1)[2:12],
    }
    # a draft's words are in a file of its own, under a key that goes with its row
    assert found(held, wanted) >= set(wanted) - {"packed", "note", "label"}
    shares: list[float] = []
    certificate = held.erasing.case(CaseOrder(case.id, Ground.OTHER, "Tilaajan päätös 5/2026"), shares.append, go_on)
    held.erasing.finish(nothing, go_on)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert found(held, wanted) == set()
    assert held.files() == set()
    for kind in (Person, Meeting, Recording, CodingHeader, Observation, Statement, Paragraph, FinalStatement):
        assert held.store.find(kind) == ()
    assert held.store.find(Case) == (other,)
    rows = {row.kind: row for row in certificate.rows}
    # nobody but its coder can count what a sealed coding held
    assert "observation" not in rows
    assert (rows["sealed_coding"].count, rows["sealed_coding"].ids) == (1, (header.id,))
    assert rows["meeting"].ids == (meeting.id,)
    assert [film.id for film in certificate.films] == [held.film.id]
    assert [(p.id, p.sha256) for p in certificate.pages] == [(final.id, final.sha256)]
    assert held.store.history(text.id) == ()
    assert held.opened.archive.verify(nothing, go_on) == ()
    assert held.store.find(Erasure, case_id=case.id)[0].finished is not None


def test_a_case_is_erased_whole_or_not_at_all(held) -> None:
    (case,) = held.store.find(Case)
    with pytest.raises(NotAllowed, match="erasure-needs-ground"):
        held.erasing.case(CaseOrder(case.id, Ground.WITHDRAWN, " "), nothing, go_on)
    looks = iter([False] * 5)
    with pytest.raises(Cancelled):
        held.erasing.case(CaseOrder(case.id, Ground.OTHER, "x"), nothing, lambda: next(looks, True))
    assert held.store.get(Recording, held.film.id) == held.film
    assert held.store.find(Erasure) == ()
    assert held.opened.archive.verify(nothing, go_on) == ()


def test_a_film_that_was_filmed_here_has_no_original_elsewhere(held) -> None:
    held.store.apply("origin", [Change(held.film, replace(held.film, origin=Origin.FILMED))])
    held.erasing.film(held.order(original=Original.CARD), go_on)
    assert held.store.find(Erasure)[0].films[0].original == Original.NONE


def test_by_the_day_on_which_the_last_backup_expires_the_film_is_gone_there(held, tmp_path, monkeypatch) -> None:
    """Its bytes and its key: the certificate's day is true where the disk is there."""
    usb = tmp_path / "usb"
    usb.mkdir()
    film = (held.folder / "media" / held.film.container).read_bytes()
    first = held.opened.archive.backup(usb, nothing, go_on)
    second = held.opened.archive.backup(usb, nothing, go_on)
    held.erase()
    after = held.opened.archive.backup(usb, nothing, go_on)
    told = certificate_of(held.store, held.store.find(Erasure)[0].id)
    assert {b.id for b in told.backups} == {first, second}
    assert told.last_expires is not None
    assert film in [p.read_bytes() for p in (usb / "havainto-media").iterdir()]
    on(monkeypatch, told.last_expires - timedelta(days=1))
    held.erasing.look_for_backups()
    assert (usb / second).is_dir()
    on(monkeypatch, told.last_expires)
    # with the disk away nothing is known to have gone
    usb.rename(tmp_path / "away")
    assert held.erasing.look_for_backups() == ()
    assert len([b for b in certificate_of(held.store, told.erasure.id).backups if b.gone is None]) == 2
    (tmp_path / "away").rename(usb)
    assert {c.after.id for c in held.erasing.look_for_backups()} == {first, second}
    assert sorted(p.name for p in usb.iterdir()) == [after, "havainto-media"]
    assert [p.name for p in (usb / "havainto-media").iterdir()] == ["place"]
    assert all(b.gone is not None for b in certificate_of(held.store, told.erasure.id).backups)
    assert "backup-expired" in {e.act for e in held.store.audit_log()}
    # the newest stays however old it is, and can be restored
    on(monkeypatch, told.last_expires + timedelta(days=4000))
    assert held.erasing.look_for_backups() == ()
    ArchiveDoorway().restore(usb / after, tmp_path / "restored", PASS, nothing, go_on)


def test_an_expired_backup_leaves_the_films_of_the_others(held, tmp_path, monkeypatch) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    old = held.opened.archive.backup(usb, nothing, go_on)
    new = held.opened.archive.backup(usb, nothing, go_on)
    on(monkeypatch, months_after(datetime.now(UTC).date(), 4))
    held.erasing.look_for_backups()
    assert not (usb / old).exists()
    ArchiveDoorway().restore(usb / new, tmp_path / "restored", PASS, nothing, go_on)
    restored = ArchiveDoorway(KdfCost.FLOOR).unlock(tmp_path / "restored", NAME, PASS)
    assert restored.archive.verify(nothing, go_on) == ()
    restored.archive.close()


def test_one_that_was_noted_and_never_got_its_name_is_not_the_newest(held, tmp_path, monkeypatch) -> None:
    """The program was killed before: the only backup that there is would go for one that never was."""
    usb = tmp_path / "usb"
    usb.mkdir()
    only = held.opened.archive.backup(usb, nothing, go_on)
    on(monkeypatch, months_after(datetime.now(UTC).date(), 20))
    (known,) = held.store.find(MadeBackup)
    noted = MadeBackup("havainto-backup-29990101-000000", known.made + timedelta(hours=1), known.folder, known.place)
    held.store.apply("noted", [added(noted)])
    assert [change.after.id for change in held.erasing.look_for_backups()] == [noted.id]
    ArchiveDoorway().restore(usb / only, tmp_path / "restored", PASS, nothing, go_on)


def test_a_backup_of_which_the_disk_says_nothing_is_neither_gone_nor_removed(held, tmp_path, monkeypatch) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    old, new = (held.opened.archive.backup(usb, nothing, go_on) for _ in range(2))
    on(monkeypatch, months_after(datetime.now(UTC).date(), 4))
    really = Path.stat

    def stat(path, **said):
        if path.name == old:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return really(path, **said)

    with monkeypatch.context() as disk:
        disk.setattr(Path, "stat", stat)
        assert held.erasing.look_for_backups() == ()
    assert (usb / old).is_dir()
    assert [change.after.id for change in held.erasing.look_for_backups()] == [old]
    assert (usb / new).is_dir()


def test_while_a_backup_is_made_none_is_removed(held, tmp_path, monkeypatch) -> None:
    """The one that is being made may rest on films that the old one brought."""
    usb, seen = tmp_path / "usb", []
    usb.mkdir()
    old = held.opened.archive.backup(usb, nothing, go_on)
    on(monkeypatch, months_after(datetime.now(UTC).date(), 4))

    def meanwhile(_share: float) -> None:
        held.erasing.look_for_backups()
        seen.append((usb / old).is_dir())

    held.store.apply("a later one", [added(MadeBackup("later", datetime.now(UTC) + timedelta(days=1), ""))])
    held.opened.archive.backup(usb, meanwhile, go_on)
    assert seen
    assert all(seen)
    assert not (usb / old).exists(), "it went when the new one was made"


@pytest.mark.parametrize("cut", [0, 2, 5])
def test_a_removal_of_a_backup_that_was_cut_off_is_gone_on_with(held, tmp_path, monkeypatch, cut) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    old = held.opened.archive.backup(usb, nothing, go_on)
    held.erase()
    held.opened.archive.backup(usb, nothing, go_on)
    on(monkeypatch, months_after(datetime.now(UTC).date(), 4))
    done, remove = [], Path.unlink

    def unlink(path, **more) -> None:
        if len(done) == cut:
            raise OSError
        done.append(path)
        remove(path, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", unlink)
        held.erasing.look_for_backups()
    held.erasing.look_for_backups()
    assert not (usb / old).exists()
    assert [p.name for p in (usb / "havainto-media").iterdir()] == ["place"]


def on(monkeypatch, day) -> None:
    """It is that day for the archive."""

    class Then(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(day.year, day.month, day.day, 12, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr("storage.erasing.erasing.datetime", Then)
