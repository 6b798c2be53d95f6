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
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.model.units import ByteCount
from storage.rescue import patient

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
        log, refused = patient.read_file(path)
    except FileNotFoundError:
        return Frames()
    except OSError:  # it is there, and how much of it is lost only its size tells
        return Frames(broken=_many(path, page_size))
    waiting: dict[int, ByteCount] = {}
    at: dict[int, ByteCount] = {}
    size = broken = lost = 0
    for frame, is_read in _chained(log, page_size, is_whole):
        if not is_read:
            lost += 1
            continue
        waiting[frame.number] = frame.offset
        if frame.pages:
            at |= waiting
            size, broken, waiting = frame.pages, lost, {}
    # what the disk does not give at the end of a log is no torn end: it may have been committed
    broken = max(broken, min(refused, lost))
    return Frames({number: offset for number, offset in at.items() if number <= size}, size, broken)


def _many(path: Path, page_size: int) -> int:
    try:
        return max(path.stat().st_size // (_FRAME_HEADER + page_size), 1)
    except OSError:
        return 1


@dataclass(frozen=True, slots=True)
class _Frame:
    """One frame: its page's number, where the page begins in the log, pages after a commit (else 0), and the rest."""

    number: int
    offset: ByteCount
    pages: int
    head: bytes
    page: bytes

    @property
    def salt(self) -> bytes:
        return self.head[8:16]

    @property
    def sum(self) -> bytes:
        return self.head[16:]


def _chained(log: bytes, page_size: int, is_whole: Callable[[int, bytes], bool]) -> Iterator[tuple[_Frame, bool]]:
    """Each frame that counts, and whether its page can be read."""
    chain = _Chain(log)
    for read, following in _with_next(_all(log, page_size)):
        frame: _Frame | None = read
        whole = is_whole(read.number, read.page)
        if whole and not chain.holds(read):  # asked of whole ones alone: the first of them tells the log's salt
            frame = chain.mended(read, following)
        if frame is None:
            return
        # a torn end was never committed: what is damaged counts when a whole frame goes on from it
        yield frame, whole
        chain.go_on(frame)


def _with_next(some: Iterator[_Frame]) -> Iterator[tuple[_Frame, _Frame | None]]:
    before = next(some, None)
    for one in some:
        assert before is not None
        yield before, one
        before = one
    if before is not None:
        yield before, None


class _Chain:
    """The log's own checksums, each over the one before: which frames belong to it."""

    def __init__(self, log: bytes) -> None:
        self._big = log[:4] == _MAGIC[1].to_bytes(4)
        knows = int.from_bytes(log[:4]) in _MAGIC and checksum(log[:24], big=self._big) == log[24:_HEADER]
        self._seed, self._salt = (log[24:_HEADER], log[16:24]) if knows else (b"", b"")

    def holds(self, frame: _Frame) -> bool:
        """It follows in the chain; where the one before is not known, it is of the same log."""
        self._salt = self._salt or frame.salt
        return frame.salt == self._salt and (not self._seed or self._of(frame, self._seed) == frame.sum)

    def mended(self, frame: _Frame, following: _Frame | None) -> _Frame | None:
        """A whole page under a damaged head: as the next frame goes on from it, or its own checksum says.

        None for one that is left from before, as those are that an undone commit left behind the end.
        """
        if not self._seed:
            return None
        right = self._salt + self._of(frame, self._seed)
        if following is not None and following.salt == self._salt and self._of(following, right[8:]) == following.sum:
            return replace(frame, head=frame.head[:8] + right)
        tried = (replace(frame, pages=frame.pages ^ (1 << bit)) for bit in range(32))
        tried = (replace(one, head=frame.head[:4] + one.pages.to_bytes(4) + frame.head[8:]) for one in tried)
        return next((one for one in tried if self._of(one, self._seed) == one.sum), None)

    def go_on(self, frame: _Frame) -> None:
        # of a damaged one its checksum stands in its head, unless that is lost too
        self._seed = frame.sum if frame.salt == self._salt else b""

    def _of(self, frame: _Frame, seed: bytes) -> bytes:
        return checksum(frame.head[:8] + frame.page, big=self._big, begin=seed)


def _all(log: bytes, page_size: int) -> Iterator[_Frame]:
    """Every frame that is there in full length."""
    step = _FRAME_HEADER + page_size
    for start in range(_HEADER, len(log) - step + 1, step):
        head, page = log[start : start + _FRAME_HEADER], log[start + _FRAME_HEADER : start + step]
        number, pages = int.from_bytes(head[:4]), int.from_bytes(head[4:8])
        yield _Frame(number, start + _FRAME_HEADER, pages, head, page)


def checksum(content: bytes, *, big: bool, begin: bytes = bytes(8)) -> bytes:
    """SQLite's checksum of the log, over words in the byte order that the magic says; 8 bytes."""
    words = struct.unpack(f"{'>' if big else '<'}{len(content) // 8 * 2}I", content[: len(content) // 8 * 8])
    one, other = int.from_bytes(begin[:4]), int.from_bytes(begin[4:])
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + other) & 0xFFFFFFFF
        other = (other + second + one) & 0xFFFFFFFF
    return one.to_bytes(4) + other.to_bytes(4)
