"""Proof that the disk holds a film that is being taken in, gathered while it is still being written.

Every byte is read back from the disk and opened: a chunk's own tag proves it, its number and its container. And every
block that opens is compared with the block of the source that it must be, by a mark of 16 bytes that was taken of that
before anything was made of it.
"""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

from app.errors import ContainerError
from app.model.units import ByteCount
from storage import durable_file, straight_file
from storage.straight_file import StraightReader
from storage.vault.container import ChunkCipher, Data, Header, read_trouble
from storage.vault.container_reader import ContainerReader
from storage.vault.keys import KEY_BYTES
from storage.vault.steps import Steps

#: what is marked and compared at once: whole chunks of a film
BLOCK: ByteCount = 4 * 1024 * 1024
#: so many may wait for a disk that is slow to give them back
_MOST_WAITING = 8


class Marks:
    """Tells every block from any other: GMAC under a key that nobody keeps.

    It costs a tenth of SHA-256 and misses a fault once in 2¹²⁸. A block's number is in its mark: none can stand in
    another's place.
    """

    def __init__(self) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._gcm = AESGCM(os.urandom(KEY_BYTES))

    def of(self, number: int, block: Data) -> bytes:
        """The mark of the block with this number, from 0."""
        return self._gcm.encrypt(number.to_bytes(12, "little"), b"", block)


class ReadBack:
    """Follows the writer of a new container at `path`: `expect` a block of the source, write it, then `go_on`.

    `finish` comes after the writer's own. What the thread beside finds is raised by whichever is called next:
    ContainerError `container-damaged` when the disk gave back something else, `disk-error`; and what `steps` raises,
    which counts the bytes proven.

    Where the writer cannot tell what is on the disk (its `on_disk`), all is read in `finish`: what Linux has in memory
    of it is dropped before that, elsewhere it may come from there.
    """

    def __init__(self, path: Path, cek: bytes, header: Header, steps: Steps) -> None:
        self._path, self._cek, self._header, self._steps = path, cek, header, steps
        self._cipher = ChunkCipher(cek, header.file_id)
        self._marks, self._unproven = Marks(), deque[bytes]()
        self._given = 0  # blocks that the thread beside was given: those before what is unproven
        self._waiting: deque[Future[None]] = deque()
        self._plain = memoryview(bytearray(BLOCK))
        self._per_block = BLOCK // header.chunk_size
        self._disk: StraightReader | None = None
        self._beside = ThreadPoolExecutor(1, "read-back")

    def expect(self, block: Data) -> None:
        """The next block of the source: of `BLOCK` bytes, but for the last one."""
        self._unproven.append(self._marks.of(self._given + len(self._unproven), block))

    def go_on(self, on_disk: ByteCount) -> None:
        """So many bytes of the container's file are on the disk: what they hold whole is read back beside."""
        while self._header.offset((self._given + 1) * self._per_block) <= on_disk:
            if len(self._waiting) == _MOST_WAITING:
                self._waiting.popleft().result()
            self._waiting.append(self._beside.submit(self._prove, self._given, self._unproven.popleft()))
            self._given += 1

    def finish(self, size: ByteCount) -> None:
        """Prove the rest as any later reader will read it: the film ends there and is of this size."""
        while self._waiting:
            self._waiting.popleft().result()
        _forget_cached(self._path)
        with ContainerReader(self._path, self._cek, self._header.owner) as reader:
            reader.seek(self._given * BLOCK)
            for number, mark in enumerate(self._unproven, self._given):
                self._compare(number, mark, self._plain[: reader.readinto(self._plain)])
            if not reader.tell() == reader.size == size:
                raise ContainerError("container-damaged", reason="size")

    def _prove(self, number: int, mark: bytes) -> None:
        """In the thread beside."""
        first = number * self._per_block
        begin, end = self._header.offset(first), self._header.offset(first + self._per_block)
        try:
            self._disk = self._disk or straight_file.open_file(self._path)
            sealed = self._disk.read(begin, end - begin)
        except OSError as error:
            raise read_trouble(error) from error
        self._cipher.open_run(first, sealed, self._header.chunk_size, self._plain)
        self._compare(number, mark, self._plain)

    def _compare(self, number: int, mark: bytes, block: memoryview) -> None:
        if self._marks.of(number, block) != mark:
            raise ContainerError("container-damaged", reason="checksum")
        self._steps.step(len(block))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._beside.shutdown(cancel_futures=True)
        if self._disk is not None:
            self._disk.close()


def _forget_cached(path: Path) -> None:
    """Have the system drop its copy of a synced file, so that the disk itself is read."""
    with path.open("rb") as file:
        durable_file.start_writing(file.fileno(), 0, 0)
