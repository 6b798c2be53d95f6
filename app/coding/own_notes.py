"""Own notes end with their work: they are erased before the statement of their meeting is signed (domain 4.8).

Signing is done on the pages of a final version, and *final* is the last act that the program sees: notes of the
meetings that a final version is about are due from then on. A worker's notes are nobody else's, so each worker's own
archive opening erases that worker's own.
"""

from __future__ import annotations

from app.door import Door
from app.i18n import Texts
from app.model.change import removed
from app.model.coding import CodingHeader
from app.model.hold import Held, Hold, held
from app.model.private_note import PrivateNote
from app.model.request import Request
from app.model.statement import Statement
from app.ports import Store


def due(store: Store) -> tuple[PrivateNote, ...]:
    """Own notes of meetings that a final statement is about, of any coding, less those that are to be kept.

    A hold or an open request keeps them, too.
    """
    notes = [n for n in store.find(PrivateNote) if not n.keep]
    if not notes:
        return ()
    codings = {h.id: h.meeting_id for h in store.find(CodingHeader, id=tuple({n.coding_id for n in notes}))}
    finals = (s for s in store.find(Statement) if s.is_final and not s.is_note)
    done = {m for s in finals for m in s.meetings if not _is_kept(store, s.case_id, m)}
    return tuple(n for n in notes if codings.get(n.coding_id) in done)


def _is_kept(store: Store, case_id: str, meeting_id: str) -> bool:
    holds, requests = store.find(Hold, case_id=case_id), store.find(Request, case_id=case_id)
    return held(meeting_id, holds, requests) != Held.NO


def erase_due(door: Door, texts: Texts) -> int:
    """Erase what is due, with its words; returns how many notes that were. Logged, and not undoable."""
    notes = due(door.store)
    label = texts.tr("Own notes erased: their statement is final")
    # each coding's notes lie in a file of its own: whatever a kill leaves is due at the next opening
    for coding_id in sorted({n.coding_id for n in notes}):
        door.write(label, [removed(n) for n in notes if n.coding_id == coding_id], act="erase")
    return len(notes)
