"""The place of a restoring: a folder with an unfinished name beside the one asked for, renamed when all is there.

Whatever ends the program in between, nothing that looks like an archive is left, and the next restoring to the same
place takes away what was.
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
from storage.vault import vault_file

_OURS = frozenset(
    {archive_folder.MEDIA_NAME, archive_folder.LOCK_NAME, vault_file.FILE_NAME, vault_file.OLDER_NAME}
    | {path.name for path in archive_folder.database_files(Path(archive_folder.DATABASE_NAME))}
)


@contextmanager
def beginning(into: Path) -> Iterator[Path]:
    """Within it the unfinished folder, held by this program, with `media/`; at its end it becomes `into`.

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
        part.mkdir(mode=0o700, parents=True)
    except OSError as error:
        raise durable_file.archive_trouble(error) from error
    try:
        with ArchiveLock(part):
            archive_folder.media_folder(part).mkdir(mode=0o700)
            yield part
        _finish(part, into)
    except BaseException as error:
        _take_back(part, made)
        raise durable_file.archive_trouble(error) if isinstance(error, OSError) else error from error


def _take_away_left(part: Path) -> None:
    """What an earlier restoring left when it was killed. Raises ArchiveError `in-use` when it is still going on."""
    if not is_there(part) and not part.is_symlink():
        return
    if part.is_symlink() or not part.is_dir() or any(not _is_ours(path.name) for path in part.iterdir()):
        raise ArchiveError("not-empty")
    ArchiveLock(part).release()
    shutil.rmtree(part)


def _is_ours(name: str) -> bool:
    """Of a restoring, or a piece of the key file that a kill left half written."""
    return name in _OURS or (name.startswith(f".{vault_file.FILE_NAME}.") and name.endswith(".tmp"))


def _finish(part: Path, into: Path) -> None:
    durable_file.sync_folder(archive_folder.media_folder(part))
    durable_file.sync_folder(part)
    with contextlib.suppress(FileNotFoundError):
        archive_folder.remove_dust(into)
        into.rmdir()
    durable_file.put_in_place(part, into)


def _take_back(part: Path, made: list[Path]) -> None:
    shutil.rmtree(part, ignore_errors=True)
    for place in made:
        with contextlib.suppress(OSError):
            place.rmdir()
