"""The boxes that MP4 and MOV are made of (ISO/IEC 14496-12): found in a file, and made."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.model.units import ByteCount
from video.open.file_window import FileWindow

#: what lies in a film beside its pictures and sound
TOP = frozenset(b"ftyp moov mdat free skip wide uuid pnot udta moof mfra styp sidx meta junk PICT".split())
#: so many boxes lie in one at most: more is a damaged one
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Box:
    """`begin` is its first byte, `content` the first one after its head, `end` the one after its last.

    One that is not `is_whole` says that it ends beyond what it lies in.
    """

    kind: bytes
    begin: ByteCount
    content: ByteCount
    end: ByteCount
    is_whole: bool


def boxes(file: FileWindow, begin: ByteCount, end: ByteCount) -> Iterator[Box]:
    """The boxes between two places; one that says it ends beyond `end` is the last. Ends at what is none."""
    for _ in range(_MOST):
        head = file.at(begin, 16)
        if begin + 8 > end or len(head) < 8:
            return
        size, kind = struct.unpack(">I4s", head[:8])
        content = begin + 8
        if size == 1 and len(head) == 16:
            (size,) = struct.unpack(">Q", head[8:])
            content = begin + 16
        last = end if size == 0 else begin + size
        if last < content:
            last = end  # the size was to be written when the film was finished
        yield Box(kind, begin, content, min(last, end), last <= end)
        if last >= end:
            return
        begin = last


def box(kind: bytes, *contents: bytes) -> bytes:
    inside = b"".join(contents)
    return struct.pack(">I4s", len(inside) + 8, kind) + inside


def full_box(kind: bytes, version: int, flags: int, *contents: bytes) -> bytes:
    """A box that says of which `version` it is, and has `flags`, the bits that its kind gives a meaning."""
    return box(kind, struct.pack(">I", version << 24 | flags), *contents)


def numbers(values: Iterable[int], of: str = "I") -> bytes:
    """A table's numbers, each as the format `of` of `struct`."""
    rows = list(values)
    return struct.pack(f">{len(rows)}{of}", *rows)
