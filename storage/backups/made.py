"""The backups that an archive made: which of them may still hold what was erased since.

The program leaves a mark where it puts backups, so that another disk under the same name is not taken for that place.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.model.change import Change
from app.model.erasure import MadeBackup
from app.model.identity import new_id
from storage import durable_file
from storage.backups.backup_format import MEDIA_FOLDER

MARK = "place"


def marked(target: Path) -> str:
    """The mark of a place of backups, left there now if there was none. Raises OSError."""
    mark = target / MEDIA_FOLDER / MARK
    if not (held := _read(mark)):
        durable_file.write_whole(mark, new_id().encode())
        held = _read(mark)
    return held


def seen_gone(backups: Iterable[MadeBackup], at: datetime) -> tuple[Change, ...]:
    """Of backups whose place is there now, those that lie there no more."""
    return tuple(Change(made, replace(made, gone=at)) for made in backups if made.gone is None and _is_gone(made))


def _is_gone(made: MadeBackup) -> bool:
    return _is_place(made) and not (Path(made.folder) / made.id).exists()


def lies_there(made: MadeBackup) -> bool:
    """Whether a backup's place is there now, and the backup in it."""
    return _is_place(made) and (Path(made.folder) / made.id).is_dir()


def _is_place(made: MadeBackup) -> bool:
    return bool(made.place) and _read(Path(made.folder) / MEDIA_FOLDER / MARK) == made.place


def _read(mark: Path) -> str:
    with contextlib.suppress(OSError, ValueError):
        return mark.read_text("ascii").strip()
    return ""
