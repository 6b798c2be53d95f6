"""Reading from a disk that no longer gives every sector: what it refuses becomes zeros, all else keeps its place."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from app.model.units import ByteCount

SECTOR: ByteCount = 4096
_BLOCK: ByteCount = 1 << 20


def read_file(path: Path) -> tuple[bytes, int]:
    """All of a file, and how many sectors of it were refused. Raises OSError when it cannot be opened."""
    with path.open("rb", buffering=0) as file:
        size = os.fstat(file.fileno()).st_size
        parts = [sectors(file.fileno(), at, min(_BLOCK, size - at)) for at in range(0, size, _BLOCK)]
    return b"".join(content for content, _ in parts), sum(refused for _, refused in parts)


def sectors(descriptor: int, at: ByteCount, size: ByteCount) -> tuple[bytes, int]:
    """So many bytes, fewer only where the file ends, sector by sector where the disk refuses; and how many of these."""
    with contextlib.suppress(OSError):
        return _exactly(descriptor, at, size), 0
    content, refused = bytearray(), 0
    for place in range(at, at + size, SECTOR):
        some = min(SECTOR, at + size - place)
        try:
            content += _exactly(descriptor, place, some)
        except OSError:
            content += bytes(some)
            refused += 1
    return bytes(content), refused


def _exactly(descriptor: int, at: ByteCount, size: ByteCount) -> bytes:
    os.lseek(descriptor, at, os.SEEK_SET)
    content = b""
    while len(content) < size and (some := os.read(descriptor, size - len(content))):
        content += some
    return content
