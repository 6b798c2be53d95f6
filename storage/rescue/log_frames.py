"""The log beside a database (SQLite's WAL, format 3007000), read without SQLite: the newest state of its pages.

    header  32 B   magic 377f0682 or …83 | version | page size | number | salt 8 B | checksum 8 B     all big-endian
    frame          page number | pages of the database after a commit, else 0 | salt 8 B | checksum 8 B | the page

A frame's checksum goes on from that of the one before; SQLite stops at the first that does not. So does this reader
where the frame's page is whole: it is then left from before, of a commit that was undone or of an earlier time. A frame
whose page is damaged, which its own seal tells, is left out, and those that go on from its checksum count.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.model.units import ByteCount

_HEADER, _FRAME_HEADER = 32, 24
_MAGIC = (0x377F0682, 0x377F0683)


@dataclass(frozen=True, slots=True)
class Frames:
    """Where the newest committed state of each page stands in the log, and how many pages the database has with it.

    `broken` are committed frames that could not be read: an older state of their pages counts.
    """

    at: dict[int, ByteCount] = field(default_factory=dict)
    pages: int = 0
    broken: int = 0


def frames(path: Path, page_size: int, is_whole: Callable[[int, bytes], bool]) -> Frames:
    """What of a log is committed. `is_whole` says of a page's number and bytes whether its seal holds."""
    try:
        log = path.read_bytes()
    except OSError:
        return Frames()
    waiting: dict[int, ByteCount] = {}
    at: dict[int, ByteCount] = {}
    size = broken = lost = 0
    for number, place, pages in _chained(log, page_size, is_whole):
        if place:
            waiting[number] = place
        else:
            lost += 1
        if pages:
            at |= waiting
            size, broken, waiting = pages, lost, {}
    return Frames({number: offset for number, offset in at.items() if number <= size}, size, broken)


def _chained(
    log: bytes, page_size: int, is_whole: Callable[[int, bytes], bool]
) -> Iterator[tuple[int, ByteCount, int]]:
    """(page number, where its bytes begin or 0 for a damaged page, pages after a commit) of each frame that counts."""
    big = log[:4] == _MAGIC[1].to_bytes(4)
    knows = checksum(log[:24], big=big) == log[24:_HEADER]
    seed, salt = (log[24:_HEADER], log[16:24]) if knows else (b"", b"")
    for number, offset, head, pages in _all(log, page_size):
        page = log[offset : offset + page_size]
        whole = is_whole(number, page)
        salt = salt or head[8:16]
        goes_on = head[8:16] == salt and (not seed or checksum(head[:8] + page, big=big, begin=seed) == head[16:])
        if whole and not goes_on:
            return
        # a torn end was never committed: what is damaged counts when a whole frame goes on from it
        yield (number, offset, pages) if whole else (number, 0, 0)
        seed = head[16:]


def _all(log: bytes, page_size: int) -> Iterator[tuple[int, ByteCount, bytes, int]]:
    """(page number, where its bytes begin, the frame's header, pages after a commit) of every frame there whole."""
    step = _FRAME_HEADER + page_size
    for start in range(_HEADER, len(log) - step + 1, step):
        head = log[start : start + _FRAME_HEADER]
        number, pages = int.from_bytes(head[:4]), int.from_bytes(head[4:8])
        yield number, start + _FRAME_HEADER, head, pages


def checksum(content: bytes, *, big: bool, begin: bytes = bytes(8)) -> bytes:
    """SQLite's checksum of the log, over words in the byte order that the magic says; 8 bytes."""
    words = struct.unpack(f"{'>' if big else '<'}{len(content) // 8 * 2}I", content[: len(content) // 8 * 8])
    one, other = int.from_bytes(begin[:4]), int.from_bytes(begin[4:])
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + other) & 0xFFFFFFFF
        other = (other + second + one) & 0xFFFFFFFF
    return one.to_bytes(4) + other.to_bytes(4)
