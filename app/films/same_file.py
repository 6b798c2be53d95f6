"""That the file which was checked is the one that is copied: nothing took its place, and nothing wrote to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from app.errors import FilmError

#: disk and number of the file, its size, and when its bytes and its entry changed last, in nanoseconds
Stamp: TypeAlias = tuple[int, int, int, int, int]


def stamps(sources: Sequence[Path]) -> tuple[Stamp, ...]:
    """What the system says of each file. Where it keeps it, nobody can set the last of these times.

    Raises FilmError(`film-missing`) for a file that is not there any more.
    """
    try:
        told = [source.stat() for source in sources]
    except OSError as error:
        raise FilmError("film-missing") from error
    return tuple((t.st_dev, t.st_ino, t.st_size, t.st_mtime_ns, t.st_ctime_ns) for t in told)


def must_be_same(seen: Sequence[Stamp], sources: Sequence[Path]) -> None:
    """Raises FilmError(`source-changed`) when a file is no longer the one whose stamp was seen."""
    if stamps(sources) != tuple(seen):
        raise FilmError("source-changed")
