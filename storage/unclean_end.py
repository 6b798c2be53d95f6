"""What a program that was killed left beside its database, and whether all of it was found again.

SQLite keeps committed pages in a log beside the database, and how many of them count in an index beside that. After a
kill it reads the log anew and stops without a word at the first page that is damaged or cut off: what was committed
behind it is gone. The index as the kill left it says how far the log went; both numbers are compared.

That index is memory which the system writes to the disk when it likes. A computer that lost its power, or was started
anew for another reason, may have kept one of any earlier moment: then it says nothing, and nobody is alarmed by it.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

#: SQLite's wal-index header: pages that count, and the log's salt; numbers in the order of the computer's own bytes
_FRAMES, _SALT = slice(16, 20), slice(32, 40)
_HEADER = 48
#: the salt stands in the log's header and in that of each of its pages
_LOG_SALT, _FIRST_PAGE_SALT = slice(16, 24), slice(40, 48)


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """How many pages of the log counted for who was killed."""

    pages: int


def left_behind(database: Path) -> LeftBehind | None:
    """Before the database is opened; None after an orderly end, and where log and index are not of one time.

    None, too, where the index was written before this computer was started.
    """
    if _from_before_the_start(database):
        return None
    index, log = _read(database, "-shm", _HEADER), _read(database, "-wal", _FIRST_PAGE_SALT.stop)
    if len(index) < _HEADER:
        return None
    salt, pages = index[_SALT], int.from_bytes(index[_FRAMES], sys.byteorder)
    known = {log[_LOG_SALT], log[_FIRST_PAGE_SALT]}
    # of a log that is cut off in its header nothing is known but that it was longer
    of_one_time = salt in known or len(log) < _LOG_SALT.stop
    return LeftBehind(pages) if pages and of_one_time else None


def is_lost(database: Path, left: LeftBehind | None) -> bool:
    """Whether less of the log counts now, when the database was opened and nothing was written yet."""
    if left is None:
        return False
    index = _read(database, "-shm", _HEADER)
    return int.from_bytes(index[_FRAMES], sys.byteorder) < left.pages


def _from_before_the_start(database: Path) -> bool:
    try:
        written = database.with_name(database.name + "-shm").stat().st_mtime
    except OSError:
        return False
    return written < time.time() - _running_for()


def _running_for() -> float:
    """Seconds since this computer was started, its sleep among them."""
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)  # which counts sleep there
    if sys.platform == "win32":
        return time.monotonic()
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def _read(database: Path, beside: str, size: int) -> bytes:
    try:
        with database.with_name(database.name + beside).open("rb") as file:
            return file.read(size)
    except OSError:
        return b""
