"""Where the filming of a meeting stands, what can go wrong on the way, and how the archive has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
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
#: what a film may end with: the camera is gone, or one of the disks that take it
LOSSES = (Trouble.CAMERA_LOST, Trouble.DISK_FULL, Trouble.WRITE_FAILED, Trouble.SECOND_COPY_LOST)
#: from the gravest on: what ends films, what keeps pictures from them, what keeps the sound; all else is equal
GRAVEST = (
    (Trouble.CAMERA_LOST, Trouble.DISK_FULL, Trouble.WRITE_FAILED),
    (Trouble.NO_PICTURES, Trouble.NOT_ON_DISK),
    (Trouble.SOUND_LOST,),
)
#: what a pause may come of: all else is said of films that are being recorded, and is not true of a pause
OF_A_PAUSE = (*GRAVEST[0], Trouble.SLEPT)
#: what a lost camera says already
PART_OF_LOST = (Trouble.NO_PICTURES, Trouble.NOT_ON_DISK)


def standing(failures: Sequence[Failure], *, is_recording: bool) -> tuple[Failure, ...]:
    """What of the troubles that have not passed is said now: before all that a press is waited for, else the gravest.

    Of several the newest; and beside another one also that the sound is lost.
    """
    waiting = [f for f in failures if f.waits]
    if waiting:
        return (waiting[-1],)
    true = [f for f in failures if is_recording or f.kind in OF_A_PAUSE]
    if not true:
        return ()
    first = min(reversed(true), key=_gravity)
    silent = [f for f in true if f.kind == Trouble.SOUND_LOST and first.kind != Trouble.SOUND_LOST]
    return (first, *silent[-1:])


def _gravity(failure: Failure) -> int:
    return next((n for n, kinds in enumerate(GRAVEST) if failure.kind in kinds), len(GRAVEST))
