"""A guest at the archive's door: let in while a pass is in force, and to no other door than coding's."""

from __future__ import annotations

from app.errors import ArchiveError, NotAllowed
from app.model.day import local_day
from storage.store import guest_reading
from storage.store.database import Database


class NotForGuests:
    """Stands where a guest finds no door: whatever is asked of it is refused."""

    def __getattr__(self, _name: str) -> object:
        raise NotAllowed("guest-only-codes")


def is_guest(database: Database, worker_id: str) -> bool:
    """Whether a worker is a guest. Raises StoreError."""
    with database.read() as connection:
        return bool(guest_reading.is_guest(connection, worker_id))


def refusal(database: Database, worker_id: str) -> ArchiveError | None:
    """Why a worker is not let in: a guest of whose passes none is in force; None for whoever is. Raises StoreError.

    `guest-ended` with the last `day` and `whom` to ask, `guest-gone` when no pass is on record any more.
    """
    with database.read() as connection:
        if not guest_reading.is_guest(connection, worker_id):
            return None
        passes = guest_reading.passes(connection, worker_id)
        if any(p.in_force(local_day()) for p in passes):
            return None
        whom = guest_reading.whom_to_ask(connection, passes)
    if not whom:
        return ArchiveError("guest-gone")
    return ArchiveError("guest-ended", whom=whom, day=max(p.last_day for p in passes))
