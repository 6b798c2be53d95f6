"""A supervisor's own notes in a real archive: whose key opens them, what lies where; erasing takes the file."""

import pytest

from app.errors import StoreError
from app.model.change import added, removed
from app.model.identity import new_id
from app.model.supervision import SupervisionAgreement
from app.model.supervision_note import SupervisionNote, SupervisionNotebook
from storage.archive import ArchiveDoorway
from storage.codings import notebook
from storage.vault.keys import KdfCost
from tests.material.pair_folder import AINO, LEENA, Folder
from tests.material.supervision import agreement

SMALL = (1 << 20) // 4


@pytest.fixture
def folder(tmp_path):
    return Folder(ArchiveDoorway(KdfCost.FLOOR), tmp_path / "archive")


def begun(folder) -> tuple[SupervisionAgreement, SupervisionNotebook, SupervisionNote]:
    """An agreement of Aino's that Leena reads, and a note to it."""
    made = agreement(folder.ids[AINO], readers=(folder.ids[LEENA],))
    book = SupervisionNotebook(new_id(), made.id, folder.ids[AINO])
    note = SupervisionNote(new_id(), book.id, text="CANARY-note")
    opened = folder.open(AINO)
    opened.store.apply("x", [added(made)])
    opened.store.apply("CANARY", [added(book), added(note)])
    opened.archive.close()
    return made, book, note


def test_they_open_with_their_keepers_sign_in_alone(folder) -> None:
    made, book, note = begun(folder)
    path = folder.place / "codings" / f"{book.id}.db"
    assert path.stat().st_size == SMALL
    assert b"CANARY" not in path.read_bytes()
    opened = folder.open(LEENA)
    assert opened.store.find(SupervisionAgreement) == (made,)
    assert opened.store.find(SupervisionNote) == () == opened.store.find(SupervisionNotebook)
    assert "CANARY" not in repr((opened.store.history(note.id), opened.store.audit_log()))
    with pytest.raises(StoreError, match="not-found"):
        opened.store.get(SupervisionNote, note.id)
    assert opened.archive.verify(lambda _: None, lambda: False) == ()
    opened.archive.close()
    opened = folder.open(AINO)
    assert folder.told(opened) == []
    assert opened.store.find(SupervisionNote) == (note,)
    assert opened.archive.verify(lambda _: None, lambda: False) == ()
    opened.archive.close()


def test_what_waits_to_be_noted_never_comes_after_what_was_noted_since(monkeypatch) -> None:
    kept: list[bytes] = []
    pace: list = []

    class Desk:
        def keep_memo(self, _keys, head, **_more):
            kept.append(head)

    class Pace:
        def __init__(self, keep) -> None:
            self.keep = keep
            pace.append(self)

        def moved(self, end) -> None:
            self.end = end

    monkeypatch.setattr(notebook, "Anchoring", Pace)
    made = notebook.KeyFileNotebook(Desk(), None)
    made.note_soon(b"coded")
    made.note(b"released")
    pace[0].keep(pace[0].end)  # the second is over
    assert kept == [b"released"]
    made.note_soon(b"coded more")
    pace[0].keep(pace[0].end)
    assert kept == [b"released", b"coded more"]


def test_a_missing_file_is_told_and_nothing_else_is_lost(folder) -> None:
    made, book, _ = begun(folder)
    (folder.place / "codings" / f"{book.id}.db").unlink()
    opened = folder.open(AINO)
    assert "coding-file-missing" in folder.told(opened)
    assert opened.store.find(SupervisionAgreement) == (made,)
    assert opened.store.find(SupervisionNote) == ()
    opened.archive.close()


def test_erased_the_file_goes_with_its_key_and_a_new_one_can_begin(folder) -> None:
    made, book, note = begun(folder)
    opened = folder.open(AINO)
    opened.store.apply("x", [removed(note), removed(book)], act="supervision-notes-erased")
    assert folder.files() == []
    again = SupervisionNotebook(new_id(), made.id, folder.ids[AINO])
    opened.store.apply("x", [added(again)])
    opened.archive.close()
    assert folder.files() == [f"{again.id}.db"]
    opened = folder.open(AINO)
    assert folder.told(opened) == []
    assert opened.store.find(SupervisionNotebook) == (again,)
    opened.archive.close()
