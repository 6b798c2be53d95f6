"""The backups of a damaged archive: those that its rows know, and those that lie in their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from app.errors import BackupError
from app.ports.rescue import KnownBackup
from storage.backups.backup_format import PART, PREFIX, read_manifest
from storage.vault.keys import Keys


def known(
    rows: Iterable[Mapping[str, Any]], places: Iterable[Path], archive_id: str, keys: Keys
) -> tuple[KnownBackup, ...]:
    """The newest first. Here is one only whose manifest is of this archive and sealed by its keys."""
    made = {Path(row["folder"]) / str(row["id"]): row for row in rows if row["gone"] is None}
    found: dict[Path, KnownBackup] = {}
    for place in dict.fromkeys((*(folder.parent for folder in made), *places)):
        found |= {one.folder: one for one in _lying_in(place, archive_id, keys)}
    for folder, row in made.items():
        found.setdefault(folder, KnownBackup(datetime.fromisoformat(str(row["made"])), folder, is_here=False))
    return tuple(sorted(found.values(), key=lambda one: one.made, reverse=True))


def _lying_in(place: Path, archive_id: str, keys: Keys) -> Iterator[KnownBackup]:
    try:
        folders = [one for one in place.glob(f"{PREFIX}*") if one.is_dir() and not one.name.endswith(PART)]
    except OSError:  # a disk that is not there
        return
    for folder in folders:
        try:
            said = read_manifest(folder, keys)
        except BackupError:
            continue  # another archive's, or damaged too
        if said.archive_id == archive_id:
            yield KnownBackup(datetime.fromisoformat(said.made), folder, is_here=True)
