"""Who did what to which object: an append-only chain of rows, each sealed with a key over the one before (trust.md §4).

    mac = HMAC-SHA256(K_audit, prev | canonical JSON of the row)

Whoever edits or deletes a row breaks the chain at that row. A tail cut off is seen by the anchor, the last head and
count, which is kept outside the database in the key file. Details hold ids, field names and keyed hashes, never a
client's word.
"""

from __future__ import annotations

import contextlib
import hmac
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

import sqlalchemy as sa

from app.errors import ArchiveError
from app.ports import AuditEntry
from storage.store.acts import LoggedAct
from storage.store.kinds import word_of
from storage.store.rows import compact
from storage.store.tables import audit

ANCHOR_EVERY = 100  # rows
MERGE_WITHIN_S = 60.0

_SEALED = [column for column in audit.c if column.name not in ("prev", "mac")]


@dataclass(frozen=True, slots=True)
class Actor:
    """Whose hand it was: the slot that unlocked the archive, its worker, and this one stay in it."""

    slot_id: str
    worker_id: str
    name: str
    session: str


@dataclass(frozen=True, slots=True)
class Head:
    """The chain's end: the number of rows and the last one's MAC."""

    count: int
    mac: bytes


class AnchorKeeper(Protocol):
    """Keeps the chain's end outside the database."""

    def kept(self) -> Head: ...
    def keep(self, head: Head) -> None: ...


def origin(archive_id: str) -> bytes:
    """What stands before the first row: chains of two archives cannot be exchanged."""
    return hmac.digest(b"havainto-audit-1", archive_id.encode(), "sha256")


def head(connection: sa.Connection, archive_id: str) -> Head:
    """The chain's end as the database has it now."""
    last = connection.execute(sa.select(audit.c.n, audit.c.mac).order_by(audit.c.n.desc()).limit(1)).first()
    return Head(last.n, bytes(last.mac)) if last else Head(0, origin(archive_id))


class AuditLog:
    """Writes the chain as one actor, and reads and verifies it."""

    def __init__(self, key: bytes, archive_id: str, actor: Actor, keeper: AnchorKeeper) -> None:
        self._key = key
        self._values_key = hmac.digest(key, b"values", "sha256")
        self._archive_id = archive_id
        self._actor = actor
        self._keeper = keeper
        self._viewed: dict[LoggedAct, float] = {}
        self._anchored = keeper.kept().count
        self._sound: bool | None = None

    @property
    def actor(self) -> Actor:
        return self._actor

    def digest(self, text: str) -> str:
        """A keyed hash that recognizes values, given as `compact` writes them, without telling them."""
        return hmac.digest(self._values_key, text.encode(), "sha256").hex()[:32]

    def merged_view(self, act: LoggedAct, now: float) -> bool:
        """Whether the same object was viewed within the last minute, so that this view is the same one."""
        if act.act != "view":
            return False
        self._viewed = {a: t for a, t in self._viewed.items() if now - t < MERGE_WITHIN_S}
        if act in self._viewed:
            return True
        self._viewed[act] = now
        return False

    def append(self, connection: sa.Connection, at: datetime, acts: Sequence[LoggedAct]) -> Head:
        """Add rows within the connection's transaction; returns the chain's new end."""
        self._fits_anchor(connection)
        end = head(connection, self._archive_id)
        rows = []
        for act in acts:
            row = self._row(end.count + 1, at, act)
            mac = self._mac(end.mac, row.values())
            rows.append({**row, "prev": end.mac, "mac": mac})
            end = Head(end.count + 1, mac)
        if rows:
            connection.execute(sa.insert(audit), rows)
        return end

    def _row(self, number: int, at: datetime, act: LoggedAct) -> dict[str, Any]:
        return {
            "n": number,
            "t_utc": at.astimezone(UTC).isoformat(),
            "mono": time.monotonic_ns() // 1000,
            "actor_slot": self._actor.slot_id,
            "actor_id": self._actor.worker_id,
            "actor_name": self._actor.name,
            "session": self._actor.session,
            "act": act.act,
            "object_kind": act.object_kind,
            "object_id": act.object_id,
            "coding_id": act.coding_id,
            "purpose": act.purpose,
            "detail_json": act.detail,
        }

    def _mac(self, prev: bytes, values: Iterable[Any]) -> bytes:
        return hmac.digest(self._key, prev + compact(list(values)).encode(), "sha256")

    def anchor_if_due(self, end: Head) -> None:
        """After a commit: every hundredth row the chain's end goes into the key file."""
        if end.count // ANCHOR_EVERY > self._anchored // ANCHOR_EVERY and self._sound:
            # the step is committed whatever the key file's disk says; the next row tries again
            with contextlib.suppress(ArchiveError):
                self._keeper.keep(end)
                self._anchored = end.count

    def anchor(self, connection: sa.Connection) -> Head:
        """Put the chain's end into the key file now: at lock, close and backup. Raises ArchiveError for its disk."""
        end = head(connection, self._archive_id)
        if end.count and end != self._keeper.kept() and self._fits_anchor(connection):
            self._keeper.keep(end)
            self._anchored = end.count
        return end

    def _fits_anchor(self, connection: sa.Connection) -> bool:
        """Whether the chain goes on from the kept end. If not, that end stays kept: it is the proof of what is gone."""
        if self._sound is None:
            kept = self._keeper.kept()
            mac = connection.execute(sa.select(audit.c.mac).where(audit.c.n == kept.count)).scalar()
            self._sound = not kept.count or mac == kept.mac
        return self._sound

    def read(
        self, connection: sa.Connection, object_id: str | None, seen: sa.ColumnElement[bool]
    ) -> tuple[AuditEntry, ...]:
        """Rows that are `seen`, oldest first; numbered as seen, for a gap would count what is not."""
        query = sa.select(audit).where(seen).order_by(audit.c.n)
        entries = (
            AuditEntry(
                number,
                datetime.fromisoformat(row.t_utc),
                row.actor_id,
                row.act,
                word_of(row.object_kind),
                row.object_id,
                row.detail_json,
            )
            for number, row in enumerate(connection.execute(query), start=1)
        )
        return tuple(e for e in entries if object_id is None or e.object_id == object_id)

    def verify(self, connection: sa.Connection, anchor: Head | None = None) -> tuple[str, ...]:
        """Where the chain is not whole: `audit-changed:N`, `audit-missing:N`, `audit-cut-off:N`, N the row's number."""
        found: list[str] = []
        anchor = anchor or self._keeper.kept()
        previous, number, at_anchor = origin(self._archive_id), 0, b""
        for row in connection.execute(sa.select(*_SEALED, audit.c.prev, audit.c.mac).order_by(audit.c.n)):
            *values, prev, mac = row
            if row.n != number + 1:
                found.append(f"audit-missing:{number + 1}")
            elif prev != previous:
                found.append(f"audit-changed:{row.n}")
            if not hmac.compare_digest(self._mac(prev, values), mac) and f"audit-changed:{row.n}" not in found:
                found.append(f"audit-changed:{row.n}")
            previous, number = mac, row.n
            if number == anchor.count:
                at_anchor = mac
        if number < anchor.count:
            found.append(f"audit-cut-off:{number + 1}")
        elif anchor.count and at_anchor != anchor.mac and not found:
            found.append(f"audit-changed:{anchor.count}")
        return tuple(found)
