"""The archive's folder on the disk: what lies in it, whether this is a place for it, and that only one program has it.

    archive.key  archive.key.old  archive.db  codings/  media/  lock  tries

After the tables were brought to a newer form `archive.db.former` stays beside it until the next good opening.

In a folder whose name ends in `.unfinished` an archive is being restored or made, or was when the program ended: it is
none itself, and the next one to the same place takes it away. Refusing changes nothing on the disk.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import platform
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from app.errors import ArchiveError
from storage import durable_file, tries
from storage.archive_place import refuse_network_folder, refuse_sync_folder
from storage.disk_space import free_space, nearest_existing
from storage.vault import key_file
from storage.vault.key_file import Loaded
from storage.vault.vault_format import VaultFile

DATABASE_NAME = "archive.db"
MEDIA_NAME = "media"
CODINGS_NAME = "codings"
LOCK_NAME = "lock"
UNFINISHED = ".unfinished"
#: a copy of the database that is being proven, or will take its place; a crash leaves it, the next opening sweeps it
PROOF_NAME, NEXT_NAME = "archive.db.proof", "archive.db.next"
#: the database as it was before its tables came to a newer form: until the next good opening, or the first erasing
FORMER_NAME = "archive.db.former"

# what SQLite lays beside the database while it is open; the journal beside a copy that is being made
_DATABASE_SUFFIXES = ("", "-wal", "-shm", "-journal")
# what the systems themselves leave in an otherwise empty folder
_DUST = frozenset({".DS_Store", "._.DS_Store", "Thumbs.db", "desktop.ini", ".directory", "lost+found"})
_LOCK_BYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class ArchiveState:
    """What a folder is to us.

    `missing` no such folder; `empty` a place for a new archive; `archive` one that can be unlocked, its key file in
    `loaded`; `foreign` other things; `newer` made by a newer version; `damaged` ours, with `error` the reason's key.
    """

    kind: Literal["missing", "empty", "archive", "foreign", "newer", "damaged"]
    loaded: Loaded | None = None
    error: str | None = None


def database_path(folder: Path) -> Path:
    return folder / DATABASE_NAME


def media_folder(folder: Path) -> Path:
    return folder / MEDIA_NAME


def inspect(folder: Path) -> ArchiveState:
    """What lies in a folder. Changes nothing. Raises ArchiveError `read-only` or `disk-error` if it cannot be read."""
    if folder.name.endswith(UNFINISHED):
        return ArchiveState("foreign")
    try:
        names = {path.name for path in folder.iterdir()} - _DUST
    except FileNotFoundError:
        return ArchiveState("missing")
    except NotADirectoryError:
        return ArchiveState("foreign")
    except OSError as error:
        raise durable_file.archive_trouble(error) from error
    return _inspect_names(folder, names) if names else ArchiveState("empty")


def _inspect_names(folder: Path, names: set[str]) -> ArchiveState:
    if not names & {key_file.FILE_NAME, key_file.OLDER_NAME}:
        ours = DATABASE_NAME in names
        return ArchiveState("damaged", error="key-file-missing") if ours else ArchiveState("foreign")
    try:
        loaded = key_file.load(folder)
    except ArchiveError as error:
        return _state_of(error)
    if DATABASE_NAME not in names:
        return ArchiveState("damaged", loaded, error="database-missing")
    return ArchiveState("archive", loaded)


def _state_of(error: ArchiveError) -> ArchiveState:
    if error.key == "archive-newer":
        return ArchiveState("newer", error=error.key)
    if error.key == "key-file-foreign":
        return ArchiveState("foreign", error=error.key)
    if error.key in {"key-file-damaged", "key-file-missing"}:
        return ArchiveState("damaged", error=error.key)
    raise error


def remove_dust(folder: Path) -> None:
    """Remove what the systems themselves leave in an otherwise empty folder. Raises OSError."""
    for name in _DUST:
        with contextlib.suppress(FileNotFoundError, IsADirectoryError):
            (folder / name).unlink()


def check_place(folder: Path) -> None:
    """Whether a live archive may be here; the folder need not exist yet. Changes nothing.

    Raises ArchiveError `network-folder`, `sync-folder` (with `service`), `read-only`, `archive-no-room`, `disk-error`.
    """
    place = nearest_existing(folder)
    refuse_network_folder(folder)
    refuse_sync_folder(folder)
    try:
        durable_file.try_writing(place)
    except OSError as error:
        if durable_file.is_full(error):
            raise ArchiveError("archive-no-room") from error
        raise durable_file.archive_trouble(error) from error
    if free_space(place).kind == "full":
        raise ArchiveError("archive-no-room")


def database_files(path: Path) -> tuple[Path, ...]:
    """A database and what SQLite lays beside it."""
    return tuple(path.with_name(path.name + suffix) for suffix in _DATABASE_SUFFIXES)


def protect(folder: Path) -> None:
    """Under the lock: what an earlier version made readable for others is its owner's alone, and leftovers go."""
    durable_file.keep_for_owner(folder, folder=True)
    durable_file.keep_for_owner(media_folder(folder), folder=True)
    for name in (PROOF_NAME, NEXT_NAME):
        for path in database_files(folder / name):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
    forget_unfinished(folder)
    codings = folder / CODINGS_NAME
    durable_file.keep_for_owner(codings, folder=True)
    ours = (*database_files(database_path(folder)), folder / FORMER_NAME)
    for path in (*ours, *_found(media_folder(folder), "*.vau*"), *_found(codings, "*.db*")):
        durable_file.keep_for_owner(path)


def _found(folder: Path, pattern: str) -> tuple[Path, ...]:
    """Nothing where the disk does not list it: that is told where its files are wanted, and keeps nobody out."""
    with contextlib.suppress(OSError):
        return tuple(folder.glob(pattern))
    return ()


def forget_unfinished(folder: Path) -> None:
    """Remove the unfinished folder of a finished archive, in which nothing is any more; safe when there is none."""
    part = folder.with_name(folder.name + UNFINISHED)
    with contextlib.suppress(OSError):
        if {path.name for path in part.iterdir() if not durable_file.is_beside(path)} <= {LOCK_NAME}:
            (part / LOCK_NAME).unlink(missing_ok=True)
            part.rmdir()


def create(folder: Path, vault: VaultFile) -> ArchiveLock:
    """Make the folder of a new archive with its key file and `media/`, and hold it. The database comes next.

    Raises ArchiveError as `check_place` does, and `not-empty`; whatever was made is then taken away again.
    """
    check_place(folder)
    if inspect(folder).kind not in {"missing", "empty"}:
        raise ArchiveError("not-empty")
    made_folders = _missing_folders(folder)
    lock: ArchiveLock | None = None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = ArchiveLock(folder)
        durable_file.keep_for_owner(folder, folder=True)
        media_folder(folder).mkdir(mode=0o700)
        key_file.save(folder, vault)
        for made in made_folders:
            durable_file.sync_folder(made.parent)
    except (OSError, ArchiveError) as error:
        if lock is not None:
            lock.release()
        _take_back(folder, made_folders)
        raise durable_file.archive_trouble(error) if isinstance(error, OSError) else error from error
    return lock


def take_away(folder: Path, *, itself: bool) -> None:
    """Remove an archive that was just being made here, and the folder when it was made for it."""
    names = [p for n in (DATABASE_NAME, PROOF_NAME, NEXT_NAME, FORMER_NAME) for p in database_files(folder / n)]
    names += [folder / n for n in (key_file.FILE_NAME, key_file.OLDER_NAME, tries.FILE_NAME, LOCK_NAME)]
    names += [*media_folder(folder).glob("*.vau*"), *(folder / CODINGS_NAME).glob("*.db*")]
    for path in names:
        with contextlib.suppress(OSError):
            path.unlink()
    for place in [media_folder(folder), folder / CODINGS_NAME, *([folder] if itself else [])]:
        with contextlib.suppress(OSError):
            place.rmdir()


def _missing_folders(folder: Path) -> list[Path]:
    return [place for place in (folder, *folder.parents) if not place.exists()]


def _take_back(folder: Path, made_folders: list[Path]) -> None:
    for name in (key_file.FILE_NAME, key_file.OLDER_NAME, LOCK_NAME):
        with contextlib.suppress(OSError):
            (folder / name).unlink()
    for made in (media_folder(folder), *made_folders):
        with contextlib.suppress(OSError):
            made.rmdir()


class ArchiveLock:
    """Holds an archive for this program alone, until `release` or until the process ends, however it ends.

    The system holds the lock, so a killed program blocks nobody; the file `lock` says who has it (process, computer).
    Raises ArchiveError `in-use` (with `pid` and `host`), `read-only`, `folder-missing`, `disk-full`, `disk-error`, and
    `lock-is-link` when the file is a link to something else, which writing it would empty.
    """

    def __init__(self, folder: Path) -> None:
        self._file = _open_lock(folder / LOCK_NAME)
        try:
            if not _is_held(self._file):
                raise ArchiveError("in-use", **_holder(self._file))
            self._say_who()
        except BaseException:
            os.close(self._file)
            raise
        self._held = True

    def release(self) -> None:
        """Let the archive go; a second time does nothing. The file stays: removing it would let two hold it at once."""
        if self._held:
            self._held = False
            _let_go(self._file)
            os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()

    def _say_who(self) -> None:
        who = json.dumps({"pid": os.getpid(), "host": platform.node()}).encode()
        try:
            os.ftruncate(self._file, 0)
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, who)
        except OSError as error:
            # on a full disk the archive can still be read; who has it is then not said
            if not durable_file.is_full(error):
                raise durable_file.archive_trouble(error) from error


def _open_lock(path: Path) -> int:
    no_link = getattr(os, "O_NOFOLLOW", 0)
    try:
        if path.is_symlink():
            raise ArchiveError("lock-is-link")
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | no_link, 0o600)
    except FileNotFoundError:
        raise ArchiveError("folder-missing") from None
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise ArchiveError("lock-is-link") from error
        raise durable_file.archive_trouble(error) from error
    held = os.fstat(descriptor)
    if not stat.S_ISREG(held.st_mode) or held.st_nlink > 1:
        os.close(descriptor)
        raise ArchiveError("lock-is-link")
    return descriptor


def _is_held(descriptor: int) -> bool:
    try:
        return _hold(descriptor)
    except OSError as error:  # a disk that knows of no locks, as some that are mounted by programs
        raise durable_file.archive_trouble(error) from error


def _holder(descriptor: int) -> dict[str, object]:
    """Who holds the archive, as the file says; a lock just taken may not say it yet."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        said = json.loads(os.read(descriptor, 4096))
        return {"pid": int(said["pid"]), "host": str(said["host"])}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {"pid": 0, "host": ""}


if sys.platform == "win32":
    import msvcrt

    def _hold(descriptor: int) -> bool:
        # a byte far behind the text, so that another program can still read who holds it
        os.lseek(descriptor, _LOCK_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _let_go(descriptor: int) -> None:
        os.lseek(descriptor, _LOCK_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _hold(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _let_go(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
