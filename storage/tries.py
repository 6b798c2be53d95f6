"""Wrong passphrases, counted in the archive's own folder: the wait outlives a restart and another window.

Five are free, then the wait doubles to a quarter of an hour. Whoever can delete files can reset it: what really makes
guessing slow is the key derivation. The counts go into the access log at the next opening.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from app.errors import ArchiveError
from storage import durable_file

T = TypeVar("T")

FILE_NAME = "tries"
FREE_TRIES = 5
LONGEST_WAIT_S = 15 * 60
_LARGEST = 1 << 16
#: wrong ones in a row that are counted, and seconds of the clock that can be one: anyone can write into the file
_MOST, _LATEST = 1_000_000, 1e11


def wait_after(failed: int) -> int:
    """Seconds to wait after so many wrong ones in a row."""
    return 0 if failed < FREE_TRIES else min(2 ** min(failed - FREE_TRIES + 1, 30), LONGEST_WAIT_S)


class Tries:
    """The wrong tries at each slot of one archive (or backup), in its folder. A disk that refuses keeps nobody out."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._path = folder / FILE_NAME
        self._clock = clock

    def refuse_while_waiting(self, slot_id: str) -> None:
        """Raises ArchiveError `too-many-tries` with `wait`, the whole seconds that are left."""
        failed, last = self._of(slot_id)
        # a clock set back must not lock the worker out for years
        left = min(last + wait_after(failed) - self._clock(), wait_after(failed))
        if left > 0:
            raise ArchiveError("too-many-tries", wait=int(left) + 1)

    def failed(self, slot_id: str) -> int:
        """One more wrong try; returns the seconds to wait now."""
        all_, (failed, _) = self._read(), self._of(slot_id)
        all_[slot_id] = [failed + 1, self._clock()]
        self._write(all_)
        return wait_after(failed + 1)

    def forget(self, slot_id: str) -> int:
        """The slot opened; returns how many wrong tries there had been."""
        all_ = self._read()
        if slot_id not in all_:
            return 0
        failed = self._of(slot_id)[0]
        del all_[slot_id]
        self._write(all_)
        return failed

    def _of(self, slot_id: str) -> tuple[int, float]:
        match self._read().get(slot_id):
            case [int(failed), int(last) | float(last)]:
                return min(max(failed, 0), _MOST), last if 0 <= last <= _LATEST else 0.0
        return 0, 0.0

    def _read(self) -> dict[str, Any]:
        try:
            with self._path.open("rb") as file:
                said = json.loads(file.read(_LARGEST))
        except (OSError, ValueError, RecursionError):
            return {}
        return said if isinstance(said, dict) else {}

    def _write(self, said: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):
            if said:
                durable_file.write_whole(self._path, json.dumps(said).encode())
            else:
                durable_file.remove(self._path)


def counted(folder: Path, slot_id: str, open_it: Callable[[], T]) -> T:
    """Try a secret, unless too many wrong ones came before; a wrong one is counted in the archive's folder.

    Raises ArchiveError `too-many-tries` or `wrong-passphrase`, `recovery-code-wrong`, each with `wait` in seconds.
    """
    tries = Tries(folder)
    tries.refuse_while_waiting(slot_id)
    try:
        return open_it()
    except ArchiveError as error:
        if error.key in {"wrong-passphrase", "recovery-code-wrong"}:
            raise ArchiveError(error.key, wait=tries.failed(slot_id)) from error
        raise
