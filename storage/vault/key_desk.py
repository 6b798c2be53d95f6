"""The key file of an open archive: one holder that changes it, on the disk and in memory together, from any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from storage.store.access_log import Head
from storage.vault import key_file, key_seals
from storage.vault.keys import Keys
from storage.vault.vault_format import Anchor, Memo, State, VaultFile


class KeyDesk:
    """Holds the newest `VaultFile`; also where the access log's end is anchored."""

    def __init__(self, folder: Path, vault: VaultFile, keys: Keys) -> None:
        self._folder = folder
        self._vault = vault
        self._changing = threading.Lock()
        self._state = key_seals.state_of(vault, keys)
        self.keys = keys

    @property
    def vault(self) -> VaultFile:
        return self._vault

    @property
    def state(self) -> State:
        """What the key file says only to its workers."""
        return self._state

    def change(self, make: Callable[[VaultFile], VaultFile], log: Callable[[], None] | None = None) -> None:
        """Put a changed key file on the disk. Raises ArchiveError; then the one before it stays.

        `log` writes what is about to be done into the access log once it is known to be possible: nothing is done that
        is not logged. Raises what it raises.
        """
        with self._changing:
            changed = make(self._vault)
            if log is not None:
                log()
            key_file.save(self._folder, changed)
            self._vault = changed

    def kept(self) -> Head:
        anchor = self._state.anchor
        return Head(anchor.count, bytes.fromhex(anchor.head))

    def keep(self, head: Head) -> None:
        """Vouch for the access log up to here; the older key file is renewed as well. Raises ArchiveError."""
        self._keep(head, keep_older=True)

    def keep_at_work(self, head: Head) -> None:
        """The same while work goes on, every second: one file, and it never goes back. Raises ArchiveError."""
        self._keep(head, keep_older=False)

    def vouch_anew(self, head: Head, generation: int) -> None:
        """Vouch for this end whatever was vouched for before, with the number of a generation. Raises ArchiveError."""
        with self._changing:
            state = State(generation, Anchor(head.mac.hex(), head.count))
            changed = key_seals.with_state(self._vault, self.keys, state)
            key_file.save(self._folder, changed)
            self._vault, self._state = changed, state

    def keep_memo(self, keys: Keys, head: bytes, *, keep_older: bool = True) -> None:
        """Another memo of the worker whose keys these are. Raises ArchiveError for the disk."""
        with self._changing:
            memo = key_seals.memo_of(self._vault, keys)
            changed = key_seals.with_memo(self._vault, keys, Memo(memo.generation + 1, head))
            key_file.save(self._folder, changed, keep_older=keep_older)
            self._vault = changed

    def _keep(self, head: Head, *, keep_older: bool) -> None:
        with self._changing:
            if head.count < self._state.anchor.count:
                return
            state = replace(self._state, anchor=Anchor(head.mac.hex(), head.count))
            changed = key_seals.with_state(self._vault, self.keys, state)
            key_file.save(self._folder, changed, keep_older=keep_older)
            self._vault, self._state = changed, state
