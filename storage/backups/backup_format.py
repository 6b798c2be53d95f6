"""What a backup is on its disk, and the manifest that vouches for it.

    target/havainto-backup-20261103-091500/   archive.key  archive.db (under the backup key)  codings/  manifest.json
    target/havainto-media/                    the containers of all backups, each once, named by its bytes' SHA-256;
                                              and `place`, the mark by which the program knows this place again

Files of sealed codings are in a backup as they are, byte by byte (since version 2): only their coders have keys. Since
version 3 a film says on which day its copy was last read whole: one that was is not read again by every backup.

The manifest is JSON: ids and checksums in clear, no words; the numbers of rows are encrypted, for they would tell a
worker how far the other's coding is. Its last field is an HMAC with a key from the archive's DEK. A folder without a
manifest, or with `.part` in its name, is no backup.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.errors import ArchiveError, BackupError, ContainerError, StoreError
from app.errors import Cancelled as CancelledError
from storage import durable_file
from storage.vault.keys import NONCE_BYTES, Keys

PREFIX = "havainto-backup-"
MEDIA_FOLDER = "havainto-media"
MANIFEST = "manifest.json"
PART = ".part"
VERSION = 3

_BLOCK = 1 << 20
_GONE = frozenset({errno.ENOENT, errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTCONN, errno.ENOTDIR})

Step = Callable[[int], None]  # bytes done since the last call; raises Cancelled


@dataclass(frozen=True, slots=True)
class StoredFilm:
    """One container of a backup: its name in the archive, its recording, and the SHA-256 of its encrypted bytes.

    `read` is the day on which the copy was last read from its first byte to its last and was this; empty if not known.
    """

    container: str
    recording_id: str
    sha256: str
    size: int
    read: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: rows by table, the access log's end, checksums of its files, and its films."""

    archive_id: str
    made: str
    rows: dict[str, int]
    audit_count: int
    audit_head: str
    files: dict[str, str]
    films: tuple[StoredFilm, ...]
    version: int = VERSION


def _seal(said: dict[str, Any], keys: Keys) -> str:
    content = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    return hmac.digest(keys.subkey("backup-manifest"), content, "sha256").hex()


def _hide(counts: dict[str, Any], keys: Keys) -> str:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(NONCE_BYTES)
    content = json.dumps(counts, sort_keys=True).encode()
    return (nonce + AESGCM(keys.subkey("backup-counts")).encrypt(nonce, content, b"counts")).hex()


def _show(hidden: str, keys: Keys) -> dict[str, Any]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    content = bytes.fromhex(hidden)
    cipher = AESGCM(keys.subkey("backup-counts"))
    counts: dict[str, Any] = json.loads(cipher.decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], b"counts"))
    return counts


def write_manifest(folder: Path, manifest: Manifest, keys: Keys) -> None:
    """Put the sealed manifest into a backup's folder; it is the last file of it."""
    said = asdict(manifest)
    said["counts"] = _hide({name: said.pop(name) for name in ("rows", "audit_count")}, keys)
    content = json.dumps({**said, "hmac": _seal(said, keys)}, indent=1).encode()
    durable_file.write_whole(folder / MANIFEST, content)


def read_manifest(folder: Path, keys: Keys) -> Manifest:
    """The manifest of a backup. Raises BackupError `backup-missing`, `backup-damaged`, `backup-newer`."""
    try:
        said = json.loads((folder / MANIFEST).read_bytes())
    except FileNotFoundError:
        raise BackupError("backup-missing") from None
    except (OSError, ValueError, RecursionError) as error:
        raise BackupError("backup-damaged", what="manifest") from error
    if not isinstance(said, dict):
        raise BackupError("backup-damaged", what="manifest")
    if isinstance(version := said.get("version"), int) and version > VERSION:
        raise BackupError("backup-newer")
    sealed = str(said.pop("hmac", ""))
    if not hmac.compare_digest(sealed.encode("utf-8", "replace"), _seal(said, keys).encode()):
        raise BackupError("backup-damaged", what="manifest")
    # sealed by us: its fields are what we wrote
    films = tuple(StoredFilm(**film) for film in said.pop("films"))
    counts = _show(said.pop("counts"), keys)
    return Manifest(**said, **counts, films=films)


def checksum(path: Path, step: Step) -> str:
    """SHA-256 of a file's bytes."""
    digest = hashlib.sha256()
    for block in durable_file.blocks(path, _BLOCK):
        digest.update(block)
        step(len(block))
    return digest.hexdigest()


def copy_checked(source: Path, target: Path, sha256: str, step: Step) -> None:
    """Copy a file whose bytes have this checksum, force it to the disk, and read the copy back.

    Raises OSError, Cancelled, BackupError `backup-damaged`; no part of the copy is left then.
    """
    part = target.with_name(target.name + PART)
    try:
        part.unlink(missing_ok=True)
        with open(part, "xb", opener=durable_file.for_owner) as write:
            for block in durable_file.blocks(source, _BLOCK):
                write.write(block)
                step(len(block))
            write.flush()
            durable_file.sync_file(write.fileno())
        if checksum(part, step) != sha256:
            raise BackupError("backup-damaged", what="film")
        durable_file.put_in_place(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


class Work:
    """Progress over bytes, and the place where a cancel is noticed."""

    def __init__(self, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._done = 0
        self.total = 1

    def step(self, count: int) -> None:
        """So many bytes more are done. Raises Cancelled."""
        self._done += count
        self._progress(min(self._done / self.total, 1.0))
        if self._cancelled():
            raise CancelledError


@contextmanager
def backup_trouble(full: str, archive: Path | None = None) -> Iterator[None]:
    """Within it the disk's and the database's refusals come out as BackupError; `full` is the key of a full disk.

    Other keys: `read-only`, `target-gone`, `disk-error`, `backup-archive-unreadable` for a file in the folder
    `archive`, and those of the store and the containers.
    """
    try:
        yield
    except OSError as error:
        if archive is not None and error.filename and Path(str(error.filename)).is_relative_to(archive):
            raise BackupError("backup-archive-unreadable") from error
        if durable_file.number_of(error) in _GONE:
            raise BackupError("target-gone") from error
        raise BackupError(_key_of(durable_file.archive_trouble(error), full)) from error
    except ContainerError as error:
        raise BackupError("film-damaged", what=error.key) from error
    except (StoreError, ArchiveError) as error:
        raise BackupError(_key_of(error, full), **error.values) from error


def _key_of(error: StoreError | ArchiveError, full: str) -> str:
    return full if error.key == "disk-full" else error.key
