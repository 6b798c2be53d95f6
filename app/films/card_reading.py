"""A film on a card that is read more than once: the card must say the same every time."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path
from typing import Any

from app.errors import Cancelled as CancelledError
from app.errors import FilmError
from app.model.units import ByteCount
from app.ports import Cancelled, Progress
from app.ports.file_part import PlacedReader

BLOCK = 1024 * 1024


class CheckedFile(PlacedReader):
    """A file read whole once, for its `sha256`; whatever is read from it afterward is compared with that reading.

    Raises FilmError: `source-unreadable`, `source-changed` when the card says something else than before.
    """

    def __init__(self, path: Path, progress: Progress = lambda _: None, cancelled: Cancelled = lambda: False) -> None:
        super().__init__()
        self._held: tuple[int, bytes] = (-1, b"")
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                raise FilmError("source-unreadable")
            self._file = path.open("rb", buffering=0)
        except OSError as error:
            raise FilmError("source-unreadable") from error
        try:
            self._read_whole(path.stat().st_size, progress, cancelled)
        except BaseException:
            self._file.close()
            raise

    def _read_whole(self, size: int, progress: Progress, cancelled: Cancelled) -> None:
        sha = hashlib.sha256()
        self._blocks: list[bytes] = []
        self.size = 0
        while block := self._read_block():
            if cancelled():
                raise CancelledError
            sha.update(block)
            self._blocks.append(_print_of(block))
            self.size += len(block)
            progress(min(self.size / max(size, 1), 1.0))
        self.sha256 = sha.hexdigest()

    def _read_block(self) -> bytes:
        """A whole block, or what is left of the file."""
        pieces, missing = [], BLOCK
        try:
            while missing and (piece := self._file.read(missing)):
                pieces.append(piece)
                missing -= len(piece)
        except OSError as error:
            raise FilmError("source-unreadable") from error
        return b"".join(pieces)

    def length(self) -> ByteCount:
        return self.size

    def readinto(self, buffer: Any) -> ByteCount:
        """Up to the end of a block at a time."""
        number, start = divmod(self._at, BLOCK)
        if number >= len(self._blocks):
            return 0
        view = memoryview(buffer).cast("B")
        piece = self._block(number)[start : start + len(view)]
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def _block(self, number: int) -> bytes:
        if self._held[0] != number:
            try:
                self._file.seek(number * BLOCK)
            except OSError as error:
                raise FilmError("source-unreadable") from error
            block = self._read_block()
            if _print_of(block) != self._blocks[number]:
                raise FilmError("source-changed")
            self._held = number, block
        return self._held[1]

    def close(self) -> None:
        if hasattr(self, "_file"):
            self._file.close()
        super().close()


def _print_of(block: bytes) -> bytes:
    return hashlib.blake2b(block, digest_size=16).digest()
