"""Moments chosen alone in a real archive: whose key opens them, when they are released, what becomes of their films."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.errors import NotAllowed
from app.model.change import Change, added, removed
from app.model.coding import CodingState
from app.model.cover import ClipCover
from app.model.erasure import FilmOrder, Ground
from app.model.feedback import Clip, ClipWords, FeedbackTalk
from app.model.identity import new_id
from app.model.recording import Recording
from storage.archive import ArchiveDoorway
from storage.codings.choice_box import ChoiceBox
from storage.store.access_log import Actor
from storage.store.database import Database
from storage.store.sealed_choices import SealedChoice
from storage.store.tables import TABLES, audit, journal, journal_entity, sealed_choice, sealed_coding, setting
from storage.vault import key_file, sign_ins
from storage.vault.keys import KdfCost
from tests.material.pair_folder import AINO, LEENA, SECRETS, Folder


@pytest.fixture
def folder(tmp_path):
    return Folder(ArchiveDoorway(KdfCost.FLOOR), tmp_path / "archive")


def clips_of(folder, name):
    """What a worker finds at a sign-in at which nothing is told and everything is whole."""
    opened = folder.open(name)
    assert folder.told(opened) == []
    found = opened.store.find(Clip)
    assert opened.archive.verify(lambda _: None, lambda: False) == ()
    opened.archive.close()
    return found


def database(folder):
    keys = sign_ins.unlock(key_file.load(folder.place).vault, LEENA, SECRETS[LEENA])
    return Database(folder.place / "archive.db", keys.database)


def sealed_rows(folder) -> int:
    held = database(folder)
    with held.read() as connection:
        number = connection.execute(sa.select(sa.func.count()).select_from(sealed_choice)).scalar()
    held.close()
    return number


def test_they_open_with_their_choosers_coding_and_bring_all_that_was_done_to_them(folder) -> None:
    clip = folder.chosen(AINO)
    opened = folder.open(AINO)
    store = opened.store
    store.apply("edited", [Change(clip, edited := replace(clip, first=20_000))])
    (cover,), (talk,) = store.find(ClipCover), store.find(FeedbackTalk)
    taken_out = [removed(edited), removed(cover), Change(talk, replace(talk, places=()))]
    store.apply("removed", taken_out)
    assert store.find(Clip) == store.find(ClipCover) == ()
    store.apply("undone", [Change(c.after, c.before) for c in taken_out])
    assert (store.find(Clip), store.get(FeedbackTalk, talk.id)) == ((edited,), talk)
    second = replace(clip, id=new_id(), title="CANARY-second")
    store.apply("second", [added(second)])
    opened.archive.change_key()
    opened.archive.close()
    mine, theirs = folder.coded(AINO), folder.coded(LEENA)
    folder.ready(AINO, mine)
    opened = folder.open(LEENA)
    assert (opened.archive.moments_sealed_of(folder.ids[AINO]), opened.store.find(Clip)) == (1, ())
    assert opened.store.history(clip.id) == ()
    folder.ready(LEENA, theirs, opened)
    assert opened.store.find(Clip) == (), "its chooser has not signed in"
    opened.archive.close()
    assert clips_of(folder, AINO) == (edited, second)
    assert (clips_of(folder, LEENA), sealed_rows(folder)) == ((edited, second), 0)
    opened = folder.open(LEENA)
    assert opened.store.find(ClipCover) == (cover,)
    assert [w.title for w in opened.store.find(ClipWords)] == ["CANARY-title"]
    assert [e.label for e in opened.store.history(second.id)] == ["second"]
    logged = [e.act for e in opened.store.audit_log(folder.meeting.id)]
    assert logged.count("moments-released") == 1
    assert [e.act for e in opened.store.audit_log(second.id)] == ["create"]
    opened.archive.close()


def test_a_coding_taken_back_keeps_them_shut_and_the_witness_opens_them(folder) -> None:
    clip = folder.chosen(AINO)
    mine, theirs = folder.coded(AINO), folder.coded(LEENA)
    opened = folder.open(AINO)
    ready = folder.ready(AINO, mine, opened)
    draft = replace(ready, state=CodingState.DRAFT, ready_at=None, checksum="")
    opened.store.apply("back", [Change(ready, draft)], act="ready-taken-back")
    opened.archive.close()
    folder.ready(LEENA, theirs)
    assert (clips_of(folder, AINO), clips_of(folder, LEENA)) == ((clip,), ())
    opened = folder.open(AINO)
    opened.store.apply("ready", [Change(draft, ready)], act="ready")
    assert sealed_rows(folder) == 0
    opened.archive.close()
    assert clips_of(folder, LEENA) == (clip,)


def test_who_looks_on_at_the_partners_passphrase_is_told_what_opened(folder) -> None:
    clip = folder.chosen(AINO)
    mine, theirs = folder.coded(AINO), folder.coded(LEENA)
    folder.ready(AINO, mine)
    opened = folder.open(LEENA)
    folder.ready(LEENA, theirs, opened)
    changes = opened.archive.witness(folder.ids[AINO], SECRETS[AINO])
    assert {type(c.after) for c in changes} >= {Clip, ClipCover}
    assert opened.store.find(Clip) == (clip,)
    opened.archive.close()


def test_rows_that_lie_about_the_own_coding_open_nothing(folder) -> None:
    """Who holds the archive's key writes that both are ready: the draft itself says that it is not."""
    clip = folder.chosen(AINO)
    folder.coded(AINO)
    theirs = folder.coded(LEENA)
    folder.ready(LEENA, theirs)
    held = database(folder)
    with held.write() as connection:
        connection.execute(sa.update(sealed_coding).values(state=CodingState.READY.value))
    held.close()
    opened = folder.open(AINO)
    assert opened.store.find(Clip) == (clip,)
    opened.archive.close()
    assert (clips_of(folder, LEENA), sealed_rows(folder)) == ((), 1)


def test_in_the_place_of_another_they_wait_with_the_coding(folder) -> None:
    clip = folder.chosen(AINO)
    folder.coded(AINO)
    held = database(folder)
    with held.write() as connection:
        connection.execute(sa.text("UPDATE meeting SET coders = :c"), {"c": f'["{folder.ids[LEENA]}","{new_id()}"]'})
    held.close()
    folder.ready(LEENA, folder.coded(LEENA))
    assert (clips_of(folder, AINO), clips_of(folder, LEENA)) == ((clip,), ())


@pytest.mark.parametrize("films", [1, 2])
def test_they_go_with_their_film_whoever_erases_it(folder, films) -> None:
    clip = folder.chosen(AINO, films=films)
    opened = folder.open(LEENA)
    film = opened.store.get(Recording, clip.recording_id)
    opened.archive.confirm_erasing(folder.ids[AINO], SECRETS[AINO], film.id)
    opened.archive.erasing.film(FilmOrder(film.id, Ground.OTHER, "päätös 5"), lambda: False)
    # with the meeting's last film all of it goes; what is of another camera only its chooser can tell apart
    assert sealed_rows(folder) == films - 1
    opened.archive.close()
    assert (clips_of(folder, AINO), sealed_rows(folder)) == ((), 0)


def test_damaged_ones_are_told_and_all_else_opens(folder) -> None:
    folder.chosen(AINO)
    held = database(folder)
    with held.write() as connection:
        connection.execute(sa.update(sealed_choice).values(body=b"x" * 99))
    held.close()
    opened = folder.open(AINO)
    assert folder.told(opened) == ["moments-damaged"]
    assert (opened.store.find(Clip), len(opened.store.find(Recording))) == ((), 1)
    assert opened.archive.verify(lambda _: None, lambda: False) == (f"moments-damaged:{folder.meeting.id}",)
    opened.archive.close()


def test_what_is_sealed_has_the_columns_of_the_tables(folder) -> None:
    """A migration that gives a table of it a column needs a step of its format, too."""
    row = SealedChoice("row", folder.meeting.id, AINO, b"")
    box = ChoiceBox(bytes(32), row, "archive", Actor("slot", AINO, AINO, "session"))
    for table in (TABLES[Clip], TABLES[ClipCover], journal, journal_entity, audit, setting):
        there = [column["name"] for column in sa.inspect(box.connection).get_columns(table.name)]
        assert there == [column.name for column in table.c]
    box.close()


def test_few_and_many_look_the_same_and_what_is_said_to_one_is_not_what_it_is_called(folder) -> None:
    clip = folder.chosen(AINO)
    opened = folder.open(AINO)
    many = [replace(clip, id=new_id()) for _ in range(40)]
    lengths = []
    for changes in ([Change(clip, later := replace(clip, title="x"))], [*map(added, many)]):
        opened.store.apply("n", changes)
        held = database(folder)
        with held.read() as connection:
            lengths += connection.execute(sa.select(sa.func.length(sealed_choice.c.body))).scalars()
        held.close()
    assert len(set(lengths)) == 1
    (said,) = opened.store.find(ClipWords)
    with pytest.raises(NotAllowed, match="clip-coding-open"):
        opened.store.apply("n", [Change(said, replace(said, title=later.title))])
    opened.archive.close()
