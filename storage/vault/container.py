"""The encrypted container `VAU1`: a film, or a file made from one, readable at any place and never silently cut.

The format is frozen (a change is a new version) and all integers are little-endian:

    header 4096 B   0 magic | 8 version u32 | 12 chunk_size u32 | 16 file_id 16 | 32 suite u8 = 1 | 33 flags u8 = 0
                    34 created u64 (Unix µs) | 42 owner uuid 16 | zeros | 4064 HMAC-SHA256(K_hdr, bytes 0..4063)
    chunk i         at 4096 + i · (chunk_size + 16): AES-256-GCM(K_chunk, nonce = u32 final | u64 i,
                    aad = file_id | u64 i | u8 final, at most chunk_size bytes) and its tag of 16 bytes
    keys            HKDF-SHA256(CEK, salt = file_id, info = "vau1/hdr" or "vau1/chunk")

The last chunk has final = 1, and may be empty. A chunk is never rewritten, so no nonce ever repeats.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import struct
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, TypeAlias

from app.errors import ContainerError
from app.model.timecode import SECOND, Micros
from app.model.units import ByteCount
from app.ports import LIVE_PIECE
from storage import durable_file, straight_file
from storage.straight_file import StraightWriter
from storage.vault.keys import expand

Data: TypeAlias = bytes | bytearray | memoryview

MAGIC = b"VAUV1\r\n\x1a"
VERSION = 1
HEADER_BYTES = 4096
TAG_BYTES = 16
FILM_CHUNK = 65_536
RECORDING_CHUNK = LIVE_PIECE
LARGEST_CHUNK = 16 * 1024 * 1024

_FIELDS = struct.Struct("<8sII16sBBQ16s")
_MAC_AT = HEADER_BYTES - 32
_AES_GCM = 1
# so many bytes of chunks go to the system in one call, and are hashed beside the encryption
_BATCH_BYTES = 2 * 1024 * 1024
_START_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Header:
    """What a container says about itself. `owner` is the recording's id, `created` Unix time in µs."""

    owner: str
    chunk_size: int
    file_id: bytes
    created: Micros

    def pack(self, cek: bytes) -> bytes:
        """The 4096 bytes, bound to the key."""
        owner = uuid.UUID(self.owner).bytes
        fields = _FIELDS.pack(MAGIC, VERSION, self.chunk_size, self.file_id, _AES_GCM, 0, self.created, owner)
        said = fields.ljust(_MAC_AT, b"\0")
        return said + hmac.digest(expand(cek, self.file_id, "vau1/hdr"), said, "sha256")

    def offset(self, chunk: int) -> int:
        """Where a chunk begins in the file."""
        return HEADER_BYTES + chunk * (self.chunk_size + TAG_BYTES)


def new_header(owner: str, chunk_size: int = FILM_CHUNK) -> Header:
    """The header of a new file of a recording, with its own random id: files of one recording share its key safely."""
    return Header(owner, chunk_size, os.urandom(16), time.time_ns() // 1000)


def unpack_header(content: bytes, cek: bytes) -> Header:
    """The header of a container.

    Raises ContainerError `container-foreign` (no container), `container-newer`, `container-key` (another key, or an
    altered header: these cannot be told apart), `container-truncated`.
    """
    if content[: len(MAGIC)] != MAGIC:
        raise ContainerError("container-foreign")
    if len(content) < HEADER_BYTES:
        raise ContainerError("container-truncated")
    _, version, chunk_size, file_id, suite, flags, created, owner = _FIELDS.unpack_from(content)
    if version > VERSION:
        raise ContainerError("container-newer", version=version)
    said, mac = content[:_MAC_AT], content[_MAC_AT:HEADER_BYTES]
    if not hmac.compare_digest(mac, hmac.digest(expand(cek, file_id, "vau1/hdr"), said, "sha256")):
        raise ContainerError("container-key")
    if (version, suite, flags) != (VERSION, _AES_GCM, 0) or not 0 < chunk_size <= LARGEST_CHUNK:
        raise ContainerError("container-damaged", reason="header")
    return Header(str(uuid.UUID(bytes=owner)), chunk_size, file_id, created)


class ChunkCipher:
    """Seals and opens the chunks of one container."""

    def __init__(self, cek: bytes, file_id: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._gcm = AESGCM(expand(cek, file_id, "vau1/chunk"))
        self._file_id = file_id

    def _bound(self, chunk: int, final: bool) -> tuple[bytes, bytes]:
        number = chunk.to_bytes(8, "little")
        return int(final).to_bytes(4, "little") + number, self._file_id + number + bytes([final])

    def seal_into(self, chunk: int, final: bool, plain: Data, out: memoryview) -> None:
        nonce, aad = self._bound(chunk, final)
        self._gcm.encrypt_into(nonce, plain, aad, out)

    def open_into(self, chunk: int, final: bool, sealed: Data, out: memoryview) -> bool:
        """Decrypt a chunk; False when it is not what was written at this place under this key."""
        from cryptography.exceptions import InvalidTag

        nonce, aad = self._bound(chunk, final)
        try:
            self._gcm.decrypt_into(nonce, sealed, aad, out)
        except InvalidTag:
            return False
        return True

    def open_run(self, first: int, sealed: memoryview, chunk_size: ByteCount, out: memoryview) -> None:
        """Decrypt chunks that follow each other, from the one with number `first`, none of them the last.

        Raises ContainerError `container-damaged`.
        """
        for index in range(len(out) // chunk_size):
            at = index * (chunk_size + TAG_BYTES)
            plain = out[index * chunk_size : (index + 1) * chunk_size]
            if not self.open_into(first + index, False, sealed[at : at + chunk_size + TAG_BYTES], plain):
                raise ContainerError("container-damaged", chunk=first + index)


@dataclass(frozen=True, slots=True)
class SyncPolicy:
    """When a writer forces what it has to the disk besides at its end: after so many bytes, or so much time in µs."""

    every_bytes: int | None = None
    every: Micros | None = None


AT_END = SyncPolicy()
WHILE_RECORDING = SyncPolicy(every_bytes=1024 * 1024, every=SECOND * 2 // 5)


@dataclass(frozen=True, slots=True)
class Finished:
    """A container's content: SHA-256 of the plaintext in hex, its size in bytes, and how many chunks hold it."""

    sha256: str
    size: int
    chunks: int


def write_trouble(error: OSError) -> ContainerError:
    """The system's refusal to write a container: `disk-full`, `read-only` or `disk-error` (with `reason`)."""
    trouble = durable_file.archive_trouble(error)
    return ContainerError(trouble.key, **trouble.values)


def _no_room() -> bool:
    return False


class ContainerWriter:
    """Appends to a new container. Whole chunks are written as soon as they are full, so a crash costs little.

    Left without `finish` (as a context manager after an error, or by a crash) the file is unfinished and says so to
    every reader; `recover` makes a finished one of it. The file must not exist. For one thread.

    `straight` writes past the system's own memory where that can be done (`straight_file`), for long files: whole
    chunks then wait for 4 MiB to be full.

    `room` is asked when the disk is full: True when room was made, and then it is tried again where it stopped.
    """

    def __init__(
        self,
        path: Path,
        cek: bytes,
        header: Header,
        sync: SyncPolicy = AT_END,
        *,
        straight: bool = False,
        room: Callable[[], bool] = _no_room,
    ) -> None:
        self.header = header
        self._room = room
        self._cipher = ChunkCipher(cek, header.file_id)
        self._sync = sync
        self._sha = hashlib.sha256()
        self._size = 0
        self._chunks = 0
        self._rest = bytearray()
        self._per_batch = max(1, _BATCH_BYTES // (header.chunk_size + TAG_BYTES))
        self._sealed = bytearray()
        self._unsynced = self._durable = 0
        self._written = self._started = 0
        self._synced_at = time.monotonic_ns()
        self._hasher: ThreadPoolExecutor | None = None
        self._failed: ContainerError | None = None
        self._unnamed_in: Path | None = path.parent
        try:
            self._straight = straight_file.new_file(path) if straight else None
            self._file: BinaryIO | StraightWriter = self._straight or plain_file(path)
        except OSError as error:
            raise write_trouble(error) from error
        try:
            self._put(header.pack(cek))
        except ContainerError:
            self.close()
            raise

    @property
    def on_disk(self) -> ByteCount:
        """How many bytes of the file can be read from the disk already: none but of a straight one."""
        return self._straight.on_disk if self._straight is not None else 0

    @property
    def durable(self) -> ByteCount:
        """How many plain bytes, from the first, were on the disk when it was last forced to have them."""
        return self._durable

    def write(self, data: Data) -> int:
        """Append bytes and return how many. Raises ContainerError `disk-full`, `read-only`, `disk-error`."""
        view = memoryview(data).cast("B")
        hashing = self._hash(view)
        try:
            self._take(view)
        finally:
            hashing()
        self._size += len(view)
        self._sync_when_due()
        return len(view)

    def sync(self) -> None:
        """Force all whole chunks to the disk, and the first time the file's name: without it they were nobody's."""
        if self._unnamed_in is not None:
            try:
                durable_file.sync_folder(self._unnamed_in)
            except OSError as error:
                raise write_trouble(error) from error
            self._unnamed_in = None
        self._force()

    def _force(self) -> None:
        try:
            self._file.flush()
            durable_file.sync_file(self._file.fileno())
        except OSError as error:
            raise write_trouble(error) from error
        self._unsynced, self._synced_at = 0, time.monotonic_ns()
        self._durable = min(self._chunks * self.header.chunk_size, self._size)

    def finish(self) -> Finished:
        """Write the final chunk, sync and close; whoever gives the file its place syncs its name."""
        self._seal(memoryview(bytes(self._rest)), final=True)
        self._rest.clear()
        self._force()
        if self._sync is not AT_END:  # of what was filmed, who reads it next reads the disk
            durable_file.start_writing(self._file.fileno(), 0, 0)
        self.close()
        return Finished(self._sha.hexdigest(), self._size, self._chunks)

    def finish_front(self) -> None:
        """After a failure: finish with what was written whole before it. What it holds now is found by reading it.

        What stands behind that is cut off. The final chunk has a nonce of its own (`final` is in it), and is the same
        however often this is tried. Raises ContainerError as `write` does.
        """
        self._failed = None
        try:
            end = self.header.offset(self._chunks)
            self._file.flush()
            os.ftruncate(self._file.fileno(), end)
            os.lseek(self._file.fileno(), end, os.SEEK_SET)
        except OSError as error:
            raise write_trouble(error) from error
        self._seal(memoryview(bytes(self._rest)), final=True)
        self.sync()
        durable_file.start_writing(self._file.fileno(), 0, 0)
        self.close()

    def close(self) -> None:
        """Close the file as it is. Without `finish` before, it stays unfinished."""
        if self._hasher is not None:
            self._hasher.shutdown()
            self._hasher = None
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _hash(self, view: memoryview) -> Callable[[], object]:
        # SHA-256 is the slowest part: for large pieces it runs beside encryption and writing
        if len(view) < _BATCH_BYTES // 4:
            self._sha.update(view)
            return lambda: None
        if self._hasher is None:
            self._hasher = ThreadPoolExecutor(1, "container-hash")
        return self._hasher.submit(self._sha.update, view).result

    def _take(self, view: memoryview) -> None:
        chunk_size, at = self.header.chunk_size, 0
        if self._rest:
            at = min(chunk_size - len(self._rest), len(view))
            self._rest += view[:at]
            if len(self._rest) < chunk_size:
                return
            self._seal(memoryview(bytes(self._rest)), final=False)
            self._rest.clear()
        whole = at + (len(view) - at) // chunk_size * chunk_size
        for start in range(at, whole, self._per_batch * chunk_size):
            self._seal(view[start : min(start + self._per_batch * chunk_size, whole)], final=False)
        self._rest += view[whole:]

    def _seal(self, plain: memoryview, *, final: bool) -> None:
        chunk_size = self.header.chunk_size
        count = 1 if final else len(plain) // chunk_size
        length = len(plain) + count * TAG_BYTES
        if len(self._sealed) < length:
            self._sealed = bytearray(length)
        with memoryview(self._sealed) as out:
            for index in range(count):
                piece = plain[index * chunk_size : (index + 1) * chunk_size]
                at = index * (chunk_size + TAG_BYTES)
                target = out[at : at + len(piece) + TAG_BYTES]
                self._cipher.seal_into(self._chunks + index, final, piece, target)
            self._put(out[:length])
        self._chunks += count

    def _put(self, data: Data) -> None:
        if self._failed is not None:
            # part of a chunk may be on the disk: going on would break the file and use a nonce twice
            raise self._failed
        left = memoryview(data)
        while left:
            try:
                left = left[self._file.write(left) :]
            except OSError as error:
                if durable_file.is_full(error) and self._room():
                    continue
                self._failed = write_trouble(error)
                raise self._failed from error
        self._unsynced += len(data)
        self._written += len(data)
        if self._written - self._started >= _START_BYTES:
            durable_file.start_writing(self._file.fileno(), self._started, self._written - self._started)
            self._started = self._written

    def _sync_when_due(self) -> None:
        many, long = self._sync.every_bytes, self._sync.every
        by_size = many is not None and self._unsynced >= many
        by_time = long is not None and (time.monotonic_ns() - self._synced_at) // 1000 >= long
        if self._unsynced and (by_size or by_time):
            self.sync()


def plain_file(path: Path) -> BinaryIO:
    """A new file that its owner alone may read, without a buffer of ours: what was written is the system's."""
    return open(path, "xb", buffering=0, opener=durable_file.for_owner)


def recover(path: Path, cek: bytes, new_path: Path) -> Finished:
    """Make a finished container of the readable front of an unfinished or damaged one, in a new file with a new id.

    Raises ContainerError as `unpack_header` when not even the header can be read; then nothing is written.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise read_trouble(error) from error
    with file:
        old = unpack_header(_front(file, HEADER_BYTES), cek)
        writer = ContainerWriter(new_path, cek, new_header(old.owner, old.chunk_size))
        try:
            with writer:
                _copy_front(file, old, ChunkCipher(cek, old.file_id), writer)
                return writer.finish()
        except BaseException:
            durable_file.remove(new_path)
            raise


def read_trouble(error: OSError) -> ContainerError:
    """The system's refusal to read a container: `container-missing`, or `disk-error` (with `reason`)."""
    if isinstance(error, FileNotFoundError):
        return ContainerError("container-missing")
    return ContainerError("disk-error", reason=durable_file.reason_of(error))


def _copy_front(file: BinaryIO, old: Header, cipher: ChunkCipher, writer: ContainerWriter) -> None:
    plain, chunk = memoryview(bytearray(old.chunk_size)), 0
    while len(sealed := _front(file, old.chunk_size + TAG_BYTES)) >= TAG_BYTES:
        out = plain[: len(sealed) - TAG_BYTES]
        whole = len(out) == old.chunk_size
        last = cipher.open_into(chunk, True, sealed, out)
        if not last and not (whole and cipher.open_into(chunk, False, sealed, out)):
            return
        writer.write(out)
        if last:
            return
        chunk += 1


def _front(file: BinaryIO, length: int) -> bytes:
    try:
        return file.read(length)
    except OSError:
        # a bad sector ends what can be saved, just as a cut does
        return b""
