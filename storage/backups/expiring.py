"""Backups end: what is older than the rule of retention is removed where its disk is present, films and keys with it.

A container in the folder of films goes with the last backup that names it, whichever archive made that. The newest
backup of an archive is never removed, however old: without it there may be none.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from app.model.erasure import MadeBackup
from app.model.retention import months_after
from storage import archive_folder, durable_file
from storage.backups.backup_format import MANIFEST, MEDIA_FOLDER, PREFIX
from storage.backups.made import lies_there
from storage.vault import key_file


def expired(backups: Iterable[MadeBackup], months: int, at: datetime) -> tuple[MadeBackup, ...]:
    """Of backups that are not known to be gone those kept for longer than so many months, less the newest of all."""
    day = at.astimezone().date()
    there = sorted((b for b in backups if b.gone is None), key=lambda b: b.made)
    return tuple(b for b in there[:-1] if months_after(b.made.astimezone().date(), months) <= day)


def remove(backups: Iterable[MadeBackup]) -> None:
    """Remove backups from places that are there now; what cannot be reached or removed stays, and is tried again.

    Killed anywhere it can be done again: the list of a backup's films goes last.
    """
    for backup in backups:
        if lies_there(backup):
            try:
                _remove(Path(backup.folder), backup.id)
            except OSError:
                continue  # it is not seen to be gone, and so the certificate goes on naming it


def _remove(target: Path, name: str) -> None:
    folder = target / name
    others = [p for p in target.glob(f"{PREFIX}*") if p.is_dir() and p.name != name]
    needed = {film for other in others for film in _films(other)}
    for film in sorted(_films(folder) - needed):
        (target / MEDIA_FOLDER / film).unlink(missing_ok=True)
    durable_file.sync_folder(target / MEDIA_FOLDER)
    for called in (key_file.FILE_NAME, archive_folder.DATABASE_NAME):
        (folder / called).unlink(missing_ok=True)
    for part in [p for p in folder.iterdir() if p.name != MANIFEST]:
        shutil.rmtree(part) if part.is_dir() else part.unlink()
    (folder / MANIFEST).unlink(missing_ok=True)
    folder.rmdir()
    durable_file.sync_folder(target)


def _films(folder: Path) -> set[str]:
    """The files of films that a backup's list names; none without a list, for then it is no backup. Raises OSError.

    The seal is not asked for: it is of the archive's key of that time, and may be another archive's.
    """
    try:
        said = json.loads((folder / MANIFEST).read_bytes())
        return {f"{film['sha256']}.vau" for film in said["films"] if str(film["sha256"]).isalnum()}
    except FileNotFoundError:
        return set()
    except (ValueError, KeyError, TypeError, RecursionError):
        return set()  # unreadable: nothing can be restored by it
