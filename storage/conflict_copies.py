"""Other copies of an archive beside it: what sync services leave where two computers changed a file, or a person did.

`archive (1).db`, `archive-DESKTOP.db`, `archive.sync-conflict-….db`, or a folder `Havainto (1)` of the same archive.
Two copies that are both worked in become two truths, so they are told at each opening until one of them is gone.
"""

from __future__ import annotations

from pathlib import Path

from app.errors import ArchiveError
from storage import archive_folder
from storage.vault import key_file

_OURS = frozenset({archive_folder.DATABASE_NAME, key_file.FILE_NAME})
#: what begins so and ends like the database or the key file, and is neither
_BEGINS, _ENDS = "archive", frozenset({".db", ".key"})
#: so many are named
NAMED = 3


def names(folder: Path, archive_id: str) -> tuple[str, ...]:
    """What lies in the archive's folder or right beside it and is another copy of it or of a part. Reads little."""
    try:
        inside = [path for path in folder.iterdir() if path.name.startswith(_BEGINS) and path.suffix in _ENDS]
        beside = [path for path in folder.parent.iterdir() if path.name.startswith(folder.name)]
    except OSError:
        return ()
    copies = [path.name for path in inside if path.name not in _OURS]
    copies += [path.name for path in beside if path != folder and _is_same(path, archive_id)]
    return tuple(sorted(copies))


def told(folder: Path, archive_id: str) -> list[ArchiveError]:
    """`conflict-copies` with their `names`, the first few; nothing where there are none."""
    found = names(folder, archive_id)
    more = ["…"] if len(found) > NAMED else []
    return [ArchiveError("conflict-copies", names=", ".join([*found[:NAMED], *more]))] if found else []


def _is_same(folder: Path, archive_id: str) -> bool:
    """Another person's folder, into which nobody here may look, is nothing to tell of and keeps nobody out."""
    if folder.name.endswith(archive_folder.UNFINISHED):
        return False
    try:
        return (folder / key_file.FILE_NAME).is_file() and key_file.load(folder).vault.archive_id == archive_id
    except (ArchiveError, OSError):
        return False
