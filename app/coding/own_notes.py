"""Own notes end with their work: when the statement of their meeting is signed, they are erased (domain 4.8).

A worker's notes are nobody else's, so each worker's own archive opening erases that worker's own.
"""

from __future__ import annotations

from app.door import Door
from app.i18n import Texts
from app.model.change import removed
from app.model.coding import CodingHeader
from app.model.private_note import PrivateNote
from app.model.statement import Stage, Statement
from app.ports import Store

_STAGES = list(Stage)


def due(store: Store) -> tuple[PrivateNote, ...]:
    """Own notes of meetings whose statement is signed, of a coding of any kind, less those that are to be kept."""
    codings = {h.id: h.meeting_id for h in store.find(CodingHeader, coder=store.worker.id)}
    notes = [n for n in store.find(PrivateNote) if not n.keep]
    if not notes:
        return ()
    signed = {m for s in store.find(Statement) if _is_signed(s) for m in s.meetings}
    return tuple(n for n in notes if codings.get(n.coding_id) in signed)


def erase_due(door: Door, texts: Texts) -> int:
    """Erase what is due, with its words; returns how many notes that were. Logged, and not undoable."""
    notes = due(door.store)
    if notes:
        door.write(texts.tr("Own notes erased after signing"), [removed(n) for n in notes], act="erase")
    return len(notes)


def _is_signed(statement: Statement) -> bool:
    return _STAGES.index(statement.stage) >= _STAGES.index(Stage.SIGNED)
