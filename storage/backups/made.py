"""The backups that an archive made: which of them may still hold what was erased since.

The program leaves a mark where it puts backups, so that another disk under the same name is not taken for that place.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.model.change import Change
from app.model.erasure import MadeBackup
from app.model.identity import new_id
from storage import durable_file
from storage.backups.backup_format import MANIFEST, MEDIA_FOLDER, PART, PREFIX

MARK = "place"


def marked(target: Path) -> str:
    """The mark of a place of backups, left there now if there was none. Raises OSError."""
    mark = target / MEDIA_FOLDER / MARK
    if not (held := _read(mark)):
        durable_file.write_whole(mark, new_id().encode())
        held = _read(mark)
    return held


def chosen(target: Path) -> str:
    """The mark of a folder that was chosen for backups; empty where none can be left now."""
    try:
        (target / MEDIA_FOLDER).mkdir(mode=0o700, exist_ok=True)
        return marked(target)
    except OSError:
        return ""


def is_here(target: Path, mark: str) -> bool:
    """Whether this place is there now: where its disk is away, an empty folder may have its name."""
    try:
        return target.is_dir() and mark in ("", _read(target / MEDIA_FOLDER / MARK))
    except OSError:
        return False


def seen_gone(backups: Iterable[MadeBackup], at: datetime) -> tuple[Change, ...]:
    """Of backups whose place is there now, those that lie there no more."""
    return tuple(Change(made, replace(made, gone=at)) for made in backups if made.gone is None and _is_gone(made))


def _is_gone(made: MadeBackup) -> bool:
    try:
        return _is_place(made) and not (Path(made.folder) / made.id).exists()
    except OSError:  # what the disk does not say is not seen
        return False


def unlisted(known: Iterable[MadeBackup], every: Iterable[MadeBackup], archive_id: str) -> tuple[MadeBackup, ...]:
    """Of the places of the `known` that are there now: backups of this archive that are none of `every`."""
    names, found = {made.id for made in every}, dict[str, MadeBackup]()
    for folder, place in {(made.folder, made.place) for made in known if _is_place(made)}:
        for path in _called_backups(Path(folder)):
            if path.name in names or path.name.endswith(PART):
                continue
            if (at := _made_at(path, archive_id)) is not None:
                found[path.name] = MadeBackup(path.name, at, folder, place)
    return tuple(found.values())


def _called_backups(place: Path) -> tuple[Path, ...]:
    try:
        return tuple(place.glob(f"{PREFIX}*"))
    except OSError:
        return ()


def _made_at(backup: Path, archive_id: str) -> datetime | None:
    """When a backup of this archive was made, as its list of contents says; None for anything else."""
    try:
        said = json.loads((backup / MANIFEST).read_bytes())
        at = datetime.fromisoformat(said["made"]) if said["archive_id"] == archive_id else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return at if at is not None and at.tzinfo is not None else None


def lies_there(made: MadeBackup) -> bool:
    """Whether a backup's place is there now, and the backup in it."""
    try:
        return _is_place(made) and (Path(made.folder) / made.id).is_dir()
    except OSError:
        return False


def _is_place(made: MadeBackup) -> bool:
    return bool(made.place) and _read(Path(made.folder) / MEDIA_FOLDER / MARK) == made.place


def _read(mark: Path) -> str:
    with contextlib.suppress(OSError, ValueError):
        return mark.read_text("ascii").strip()
    return ""
