"""Sealed codings in a real archive: what lies where, who can read it, and what is finished at the next sign-in."""

import os
import shutil
from dataclasses import replace

import pytest

from app.model.change import Change, added, removed
from app.model.coding import CodingHeader, CodingKind, CodingState
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.observation import Observation
from app.model.private_note import PrivateNote
from storage.archive import ArchiveDoorway
from storage.vault.keys import KdfCost
from tests.material.pair_folder import AINO, LEENA, SECRETS, Folder

MIB = 1 << 20


@pytest.fixture
def door():
    return ArchiveDoorway(KdfCost.FLOOR)


@pytest.fixture
def folder(door, tmp_path):
    return Folder(door, tmp_path / "archive")


def test_a_draft_is_a_file_of_one_size_that_tells_only_when_it_was_begun(folder) -> None:
    few, many = folder.coded(AINO, many=1), folder.coded(LEENA, many=60)
    assert folder.files() == sorted([f"{few.id}.db", f"{many.id}.db"])
    paths = [folder.place / "codings" / f"{head.id}.db" for head in (few, many)]
    assert {path.stat().st_size for path in paths} == {4 * MIB}
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}
        assert (folder.place / "codings").stat().st_mode & 0o777 == 0o700
    before = {path: path.stat().st_mtime for path in paths}
    opened = folder.open(AINO)
    (point,) = opened.store.find(Observation, coding_id=few.id)
    opened.store.apply("x", [Change(point, replace(point, note="later"))])
    opened.archive.close()
    assert {path: path.stat().st_mtime for path in paths} == before


def test_both_ready_open_at_each_coders_own_sign_in(folder) -> None:
    mine, theirs = folder.coded(AINO), folder.coded(LEENA, "LEENAS")
    folder.ready(AINO, mine)
    opened = folder.open(LEENA)
    ready = folder.ready(LEENA, theirs, opened)
    assert opened.store.awaited(folder.meeting.id) == (folder.ids[AINO],)
    assert opened.store.pairs_of([folder.meeting.id])[folder.meeting.id].awaited == (folder.ids[AINO],)
    assert opened.store.find(CodingHeader) == (ready,)
    assert "CANARY" not in repr(opened.store.find(Observation))
    opened.archive.close()
    opened = folder.open(AINO)
    assert folder.told(opened) == []
    assert opened.store.awaited(folder.meeting.id) == ()
    assert opened.store.pairs_of([folder.meeting.id])[folder.meeting.id].awaited == ()
    assert {h.coder for h in opened.store.find(CodingHeader)} == set(folder.ids.values())
    assert len(opened.store.find(Observation)) == 6
    assert [n.text for n in opened.store.find(PrivateNote)] == ["CANARY-impression"]
    opened.archive.close()
    opened = folder.open(LEENA)
    assert len(opened.store.find(Observation)) == 6
    assert [n.text for n in opened.store.find(PrivateNote)] == ["LEENAS-impression"]
    assert "impression" not in repr([e for e in opened.store.audit_log() if e.worker_id == folder.ids[AINO]])
    history = opened.store.history(opened.store.find(Observation, coding_id=mine.id)[0].id)
    assert [e.label for e in history] == ["CANARY"]
    acts = [e.act for e in opened.store.audit_log(mine.id)]
    assert (acts.count("ready"), acts.count("released")) == (1, 1)
    assert opened.archive.verify(lambda _: None, lambda: False) == ()
    opened.archive.close()
    # only the own notes are in the files now
    assert {(folder.place / "codings" / name).stat().st_size for name in folder.files()} == {MIB // 4}


def test_the_partners_passphrase_beside_the_open_archive_opens_it_at_once(folder) -> None:
    mine, theirs = folder.coded(AINO), folder.coded(LEENA)
    folder.ready(AINO, mine)
    opened = folder.open(LEENA)
    folder.ready(LEENA, theirs, opened)
    (change,) = opened.archive.witness(folder.ids[AINO], SECRETS[AINO])
    assert (change.before, change.after.id, change.after.coder) == (None, mine.id, folder.ids[AINO])
    assert len(opened.store.find(Observation)) == 6
    assert opened.store.awaited(folder.meeting.id) == ()
    assert len(opened.store.find(PrivateNote)) == 1
    released = [e for e in opened.store.audit_log(mine.id) if e.act == "released"]
    assert [e.worker_id for e in released] == [folder.ids[LEENA]]
    opened.archive.close()
    opened = folder.open(AINO)
    assert folder.told(opened) == []
    assert len(opened.store.find(PrivateNote)) == 1
    opened.archive.close()


def test_nothing_of_a_draft_is_in_the_archives_own_logs(folder) -> None:
    opened = folder.open(AINO)
    before = len(opened.store.audit_log())
    head = folder.header(AINO)
    opened.store.apply("begun", [added(head)], act="create")
    opened.store.note("view", CodingHeader, head.id)
    assert [e.act for e in opened.store.audit_log(head.id)] == ["create", "view"]
    assert len(opened.store.audit_log()) == before + 2
    opened.archive.close()
    opened = folder.open(LEENA)
    assert opened.store.audit_log(head.id) == ()
    assert opened.store.coding_states(folder.meeting.id) == {folder.ids[AINO]: CodingState.DRAFT}
    assert (opened.archive.sealed_of(folder.ids[AINO]), opened.archive.sealed_of(folder.ids[LEENA])) == (1, 0)
    opened.archive.close()


def test_a_file_that_is_gone_or_older_is_told_and_all_else_opens(folder, tmp_path) -> None:
    head = folder.coded(AINO)
    path = folder.place / "codings" / f"{head.id}.db"
    shutil.copy(path, tmp_path / "older.db")
    opened = folder.open(AINO)
    for n in range(3):
        opened.store.apply("x", [added(Observation(new_id(), head.id, "S", "adult1", n))])
    opened.archive.close()
    shutil.copy(path, tmp_path / "newer.db")
    shutil.copy(tmp_path / "older.db", path)
    opened = folder.open(AINO)
    assert folder.told(opened) == ["codings-older"]
    assert len(opened.store.find(Observation)) == 3
    opened.archive.close()
    path.unlink()
    opened = folder.open(AINO)
    assert folder.told(opened) == ["coding-file-missing"]
    assert opened.store.find(Meeting) == (folder.meeting,)
    assert opened.store.find(Observation) == ()
    assert f"coding-file-missing:{head.id}" in opened.archive.verify(lambda _: None, lambda: False)
    opened.archive.close()
    path.write_bytes(b"x" * 4096)
    opened = folder.open(AINO)
    assert folder.told(opened) == ["coding-file-damaged"]
    opened.archive.close()


def test_a_file_that_no_row_knows_is_never_taken_away(folder) -> None:
    head = folder.coded(AINO)
    (folder.place / "codings" / "stray.db").write_bytes(b"x")
    opened = folder.open(LEENA)
    assert folder.told(opened) == ["coding-file-unclaimed"]
    opened.archive.close()
    assert folder.files() == sorted([f"{head.id}.db", "stray.db"])


def test_a_changed_ready_coding_is_not_released(folder) -> None:
    mine, theirs = folder.coded(AINO), folder.coded(LEENA)
    path = folder.place / "codings" / f"{mine.id}.db"
    draft = path.read_bytes()
    folder.ready(AINO, mine)
    folder.ready(LEENA, theirs)
    path.write_bytes(draft)
    opened = folder.open(AINO)
    assert folder.told(opened) == ["codings-older"]
    assert opened.store.awaited(folder.meeting.id) == (folder.ids[AINO],)
    opened.archive.close()


def test_own_notes_stay_and_change_in_the_file_after_release(folder) -> None:
    mine, theirs = folder.coded(AINO), folder.coded(LEENA)
    folder.ready(AINO, mine)
    folder.ready(LEENA, theirs)
    opened = folder.open(AINO)
    (note,) = opened.store.find(PrivateNote)
    later = replace(note, text="later")
    opened.store.apply("note", [Change(note, later)])
    assert opened.store.get(PrivateNote, note.id) == later
    assert len(opened.store.history(note.id)) == 2
    opened.store.apply("gone", [removed(later)], act="erase")
    opened.archive.close()
    opened = folder.open(AINO)
    assert opened.store.find(PrivateNote) == ()
    opened.archive.close()


def test_a_reference_waits_for_the_pair(folder) -> None:
    reference = folder.coded(LEENA, "REFERENCE", kind=CodingKind.REFERENCE)
    folder.ready(LEENA, reference)
    mine, theirs = folder.coded(AINO), folder.coded(LEENA)
    folder.ready(AINO, mine)
    folder.ready(LEENA, theirs)
    opened = folder.open(AINO)
    assert {h.kind for h in opened.store.find(CodingHeader, coder=folder.ids[LEENA])} == {"own", "reference"}
    assert "REFERENCE-0" in repr(opened.store.find(Observation))
    opened.archive.close()
