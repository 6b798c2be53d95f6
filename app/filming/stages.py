"""Where the filming of a meeting stands, what can go wrong on the way, and how the archive has it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.model.filming import Happening
from app.ports.recorder import Trouble


class FilmingStage(StrEnum):
    """Where the filming of a meeting stands."""

    READY = "ready"
    RECORDING = "recording"
    PAUSED = "paused"
    CLOSING = "closing"  # the films are being finished
    KEPT = "kept"
    RESCUED = "rescued"  # the program ended while filming; filming can go on


#: stages in which the worker is in the middle of filming
UNDER_WAY = (FilmingStage.RECORDING, FilmingStage.PAUSED, FilmingStage.CLOSING)
#: stages from which films can be begun
BEGINNABLE = (FilmingStage.READY, FilmingStage.PAUSED, FilmingStage.KEPT, FilmingStage.RESCUED)


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong while filming: when, as time of day, and on which camera (0: none of its own).

    `since` is when it began, where it has an end: the computer's sleep. `waits` says that filming waits for a press.
    """

    kind: Trouble
    camera: int
    at: dt.datetime
    since: dt.datetime | None = None
    waits: bool = False


#: what of the troubles the meeting remembers
HAPPENED = {
    Trouble.CAMERA_LOST: Happening.CAMERA_LOST,
    Trouble.SOUND_LOST: Happening.SOUND_LOST,
    Trouble.SECOND_COPY_LOST: Happening.SECOND_COPY_LOST,
    Trouble.DISK_FULL: Happening.DISK_FULL,
    Trouble.WRITE_FAILED: Happening.WRITE_FAILED,
    Trouble.CAMERA_BACK: Happening.CAMERA_BACK,
}
#: troubles that pass by themselves, and what ends them
ENDED_BY = {
    Trouble.CAUGHT_UP: Trouble.BEHIND,
    Trouble.SOUND_BACK: Trouble.SOUND_LOST,
    Trouble.CAMERA_BACK: Trouble.CAMERA_LOST,
    Trouble.ENOUGH_PICTURES: Trouble.FEW_PICTURES,
    Trouble.PICTURES_BACK: Trouble.NO_PICTURES,
    Trouble.ON_DISK: Trouble.NOT_ON_DISK,
}
#: what a lost camera says already
PART_OF_LOST = (Trouble.NO_PICTURES, Trouble.NOT_ON_DISK)
