"""The supervisor's own notes: sealed under the supervisor's own key, read by nobody else, erased at will."""

from __future__ import annotations

from dataclasses import replace

from app.door import Door
from app.i18n import N_, Texts, today
from app.model.change import Change, added, removed
from app.model.identity import new_id
from app.model.supervision_note import SupervisionNote, SupervisionNotebook
from app.ports import Store

#: what stands beside the notes, always: no secrecy is promised that the law does not give
HONEST = N_("A note may belong to the client's right to see their own data, or be asked for by an authority.")
_ERASED = "supervision-notes-erased"


def notes_of(store: Store, agreement_id: str, session_id: str | None = None) -> tuple[SupervisionNote, ...]:
    """The signed-in worker's own, to one session where one is named; nobody else's are ever there."""
    books = store.find(SupervisionNotebook, agreement_id=agreement_id)
    found = [n for book in books for n in store.find(SupervisionNote, notebook_id=book.id)]
    return tuple(n for n in found if session_id in (None, n.session_id))


def write(door: Door, texts: Texts, agreement_id: str, text: str, session_id: str = "") -> SupervisionNote:
    """A new note; the first begins the notebook. Raises NotAllowed, StoreError."""
    store, label = door.store, texts.tr("Own note of supervision")
    book = next(iter(store.find(SupervisionNotebook, agreement_id=agreement_id)), None)
    changes: list[Change] = []
    if book is None:
        book = SupervisionNotebook(new_id(), agreement_id, store.me)
        changes.append(added(book))
    note = SupervisionNote(new_id(), book.id, session_id, today(), text.strip())
    door.write(label, [*changes, added(note)])
    return note


def edit(door: Door, texts: Texts, note: SupervisionNote, text: str) -> SupervisionNote:
    """Other words of a note; one without any is erased."""
    if not text.strip():
        erase(door, texts, note)
        return replace(note, text="")
    after = replace(note, text=text.strip())
    if after != note:
        door.write(texts.tr("Own note of supervision"), [Change(note, after)])
    return after


def erase(door: Door, texts: Texts, *notes: SupervisionNote) -> None:
    """Erase notes with their words, of one agreement. Logged, and not undoable."""
    if notes:
        door.write(texts.tr("Own notes of supervision erased"), [removed(n) for n in notes], act=_ERASED)


def erase_all(door: Door, texts: Texts, agreement_id: str) -> int:
    """Erase the notebook of an agreement: the file goes, and its key; returns how many notes that were."""
    books = door.store.find(SupervisionNotebook, agreement_id=agreement_id)
    notes = notes_of(door.store, agreement_id)
    if books:
        gone = [*map(removed, notes), *map(removed, books)]
        door.write(texts.tr("Own notes of supervision erased"), gone, act=_ERASED)
    return len(notes)
