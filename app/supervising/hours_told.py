"""What an agreement took beside its sessions: the supervisor's own hours of preparation and of travel."""

from __future__ import annotations

from app.model.hours import Work, WorkEntry
from app.ports import Store
from app.supervising.sessions import Hours


def hours_beside(store: Store, agreement_id: str) -> dict[Work, Hours]:
    """Preparation and travel as they stand in the signed-in worker's hours of the agreement, each with its entries."""
    own = store.find(WorkEntry, worker_id=store.me, whole_id=agreement_id)
    found = {}
    for what in (Work.PREPARATION, Work.TRAVEL):
        minutes = [entry.minutes for entry in own if entry.what == what]
        found[what] = Hours(sum(minutes), len(minutes))
    return found
