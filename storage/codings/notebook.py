"""Where a worker's memo is kept: in the archive's key file, at once or, while work goes on, within a second."""

from __future__ import annotations

import threading

from storage.anchoring import Anchoring
from storage.store.access_log import Head
from storage.vault import key_seals
from storage.vault.key_desk import KeyDesk
from storage.vault.keys import Keys


class KeyFileNotebook:
    """The memo of one worker, whose keys these are."""

    def __init__(self, desk: KeyDesk, keys: Keys) -> None:
        self._desk, self._keys = desk, keys
        self._turn = threading.Lock()
        self._soon: bytes | None = None
        self._pace = Anchoring(self._note_what_waits)

    def noted(self) -> bytes:
        """What was noted last. Raises ArchiveError."""
        return key_seals.memo_of(self._desk.vault, self._keys).journal_head

    def note(self, head: bytes) -> None:
        """Note it now: what waited to be noted is older, and never comes after it. Raises ArchiveError for the disk."""
        with self._turn:
            self._soon = None
            self._desk.keep_memo(self._keys, head)

    def note_soon(self, head: bytes) -> None:
        """Note it beside the work: no step waits for it."""
        self._soon = head
        self._pace.moved(Head(0, head))

    def _note_what_waits(self, _end: Head) -> None:
        with self._turn:
            if (head := self._soon) is not None:
                self._desk.keep_memo(self._keys, head, keep_older=False)

    def close(self) -> None:
        """End the thread; what was noted last is noted again by whoever closes the files."""
        self._pace.close()
