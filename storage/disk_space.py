"""How much room is left: warn in time, stop cleanly before the disk is full."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from storage import durable_file

LOW_BYTES = 10 * 1024**3
FULL_BYTES = 500 * 1024**2


@dataclass(frozen=True, slots=True)
class SpaceState:
    """Room on the disk of a folder: `low` under 10 GiB (warn), `full` under 500 MiB (stop cleanly)."""

    kind: Literal["ok", "low", "full"]
    free_bytes: int


def free_space(folder: Path) -> SpaceState:
    """The room for this folder, which need not exist yet. Raises ArchiveError `disk-error`."""
    place = nearest_existing(folder)
    try:
        free = shutil.disk_usage(place).free
    except OSError as error:
        raise durable_file.archive_trouble(error) from error
    return SpaceState("full" if free < FULL_BYTES else "low" if free < LOW_BYTES else "ok", free)


def nearest_existing(folder: Path) -> Path:
    """The folder, or the nearest of its parents that is there, without links and `..`."""
    place = folder.expanduser().resolve()
    while not is_there(place) and place != place.parent:
        place = place.parent
    return place


def is_there(path: Path) -> bool:
    """Whether anything has this path. A name that the system cannot even look up, as one too long, is not there."""
    try:
        return path.exists()
    except OSError:
        return False
