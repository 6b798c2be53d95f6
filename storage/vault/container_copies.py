"""A container copied as it is, byte for byte, every seal proven on the way: nothing of it is ever clear on a disk.

Each chunk's seal holds the container's own id, its place and its key, so a container that begins with the same header
and whose seals all open is the same to the last byte: no checksum says more, and none is counted.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import TypeAlias

from app.errors import Cancelled, ContainerError
from app.model.units import ByteCount
from storage import durable_file
from storage.vault.container import HEADER_BYTES, TAG_BYTES, ChunkCipher, Header, unpack_header

_BLOCK: ByteCount = 4 * 1024 * 1024

OnBytes: TypeAlias = Callable[[ByteCount], None]


@dataclass(frozen=True, slots=True)
class Copied:
    """SHA-256 of a container's header, in hex, which no other container has; and how long the container is."""

    header_sha256: str
    size: ByteCount


def copied(
    source: Path, target: Path, key: bytes, owner: str, on_bytes: OnBytes, cancelled: Callable[[], bool]
) -> Copied:
    """Copy the container of `owner` under `key` into a new file, on the disk when this returns.

    Raises ContainerError as its reader does for one that is not whole, OSError, Cancelled; then nothing is left there.
    """
    with source.open("rb", buffering=0) as read, open(target, "xb", 0, opener=durable_file.for_owner) as write:
        try:
            found = _Copy(read, write, key, owner).run(on_bytes, cancelled)
            durable_file.sync_file(write.fileno())
            durable_file.sync_folder(target.parent)
        except BaseException:
            write.close()
            with contextlib.suppress(OSError):
                durable_file.remove(target)
            raise
    return found


class _Copy:
    """One copying: while a block goes to the disk, its seals are opened beside it."""

    def __init__(self, read: FileIO, write: FileIO, key: bytes, owner: str) -> None:
        self._read_from, self._write_to, self._done = read, write, 0
        self._size = os.fstat(read.fileno()).st_size
        self._begin = memoryview(bytearray(min(HEADER_BYTES, self._size)))
        self._fill(self._begin)
        self._header: Header = unpack_header(bytes(self._begin), key)
        if self._header.owner != owner:
            raise ContainerError("container-damaged", reason="owner")
        self._cipher = ChunkCipher(key, self._header.file_id)

    def run(self, on_bytes: OnBytes, cancelled: Callable[[], bool]) -> Copied:
        chunk_size, record = self._header.chunk_size, self._header.chunk_size + TAG_BYTES
        whole, rest = divmod(self._size - HEADER_BYTES, record)
        if self._size < HEADER_BYTES + TAG_BYTES or 0 < rest < TAG_BYTES:
            raise ContainerError("container-truncated")
        last = whole if rest else whole - 1
        batch = max(1, _BLOCK // record)
        blocks = [memoryview(bytearray(batch * record)) for _ in range(2)]
        plain = memoryview(bytearray(batch * chunk_size))
        opening: Future[None] | None = None
        self._put(self._begin, on_bytes)
        with ThreadPoolExecutor(1, "container-copy") as beside:
            for first in range(0, last, batch):
                if cancelled():
                    raise Cancelled
                count = min(batch, last - first)
                block = blocks[0][: count * record]
                self._fill(block)
                if opening is not None:
                    opening.result()
                opening = beside.submit(self._cipher.open_run, first, block, chunk_size, plain[: count * chunk_size])
                self._put(block, on_bytes)
                blocks.reverse()
            if opening is not None:
                opening.result()
        end = blocks[0][: rest or record]
        self._fill(end)
        if not self._cipher.open_into(last, True, end, plain[: len(end) - TAG_BYTES]):
            raise ContainerError("container-truncated", chunk=last)
        self._put(end, on_bytes)
        return Copied(hashlib.sha256(self._begin).hexdigest(), self._size)

    def _fill(self, block: memoryview) -> None:
        while block:
            count = self._read_from.readinto(block)
            if not count:
                raise ContainerError("container-truncated")
            block = block[count:]

    def _put(self, block: memoryview, on_bytes: OnBytes) -> None:
        left = block
        while left:
            left = left[self._write_to.write(left) :]
        durable_file.start_writing(self._write_to.fileno(), self._done, len(block))
        self._done += len(block)
        on_bytes(len(block))
