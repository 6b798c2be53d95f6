"""A file of any size looked at through a window of memory."""

from __future__ import annotations

from typing import BinaryIO

from app.model.units import ByteCount

WINDOW: ByteCount = 8 * 2**20
_BLOCK: ByteCount = 2**20


class FileWindow:
    """Bytes at any place of a seekable file; what lies beyond its end is missing from the answer."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.size: ByteCount = file.seek(0, 2)
        self._begin, self._held = 0, b""

    def at(self, place: ByteCount, length: ByteCount) -> bytes:
        begin = place - self._begin
        if begin < 0 or begin + length > len(self._held):
            self._begin, self._held, begin = place, self._read(place, max(length, WINDOW)), 0
        return self._held[begin : begin + length]

    def written_end(self) -> ByteCount:
        """The place after the last byte that is not zero: a card's free room reads as zeros."""
        end = self.size
        while end > 0:
            begin = max(end - _BLOCK, 0)
            kept = len(self._read(begin, end - begin).rstrip(b"\0"))
            if kept:
                return begin + kept
            end = begin
        return 0

    def written_begin(self) -> ByteCount:
        """The place of the first byte that is not zero; the file's size when there is none."""
        for begin in range(0, self.size, _BLOCK):
            block = self._read(begin, _BLOCK)
            kept = len(block.lstrip(b"\0"))
            if kept:
                return begin + len(block) - kept
        return self.size

    def _read(self, place: ByteCount, length: ByteCount) -> bytes:
        self._file.seek(place)
        return self._file.read(length)
