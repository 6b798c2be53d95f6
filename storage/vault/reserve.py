"""Room on a disk that is kept free while filming: given back when the disk is full, so that a film's end has its place.

One file a folder, for as long as anything is filmed there. What a crash leaves of it goes with the next filming, or
when the archive's films are next swept.
"""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path

from app.model.units import ByteCount
from storage import durable_file

NAME = ".filming-reserve"
#: a minute of film of one camera: far more than what waits for the disk, the films' ends and the archive's own rows
RESERVE: ByteCount = 64_000_000
_PIECE = 4_000_000


class DiskReserve:
    """For whoever writes films into one folder, in any thread: `hold` and `let_go` are counted."""

    def __init__(self, folder: Path, size: ByteCount = RESERVE) -> None:
        self._path, self._size = folder / NAME, size
        self._holders = 0
        self._is_there = False
        self._change = threading.Lock()

    @property
    def is_there(self) -> bool:
        """Whether room is kept now."""
        with self._change:
            return self._is_there

    def hold(self) -> None:
        """Somebody films. A disk that has no room for it keeps none, and filming is refused or ends by itself."""
        with self._change:
            self._holders += 1
            if self._holders == 1:
                self._is_there = self._make()

    def give(self) -> bool:
        """The disk is full: its room back, once. False when there is none to be given."""
        with self._change:
            had, self._is_there = self._is_there, False
            if had:
                self._remove()
            return had

    def let_go(self) -> None:
        """Whoever held it needs it no more."""
        with self._change:
            self._holders -= 1
            if not self._holders:
                self._is_there = False
                self._remove()

    def sweep(self) -> None:
        """What a crash left of it goes, when nobody films."""
        with self._change:
            if not self._holders:
                self._remove()

    def _make(self) -> bool:
        self._remove()
        try:
            with open(self._path, "xb", 0, opener=durable_file.for_owner) as file:
                _allot(file.fileno(), self._size)
        except OSError:
            self._remove()
            return False
        return True

    def _remove(self) -> None:
        with contextlib.suppress(OSError):
            durable_file.remove(self._path)


def _allot(descriptor: int, size: ByteCount) -> None:
    """Have the system give the file its place: by one call where there is one, else by writing it."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(descriptor, 0, size)
        return
    for _ in range(0, size, _PIECE):
        os.write(descriptor, bytes(_PIECE))
