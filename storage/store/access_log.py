"""Who did what to which object: an append-only chain of rows, each sealed with a key over the one before (trust.md §4).

    mac = HMAC-SHA256(K_audit, prev | canonical JSON of the row)

Whoever edits or deletes a row breaks the chain at that row. A tail cut off is seen by the anchor, the last head and
count, which is kept outside the database in the key file. Details hold ids, field names and keyed hashes, never a
client's word.

When the archive's key is changed, so is the chain's: rows before it keep their MACs, and the key that proves them
stands among the archive's settings, where only holders of the new key read it.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import sqlalchemy as sa

from app.errors import ArchiveError
from app.errors import Cancelled as CancelledError
from app.ports import AuditEntry, Cancelled
from app.ports.pages import Days
from storage.store.kinds import word_of
from storage.store.logged_acts import LoggedAct
from storage.store.row_mapping import compact
from storage.store.tables import audit, setting

_text = json.encoder.encode_basestring  # a text as JSON, its letters as they are
_HASH_BLOCK = 64  # bytes that SHA-256 takes at a time
_ROWS_AT_A_TIME = 1000
ANCHOR_EVERY = 100  # rows
#: at each start so many of the newest rows are proven; the whole chain follows beside the work
NEWEST_ROWS = 50
EARLIER_KEYS = "audit-keys"  # in the settings: [last row, key in hex] of every key before this one
MERGE_WITHIN_S = 60.0

ACKNOWLEDGED = "acknowledged"  # the act of a worker who takes the chain as it is
ACKNOWLEDGED_ROW = "audit-acknowledged"  # in the settings: the newest row of that act, so that no start looks for it
#: acts with which an archive is left
_LAST_ACTS = frozenset({"lock", "restored", "key-changed"})

_SEALED = [column for column in audit.c if column.name not in ("prev", "mac")]
#: what is told of a row, in the order of an `AuditEntry`
_TOLD = ("t_utc", "actor_id", "act", "object_kind", "object_id", "detail_json")


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


class FixedEnd:
    """The keeper of a chain that is anchored elsewhere, or of a backup's: its end stays what is said here.

    A sealed coding's chain is vouched for by its worker's memo; what is being restored, or put under another key, is
    vouched for once it is whole.
    """

    def __init__(self, head: Head | None = None) -> None:
        self._head = head or Head(0, b"")

    def kept(self) -> Head:
        """The end as it was given."""
        return self._head

    def keep(self, head: Head) -> None:
        """Never called: whoever would anchor here has mistaken the chain."""
        raise AssertionError(head.count)


class Pace(Protocol):
    """Told of the chain's end after each commit: it keeps the anchor close behind, beside the work."""

    def moved(self, head: Head) -> None: ...


def keyed(key: bytes) -> Callable[[bytes], bytes]:
    """HMAC-SHA256 (RFC 2104) with a key of at most 64 bytes, its pads hashed once: half the time for a small row."""
    padded = key.ljust(_HASH_BLOCK, b"\0")
    assert len(padded) == _HASH_BLOCK
    inner = hashlib.sha256(bytes(x ^ 0x36 for x in padded))
    outer = hashlib.sha256(bytes(x ^ 0x5C for x in padded))

    def mac(message: bytes) -> bytes:
        first, second = inner.copy(), outer.copy()
        first.update(message)
        second.update(first.digest())
        return second.digest()

    return mac


def _is_sealed(mac_of: Callable[[bytes], bytes], row: Sequence[Any], text: Callable[[str], str] = _text) -> bool:
    """Whether a row's seal is that of its values; a value of a kind that no row has is not what was sealed.

    The values are written as `compact` does it, text by text: one call of the encoder takes twice as long.
    """
    n, t_utc, mono, slot, actor, name, session, act, kind, object_id, coding_id, purpose, detail, prev, mac = row
    try:
        said = (
            f"[{n:d},{text(t_utc)},{mono:d},{text(slot)},{text(actor)},{text(name)},{text(session)},{text(act)},"
            f"{text(kind)},{text(object_id)},{text(coding_id)},{text(purpose)},{text(detail)}]"
        )
        sealed = mac_of(prev + said.encode())
    except (TypeError, ValueError):
        return False
    return bool(sealed == mac)


def _acknowledgement(key: bytes, found: Sequence[str]) -> str:
    return f"findings={len(found)};hash={hmac.digest(key, ','.join(found).encode(), 'sha256').hex()[:32]}"


def earlier_keys(connection: sa.Connection) -> list[tuple[int, bytes]]:
    """(last row, key) of the chain's keys before the one in use, oldest first."""
    said = connection.execute(sa.select(setting.c.value).where(setting.c.name == EARLIER_KEYS)).scalar()
    return [(int(n), bytes.fromhex(key)) for n, key in json.loads(said or "[]")]


def add_earlier_key(connection: sa.Connection, last: int, key: bytes) -> None:
    """From here on another key: the rows up to number `last` are proven by this one."""
    said = json.dumps([[n, k.hex()] for n, k in [*earlier_keys(connection), (last, key)]])
    _note(connection, EARLIER_KEYS, said)


def _note(connection: sa.Connection, name: str, said: str) -> None:
    updated = connection.execute(sa.update(setting).where(setting.c.name == name).values(value=said))
    if not updated.rowcount:
        connection.execute(sa.insert(setting).values(name=name, value=said))


def origin(archive_id: str) -> bytes:
    """What stands before the first row: chains of two archives cannot be exchanged."""
    return hmac.digest(b"havainto-audit-1", archive_id.encode(), "sha256")


def head(connection: sa.Connection, archive_id: str) -> Head:
    """The chain's end as the database has it now."""
    last = connection.execute(sa.select(audit.c.n, audit.c.mac).order_by(audit.c.n.desc()).limit(1)).first()
    return Head(last.n, bytes(last.mac)) if last else Head(0, origin(archive_id))


def _entry(told: Sequence[Any], number: int) -> AuditEntry:
    """`told` are the values of `_TOLD`: a report reads a hundred thousand rows, and each only what it tells."""
    at, worker_id, act, kind, object_id, detail = told
    return AuditEntry(number, datetime.fromisoformat(at), worker_id, act, word_of(kind), object_id, detail)


class AuditLog:
    """Writes the chain as one actor, and reads and verifies it."""

    def __init__(
        self, key: bytes, archive_id: str, actor: Actor, keeper: AnchorKeeper, pace: Pace | None = None
    ) -> None:
        self._key = key
        self._pace = pace
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
        for row in rows:
            if row["act"] == ACKNOWLEDGED:
                _note(connection, ACKNOWLEDGED_ROW, str(row["n"]))
        return end

    def take_over(self, connection: sa.Connection, rows: Iterable[Mapping[str, Any]]) -> Head:
        """Add rows that another chain had, each with its own time and actor; returns the chain's new end."""
        self._fits_anchor(connection)
        end = head(connection, self._archive_id)
        taken = []
        for said in rows:
            row = {column.name: said[column.name] for column in _SEALED} | {"n": end.count + 1}
            mac = self._mac(end.mac, row.values())
            taken.append({**row, "prev": end.mac, "mac": mac})
            end = Head(end.count + 1, mac)
        if taken:
            connection.execute(sa.insert(audit), taken)
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
        """After a commit the chain's end goes into the key file: within a second, or else with every hundredth row."""
        if self._pace is not None:
            if self._sound:
                self._pace.moved(end)
            return
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
        self,
        connection: sa.Connection,
        object_id: str | None,
        seen: sa.ColumnElement[bool],
        acts: Collection[str] = (),
    ) -> tuple[AuditEntry, ...]:
        """Rows that are `seen`, oldest first; numbered as seen, for a gap would count what is not."""
        place = sa.func.row_number().over(order_by=audit.c.n).label("place")
        rows = sa.select(audit.c.n, *(audit.c[name] for name in _TOLD), place).where(seen).subquery()
        query = sa.select(*(rows.c[name] for name in _TOLD), rows.c.place).order_by(rows.c.n)
        if object_id is not None:
            query = query.where(rows.c.object_id == object_id)
        if acts:
            query = query.where(rows.c.act.in_(acts))
        return tuple(_entry(told, number) for *told, number in connection.execute(query))

    def read_about(
        self,
        connection: sa.Connection,
        ids: sa.CompoundSelect[Any],
        seen: sa.ColumnElement[bool],
        days: Days | None = None,
    ) -> tuple[AuditEntry, ...]:
        """Rows that are `seen` about some objects, of some days, oldest first and numbered from 1."""
        told = (audit.c[name] for name in _TOLD)
        query = sa.select(*told).where(seen, audit.c.object_id.in_(ids)).order_by(audit.c.n)
        if days is None:
            return tuple(_entry(row, number) for number, row in enumerate(connection.execute(query), start=1))
        # in the zone of the rows: of a hundred thousand each is compared with both
        begin, end = days.begin.astimezone(UTC), days.end.astimezone(UTC)
        # as text only to the second: some rows have no fraction of it
        first, last = (at.isoformat()[:19] for at in (begin, end + timedelta(seconds=1)))
        query = query.where(audit.c.t_utc >= first, audit.c.t_utc < last)
        found: list[AuditEntry] = []
        for row in connection.execute(query):
            entry = _entry(row, len(found) + 1)
            if begin <= entry.at < end:
                found.append(entry)
        return tuple(found)

    def seen(self, connection: sa.Connection, rows: sa.ColumnElement[bool]) -> int:
        """How many rows are seen."""
        return int(connection.execute(sa.select(sa.func.count()).select_from(audit).where(rows)).scalar_one())

    def recoveries(self, connection: sa.Connection, worker_id: str, after: int) -> tuple[tuple[int, datetime], ...]:
        """(number, when) of rows where a worker's sign-in was opened with a code: after one, not in this session."""
        wanted = (audit.c.act == "recovered", audit.c.object_id == worker_id, audit.c.n > after)
        query = sa.select(audit.c.n, audit.c.t_utc).where(*wanted, audit.c.session != self._actor.session)
        return tuple((row.n, datetime.fromisoformat(row.t_utc)) for row in connection.execute(query.order_by("n")))

    def verify(
        self, connection: sa.Connection, anchor: Head | None = None, cancelled: Cancelled = lambda: False
    ) -> tuple[str, ...]:
        """Where the chain is not whole: `audit-changed:N`, `audit-missing:N`, `audit-cut-off:N`, N the row's number.

        Raises Cancelled.
        """
        return self._verify(connection, anchor or self._keeper.kept(), after=0, cancelled=cancelled)

    def verify_newest(self, connection: sa.Connection) -> tuple[str, ...]:
        """The same for the newest rows and the place that the key file vouches for: a few milliseconds, at each start.

        A place that is not as the key file says is told as `audit-cut-off:N`, the rows from N on are gone and an older
        database lies beside a newer key file, or as `audit-changed:N`.
        """
        anchor, end = self._keeper.kept(), head(connection, self._archive_id)
        if end.count < anchor.count:
            return (f"audit-cut-off:{end.count + 1}",)
        if not self._fits_anchor(connection):
            # a sound row in that place is of another history: an older database that went on since
            changed = any(key.endswith(f":{anchor.count}") for key in self._only(connection, anchor.count))
            return (f"audit-{'changed' if changed else 'cut-off'}:{anchor.count}",)
        # what was found before an acknowledgement was told then; that row itself is proven
        known = self._acknowledged(connection)[0] - 1
        return self._verify(connection, Head(0, b""), after=max(end.count - NEWEST_ROWS, known, 0))

    def acknowledgement(self, connection: sa.Connection) -> str:
        """What a row says with which a worker takes the chain as it is: how many faults, and a keyed hash of them."""
        return _acknowledgement(self._key, self._verify(connection, Head(0, b""), after=0))

    def unacknowledged(self, connection: sa.Connection, found: tuple[str, ...]) -> tuple[str, ...]:
        """What of it nobody has acknowledged. One fault more or less than then, and all of it is told again."""
        number, said = self._acknowledged(connection)
        before = tuple(key for key in found if int(key.rpartition(":")[2]) < number)
        key = next(key for last, key in self._keys(connection) if number <= last)
        if not before or said != _acknowledgement(key, before):
            return found
        return tuple(key for key in found if key not in before)

    def _acknowledged(self, connection: sa.Connection) -> tuple[int, str]:
        """Number and detail of the newest acknowledgement; 0 without one, and then all that is found is told."""
        said = connection.execute(sa.select(setting.c.value).where(setting.c.name == ACKNOWLEDGED_ROW)).scalar()
        query = sa.select(audit.c.n, audit.c.detail_json).where(audit.c.n == int(said or 0))
        row = connection.execute(query.where(audit.c.act == ACKNOWLEDGED)).first()
        return (row.n, row.detail_json) if row else (0, "")

    def _keys(self, connection: sa.Connection) -> list[tuple[int, bytes]]:
        """(last row, key) of every key of the chain, oldest first."""
        return [*earlier_keys(connection), (sys.maxsize, self._key)]

    def vouched_anew(self) -> None:
        """The key file vouches for the chain as it is now: what comes is anchored again."""
        self._sound = True

    def newest(self, connection: sa.Connection) -> datetime | None:
        """When the newest row was written."""
        said = connection.execute(sa.select(audit.c.t_utc).order_by(audit.c.n.desc()).limit(1)).scalar()
        return datetime.fromisoformat(said) if said else None

    def _only(self, connection: sa.Connection, number: int) -> tuple[str, ...]:
        """What is wrong from one row on; what follows an old place is short."""
        return self._verify(connection, Head(0, b""), after=number - 1)

    def ended_cleanly(self, connection: sa.Connection) -> bool:
        """Whether the last one locked, and all of it is vouched for: a program that was killed leaves it otherwise."""
        last = connection.execute(sa.select(audit.c.act).order_by(audit.c.n.desc()).limit(1)).scalar()
        return last in _LAST_ACTS and head(connection, self._archive_id) == self._keeper.kept()

    def _by_key(
        self, connection: sa.Connection, after: int, cancelled: Cancelled
    ) -> Iterator[tuple[Sequence[Sequence[Any]], Callable[[bytes], bytes]]]:
        """The sealed columns, *prev* and *mac* of all rows after a number, some at a time, with what seals them.

        They are read past the layer that makes named rows, which would take as long as all the rest. Raises Cancelled.
        """
        first = after
        for last, key in self._keys(connection):
            if last <= first:
                continue
            mac_of = keyed(key)
            query = sa.select(*_SEALED, audit.c.prev, audit.c.mac).where(audit.c.n > first, audit.c.n <= last)
            with connection.execute(query.order_by(audit.c.n)) as result:
                while rows := result.cursor.fetchmany(_ROWS_AT_A_TIME):
                    yield rows, mac_of
                    if cancelled():
                        raise CancelledError
            first = last

    def _verify(
        self, connection: sa.Connection, anchor: Head, after: int, cancelled: Cancelled = lambda: False
    ) -> tuple[str, ...]:
        found: list[str] = []
        before = connection.execute(sa.select(audit.c.mac).where(audit.c.n == after)).scalar() if after else None
        previous, number, at_anchor = before or origin(self._archive_id), after, b""
        for rows, mac_of in self._by_key(connection, after, cancelled):
            for row in rows:
                number_of, prev, mac = row[0], row[-2], row[-1]
                if number_of != number + 1:
                    found.append(f"audit-missing:{number + 1}")
                    changed = False
                else:
                    changed = prev != previous
                if changed or not _is_sealed(mac_of, row):
                    found.append(f"audit-changed:{number_of}")
                previous, number = mac, number_of
                if number == anchor.count:
                    at_anchor = mac
        if number < anchor.count:
            found.append(f"audit-cut-off:{number + 1}")
        elif anchor.count and at_anchor != anchor.mac and not found:
            found.append(f"audit-changed:{anchor.count}")
        return tuple(found)
