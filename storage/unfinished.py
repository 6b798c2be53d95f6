"""Where an archive is made that must be whole or not there: a restored one, the example.

A folder with an unfinished name lies beside the one asked for; in it the archive is built and gets its name when all is
there.

Whatever ends the program in between, nothing has the name of an archive, and the next one to the same place
takes away what was.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import ArchiveError
from storage import archive_folder, durable_file
from storage.archive_folder import ArchiveLock
from storage.disk_space import is_there
from storage.vault import key_file

#: what is built, inside the unfinished folder: whoever builds it locks and opens it as any archive
_BUILT = "archive"
#: the rest is what an earlier version left, which built in the unfinished folder itself
_OURS = frozenset(
    {
        _BUILT,
        archive_folder.MEDIA_NAME,
        archive_folder.CODINGS_NAME,
        archive_folder.LOCK_NAME,
        key_file.FILE_NAME,
        key_file.OLDER_NAME,
    }
    | {path.name for path in archive_folder.database_files(Path(archive_folder.DATABASE_NAME))}
)


@contextmanager
def beginning(into: Path) -> Iterator[Path]:
    """Within it an empty folder, held for this program, to build the archive in; at its end it becomes `into`.

    After an error nothing is left. Raises ArchiveError as `archive_folder.check_place`, and `not-empty`, `in-use`,
    `restore-needs-folder` when `into` is a whole disk, which cannot be renamed to.
    """
    into = into.expanduser().absolute()
    archive_folder.check_place(into)
    if os.path.ismount(into):
        raise ArchiveError("restore-needs-folder")
    if archive_folder.inspect(into).kind not in {"missing", "empty"}:
        raise ArchiveError("not-empty")
    part = into.with_name(into.name + archive_folder.UNFINISHED)
    made = [place for place in into.parents if not is_there(place)]
    try:
        _take_away_left(part)
        (part / _BUILT).mkdir(mode=0o700, parents=True)
        part.chmod(0o700)
    except OSError as error:
        raise durable_file.archive_trouble(error) from error
    try:
        with ArchiveLock(part):
            for place in made:
                durable_file.sync_folder(place.parent)  # or a power cut would take them, and all that is in them
            yield part / _BUILT
            _finish(part / _BUILT, into)
        # killed before this, an empty folder stays; the archive's first opening sweeps it
        archive_folder.forget_unfinished(into)
    except BaseException as error:
        _take_back(part, made)
        raise durable_file.archive_trouble(error) if isinstance(error, OSError) else error from error


def _take_away_left(part: Path) -> None:
    """What an earlier restoring left when it was killed. Raises ArchiveError `in-use` when it is still going on."""
    if not is_there(part) and not part.is_symlink():
        return
    if part.is_symlink() or not part.is_dir() or any(not _is_ours(path) for path in part.iterdir()):
        raise ArchiveError("not-empty")
    ArchiveLock(part).release()
    shutil.rmtree(part)


def _is_ours(path: Path) -> bool:
    """Of a restoring, or a piece of the key file that a kill left half written."""
    is_piece = path.name.startswith(f".{key_file.FILE_NAME}.") and path.name.endswith(".tmp")
    return path.name in _OURS or is_piece or durable_file.is_beside(path)


def _finish(built: Path, into: Path) -> None:
    """Every name in it is on the disk, whoever built it, before it has its own."""
    for folder, _, _ in os.walk(built, topdown=False, onerror=_not_listed):
        durable_file.sync_folder(Path(folder))
    with contextlib.suppress(FileNotFoundError):
        archive_folder.remove_dust(into)
        into.rmdir()
    durable_file.put_in_place(built, into)


def _not_listed(error: OSError) -> None:
    raise error


def _take_back(part: Path, made: list[Path]) -> None:
    shutil.rmtree(part, ignore_errors=True)
    for place in made:
        with contextlib.suppress(OSError):
            place.rmdir()
