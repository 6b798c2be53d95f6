"""Before an archive's tables come to a newer form: a backup to the place that its workers chose, when that is there.

It gets a minute, for somebody waits at the door: what was copied of films by then stays and quickens the next backup.
Without a chosen place, or when its disk is not there, none is made: the database of before stays beside the new one,
which is all that a folder on the same disk could give.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import BackupError
from app.errors import Cancelled as CancelledError
from app.model.erasure import MadeHow
from storage import archive_folder, archive_settings
from storage.backups import backup
from storage.codings import copying
from storage.store.database import Database
from storage.vault.key_desk import KeyDesk
from storage.vault.keys import Keys
from storage.vault.vault_format import VaultFile

GIVEN_S = 60.0


class _NobodysCodings:
    """Nobody has entered yet, so every coding's file lies still."""

    @contextmanager
    def still(self) -> Iterator[copying.Holding]:
        yield copying.nobodys

    def keep_memo(self) -> None:
        """How far the files are is noted by who wrote them last."""


def back_up(folder: Path, vault: VaultFile, keys: Keys, given_s: float = GIVEN_S) -> tuple[tuple[str, Path], ...]:
    """The backup's name and where it lies; nothing where none could be made in `given_s` seconds. Raises StoreError.

    What hinders it is not told here: the next backup that is made by itself meets it again and tells it.
    """
    place = _chosen(archive_folder.database_path(folder), keys.database)
    if place is None:
        return ()
    ends, desk = time.monotonic() + given_s, KeyDesk(folder, vault, keys)
    try:
        name = backup.make(
            folder,
            desk,
            _NobodysCodings(),
            place,
            lambda _: None,
            lambda: time.monotonic() > ends,
            MadeHow.BEFORE_UPDATE,
        )
    except (BackupError, CancelledError):
        return ()
    return ((name, place),)


def _chosen(path: Path, key: bytes) -> Path | None:
    database = Database(path, key)
    try:
        said = archive_settings.read(database, archive_settings.BACKUP_PLACE)
    finally:
        database.close()
    return Path(said) if said else None
