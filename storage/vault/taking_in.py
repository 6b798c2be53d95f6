"""A film taken into the archive: copied into its container, and the container proven by reading it back (`read_back`).

The source is read once and never touched; what a person chose may be a card that is pulled out, a file that is still
being written, or no plain file at all.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from io import FileIO
from pathlib import Path

from app.errors import ContainerError, FilmError
from storage.disk_space import FULL_BYTES, free_space
from storage.vault import container
from storage.vault.container import ContainerWriter, Finished
from storage.vault.container_reader import ContainerReader
from storage.vault.read_back import BLOCK, ReadBack
from storage.vault.steps import Steps


def copied_and_proven(
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
        header = container.new_header(recording_id)
        with ContainerWriter(part, cek, header, straight=True) as writer, ReadBack(part, cek, header, steps) as proof:
            _copy(film, writer, proof, size, steps)
            finished = writer.finish()
            proof.finish(finished.size)
    return finished


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
def _opened(source: Path) -> Iterator[FileIO]:
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


def _copy(film: FileIO, writer: ContainerWriter, proof: ReadBack, size: int, steps: Steps) -> None:
    left = size
    with contextlib.closing(_blocks(film)) as blocks:
        for block in blocks:
            left -= len(block)
            if left < 0:
                break
            proof.expect(block)
            writer.write(block)
            steps.step(len(block))
            proof.go_on(writer.on_disk)
    if left:
        raise FilmError("source-changed")


def _blocks(film: FileIO) -> Generator[memoryview]:
    """The source from here on; the next block is read while one is worked on, which is good until then."""
    blocks, turn = [memoryview(bytearray(BLOCK)) for _ in range(2)], 0
    with ThreadPoolExecutor(1, "read-source") as beside:
        coming = beside.submit(_read_block, film, blocks[turn])
        while count := coming.result():
            block, turn = blocks[turn][:count], 1 - turn
            coming = beside.submit(_read_block, film, blocks[turn])
            yield block


def _read_block(film: FileIO, block: memoryview) -> int:
    """Fill it unless the end comes first: the blocks read back are cut at the same places."""
    try:
        done = 0
        while done < len(block) and (count := film.readinto(block[done:])):
            done += count
        return done
    except OSError as error:
        raise FilmError("source-unreadable") from error


def sha256_of(reader: ContainerReader, steps: Steps) -> str:
    """The checksum of all that is read from here on: one block is hashed while the next is decrypted."""
    sha = hashlib.sha256()
    blocks = [memoryview(bytearray(BLOCK)) for _ in range(2)]
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
