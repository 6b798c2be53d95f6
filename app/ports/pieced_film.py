"""A film that was made whole again: what its file lacked, and the stretches of its file that are as they were."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, TypeAlias

from app.model.units import ByteCount, ItemPlace
from app.ports import Inspected
from app.ports.file_part import PlacedReader, Stretch

#: bytes that were made, or a stretch of the original
Piece: TypeAlias = bytes | Stretch


@dataclass(frozen=True)
class Salvaged:
    """What can be made of an unfinished film: `pieces` in their order are a film, and `found` is what the gate says.

    `sha256` is of that film. `reference` is which of the films that were offered told how it is packed, or None where
    none was needed.
    """

    found: Inspected
    pieces: tuple[Piece, ...]
    sha256: str
    reference: ItemPlace | None = None


class PiecedFilm(PlacedReader):
    """Reads pieces one after the other as one file. Closing it leaves the original open."""

    def __init__(self, original: BinaryIO, pieces: Sequence[Piece]) -> None:
        super().__init__()
        self._original, self._pieces = original, tuple(pieces)
        self._ends: list[ByteCount] = []
        for piece in self._pieces:
            length = len(piece) if isinstance(piece, bytes) else piece[1] - piece[0]
            self._ends.append((self._ends[-1] if self._ends else 0) + length)

    def length(self) -> ByteCount:
        return self._ends[-1] if self._ends else 0

    def readinto(self, buffer: Any) -> ByteCount:
        """Up to the end of a piece at a time."""
        view = memoryview(buffer).cast("B")
        number = bisect_right(self._ends, self._at)
        if number == len(self._ends):
            return 0
        piece, left = self._pieces[number], self._ends[number] - self._at
        wanted = min(len(view), left)
        if isinstance(piece, bytes):
            begin = len(piece) - left
            read = piece[begin : begin + wanted]
        else:
            self._original.seek(piece[1] - left)
            read = self._original.read(wanted)
        view[: len(read)] = read
        self._at += len(read)
        return len(read)
