"""One sealed coding on the disk: `codings/<coding id>.db`, a SQLCipher database under a key of its own.

    file key   HKDF(coding key, "havainto/2/coding/file"), given to SQLCipher raw: x'64 hex digits'
    tables     coding, observation, mark, rating, bookmark, private_note, journal, journal_entity, audit, setting, as in
               the archive but for the coding's reference to its meeting; filler, which is empty
    setting    format (1), coding, step (how often its state changed), commitment (hex, once ready), released-rows (up
               to which row the audit chain stands in the archive as well)
    audit      a chain as in the archive: its key is HKDF(coding key, "havainto/2/coding/log"), and what it calls the
               archive is "<archive id>/<coding id>"

The file of a supervisor's own notes has two tables more, supervision_notebook and supervision_note, and *notes* (1)
among its settings; those of a coding stay empty in it.

The clear row in the archive has the coding key, wrapped under its coder's own. The length is one of a few sizes for
ever: something is written and taken away again until the file has the size, so that it says nothing of how much was
coded. Closed, nothing lies beside it, and its time is that of *begin*.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from app.errors import StoreError
from app.model.coding import CodingHeader, CodingState
from app.model.units import ByteCount
from storage import archive_settings, durable_file
from storage.store.access_log import Actor, AuditLog, FixedEnd, head
from storage.store.coding_rows import SEALED
from storage.store.database import Database
from storage.store.kinds import PRIVATE, kind_of
from storage.store.row_mapping import compact, names_of
from storage.store.sealed_rows import SealedRow
from storage.store.tables import TABLES
from storage.vault import coding_keys

STEP, COMMITMENT, RELEASED_ROWS = "step", "commitment", "released-rows"
_FORMAT, _CODING, _NOTES = "format", "coding", "notes"

#: what is released, in the order in which it is committed to
RELEASED = (CodingHeader, *(kind for kind in SEALED if kind not in PRIVATE))

_PAGE = 4096
#: what an overflow page of a SQLCipher database holds: the page less 80 bytes of seal and 4 of its next page's number
_HELD = _PAGE - 84
_MIB = 1 << 20
#: sizes of a file; beyond the largest its multiples. One that was released has only notes in it
SIZES, RELEASED_SIZES = (4 * _MIB, 16 * _MIB, 64 * _MIB), (_MIB // 4, 4 * _MIB, 16 * _MIB, 64 * _MIB)
#: free pages below which a file grows: in a step only when it must, else while it is opened or closed
_FEW, _SOME = 16, 256

#: the format's history, a step each; never changed after it went out
STEPS: tuple[tuple[str, ...], ...] = (
    (
        (
            "CREATE TABLE coding (id TEXT NOT NULL, meeting_id TEXT NOT NULL, coder TEXT NOT NULL, scheme_id TEXT"
            " NOT NULL, scheme_version BIGINT NOT NULL, instrument_id TEXT NOT NULL, instrument_version BIGINT "
            "NOT NULL, state TEXT NOT NULL, covered TEXT NOT NULL, ready_at TEXT, checksum TEXT NOT NULL, "
            "in_passes BOOLEAN NOT NULL, passes TEXT NOT NULL, chosen TEXT NOT NULL, kind TEXT NOT NULL, reading "
            "BIGINT NOT NULL, revision BIGINT NOT NULL, PRIMARY KEY (id))"
        ),
        (
            "CREATE TABLE observation (id TEXT NOT NULL, coding_id TEXT NOT NULL, code TEXT NOT NULL, person TEXT"
            ' NOT NULL, start BIGINT NOT NULL, "end" BIGINT, open BOOLEAN NOT NULL, modifiers TEXT NOT NULL, note'
            " TEXT NOT NULL, how TEXT NOT NULL, pressed BIGINT, seen_on TEXT NOT NULL, seen_at BIGINT, revision "
            "BIGINT NOT NULL, PRIMARY KEY (id), FOREIGN KEY (coding_id) REFERENCES coding (id) DEFERRABLE "
            "INITIALLY DEFERRED)"
        ),
        "CREATE INDEX ix_observation_coding_id ON observation (coding_id, id)",
        (
            "CREATE TABLE mark (id TEXT NOT NULL, coding_id TEXT NOT NULL, kind TEXT NOT NULL, at BIGINT NOT "
            "NULL, text TEXT NOT NULL, revision BIGINT NOT NULL, PRIMARY KEY (id), FOREIGN KEY (coding_id) "
            "REFERENCES coding (id) DEFERRABLE INITIALLY DEFERRED)"
        ),
        "CREATE INDEX ix_mark_coding_id ON mark (coding_id, id)",
        (
            "CREATE TABLE rating (id TEXT NOT NULL, coding_id TEXT NOT NULL, item TEXT NOT NULL, value BIGINT, "
            "reason TEXT NOT NULL, evidence TEXT NOT NULL, segment_id TEXT NOT NULL, revision BIGINT NOT NULL, "
            "PRIMARY KEY (id), FOREIGN KEY (coding_id) REFERENCES coding (id) DEFERRABLE INITIALLY DEFERRED)"
        ),
        "CREATE INDEX ix_rating_coding_id ON rating (coding_id, id)",
        (
            "CREATE TABLE bookmark (id TEXT NOT NULL, coding_id TEXT NOT NULL, at BIGINT NOT NULL, word TEXT NOT "
            "NULL, color TEXT NOT NULL, revision BIGINT NOT NULL, PRIMARY KEY (id), FOREIGN KEY (coding_id) "
            "REFERENCES coding (id) DEFERRABLE INITIALLY DEFERRED)"
        ),
        "CREATE INDEX ix_bookmark_coding_id ON bookmark (coding_id, id)",
        (
            "CREATE TABLE private_note (id TEXT NOT NULL, coding_id TEXT NOT NULL, kind TEXT NOT NULL, number "
            "BIGINT NOT NULL, text TEXT NOT NULL, keep BOOLEAN NOT NULL, revision BIGINT NOT NULL, PRIMARY KEY "
            "(id), FOREIGN KEY (coding_id) REFERENCES coding (id) DEFERRABLE INITIALLY DEFERRED)"
        ),
        "CREATE INDEX ix_private_note_coding_id ON private_note (coding_id, id)",
        (
            "CREATE TABLE journal (n INTEGER NOT NULL, step TEXT NOT NULL, at TEXT NOT NULL, worker_id TEXT NOT "
            "NULL, act TEXT NOT NULL, label TEXT NOT NULL, case_id TEXT NOT NULL, coding_id TEXT NOT NULL, packed"
            " BOOLEAN NOT NULL, body BLOB NOT NULL, PRIMARY KEY (n))"
        ),
        (
            "CREATE TABLE journal_entity (entity_id TEXT NOT NULL, journal_n INTEGER NOT NULL, PRIMARY KEY "
            "(entity_id, journal_n), FOREIGN KEY (journal_n) REFERENCES journal (n))"
        ),
        (
            "CREATE TABLE audit (n INTEGER NOT NULL, t_utc TEXT NOT NULL, mono BIGINT NOT NULL, actor_slot TEXT "
            "NOT NULL, actor_id TEXT NOT NULL, actor_name TEXT NOT NULL, session TEXT NOT NULL, act TEXT NOT "
            "NULL, object_kind TEXT NOT NULL, object_id TEXT NOT NULL, coding_id TEXT NOT NULL, purpose TEXT NOT "
            "NULL, detail_json TEXT NOT NULL, prev BLOB NOT NULL, mac BLOB NOT NULL, PRIMARY KEY (n))"
        ),
        (
            "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is "
            "append-only'); END"
        ),
        (
            "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is "
            "append-only'); END"
        ),
        "CREATE TABLE setting (name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (name))",
        "CREATE TABLE filler (body BLOB NOT NULL)",
    ),
)


#: the same of what the file of a supervisor's notes has besides
NOTE_STEPS: tuple[tuple[str, ...], ...] = (
    (
        (
            "CREATE TABLE supervision_notebook (id TEXT NOT NULL, agreement_id TEXT NOT NULL, keeper TEXT NOT NULL, "
            "revision BIGINT NOT NULL, PRIMARY KEY (id))"
        ),
        (
            "CREATE TABLE supervision_note (id TEXT NOT NULL, notebook_id TEXT NOT NULL, session_id TEXT NOT NULL, "
            "written TEXT, text TEXT NOT NULL, revision BIGINT NOT NULL, PRIMARY KEY (id), FOREIGN KEY (notebook_id) "
            "REFERENCES supervision_notebook (id) DEFERRABLE INITIALLY DEFERRED)"
        ),
        "CREATE INDEX ix_supervision_note_notebook_id ON supervision_note (notebook_id, id)",
    ),
)


class CodingFile:
    """An open file of the worker's own. Raises StoreError, `damaged` also for one under another key."""

    def __init__(self, path: Path, key: bytes, row: SealedRow, archive_id: str, actor: Actor) -> None:
        self.path, self.row = path, row
        self._key = bytearray(key)
        self.chain = f"{archive_id}/{row.coding_id}"
        self.log = AuditLog(coding_keys.log_key(key), self.chain, actor, FixedEnd())
        self._database = Database(path, coding_keys.file_key(key))
        try:
            with self._database.read() as connection:
                self.step = _migrated(connection, row.coding_id)
                self.head = head(connection, self.chain)
                is_short = _free(connection) < self._some
            if is_short:
                self.keep_size(self._some)
        except BaseException:
            self._database.close()
            raise

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the coding. Raises StoreError."""
        with self._database.read() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A connection in the one write transaction, at whose end the file has one of its sizes. Raises StoreError."""
        with self._database.write() as connection:
            yield connection
            keep_size(connection, self._sizes, _FEW)

    def keep_size(self, least: int) -> None:
        """Grow, when fewer than so many pages are free, to the next size. Raises StoreError."""
        with self._database.write() as connection:
            keep_size(connection, self._sizes, least)

    @property
    def _some(self) -> int:
        return _FEW if self._is_small else _SOME

    @property
    def _sizes(self) -> tuple[int, ...]:
        return RELEASED_SIZES if self._is_small else SIZES

    @property
    def _is_small(self) -> bool:
        """Whether there are only notes in it."""
        return self.row.released or self.row.is_notebook

    def header(self) -> CodingHeader | None:
        """The coding's whole header. Raises StoreError."""
        from storage.store import entity_rows

        with self.read() as connection:
            return entity_rows.one(connection, CodingHeader, self.row.coding_id, sa.true())

    def state(self) -> CodingState:
        """How far the file itself says that the coding is. Raises StoreError."""
        header = self.header()
        return CodingState.DRAFT if header is None else header.state

    def commitment(self, connection: sa.Connection) -> bytes:
        """What vouches for all that will be released, as it stands now. 32 bytes."""
        return coding_keys.commitment(bytes(self._key), content(connection, self.row.coding_id))

    def troubles(self) -> tuple[str, ...]:
        """What is not whole: pages, structure, references, the chain of its log, what was marked as ready."""
        found = list(self._database.troubles())
        if found:
            return tuple(found)
        with self.read() as connection:
            found += self.log.verify(connection)
            is_ready = self.row.state == CodingState.READY and not self.row.released
            if is_ready and not hmac.compare_digest(self.commitment(connection), self.row.commitment):
                found.append("commitment")
        return tuple(found)

    def cut_down(self) -> None:
        """Only the coder's own notes stay, with the header that they belong to and the log. Raises StoreError."""
        with self._database.write() as connection:
            for kind in RELEASED:
                if kind is not CodingHeader:
                    connection.execute(sa.delete(TABLES[kind]))
        self._database.compact()
        self.keep_size(_FEW)
        self.checkpoint()

    def checkpoint(self) -> None:
        """Everything is in the file itself and nothing beside it. Raises StoreError."""
        with self.read() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def still(self) -> Iterator[Path]:
        """Within it nobody writes, and the bytes of the file are all of it. Raises StoreError."""
        with self._database.write(), self._database.read() as beside:
            beside.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
            yield self.path

    def close(self) -> None:
        """Close it; nothing lies beside it then, and its time says when it was begun. Raises StoreError."""
        try:
            if not self._database.closed:
                self.keep_size(self._some)
                self.checkpoint()
        finally:
            self._database.close()
            self._key[:] = bytes(len(self._key))
            set_time(self.path, self.row.begun)


def make(path: Path, key: bytes, coding_id: str, *, is_notebook: bool = False) -> Database:
    """A new file with its tables, not in use yet. Raises StoreError, OSError."""
    durable_file.make_for_owner(path)
    database = Database(path, coding_keys.file_key(key), wal=False)
    try:
        with database.write() as connection:
            for statement in (*STEPS[0], *(NOTE_STEPS[0] if is_notebook else ())):
                connection.exec_driver_sql(statement)
            if is_notebook:
                archive_settings.put(connection, _NOTES, "1")
            archive_settings.put(connection, _FORMAT, "1")
            archive_settings.put(connection, _CODING, coding_id)
            archive_settings.put(connection, STEP, "0")
    except BaseException:
        database.close()
        raise
    return database


def finish(database: Database, begun: str, *, is_small: bool = False) -> None:
    """Give a new file its size and force it to the disk. Raises StoreError, OSError."""
    with database.write() as connection:
        keep_size(connection, RELEASED_SIZES if is_small else SIZES, _FEW)
    path = database.path
    database.close()
    with path.open("r+b") as file:  # open for writing: Windows flushes no file that was opened to be read alone
        durable_file.sync_file(file.fileno())
    set_time(path, begun)
    durable_file.sync_folder(path.parent)


def set_time(path: Path, begun: str) -> None:
    """A file's time says when its coding was begun, not when it was worked on."""
    try:
        at = datetime.fromisoformat(begun).timestamp()
        os.utime(path, (at, at))
    except (OSError, ValueError):
        return


def content(connection: sa.Connection, coding_id: str) -> bytes:
    """All of a coding that will be released, in one form: a line for each row, kind by kind and by ascending id.

    A line is JSON without spaces: the kind's name, then the columns' values in the order of the table, less revision.
    """
    lines = []
    for kind in RELEASED:
        table = TABLES[kind]
        of = table.c["id" if kind is CodingHeader else kind_of(kind).parent]
        columns = [table.c[name] for name in names_of(kind)]
        name = kind_of(kind).name
        rows = connection.execute(sa.select(*columns).where(of == coding_id).order_by(table.c.id))
        lines += [compact([name, *row]) for row in rows]
    return "\n".join(lines).encode()


def _migrated(connection: sa.Connection, coding_id: str) -> int:
    """Whether it is the file of this coding, in a format that this program knows; its step, which counts from 0."""
    if archive_settings.get(connection, _CODING) != coding_id:
        raise StoreError("damaged")
    if int(archive_settings.get(connection, _FORMAT)) > len(STEPS):
        raise StoreError("damaged")
    if int(archive_settings.get(connection, _NOTES) or 0) > len(NOTE_STEPS):
        raise StoreError("damaged")
    return int(archive_settings.get(connection, STEP))


# ── size ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def size_for(used: ByteCount, sizes: tuple[int, ...] = SIZES) -> ByteCount:
    """The least of the sizes that holds so many bytes."""
    for size in sizes:
        if used <= size:
            return size
    return -(-used // sizes[-1]) * sizes[-1]


def is_whole_size(path: Path) -> bool:
    """Whether a file is there and has one of the sizes; while it is open it may be on its way to the next."""
    try:
        size = path.stat().st_size
    except OSError:
        return False
    return size > 0 and size % _PAGE == 0


def keep_size(connection: sa.Connection, sizes: tuple[int, ...], least: int) -> None:
    """Within a transaction: the file has one of its sizes, and so many pages of it at least are free."""
    free, pages = _free(connection), _pragma(connection, "page_count")
    wanted = size_for((pages - free + least) * _PAGE, sizes) // _PAGE
    wanted = max(wanted, size_for(pages * _PAGE, sizes) // _PAGE)
    if wanted == pages:
        return
    # a blob takes the free pages and then new ones; what it leaves is free, and encrypted like all else
    overflow = free + wanted - pages
    connection.exec_driver_sql("INSERT INTO filler (body) VALUES (zeroblob(?))", (470 + overflow * _HELD,))
    connection.exec_driver_sql("DELETE FROM filler")


def _free(connection: sa.Connection) -> int:
    return _pragma(connection, "freelist_count")


def _pragma(connection: sa.Connection, name: str) -> int:
    driver = connection.connection.driver_connection
    assert driver is not None
    return int(driver.execute(f"PRAGMA {name}").fetchone()[0])


def detail_counts(detail: str) -> dict[str, str]:
    """The parts of a log row's detail by their names."""
    return dict(part.split("=", 1) for part in detail.split(";") if "=" in part)
