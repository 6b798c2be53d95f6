"""The archive's films: each in its own encrypted container, under a key that only the database row holds, wrapped.

Erasing a recording's wrapped key erases all of its files at once. File names say nothing: they are new ids.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import sys
import uuid
import weakref
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from app.errors import ContainerError
from app.model.identity import new_id
from storage import durable_file
from storage.vault import container
from storage.vault.container import AT_END, FILM_CHUNK, ContainerWriter, Finished, SyncPolicy
from storage.vault.container_reader import ContainerReader
from storage.vault.keys import KEY_BYTES, NONCE_BYTES
from storage.vault.steps import Steps
from storage.vault.taking_in import copied_and_proven, film_trouble, sha256_of

_log = logging.getLogger(__name__)

Progress: TypeAlias = Callable[[int, int], None]


def _no_room() -> bool:
    """Nothing on the disk can be given up for a film."""
    return False


def _unseen(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


WRAPPED_KEY_BYTES = NONCE_BYTES + KEY_BYTES + container.TAG_BYTES

_NAME = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.vau")
_PART = ".part"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A film in the archive: SHA-256 of the plaintext in hex, its size in bytes, its chunks, its file in `media/`."""

    sha256: str
    size: int
    chunks: int
    file_name: str


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file being written for a recording; it has its `file_name` once `MediaVault.keep` has put it in place."""

    file_name: str
    writer: ContainerWriter


def wrap_key(media_key: bytes, recording_id: str, cek: bytes) -> bytes:
    """A recording's key under the archive's media key, bound to its id: nonce, ciphertext and tag, 60 bytes."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(media_key).encrypt(nonce, cek, f"recording:{recording_id}".encode())


def unwrap_key(media_key: bytes, recording_id: str, wrapped: bytes) -> bytes:
    """The recording's key. Raises ContainerError `container-key` under another id, another archive, or once erased."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(wrapped) != WRAPPED_KEY_BYTES:
        raise ContainerError("container-key")
    nonce, sealed = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
    try:
        return AESGCM(media_key).decrypt(nonce, sealed, f"recording:{recording_id}".encode())
    except InvalidTag:
        raise ContainerError("container-key") from None


class MediaVault:
    """The folder `media/` of an open archive. `close` forgets the key and closes every reader that it gave."""

    def __init__(self, folder: Path, media_key: bytes) -> None:
        self._folder = folder
        self._key = bytearray(media_key)
        self._readers: weakref.WeakSet[ContainerReader] = weakref.WeakSet()

    def close(self) -> None:
        """Lock: no film can be opened any more, and what was decrypted is dropped."""
        self._key[:] = bytes(len(self._key))
        self._key.clear()
        for reader in list(self._readers):
            reader.close()

    # keys

    def new_recording_key(self, recording_id: str) -> bytes:
        """A new random key for a recording, wrapped (60 bytes): for its database row, and nowhere else."""
        return wrap_key(self._media_key(), recording_id, os.urandom(KEY_BYTES))

    def _media_key(self) -> bytes:
        if not self._key:
            raise ContainerError("locked")
        return bytes(self._key)

    def _cek(self, recording_id: str, wrapped: bytes) -> bytes:
        return unwrap_key(self._media_key(), recording_id, wrapped)

    def key_of(self, recording_id: str, wrapped: bytes) -> bytes:
        """A recording's key itself: for sealing it to somebody else, and for nothing else. Raises ContainerError."""
        return self._cek(recording_id, wrapped)

    def locked_up(self, recording_id: str, key: bytes) -> bytes:
        """A recording's key from elsewhere, wrapped for this archive (60 bytes)."""
        return wrap_key(self._media_key(), recording_id, key)

    # films in

    def take_in(
        self,
        source: Path,
        recording_id: str,
        wrapped: bytes,
        on_progress: Progress = _unseen,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> TakenIn:
        """Copy a film into its container, and prove by reading it back that the disk holds it (`read_back`).

        The source is read once and never touched; the checksum is of what was read. Progress counts both ways: total
        is twice the film's size, in bytes. Raises Cancelled; FilmError `source-unreadable`, `source-changed`,
        `disk-full`; ContainerError `container-damaged` when the disk gave back something else, `read-only`,
        `disk-error`. Nothing is left then.
        """
        cek = self._cek(recording_id, wrapped)
        name = new_id() + ".vau"
        part = self._folder / (name + _PART)
        with _nothing_left(part, self._folder / name), film_trouble():
            finished = copied_and_proven(source, part, cek, recording_id, on_progress, cancelled)
            self._put_in_place(part, self._folder / name)
        return TakenIn(finished.sha256, finished.size, finished.chunks, name)

    def start_file(
        self,
        recording_id: str,
        wrapped: bytes,
        *,
        chunk_size: int = FILM_CHUNK,
        sync: SyncPolicy = AT_END,
        room: Callable[[], bool] = _no_room,
    ) -> NewFile:
        """A new file of a recording (a film being recorded, a scrub copy): write and finish it, then `keep` it."""
        name = new_id() + ".vau"
        header = container.new_header(recording_id, chunk_size)
        cek = self._cek(recording_id, wrapped)
        made = ContainerWriter(self._folder / (name + _PART), cek, header, sync, room=room)
        if sync is not AT_END:
            self._have_name(made)
        return NewFile(name, made)

    def _have_name(self, made: ContainerWriter) -> None:
        """On the disk from its beginning: what is synced of it later is nothing without its name in the folder."""
        try:
            made.sync()
            durable_file.sync_folder(self._folder)
        except OSError as error:
            made.close()
            raise container.write_trouble(error) from error
        except ContainerError:
            made.close()
            raise

    def finish_front(self, new_file: NewFile, wrapped: bytes) -> Finished:
        """Finish a file whose writing failed with what was written whole before; then all of it is read back.

        Raises ContainerError as the writer does, and as a reader when the disk gives back something else.
        """
        writer = new_file.writer
        writer.finish_front()
        owner = writer.header.owner
        with ContainerReader(self._folder / (new_file.file_name + _PART), self._cek(owner, wrapped), owner) as reader:
            found = sha256_of(reader, Steps(reader.size, _unseen, lambda: False))
            return Finished(found, reader.size, reader.chunks)

    def keep(self, new_file: NewFile) -> str:
        """Put a finished file in place and return its name. Raises ContainerError."""
        target = self._path(new_file.file_name)
        self._put_in_place(target.with_name(target.name + _PART), target)
        return new_file.file_name

    def discard(self, new_file: NewFile) -> None:
        """Close and remove a file that is not to be kept; one that its disk does not let go of stays, unfinished."""
        for act in (new_file.writer.close, lambda: durable_file.remove(self._folder / (new_file.file_name + _PART))):
            try:
                act()
            except OSError as error:  # a stick that broke is read-only then
                _log.warning("an unfinished container stays: %s", durable_file.reason_of(error))

    # films out

    def open(self, recording_id: str, wrapped: bytes, file_name: str) -> ContainerReader:
        """The film as a seekable binary file, for one thread. Raises ContainerError, as `ContainerReader` says."""
        reader = ContainerReader(self._path(file_name), self._cek(recording_id, wrapped), recording_id)
        self._readers.add(reader)
        return reader

    def verify(
        self,
        recording_id: str,
        wrapped: bytes,
        file_name: str,
        sha256: str | None = None,
        on_progress: Progress = _unseen,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Finished:
        """Read a film whole, and compare it with the checksum kept for it when one is given.

        Raises Cancelled, or ContainerError: as `ContainerReader` says, and `container-damaged` for another checksum.
        """
        with self.open(recording_id, wrapped, file_name) as reader:
            found = sha256_of(reader, Steps(reader.size, on_progress, cancelled))
            if sha256 is not None and found != sha256:
                raise ContainerError("container-damaged", reason="checksum")
            return Finished(found, reader.size, reader.chunks)

    # films away

    def erase(self, file_names: Iterable[str]) -> int:
        """Delete a recording's files; returns how many there were. Its key is erased where it lives, in the database.

        Whoever reads one of them here reads no more: an open file would go on giving what was erased. What was begun
        and not finished goes too. Raises ContainerError `file-busy` when another program holds one open, `read-only`,
        `disk-error`.
        """
        paths = [self._path(name) for name in file_names]
        for reader in [reader for reader in self._readers if reader.path in paths]:
            reader.close()
        try:
            for path in paths:
                durable_file.remove(path.with_name(path.name + _PART))
            count = sum(durable_file.remove(path) for path in paths)
            durable_file.sync_folder(self._folder)
        except OSError as error:
            if sys.platform == "win32" and isinstance(error, PermissionError):
                raise ContainerError("file-busy") from error
            raise container.write_trouble(error) from error
        return count

    def unfinished(self) -> tuple[str, ...]:
        """Names of files that a crash left unfinished: a rescue may `recover` them, the rest may be swept."""
        return tuple(p.name.removesuffix(_PART) for p in durable_file.listed(self._folder, "*.vau" + _PART))

    def beside(self, folder: Path) -> MediaVault:
        """The same keys over another folder: a second copy on another disk. It closes with this one."""
        other = MediaVault(folder, self._media_key())
        other._key, other._readers = self._key, self._readers
        return other

    def rescue(self, recording_id: str, wrapped: bytes, unfinished_name: str, folder: Path | None = None) -> TakenIn:
        """Make a whole film of the readable front of an unfinished one, which stays until `sweep`.

        One that was finished and never came into the books will do as well. With `folder` it lies there: a second copy
        on another disk. Done again after a crash, it makes the same file again and leaves no other.
        """
        target = self._path(unfinished_name)
        source = (folder or self._folder) / target.name
        unfinished = source.with_name(source.name + _PART)
        name = _rescued_name(unfinished_name, folder)
        part = self._folder / (name + _PART)
        durable_file.remove(part)
        with _nothing_left(part):
            cek = self._cek(recording_id, wrapped)
            finished = container.recover(unfinished if unfinished.exists() else source, cek, part)
            self._put_in_place(part, self._folder / name)
        return TakenIn(finished.sha256, finished.size, finished.chunks, name)

    def sweep(self, unfinished_names: Iterable[str]) -> int:
        """Delete unfinished files, when the archive has just been opened and nobody writes; returns how many."""
        return sum(durable_file.remove(self._folder / (self._path(n).name + _PART)) for n in unfinished_names)

    # places

    def _path(self, file_name: str) -> Path:
        if not _NAME.fullmatch(file_name):
            raise ContainerError("container-missing")
        return self._folder / file_name

    def _put_in_place(self, part: Path, target: Path) -> None:
        try:
            durable_file.put_in_place(part, target)
        except OSError as error:
            raise container.write_trouble(error) from error


def _rescued_name(unfinished_name: str, folder: Path | None) -> str:
    """The file that is rescued from this one: always the same."""
    seed = f"{unfinished_name} {'second' if folder is not None else 'first'}"
    return f"{uuid.uuid5(uuid.NAMESPACE_OID, seed)}.vau"


@contextlib.contextmanager
def _nothing_left(*paths: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for path in paths:
            durable_file.remove(path)
        raise
