"""Files written and read past the system's own copies: what is read back then is what the disk holds. Linux only.

O_DIRECT (open(2)) wants memory that begins on a page, and whole sectors in the file. It also costs a third of what the
copies cost, and leaves the memory to others. A disk or system without it is told by None.
"""

from __future__ import annotations

import mmap
import os
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from app.model.units import ByteCount
from storage import durable_file

#: no disk has larger ones, in bytes
SECTOR: ByteCount = 4096
#: written at once
ROOM: ByteCount = 4 * 1024 * 1024


class StraightWriter:
    """Appends bytes to a new file: one piece is filled while the other goes to the disk.

    Raises OSError, perhaps a call late. `on_disk` tells how far everything has arrived. `flush` writes the rest too,
    which ends in no whole sector: for that the system's copy is used, and `durable_file.sync_file` puts it in place.
    """

    def __init__(self, descriptor: int) -> None:
        self.on_disk: ByteCount = 0
        self._descriptor = descriptor
        self._rooms = [memoryview(mmap.mmap(-1, ROOM)) for _ in range(2)]
        self._filled, self._begin = 0, 0  # bytes of the first room, and where in the file it will stand
        self._going: Future[None] | None = None
        self._beside = ThreadPoolExecutor(1, "straight-file")

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """As many bytes as there is room for; returns how many."""
        count = min(len(data), ROOM - self._filled)
        self._rooms[0][self._filled : self._filled + count] = data[:count]
        self._filled += count
        if self._filled == ROOM:
            self._arrive()
            self._going = self._beside.submit(self._write, self._rooms[0], self._begin)
            self._rooms.reverse()
            self._begin, self._filled = self._begin + ROOM, 0
        return count

    def flush(self) -> None:
        self._arrive()
        whole = self._filled // SECTOR * SECTOR
        self._write(self._rooms[0][:whole], self._begin)
        if whole < self._filled:
            _be_straight(self._descriptor, False)
            self._write(self._rooms[0][whole : self._filled], self._begin + whole)
            _be_straight(self._descriptor, True)

    def fileno(self) -> int:
        return self._descriptor

    def close(self) -> None:
        """What was not flushed is lost."""
        if self._descriptor >= 0:
            self._beside.shutdown()
            os.close(self._descriptor)
            self._descriptor = -1

    def _arrive(self) -> None:
        """What is on its way is on the disk, or its failure is told, again and again."""
        if self._going is not None:
            self._going.result()
            self._going = None

    def _write(self, left: memoryview, at: ByteCount) -> None:
        while left:
            count = os.pwrite(self._descriptor, left, at)
            at, left = at + count, left[count:]
        self.on_disk = at


class StraightReader:
    """Reads a file that may still be growing. For one thread."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._room = memoryview(mmap.mmap(-1, SECTOR))

    def read(self, offset: ByteCount, length: ByteCount) -> memoryview:
        """These bytes, or fewer where the file ends; good until the next reading. Raises OSError."""
        skipped = offset % SECTOR
        whole = -(-(skipped + length) // SECTOR) * SECTOR
        if len(self._room) < whole:
            self._room = memoryview(mmap.mmap(-1, whole))
        done = 0
        while done < whole and (
            count := os.preadv(self._descriptor, [self._room[done:whole]], offset - skipped + done)
        ):
            done += count
            if count % SECTOR:
                break  # the end
        return self._room[skipped : min(done, skipped + length)]

    def close(self) -> None:
        os.close(self._descriptor)


def new_file(path: Path) -> StraightWriter | None:
    """A file that must not exist, for its owner alone; None where none can be made so: nothing is there then.

    Raises OSError as `open` does.
    """
    if sys.platform != "linux":
        return None
    descriptor = durable_file.for_owner(str(path), os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        _be_straight(descriptor, True)
        os.pwrite(descriptor, mmap.mmap(-1, SECTOR), 0)  # some refuse only this
        os.ftruncate(descriptor, 0)
    except OSError:
        os.close(descriptor)
        path.unlink()
        return None
    return StraightWriter(descriptor)


def _be_straight(descriptor: int, straight: bool) -> None:
    import fcntl

    flags = fcntl.fcntl(descriptor, fcntl.F_GETFL)
    fcntl.fcntl(descriptor, fcntl.F_SETFL, flags | os.O_DIRECT if straight else flags & ~os.O_DIRECT)


def open_file(path: Path) -> StraightReader:
    """Raises OSError, also where it cannot be read so."""
    return StraightReader(os.open(path, os.O_RDONLY | os.O_DIRECT))
