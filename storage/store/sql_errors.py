"""The database's refusals in the application's words. The one place that reads an engine's error codes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy.exc
from sqlcipher3 import dbapi2

from app.errors import StoreError

# primary result codes of sqlite3.h: the low byte of an extended code
_PERM, _BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 3, 5, 6, 8, 10, 11, 13, 14, 26
_KEYS = {
    _FULL: "disk-full",
    _PERM: "read-only",
    _READONLY: "read-only",
    _CANTOPEN: "read-only",
    _CORRUPT: "damaged",
    _NOTADB: "damaged",
    _BUSY: "locked",
    _LOCKED: "locked",
    _IOERR: "disk-error",
}
_CONSTRAINT = 19


def store_error(error: Exception) -> StoreError | None:
    """The StoreError for a driver's error; None for what is a bug.

    Keys: `disk-full`, `read-only`, `damaged`, `locked`, `disk-error`; `broken-reference` for a part without its whole.
    """
    cause: Any = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlite_errorcode", None)
    if code is None:
        return None
    # the driver gives no extended codes; this text of SQLite's has been the same since 2013
    if code == _CONSTRAINT and "FOREIGN KEY" in str(cause):
        return StoreError("broken-reference")
    key = _KEYS.get(code & 0xFF)
    return StoreError(key) if key else None


def is_damage(error: Exception) -> bool:
    """Whether an error, the driver's or one translated already, says that a page is not as it was written."""
    expected = error if isinstance(error, StoreError) else store_error(error)
    return expected is not None and expected.key == "damaged"


# what sqlite3_errstr says of the primary codes, for the few calls of the driver that raise without a code
_WORDS = {
    "database or disk is full": "disk-full",
    "attempt to write a readonly database": "read-only",
    "unable to open database file": "read-only",
    "database disk image is malformed": "damaged",
    "file is not a database": "damaged",
    "database is locked": "locked",
    "disk I/O error": "disk-error",
}


def error_by_words(error: Exception) -> StoreError | None:
    """The StoreError for an error whose only sign is its text, as the driver's `backup` raises it; None for a bug."""
    key = _WORDS.get(str(error))
    return StoreError(key) if key else None


@contextmanager
def translated() -> Iterator[None]:
    """Within it the database's expected trouble comes out as StoreError; bugs come out as they are."""
    try:
        yield
    except (sqlalchemy.exc.DBAPIError, dbapi2.Error) as error:
        expected = store_error(error)
        if expected is None:
            raise
        # the driver's text may quote values: the cause is not carried along
        raise expected from None
