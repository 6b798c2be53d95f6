"""Files of a damaged archive read as they lie: what the disk refuses becomes zeros, so the rest keeps its place."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from io import FileIO
from pathlib import Path

from app.errors import Cancelled as CancelledError
from app.model.units import ByteCount
from app.ports import Cancelled
from storage import durable_file

SECTOR: ByteCount = 4096
_BLOCK: ByteCount = 1 << 20

OnBytes = Callable[[ByteCount], None]


def copied(path: Path, target: Path, on_bytes: OnBytes, cancelled: Cancelled) -> str:
    """Copy a file byte by byte: `whole`, `damaged` with zeros in some places, or `lost` when it is not even opened.

    Raises ArchiveError for the disk of the copy, Cancelled; then nothing is left there.
    """
    try:
        read = path.open("rb", buffering=0)
    except OSError:
        return "lost"
    refused = 0
    with read:
        try:
            with open(target, "xb", 0, opener=durable_file.for_owner) as write:
                size = os.fstat(read.fileno()).st_size
                for at in range(0, size, _BLOCK):
                    if cancelled():
                        raise CancelledError
                    block, missing = part(read.fileno(), at, min(_BLOCK, size - at))
                    _put(write, block)
                    refused += len(missing)
                    on_bytes(len(block))
                durable_file.sync_file(write.fileno())
        except BaseException as error:
            with contextlib.suppress(OSError):
                durable_file.remove(target)
            if isinstance(error, OSError):
                raise durable_file.archive_trouble(error) from error
            raise
    return "damaged" if refused else "whole"


def part(descriptor: int, at: ByteCount, size: ByteCount) -> tuple[bytes, tuple[ByteCount, ...]]:
    """So many bytes, sector by sector where the disk refuses; and where what it refused begins in the file."""
    with contextlib.suppress(OSError):
        return _exactly(descriptor, at, size), ()
    content, refused = bytearray(), []
    for place in range(at, at + size, SECTOR):
        some = min(SECTOR, at + size - place)
        try:
            content += _exactly(descriptor, place, some)
        except OSError:
            content += bytes(some)
            refused.append(place)
    return bytes(content), tuple(refused)


def _put(write: FileIO, block: bytes) -> None:
    """All of it: a disk that is almost full takes a part first, and refuses the rest only when asked again."""
    left = memoryview(block)
    while left:
        left = left[write.write(left) :]


def _exactly(descriptor: int, at: ByteCount, size: ByteCount) -> bytes:
    os.lseek(descriptor, at, os.SEEK_SET)
    content = b""
    while len(content) < size and (some := os.read(descriptor, size - len(content))):
        content += some
    return content
