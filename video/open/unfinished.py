"""Films that were never finished, told by their bytes: no table of contents, no beginning, an end that is empty."""

from __future__ import annotations

from typing import BinaryIO

from app.model.timecode import Micros
from app.model.units import ByteCount
from app.ports.file_part import Stretch
from video.open.boxes import boxes
from video.open.file_window import FileWindow

#: where the file system of most memory cards ends a file (FAT32: 2³² − 1 bytes), and how near to it cameras stop
CARD_LIMIT: ByteCount = 2**32
_NEAR_LIMIT: ByteCount = 2**20
#: a file that is empty from some place on was written no further; a shorter end may be a camera's filling
_EMPTY: ByteCount = 2**12
_EMPTY_SHARE = 0.02
_FIRST_BOXES = frozenset(b"ftyp mdat wide free skip".split())


def is_at_limit(size: ByteCount) -> bool:
    """Whether a file is as long as a card's file system lets one be."""
    return CARD_LIMIT - _NEAR_LIMIT <= size <= CARD_LIMIT


def coded_bytes(file: FileWindow) -> Stretch | None:
    """Where coded pictures lie in an MP4 or MOV without a table of contents; None for any other file."""
    found = list(boxes(file, 0, file.size))
    if not found or found[0].kind not in _FIRST_BOXES or any(one.kind in (b"moov", b"moof") for one in found):
        return None
    data = next((one for one in found if one.kind == b"mdat"), None)
    return (data.content, file.written_end()) if data is not None else None


def refused_as(file: BinaryIO, otherwise: str) -> str:
    """Why a file could not be opened: `film-unfinished`, `film-unfinished-full` at the card's limit, or `otherwise`."""
    window = FileWindow(file)
    if coded_bytes(window) is None:
        return otherwise
    return "film-unfinished-full" if is_at_limit(window.size) else "film-unfinished"


def before_half_a_head(file: BinaryIO) -> ByteCount | None:
    """Where the last whole fragment of an MP4 ends whose next one has only a part of its head; None for other files."""
    found = list(boxes(FileWindow(file), 0, file.seek(0, 2)))
    if not found or found[-1].kind != b"moof" or found[-1].is_whole or all(one.kind != b"moov" for one in found):
        return None
    return found[-1].begin


def would_end(file: BinaryIO, length: Micros) -> Micros:
    """Where a film of so much that can be read would end, had its file been written to its end; `length` if it was."""
    window = FileWindow(file)
    written = window.written_end()
    empty = window.size - written
    if not written or empty < max(_EMPTY, _EMPTY_SHARE * window.size):
        return length
    found = list(boxes(window, 0, window.size))
    if found and found[0].kind in _FIRST_BOXES and found[-1].kind != bytes(4):
        return length  # what is empty lies in a box of its own
    return length * window.size // written
