"""Files that keep their place themselves; a stretch of one as a file of its own, and several in a row as one.

Such a stretch is one recording of several that lie behind each other in a file; such a row are the pieces into which a
recorder cut one stream.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, BinaryIO, TypeAlias

from app.model.units import ByteCount

#: the first byte, and the one after the last
Stretch: TypeAlias = tuple[ByteCount, ByteCount]


class PlacedReader(io.RawIOBase):
    """What is read from a place that it keeps itself; who reads says how long it is, in bytes."""

    _at: ByteCount = 0

    def length(self) -> ByteCount:
        """Bytes, to count a place from the end."""
        raise io.UnsupportedOperation

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> ByteCount:
        return self._at

    def seek(self, offset: ByteCount, whence: int = io.SEEK_SET) -> ByteCount:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.length()}[whence]
        self._at = max(base + offset, 0)
        return self._at


class FilePart(PlacedReader):
    """Reads from where it stands, whoever else reads the same file in between. Closing it leaves the file open."""

    def __init__(self, file: BinaryIO, stretch: Stretch) -> None:
        super().__init__()
        self._file = file
        self._begin, self._end = stretch

    def length(self) -> ByteCount:
        return self._end - self._begin

    def readinto(self, buffer: Any) -> ByteCount:
        view = memoryview(buffer).cast("B")
        self._file.seek(self._begin + self._at)
        piece = self._file.read(min(len(view), max(self._end - self._begin - self._at, 0)))
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


class FileRow(PlacedReader):
    """The bytes of several files, one behind the other. Closing it leaves the files open, whoever else reads them."""

    def __init__(self, files: Sequence[BinaryIO]) -> None:
        super().__init__()
        self._files = tuple(files)
        self._edges = (0, *accumulate(file.seek(0, io.SEEK_END) for file in self._files))

    def length(self) -> ByteCount:
        return self._edges[-1]

    def readinto(self, buffer: Any) -> ByteCount:
        """All that is asked for, also over the end of a file: fewer bytes are the end of the last one."""
        view = memoryview(buffer).cast("B")
        done = 0
        while done < len(view) and (piece := self._piece(len(view) - done)):
            view[done : done + len(piece)] = piece
            done += len(piece)
            self._at += len(piece)
        return done

    def _piece(self, most: ByteCount) -> bytes:
        """What follows in the file that it stands in."""
        if self._at >= self.length():
            return b""
        number = bisect_right(self._edges, self._at) - 1
        self._files[number].seek(self._at - self._edges[number])
        return self._files[number].read(min(most, self._edges[number + 1] - self._at))
