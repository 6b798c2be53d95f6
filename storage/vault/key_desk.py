"""The key file of an open archive: one holder that changes it, on the disk and in memory together, from any thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from storage.store.audit import Head
from storage.vault import vault_file
from storage.vault.keys import Keys
from storage.vault.vault_file import VaultFile


class KeyDesk:
    """Holds the newest `VaultFile`; also where the access log's end is anchored."""

    def __init__(self, folder: Path, vault: VaultFile, keys: Keys) -> None:
        self._folder = folder
        self._vault = vault
        self._changing = threading.Lock()
        self.keys = keys

    @property
    def vault(self) -> VaultFile:
        return self._vault

    def change(self, make: Callable[[VaultFile], VaultFile]) -> None:
        """Put a changed key file on the disk. Raises ArchiveError; then the one before it stays."""
        with self._changing:
            changed = make(self._vault)
            vault_file.save(self._folder, changed)
            self._vault = changed

    def kept(self) -> Head:
        anchor = self._vault.anchor
        return Head(anchor.count, bytes.fromhex(anchor.head))

    def keep(self, head: Head) -> None:
        self.change(lambda vault: vault_file.with_anchor(vault, self.keys, head.mac.hex(), head.count))
