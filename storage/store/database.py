"""The encrypted database file: connections exactly as trust.md §1 has them, one writer, a raw key and no passphrase.

Everything that only SQLite understands is here: connecting, the write transaction, checks, copying, checkpoints.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from app.errors import Cancelled as CancelledError
from app.errors import StoreError
from storage import durable_file
from storage.store.sql_errors import error_by_words, is_damage, store_error, translated

KEY_BYTES = 32
#: of the database's own machine, between two looks at whether long work is still wanted
STEPS_BETWEEN_LOOKS = 100_000

_OF_THE_DISK = frozenset({"disk-full", "disk-error", "read-only"})

_BEFORE_READING = ("cipher_log_level = NONE",)  # before the key, or a wrong one writes to the terminal
_AFTER_OPENING = (
    "synchronous=FULL",
    "fullfsync=ON",
    "checkpoint_fullfsync=ON",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    # kibibytes of decrypted pages that a connection keeps: what the desk of an office of 60 000 children looks through
    # stays, and is not decrypted again at each press
    "cache_size=-64000",
)


def connect(path: Path, key: bytes, *, wal: bool = True, fixed: bool = False) -> Any:
    """A driver's connection to an encrypted database. Raises the driver's error on a wrong key or damaged first page.

    Without `wal` the file keeps the way of writing that it has: a backup may lie where nothing can be written.
    `fixed` reads a file that nobody changes and lays nothing beside it: on a full disk that is all there is room for.
    With a plain SQLite in place of SQLCipher the key would be ignored and everything written in clear: refused.
    """
    assert len(key) == KEY_BYTES
    # SQLCipher locks and wipes what it holds of keys by itself. To have it lock and wipe every piece of memory that
    # SQLite takes as well (`cipher_memory_security`, off by its makers' choice since 4.5.0) costs two calls of the
    # system for each of them, half of all processor time of a screen and more the longer the program runs, and guards
    # one copy of words that the program and its window hold in memory of their own
    name = f"{path.absolute().as_uri()}?immutable=1" if fixed else str(path)
    connection = sqlcipher.connect(name, timeout=10, check_same_thread=False, uri=fixed)
    try:
        for pragma in (*_BEFORE_READING, f"key = \"x'{key.hex()}'\""):
            connection.execute("PRAGMA " + pragma)
        version = connection.execute("PRAGMA cipher_version").fetchone()
        if not version or not version[0]:
            raise StoreError("not-encrypted")
        connection.execute("SELECT count(*) FROM sqlite_master")  # a wrong key fails here
        for pragma in (*(("journal_mode=WAL",) if wal and not fixed else ()), *_AFTER_OPENING):
            connection.execute("PRAGMA " + pragma)
    except BaseException:
        connection.close()
        raise
    return connection


class Database:
    """An open database: an engine with a pool of connections, and the lock that lets one thread write at a time."""

    def __init__(self, path: Path, key: bytes, *, wal: bool = True, fixed: bool = False) -> None:
        self.path = path
        self._key = bytearray(key)
        self._writing = threading.Lock()
        self._closed = False
        #: which file it is that was opened; None before, and where the system lets no open file be replaced
        self._opened: tuple[int, int] | None = None
        self._log: tuple[int, int] | None = None
        self._kept_beside = False
        self._connected: Callable[[], Any] = lambda: self._proven(connect(path, bytes(self._key), wal=wal, fixed=fixed))
        # last in, first out: one thread at work keeps one connection, whose pages stay decrypted
        self.engine = sa.create_engine(
            "sqlite+pysqlite://",
            module=sqlcipher,
            creator=self._connected,
            poolclass=QueuePool,
            pool_use_lifo=True,
            hide_parameters=True,
        )

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the archive. Raises StoreError."""
        self._refuse_when_closed()
        with translated(), self.engine.connect() as connection, _dropped_on_damage(connection):
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A connection in the one write transaction; committed at the end, undone on any error. Raises StoreError."""
        with self._writing, translated():
            self._refuse_when_closed()
            self._refuse_when_replaced()
            with self.engine.connect() as connection, _dropped_on_damage(connection):
                # taking the write lock first, so that what is compared is still true when it is written
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                yield connection
                try:
                    connection.commit()
                except BaseException as error:
                    refused = store_error(error) if isinstance(error, sa.exc.DBAPIError) else None
                    if refused is not None and refused.key in _OF_THE_DISK:
                        self._write_over_what_failed(connection)
                    # a commit that failed leaves its transaction open: only closing the connection is sure to end it
                    connection.invalidate()
                    raise

    def _write_over_what_failed(self, failed: sa.Connection) -> None:
        """What failed stays undone, whoever opens the archive next.

        A commit whose sync failed stands whole in the log beside the file. It does not count as long as somebody has
        the file open; the next to open it alone would read it as one that was made, when what belonged to it may be
        taken away already. So the least that can be committed, a number that stays as it is, is written in its place.
        A disk that takes not even that gives nothing back either.
        """
        with contextlib.suppress(sqlcipher.Error, OSError), closing(self._connected()) as driver:
            failed.invalidate()
            number = int(driver.execute("PRAGMA user_version").fetchone()[0])
            driver.execute(f"PRAGMA user_version = {number}")

    @contextmanager
    def still(self) -> Iterator[None]:
        """Within it nobody writes, so that the file on the disk is one state. Raises StoreError `closed`."""
        with self._writing:
            self._refuse_when_closed()
            yield

    def compact(self) -> None:
        """Write the file anew, without what was deleted, and empty the log beside it. Raises StoreError."""
        with self._writing, translated():
            self._refuse_when_closed()
            pooled = self.engine.raw_connection()
            try:
                driver: Any = pooled.driver_connection
                driver.execute("VACUUM")
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                pooled.close()

    def close(self) -> None:
        """Write the log back into the file, drop every connection and the key."""
        with self._writing:
            self._closed = True
            self.engine.dispose()
            self._forget_log_of_the_replaced()
            self._key[:] = bytes(len(self._key))

    @property
    def closed(self) -> bool:
        return self._closed

    @property
    def has_key(self) -> bool:
        """Whether the key is in memory: `close` overwrites it."""
        return any(self._key)

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise StoreError("closed")

    def _proven(self, driver: Any) -> Any:
        """A connection to the file that was opened first, and not to one that took its name since."""
        found = _which(self.path)
        if self._opened is None:
            self._opened = found
        elif found != self._opened:
            driver.close()
            raise StoreError("replaced")
        return driver

    def _refuse_when_replaced(self) -> None:
        """What was acknowledged stands in a file that has no name any more: it gets one, and nothing more is written.

        Raises StoreError `replaced`, and what its disk says.
        """
        if self._opened is None or _which(self.path) == self._opened:
            self._log = _which(self._beside("-wal"))
            return
        if not self._kept_beside:
            stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
            kept = self.path.with_name(f"{self.path.stem} (kept {stamp}){self.path.suffix}")
            with self.engine.connect() as connection:
                _copied_to(connection.connection.driver_connection, kept, bytes(self._key))
            self._kept_beside = True
        raise StoreError("replaced")

    def _forget_log_of_the_replaced(self) -> None:
        """SQLite leaves its log beside a file that took the name of its own; laid over that one it would ruin it."""
        if self._kept_beside and self._log is not None and _which(self._beside("-wal")) == self._log:
            for suffix in ("-wal", "-shm"):
                self._beside(suffix).unlink(missing_ok=True)

    def _beside(self, suffix: str) -> Path:
        return self.path.with_name(self.path.name + suffix)

    def written_anew(self, cancelled: Callable[[], bool]) -> None:
        """Write the whole file anew and empty the log beside it: what was deleted is in neither, nor in a free page.

        Others wait with writing meanwhile, and it needs room for a second file. Raises Cancelled while the disk still
        holds what it held, StoreError `disk-full`, `locked` when somebody reads too long.
        """
        with self._writing, translated():
            self._refuse_when_closed()
            with self.engine.connect() as connection:
                driver: Any = connection.connection.driver_connection
                driver.set_progress_handler(cancelled, STEPS_BETWEEN_LOOKS)
                try:
                    driver.execute("VACUUM")
                except sqlcipher.OperationalError:
                    if cancelled():
                        raise CancelledError from None
                    raise
                finally:
                    driver.set_progress_handler(None, STEPS_BETWEEN_LOOKS)
                _empty_log(driver)

    def empty_log(self) -> None:
        """Put what stands in the log beside the file into the file, and cut the log off. Raises StoreError `locked`."""
        with self._writing, translated():
            self._refuse_when_closed()
            with self.engine.connect() as connection:
                _empty_log(connection.connection.driver_connection)

    def troubles(self) -> tuple[str, ...]:
        """Checks of every page's seal, of the structure and of references; keys of what fails."""
        found: list[str] = []
        try:
            with self.read() as connection:
                # the pages' seals are read from the file itself, so what still stands in the log goes there first: or a
                # page that a full disk cut off in the middle, whole in the log, would be taken for damage
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            # by a connection that has read nothing: of the search index one keeps what it read before another wrote,
            # and would tell of damage in a file that is whole
            with translated(), closing(self._connected()) as driver:
                found = whole(driver)
        except StoreError as error:
            found.append(f"database-{error.key}")
        return tuple(found)


@contextmanager
def _dropped_on_damage(connection: sa.Connection) -> Iterator[None]:
    """A connection that met a damaged page is not used again: it would read nothing any more, not even whole pages.

    SQLCipher keeps the refusal of one page's seal for as long as the connection lives.
    """
    try:
        yield
    except Exception as error:
        if is_damage(error):
            connection.invalidate()
        raise


def _empty_log(driver: Any) -> None:
    busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise StoreError("locked")


def whole(driver: Any) -> list[str]:
    """What a driver's connection finds wrong: `database-pages`, `database-structure`, `database-references`."""
    found = []
    if driver.execute("PRAGMA cipher_integrity_check").fetchall():
        found.append("database-pages")
    if driver.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        found.append("database-structure")
    if driver.execute("PRAGMA foreign_key_check").fetchall():
        found.append("database-references")
    return found


def copy_database(source: Path, source_key: bytes, target: Path, target_key: bytes) -> None:
    """Copy one state of a database, also one in use, into a new file under another key. Raises StoreError.

    The copy is one file, forced to the disk.
    """
    with translated():
        reading = connect(source, source_key, wal=False)
        try:
            _copied_to(reading, target, target_key)
        finally:
            reading.close()


def _copied_to(reading: Any, target: Path, key: bytes) -> None:
    durable_file.make_for_owner(target)
    writing = connect(target, key, wal=False)
    try:
        _copied(reading, writing)
        # the copied first page may say WAL as its source did; a copy is one file that can be read anywhere
        writing.execute("PRAGMA journal_mode=DELETE")
    finally:
        writing.close()


def _which(path: Path) -> tuple[int, int] | None:
    """Which file has this name now; None for none. Windows lets no file that is open be replaced."""
    if sys.platform == "win32":
        return None
    try:
        said = path.stat()
    except OSError:
        return None
    return said.st_dev, said.st_ino


def _copied(reading: Any, writing: Any) -> None:
    """The driver's own copying tells a full disk without a code, so what it says is looked up in words."""
    try:
        reading.backup(writing)
    except sqlcipher.Error as error:
        if getattr(error, "sqlite_errorcode", None) is None and (expected := error_by_words(error)) is not None:
            raise expected from None
        raise
