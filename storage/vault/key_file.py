"""The archive's key file, `archive.key`, on the disk: read, written whole with the one before it beside, swept.

What it says and how is in `vault_format`, what changes it in `sign_ins`, `recovery_codes` and `next_key`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.errors import ArchiveError
from storage import durable_file
from storage.vault.vault_format import (
    VaultFile,
    from_bytes,
    to_bytes,
)

FILE_NAME = "archive.key"
OLDER_NAME = "archive.key.old"
_LARGEST = 1 << 20


#: the disk does not give what lies there, or its file system is damaged
_UNREAD = frozenset({"EIO", "EUCLEAN", "EBADMSG"})


@dataclass(frozen=True, slots=True)
class Loaded:
    """The key file from the disk; `from_older` when the newest was damaged or gone and the one before it was taken."""

    vault: VaultFile
    from_older: bool


def load(folder: Path) -> Loaded:
    """The archive's key file; its elder when the newest is damaged or gone, or the disk does not give it.

    Changes nothing.

    Raises ArchiveError `key-file-missing`, `key-file-damaged`, `key-file-foreign`, `archive-newer`, `disk-error`.
    """
    try:
        return Loaded(from_bytes(_read(folder / FILE_NAME)), from_older=False)
    except ArchiveError as error:
        if not _is_lost(error):
            raise
        try:
            return Loaded(from_bytes(_read(folder / OLDER_NAME)), from_older=True)
        except ArchiveError as older:
            if not _is_lost(older) and older.key != "key-file-foreign":
                raise
        raise


def save(folder: Path, vault: VaultFile, *, keep_older: bool = True) -> None:
    """Put a key file on the disk and keep the one before it as `archive.key.old`.

    A way in that was changed or removed must not live on in the older file: then both become the new one. Without
    `keep_older` the older one stays as it is, when no way in has changed: the anchor moves every second.
    Raises ArchiveError `disk-full`, `read-only`, `disk-error`, `key-file-foreign` when another archive's file is there,
    `key-file-stale` when the file was changed since `vault` was loaded. What was there is then untouched: once the new
    file has its name the change is done, whatever the disk says afterward.
    """
    before = _read_valid(folder / FILE_NAME)
    if before is not None:
        if before == vault:
            return
        if before.archive_id != vault.archive_id:
            raise ArchiveError("key-file-foreign")
        if before.revision not in vault.line:
            raise ArchiveError("key-file-stale")
    same_ways_in = before is not None and set(before.slots) <= set(vault.slots) and _same_keys(before, vault)
    try:
        if before is not None and same_ways_in and keep_older:
            durable_file.write_whole(folder / OLDER_NAME, to_bytes(before))
        _put_newest(folder / FILE_NAME, vault)
    except OSError as error:
        raise durable_file.archive_trouble(error) from error
    if not same_ways_in:
        _forget_older(folder, vault)


def _same_keys(before: VaultFile, vault: VaultFile) -> bool:
    """Whether every worker's seals of the archive's key are still there."""
    said = {(s.worker_id, s.archive_key) for s in before.workers}
    return before.version == vault.version and said <= {(s.worker_id, s.archive_key) for s in vault.workers}


def _put_newest(path: Path, vault: VaultFile) -> None:
    content = to_bytes(vault)
    try:
        durable_file.write_whole(path, content)
    except OSError:
        # the rename may be done although the folder could not be forced to the disk: then the change is what stands
        # there, and to report it as failed would leave a worker with a passphrase or a code that opens nothing
        if _bytes_of(path) != content:
            raise


def _bytes_of(path: Path) -> bytes | None:
    try:
        return _read(path)
    except ArchiveError:
        return None


def _forget_older(folder: Path, vault: VaultFile) -> None:
    """The older file becomes the newest, or goes: on a failing disk `tidy` does it at the next opening."""
    try:
        durable_file.write_whole(folder / OLDER_NAME, to_bytes(vault))
    except OSError:
        try:
            durable_file.remove(folder / OLDER_NAME)
        except OSError:
            return


def tidy(folder: Path) -> None:
    """Under the archive's lock: what a crash or a failing disk left of earlier key files opens nothing any more.

    Temporary files go, and an older file with a way in that the newest does not have becomes the newest. A disk that
    refuses keeps nobody out.
    """
    for left in folder.glob(f".{FILE_NAME}*.tmp"):
        _gone(left)
    try:
        newest, older = _read_valid(folder / FILE_NAME), _read_valid(folder / OLDER_NAME)
    except ArchiveError:  # foreign or of a newer program: not ours to touch
        return
    if newest is None or older is None or older.archive_id != newest.archive_id:
        return
    if not (set(older.slots) <= set(newest.slots) and _same_keys(older, newest)):
        _forget_older(folder, newest)


def _gone(path: Path) -> None:
    try:
        durable_file.remove(path)
    except OSError:
        return


def _read_valid(path: Path) -> VaultFile | None:
    try:
        return from_bytes(_read(path))
    except ArchiveError as error:
        if not _is_lost(error):
            raise
        return None


def _is_lost(error: ArchiveError) -> bool:
    """Nothing of it can be had from its place on the disk; a new one there is a new file on other sectors."""
    if error.key == "disk-error":
        return error.values.get("reason") in _UNREAD
    return error.key in {"key-file-missing", "key-file-damaged"}


def _read(path: Path) -> bytes:
    def read() -> bytes:
        with path.open("rb") as file:
            return file.read(_LARGEST)

    try:
        return durable_file.patiently(read)
    except FileNotFoundError:
        raise ArchiveError("key-file-missing") from None
    except OSError as error:
        raise durable_file.archive_trouble(error) from error
