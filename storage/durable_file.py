"""Small files that survive a power cut: written beside, forced to the disk, then put in place in one step.

For the files of the archive alone; what the program hands out to a user's folder is written by `app/whole_file`, which
the store may not know, as the application may not know this: see there what differs.

Also the one place that knows how each system flushes, replaces and removes a file, and what its refusals mean.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from app.errors import ArchiveError
from app.model.units import ByteCount

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_REFUSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
#: ERROR_NOT_READY, CRC, SEEK, SECTOR_NOT_FOUND, READ_FAULT, GEN_FAILURE, NO_SUCH_DEVICE, IO_DEVICE,
#: DEVICE_NOT_CONNECTED, FILE_CORRUPT, DISK_CORRUPT: most of them Python gives the number of a missing right
_UNREAD_ON_WINDOWS = frozenset({21, 23, 25, 27, 30, 31, 433, 1117, 1167, 1392, 1393})
# an antivirus or indexer holds a fresh file open for a moment on Windows and every rename then fails
_TRIES = 10 if sys.platform == "win32" else 1
_FIRST_PAUSE_S = 0.02

_T = TypeVar("_T")


def is_full(error: OSError) -> bool:
    """Whether a system refused because the disk or the person's share of it is full."""
    return error.errno in _FULL


def archive_trouble(error: OSError) -> ArchiveError:
    """The system's refusal in the archive's words: `disk-full`, `read-only` or `disk-error` (with `reason`)."""
    if is_full(error):
        return ArchiveError("disk-full")
    if number_of(error) in _REFUSED:
        return ArchiveError("read-only")
    return ArchiveError("disk-error", reason=reason_of(error))


def reason_of(error: OSError) -> str:
    """The system's short name of a refusal, such as EIO: it holds no path."""
    return errno.errorcode.get(number_of(error) or 0, "unknown")


def number_of(error: OSError) -> int | None:
    """The system's number of a refusal; EIO for all that Windows says of a disk that does not give what lies there.

    Of a file that is open Python gives no number of Windows' own, only what the C library there makes of it: EINVAL for
    a disk that was pulled out.
    """
    said = getattr(error, "winerror", None)
    is_nameless = sys.platform == "win32" and said is None and error.errno == errno.EINVAL
    return errno.EIO if is_nameless or said in _UNREAD_ON_WINDOWS else error.errno


def blocks(path: Path, size: ByteCount = 1 << 20) -> Iterator[bytes]:
    """A file from its first byte to its last, `size` bytes at a time. Raises OSError that names the file."""
    with path.open("rb") as file:
        while True:
            try:
                block = file.read(size)
            except OSError as error:
                # the system names a file that cannot be opened, and not one that cannot be read. No right is missing
                # where it could be opened: Windows' C library makes that of a sector which the disk does not give
                is_unread = error.errno == errno.EACCES
                raise OSError(errno.EIO if is_unread else number_of(error), error.strerror, str(path)) from error
            if not block:
                return
            yield block


def is_readable(path: Path) -> bool:
    """Whether the disk gives every byte of a file."""
    try:
        for _ in blocks(path):
            pass
    except OSError:
        return False
    return True


def sync_file(descriptor: int) -> None:
    """Force a file to the disk itself. On macOS fsync stops at the drive's own memory, so the full flush is asked."""
    if sys.platform == "darwin":
        import fcntl

        # file systems without the full flush (exFAT sticks) answer with an error; fsync is the best they have
        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def start_writing(descriptor: int, offset: ByteCount, length: ByteCount) -> None:
    """Let the system begin to put a part on the disk, so that the sync at the end waits little. Linux only.

    It also drops the system's copy of what is on the disk already: a later read is a read of the disk.
    """
    if sys.platform == "linux":
        os.posix_fadvise(descriptor, offset, length, os.POSIX_FADV_DONTNEED)


def start_reading(descriptor: int, offset: ByteCount, length: ByteCount) -> None:
    """Let the system begin to fetch a part that will be read next. Linux only."""
    if sys.platform == "linux":
        os.posix_fadvise(descriptor, offset, length, os.POSIX_FADV_WILLNEED)


def sync_folder(folder: Path) -> None:
    """Force a folder's list of names to the disk. Windows keeps that list in its own log and offers no such call."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            sync_file(descriptor)
        finally:
            os.close(descriptor)


def patiently(act: Callable[[], _T], tries: int = _TRIES, pause: Callable[[float], None] = time.sleep) -> _T:
    """Do a thing that another program may hinder for a moment; give up with its PermissionError after `tries`."""
    for attempt in range(tries - 1):
        try:
            return act()
        except PermissionError:
            pause(_FIRST_PAUSE_S * 1.5**attempt)
    return act()


def is_beside(path: Path) -> bool:
    """Whether macOS laid it beside a file, as on most sticks, which know nothing of its attributes: `._` and the name.

    It comes and goes by itself, and is never one of our files.
    """
    return path.name.startswith("._")


def listed(folder: Path, pattern: str) -> tuple[Path, ...]:
    """Files of ours in a folder, those whose names have this pattern, in order. Raises OSError as `Path.glob` does."""
    return tuple(sorted(path for path in folder.glob(pattern) if not is_beside(path)))


def put_in_place(source: Path, target: Path) -> None:
    """Give a finished, synced file its name in one step, over an older one; the same folder holds both."""
    patiently(lambda: source.replace(target))
    sync_folder(target.parent)


def for_owner(path: str, flags: int) -> int:
    """An `opener` for `open`: a file that is made may be read and written by its owner alone.

    Takes and gives what `os.open` does: flags, whose bits are the system's numbers, and a descriptor. Raises OSError.
    """
    return os.open(path, flags, 0o600)


def make_for_owner(path: Path) -> None:
    """Make an empty file for its owner alone, or do nothing to one that is there. Raises OSError."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def try_writing(folder: Path) -> None:
    """Whether a file can be made in a folder; none is there afterward. Raises OSError, at the first refusal.

    On Windows not by `tempfile`: there it takes a refusal for a name that is taken, and tries two milliard others
    (CPython gh-66305).
    """
    if sys.platform == "win32":
        made = folder / f".havainto-{secrets.token_hex(8)}"
        os.close(for_owner(str(made), os.O_RDWR | os.O_CREAT | os.O_EXCL))
        remove(made)
        return
    with tempfile.TemporaryFile(dir=folder, prefix=".havainto-"):  # nameless where the system has such
        pass


def keep_for_owner(path: Path, *, folder: bool = False) -> None:
    """Take away what others may do with a file or folder that was made without care. A system that refuses is right."""
    wanted = 0o700 if folder else 0o600
    with contextlib.suppress(OSError):
        if os.name == "posix" and path.stat().st_mode & 0o777 != wanted:
            path.chmod(wanted)


def write_whole(path: Path, content: bytes) -> None:
    """Write a small file so that a reader finds either the old one or the new one, never a part.

    Only its owner may read it. Raises OSError; the file that was there is then untouched and no temporary file stays.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with open(temporary, "xb", opener=for_owner) as file:
            file.write(content)
            file.flush()
            sync_file(file.fileno())
        put_in_place(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def remove(path: Path) -> bool:
    """Remove a file; False when there was none. The caller syncs the folder when all are gone."""
    try:
        patiently(path.unlink)
    except FileNotFoundError:
        return False
    return True
