"""Where the files of sealed codings lie, and the names that they have while they are made and while they go.

    codings/<coding id>.db          a coding; beside it while it is open -wal and -shm
    codings/<coding id>.db.begun    made whole, but its row may not be there: killed before that, nothing was promised
    codings/<coding id>.db.going    its row may be gone already: killed after that, it is not wanted any more

So a file is taken away only when its name says that nothing of it was ever promised, or that its coder took it away. A
file of the first kind without a row is not: an older database may have been put back beside newer files.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.errors import StoreError
from storage import archive_folder, durable_file

FOLDER = archive_folder.CODINGS_NAME
BEGUN, GOING = ".begun", ".going"
_ID = re.compile(r"[\w-]{1,64}")


def folder_in(archive: Path) -> Path:
    """The folder of an archive's sealed codings."""
    return archive / FOLDER


def path_of(folder: Path, coding_id: str) -> Path:
    """Where a coding's file lies. Raises StoreError `damaged` for a row whose id is no name of a file."""
    if not _ID.fullmatch(coding_id):
        raise StoreError("damaged")
    return folder / f"{coding_id}.db"


def with_ending(path: Path, ending: str) -> Path:
    """The same file while it is made or while it goes."""
    return path.with_name(path.name + ending)


def make_folder(folder: Path) -> None:
    """The folder, for its owner alone. Raises OSError."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700)
        durable_file.sync_folder(folder.parent)


def rename(path: Path, target: Path) -> None:
    """Another name in one step. Raises OSError."""
    durable_file.put_in_place(path, target)


def take_away(path: Path) -> None:
    """Remove a file and what SQLite lays beside it; a disk that refuses is asked again at the next sign-in."""
    for name in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            durable_file.remove(path.with_name(path.name + name))
    with contextlib.suppress(OSError):
        durable_file.sync_folder(path.parent)


@dataclass(frozen=True, slots=True)
class Left:
    """What the folder holds that no row speaks of."""

    unclaimed: tuple[str, ...]


def tidy(folder: Path, known: Iterable[str], erased: Iterable[str] = ()) -> Left:
    """End what was cut off, of any worker's: names only are looked at. `known` are the ids that have a row.

    Files of what was `erased` go: with the row their key went already.

    Raises OSError.
    """
    rows = set(known)
    if not folder.is_dir():
        return Left(())
    for path in durable_file.listed(folder, "*.db.*"):
        coding_id, _, ending = path.name.partition(".db.")
        wanted = folder / f"{coding_id}.db"
        if ending in ("begun", "going"):
            if coding_id in rows and not wanted.exists():
                rename(path, wanted)
            else:
                take_away(path)
    for coding_id in set(erased) - rows:
        take_away(path_of(folder, coding_id))
    return Left(tuple(path.stem for path in durable_file.listed(folder, "*.db") if path.stem not in rows))
