"""The preloaded library `disk.c`: compiled when it is first asked for, and spoken to from inside a process that has it.

A process is begun with `environment`; in it `Disk` marks what was acknowledged, and lets acts fail. `records` reads
what was written down.
"""

import ctypes
import os
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, IntFlag
from pathlib import Path

from tests.material import once

_SOURCE = Path(__file__).with_name("disk.c")
_HEAD = struct.Struct("=IIQQQ")


class What(IntEnum):
    """Of a record: what was done."""

    MADE = 1
    WRITE = 2
    LENGTH = 3
    SYNC = 4
    RENAME = 5
    REMOVE = 6
    LINK = 7
    MARK = 8
    MAPPED = 9


class Kind(IntFlag):
    """Of an act that may fail."""

    WRITE = 1
    SYNC = 2
    LENGTH = 4
    RENAME = 8
    MAKE = 16
    REMOVE = 32
    FOLDER = 64


#: what a disk without room refuses; what is there can still be renamed, removed and synced
NEEDS_ROOM = Kind.WRITE | Kind.LENGTH | Kind.MAKE | Kind.FOLDER
ALL = Kind(127)


@dataclass(frozen=True, slots=True)
class Record:
    """One act: on a file by its inode, or on names by their paths; `at` is an offset or a length in bytes."""

    what: What
    inode: int
    at: int
    is_folder: bool
    data: bytes

    @property
    def path(self) -> str:
        return os.fsdecode(self.data)

    @property
    def paths(self) -> tuple[str, str]:
        one, other = self.data.split(b"\0")
        return os.fsdecode(one), os.fsdecode(other)


def library() -> Path:
    """The compiled library. Raises subprocess.CalledProcessError, FileNotFoundError without gcc."""
    return once.once("disk.so", _compile)


def _compile(target: Path) -> None:
    words = ["gcc", "-O2", "-shared", "-fPIC", "-Wall", "-Werror", "-o", str(target), str(_SOURCE), "-lpthread"]
    subprocess.run(words, check=True)


def environment(root: Path, log: Path | None = None) -> dict[str, str]:
    """What a process needs around it whose acts below `root` are written down in `log`, or may fail."""
    said = {"LD_PRELOAD": str(library()), "HAVAINTO_DISK_ROOT": str(root), "HAVAINTO_DISK_LOG": str(log or "")}
    return os.environ | said


def records(log: Path) -> Iterator[Record]:
    content = memoryview(log.read_bytes())
    at = 0
    while at < len(content):
        what, size, inode, place, is_folder = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        yield Record(What(what), inode, place, bool(is_folder), bytes(content[at : at + size]))
        at += size


class Disk:
    """Inside a process that has the library."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        self._library.disk_mark.argtypes = (ctypes.c_char_p, ctypes.c_size_t)
        self._library.disk_arm.argtypes = (ctypes.c_long, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_int)
        self._library.disk_counted.restype = ctypes.c_long
        self._library.disk_spoil.argtypes = (ctypes.c_char_p, ctypes.c_long, ctypes.c_long)

    def mark(self, said: bytes) -> None:
        """A line between what is written down."""
        self._library.disk_mark(said, len(said))

    def arm(self, at: int, error: int, kinds: Kind = ALL, *, lasting: bool = False, half: bool = False) -> None:
        """The `at`-th act of these kinds fails with this error, and all later ones if `lasting`; -1: none does.

        `half`: it is a write that goes half way and says so.
        """
        self._library.disk_arm(at, error, int(kinds), int(lasting), int(half))

    def counted(self) -> int:
        """How many such acts there were since it was armed."""
        return int(self._library.disk_counted())

    def failed(self) -> int:
        """How many of them failed."""
        return int(self._library.disk_failed())

    def spoil(self, path: Path, at: int, size: int) -> None:
        """From now on these bytes of a file cannot be read: the disk answers with EIO."""
        assert self._library.disk_spoil(os.fsencode(path), at, size) == 0

    def heal(self) -> None:
        """Everything can be read again."""
        self._library.disk_heal()
