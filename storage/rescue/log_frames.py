"""The log beside a database (SQLite's WAL, format 3007000), read without SQLite: the newest state of its pages.

    header  32 B   magic 377f0682 or …83 | version | page size | number | salt 8 B | checksum 8 B     all big-endian
    frame          page number | pages of the database after a commit, else 0 | salt 8 B | checksum 8 B | the page

SQLite stops at the first frame whose checksum does not go on from the one before. Here a damaged frame ends nothing:
each page has a seal of its own, which holds under its own number alone. What has the salt of the log and stands before
its last commit was committed: frames of an earlier time have another salt, and what was taken back is never followed
by a commit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

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
    salt = _salt(log, page_size)
    found = [one for one in _all(log, page_size) if one[2] == salt]
    last = max((n for n, (_, _, _, pages) in enumerate(found) if pages), default=-1)
    at: dict[int, ByteCount] = {}
    size = broken = 0
    for number, offset, _, pages in found[: last + 1]:
        if is_whole(number, log[offset : offset + page_size]):
            at[number] = offset
            size = pages or size
        else:
            broken += 1
    return Frames({number: offset for number, offset in at.items() if not size or number <= size}, size, broken)


def _all(log: bytes, page_size: int) -> Iterator[tuple[int, ByteCount, bytes, int]]:
    """(page number, where its bytes begin, salt, pages after a commit) of every frame that is there whole."""
    step = _FRAME_HEADER + page_size
    for start in range(_HEADER, len(log) - step + 1, step):
        head = log[start : start + _FRAME_HEADER]
        number, pages = int.from_bytes(head[:4]), int.from_bytes(head[4:8])
        yield number, start + _FRAME_HEADER, head[8:16], pages


def _salt(log: bytes, page_size: int) -> bytes:
    """The log's own; if its header is damaged, that of the first frame."""
    if checksum(log[:24], int.from_bytes(log[:4]) == _MAGIC[1]) == log[24:_HEADER]:
        return log[16:24]
    first = next(_all(log, page_size), None)
    return first[2] if first is not None else b""


def checksum(content: bytes, big: bool, begin: tuple[int, int] = (0, 0)) -> bytes:
    """SQLite's checksum of the log, over words in the byte order that the magic says; 8 bytes."""
    order: Literal["big", "little"] = "big" if big else "little"
    one, other = begin
    for at in range(0, len(content) - 7, 8):
        one = (one + int.from_bytes(content[at : at + 4], order) + other) & 0xFFFFFFFF
        other = (other + int.from_bytes(content[at + 4 : at + 8], order) + one) & 0xFFFFFFFF
    return one.to_bytes(4) + other.to_bytes(4)
