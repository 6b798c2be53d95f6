"""A container copied as it is, byte for byte, and hashed on the way: nothing is decrypted."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from app.errors import Cancelled
from app.model.units import ByteCount
from storage import durable_file

_BLOCK: ByteCount = 4 * 1024 * 1024


OnBytes: TypeAlias = Callable[[ByteCount], None]


@dataclass(frozen=True, slots=True)
class Copied:
    """SHA-256 of a container's own bytes, in hex, and how many there are."""

    sha256: str
    size: ByteCount


def copied(source: Path, target: Path, on_bytes: OnBytes, cancelled: Callable[[], bool]) -> Copied:
    """Copy a file into a new one, on the disk when this returns. One block is hashed while the next is copied.

    Raises OSError, Cancelled; then nothing is left of the target.
    """
    try:
        with source.open("rb", buffering=0) as read, open(target, "xb", 0, opener=durable_file.for_owner) as write:
            found = _copy(read.fileno(), write.fileno(), on_bytes, cancelled)
            durable_file.sync_file(write.fileno())
        durable_file.sync_folder(target.parent)
    except FileExistsError:
        raise
    except BaseException:
        with contextlib.suppress(OSError):
            durable_file.remove(target)
        raise
    return found


def _copy(read: int, write: int, on_bytes: Callable[[ByteCount], None], cancelled: Callable[[], bool]) -> Copied:
    sha, done = hashlib.sha256(), 0
    blocks = [memoryview(bytearray(_BLOCK)) for _ in range(2)]
    hashing: Future[None] | None = None
    with ThreadPoolExecutor(1, "container-copy") as beside:
        while count := os.readv(read, [blocks[0]]):
            if cancelled():
                raise Cancelled
            if hashing is not None:
                hashing.result()
            hashing = beside.submit(sha.update, blocks[0][:count])
            left = blocks[0][:count]
            while left:
                left = left[os.write(write, left) :]
            durable_file.start_writing(write, done, count)
            done += count
            on_bytes(count)
            blocks.reverse()
        if hashing is not None:
            hashing.result()
    return Copied(sha.hexdigest(), done)
