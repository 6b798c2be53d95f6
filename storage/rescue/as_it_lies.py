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
from storage.rescue import patient

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
                    block, missing = patient.sectors(read.fileno(), at, min(_BLOCK, size - at))
                    _put(write, block)
                    refused += missing
                    on_bytes(len(block))
                durable_file.sync_file(write.fileno())
        except BaseException as error:
            with contextlib.suppress(OSError):
                durable_file.remove(target)
            if isinstance(error, OSError):
                raise durable_file.archive_trouble(error) from error
            raise
    return "damaged" if refused else "whole"


def _put(write: FileIO, block: bytes) -> None:
    """All of it: a disk that is almost full takes a part first, and refuses the rest only when asked again."""
    left = memoryview(block)
    while left:
        left = left[write.write(left) :]
