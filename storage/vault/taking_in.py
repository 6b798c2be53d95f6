"""A film taken into the archive: copied into its container, then read back from the disk and compared by SHA-256.

The source is read once and never touched; what a person chose may be a card that is pulled out, a file that is still
being written, or no plain file at all.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

from app.errors import Cancelled, ContainerError, FilmError
from app.model.units import ByteCount
from storage import durable_file
from storage.disk_space import FULL_BYTES, free_space
from storage.vault import container
from storage.vault.container import ContainerWriter, Finished
from storage.vault.container_reader import ContainerReader

_BLOCK = 4 * 1024 * 1024


def copied_and_compared(
    source: Path,
    part: Path,
    cek: bytes,
    recording_id: str,
    on_progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Finished:
    """Fill the new container `part` under the key `cek`. Progress counts both ways: twice the film's size, in bytes.

    Raises Cancelled; FilmError `source-unreadable`, `source-changed`, `disk-full`; ContainerError `container-damaged`
    when the disk gave back something else, `read-only`, `disk-error`. The caller removes what is left of `part` then.
    """
    with _opened(source) as film:
        size = os.fstat(film.fileno()).st_size
        if free_space(part.parent).free_bytes - size < FULL_BYTES:
            raise FilmError("disk-full")
        steps = Steps(2 * size, on_progress, cancelled)
        with ContainerWriter(part, cek, container.new_header(recording_id)) as writer:
            _copy(film, writer, size, steps)
            finished = writer.finish()
        _forget_cached(part)
        with ContainerReader(part, cek, recording_id) as reader:
            if sha256_of(reader, steps) != finished.sha256:
                raise ContainerError("container-damaged", reason="checksum")
    return finished


class Steps:
    """Tells progress and stops at the person's wish."""

    def __init__(self, total: int, on_progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> None:
        self._done, self._total, self._on_progress, self._cancelled = 0, total, on_progress, cancelled

    def step(self, count: ByteCount) -> None:
        """So many bytes more are done. Raises Cancelled."""
        self._done += count
        self._on_progress(self._done, self._total)
        if self._cancelled():
            raise Cancelled


@contextlib.contextmanager
def film_trouble() -> Iterator[None]:
    """Within it a full disk stops a film from being taken in. Raises FilmError `disk-full`, else ContainerError."""
    try:
        yield
    except ContainerError as error:
        if error.key == "disk-full":
            raise FilmError("disk-full") from error
        raise


@contextlib.contextmanager
def _opened(source: Path) -> Iterator[BinaryIO]:
    """The film that a person chose, if it is a plain file; it must be the same when we are done."""
    try:
        # a pipe would wait forever for its other end
        if not stat.S_ISREG(source.stat().st_mode):
            raise FilmError("source-unreadable")
        file = source.open("rb", buffering=0)
    except OSError as error:
        raise FilmError("source-unreadable") from error
    with file:
        before = os.fstat(file.fileno())
        yield file
        after = os.fstat(file.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise FilmError("source-changed")


def _copy(film: BinaryIO, writer: ContainerWriter, size: int, steps: Steps) -> None:
    block, left = memoryview(bytearray(_BLOCK)), size
    while count := _read_block(film, block):
        left -= count
        if left < 0:
            break
        writer.write(block[:count])
        steps.step(count)
    if left:
        raise FilmError("source-changed")


def _read_block(film: BinaryIO, block: memoryview) -> int:
    try:
        return film.readinto(block) or 0  # type: ignore[attr-defined]  # BinaryIO hides what every raw file has
    except OSError as error:
        raise FilmError("source-unreadable") from error


def sha256_of(reader: ContainerReader, steps: Steps) -> str:
    """The checksum of all that is read from here on: one block is hashed while the next is decrypted."""
    sha = hashlib.sha256()
    blocks = [memoryview(bytearray(_BLOCK)) for _ in range(2)]
    hashing: Future[None] | None = None
    with ThreadPoolExecutor(1, "container-hash") as pool:
        turn = 0
        while count := reader.readinto(blocks[turn]):
            if hashing is not None:
                hashing.result()
            hashing = pool.submit(sha.update, blocks[turn][:count])
            turn = 1 - turn
            steps.step(count)
    return sha.hexdigest()


def _forget_cached(path: Path) -> None:
    """Have the system drop its copy of a synced file, so that the comparison reads what the disk really holds."""
    with path.open("rb") as file:
        durable_file.start_writing(file.fileno(), 0, 0)
