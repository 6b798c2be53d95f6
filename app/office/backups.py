"""What is known of the backups that this archive made."""

from __future__ import annotations

from app.model.erasure import MadeBackup
from app.ports import Store


def made_backups(store: Store) -> tuple[MadeBackup, ...]:
    """The newest first, also those that were seen to be gone."""
    return tuple(sorted(store.find(MadeBackup), key=lambda backup: backup.made, reverse=True))
