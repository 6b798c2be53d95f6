"""Whether a film that is recorded is seen to grow: a camera may give nothing, or a disk take nothing of it."""

from __future__ import annotations

from app.model.timecode import SECOND, Micros
from app.model.units import CameraNumber
from app.ports.recorder import Trouble

#: so long no picture may come, or come and not get onto a disk, before that is told
UNSEEN: Micros = 2 * SECOND
#: what ends a trouble of pictures that are not seen to be kept
OVER = {Trouble.NO_PICTURES: Trouble.PICTURES_BACK, Trouble.NOT_ON_DISK: Trouble.ON_DISK}


class Unseen:
    """What was told of the films that are recorded now, by camera, and lasts."""

    def __init__(self) -> None:
        self._told: dict[CameraNumber, Trouble] = {}

    def look(self, camera: CameraNumber, nothing_for: Micros, unsafe: Micros) -> tuple[Trouble, ...]:
        """What is to be told now. `nothing_for` no picture came, and pictures of `unsafe` are on no disk yet."""
        found = None
        if nothing_for > UNSEEN:
            found = Trouble.NO_PICTURES
        elif unsafe > UNSEEN:
            found = Trouble.NOT_ON_DISK
        before = self._told.get(camera)
        if found == before:
            return ()
        self._told.pop(camera, None)
        if found is not None:
            self._told[camera] = found
        over = (OVER[before],) if before is not None else ()
        return over if found is None else (*over, found)

    def forget(self, camera: CameraNumber) -> None:
        """Its film has ended, which is told otherwise."""
        self._told.pop(camera, None)
