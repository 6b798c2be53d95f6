"""Backups end: what is older than the rule of retention is removed where its disk is present, films and keys with it.

Those that were made by themselves end sooner: of the last seven days the newest of each stays, of the last four weeks
the newest of each; those made before an update of the tables stay for four weeks. No rule lets one live longer than the
office's, for by that a certificate of erasing says when the last backup is gone.

A container in the folder of films goes with the last backup that names it, whichever archive made that. The newest
backup of an archive is never removed, however old: without it there may be none.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

from app.model.erasure import DAYS_KEPT, WEEKS_KEPT, MadeBackup, MadeHow
from app.model.retention import months_after
from storage import archive_folder, durable_file
from storage.backups.backup_format import MANIFEST, MEDIA_FOLDER, PREFIX
from storage.backups.made import lies_there
from storage.vault import key_file

#: by so much a clock may be put right without anybody's doubting it
_CLOCKS_DIFFER = timedelta(hours=26)


def expired(backups: Iterable[MadeBackup], months: int, at: datetime) -> tuple[MadeBackup, ...]:
    """Of backups that are not known to be gone those whose time is over, less the newest of all.

    What was made later than `at` was made under a clock that was wrong, then or now: while there is such a one, and so
    no day can be relied on, nothing is over.
    """
    day = at.astimezone().date()
    there = sorted((b for b in backups if b.gone is None), key=lambda b: b.made)
    if any(b.made > at + _CLOCKS_DIFFER for b in there):
        return ()
    kept = _kept_of_themselves([b for b in there if b.how == MadeHow.BY_ITSELF], day)
    return tuple(b for b in there[:-1] if _is_over(b, months, day, kept))


def _is_over(backup: MadeBackup, months: int, day: date, kept: frozenset[str]) -> bool:
    made = _day(backup)
    if months_after(made, months) <= day:
        return True
    if backup.how == MadeHow.BEFORE_UPDATE:
        return (day - made).days >= 7 * WEEKS_KEPT
    return backup.how == MadeHow.BY_ITSELF and backup.id not in kept


def _kept_of_themselves(backups: Iterable[MadeBackup], day: date) -> frozenset[str]:
    """The newest of each day and of each week; `backups` by age, the oldest first."""
    by_day: dict[int, str] = {}
    by_week: dict[int, str] = {}
    for backup in backups:
        age = (day - _day(backup)).days
        by_day[age] = by_week[age // 7] = backup.id
    days = {name for age, name in by_day.items() if age < DAYS_KEPT}
    return frozenset(days | {name for week, name in by_week.items() if week < WEEKS_KEPT})


def _day(backup: MadeBackup) -> date:
    return backup.made.astimezone().date()


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
