"""A file on the user's disk that is either wholly there or not at all.

For what the program hands out and its settings: documents, sheets, a recovery paper, in any folder that a user chose,
with the refusal as a sentence for the user. `storage/durable_file` is the archive's own, stricter: it waits for
scanners, flushes the drive and the folder's list, and answers with the system's error. The store may not know the
application beyond its model and doors, nor the application the store, so neither can stand on the other.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from app.errors import AppError

#: what no file's name may hold on one of the systems
_NOT_IN_NAMES = dict.fromkeys((*map(ord, '<>:"/\\|?*'), *range(32), 127), "-")


def write_whole(path: Path, content: bytes) -> None:
    """Replace the file at `path` in one step, readable by its owner only.

    Raises AppError(`cannot-write`); what was there before is then untouched and nothing half written stays.
    """
    made: Path | None = None
    try:
        if path.exists() and not path.is_file():  # putting a file in place of a device would take the device away
            raise AppError("cannot-write")
        # not by `tempfile`: on Windows that takes a refusal for a name that is taken, and tries two milliard others
        # (CPython gh-66305)
        made = path.with_name(f".{secrets.token_hex(8)}.tmp")
        with open(made, "xb", opener=_for_owner) as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        made.replace(path)
    except BaseException as error:
        if made is not None:
            made.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise AppError("cannot-write") from error
        raise


def _for_owner(path: str, flags: int) -> int:
    """An `opener` for `open`: flags, whose bits are the system's numbers, and a descriptor. Raises OSError."""
    return os.open(path, flags, 0o600)


def in_file_names(words: str) -> str:
    """Words as they can stand in a file's name on every system: a code name may be *A/12*."""
    return words.translate(_NOT_IN_NAMES)
