"""Files that one process opens and another one reads: handed over as open descriptors, not by name."""

from __future__ import annotations

import io
import os
import socket
from collections.abc import Sequence
from typing import Any, BinaryIO, Literal, Protocol, TypeAlias

from app.model.units import ByteCount, ItemPlace
from app.ports.file_part import PlacedReader

#: whether one process can hand open files over to another here
CAN_HAND = hasattr(socket, "send_fds") and hasattr(os, "preadv")
#: descriptors in one message; the kernel lets more through, not all of them everywhere
_AT_ONCE = 64
_BUFFER: ByteCount = 262_144


class Openable(Protocol):
    """What is read of a film's file, wherever it comes from; a `Path` is one."""

    def open(self, mode: Literal["rb"], /) -> BinaryIO: ...
    def stat(self) -> os.stat_result: ...


class HandedFile:
    """A file that somebody else opened. Each `open` reads from a place of its own."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def open(self, _mode: Literal["rb"] = "rb", /) -> BinaryIO:
        """Closing it leaves the descriptor open."""
        made: Any = io.BufferedReader(_Placed(self._descriptor), _BUFFER)
        opened: BinaryIO = made
        return opened

    def stat(self) -> os.stat_result:
        return os.fstat(self._descriptor)

    def close(self) -> None:
        os.close(self._descriptor)


class _Placed(PlacedReader):
    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self._descriptor = descriptor

    def length(self) -> ByteCount:
        return os.fstat(self._descriptor).st_size

    def readinto(self, buffer: Any) -> ByteCount:
        count = os.preadv(self._descriptor, [memoryview(buffer).cast("B")], self._at)
        self._at += count
        return count


#: the end of a way between two processes of this computer that have nobody else on it
Way: TypeAlias = socket.socket


def way() -> tuple[Way, Way]:
    """Its two ends: one is kept, the other one is given to a child by its number."""
    return socket.socketpair()


def way_by(descriptor: ItemPlace) -> Way:
    """The end that this process was started with."""
    return socket.socket(fileno=descriptor)


def hand_over(to: Way, files: Sequence[BinaryIO]) -> None:
    """Every open file, in order. Raises OSError where nobody takes them."""
    for first in range(0, len(files), _AT_ONCE):
        part = [file.fileno() for file in files[first : first + _AT_ONCE]]
        socket.send_fds(to, [bytes([len(part)])], part)


def take_over(out_of: Way, count: int) -> list[HandedFile]:
    """So many open files. Raises EOFError where their giver is gone."""
    taken: list[HandedFile] = []
    while len(taken) < count:
        told, descriptors, _, _ = socket.recv_fds(out_of, 1, _AT_ONCE)
        taken += [HandedFile(one) for one in descriptors]
        if not told or told[0] != len(descriptors):
            raise EOFError
    return taken
