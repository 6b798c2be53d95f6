"""What is missing of a meeting's films of what should have been filmed: by camera, and whose it is. Pure functions.

Missing is what the recorder counted within each film, and the time between the films of a camera while filming went on.
A pause that the worker asked for is none, nor the computer's sleep, nor what a rescue tells.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.model.change import Change, removed
from app.model.filmed import LOST, Changes, Filmed, happened
from app.model.filming import FilmingEvent, Happening
from app.model.meeting import Stretch, merged, without
from app.model.recording import Recording
from app.model.timecode import SECOND, Micros
from app.model.units import CameraNumber

_MILLI = SECOND // 1000
#: what the recorder counts, by the happening that keeps it
KINDS = (Happening.COMPUTER_LATE, Happening.CAMERA_SHORT, Happening.SOUND_SHORT)
#: a gap between films that is no more than the camera's way back into them
LEAST: Micros = SECOND // 2


@dataclass(frozen=True, slots=True)
class Missing:
    """Time without a picture, in µs: the computer did not keep up, the camera gave none; `between` films of it."""

    late: Micros = 0
    absent: Micros = 0
    between: Micros = 0
    silent: Micros = 0  # time without sound; not part of `pictures`

    @property
    def pictures(self) -> Micros:
        return self.late + self.absent + self.between

    def __bool__(self) -> bool:
        return bool(self.pictures or self.silent)


def counted(file: Filmed, camera: CameraNumber, at: Micros, late: Micros, absent: Micros, silent: Micros) -> Changes:
    """What the recorder has counted up to now for the film that began at `at`, as its happenings; grown or gone."""
    changes: list[Change] = []
    for kind, time in zip(KINDS, (late, absent, silent), strict=True):
        number = time // _MILLI
        held = next((e for e in file.of(kind) if e.reason == str(camera) and e.start == at), None)
        if held is None:
            changes += [happened(file, kind, at, number, str(camera))] if number else []
        elif held.number != number:
            changes.append(Change(held, replace(held, number=number)) if number else removed(held))
    return tuple(changes)


def on_no_disk(file: Filmed, camera: CameraNumber, at: Micros, most: Micros) -> Changes:
    """How much of the film that began at `at` was on no disk yet at worst, as its happening; 0 when it is kept."""
    number = most // _MILLI
    held = _disk_late(file, camera, at)
    if held is None:
        return (happened(file, Happening.DISK_LATE, at, number, str(camera)),) if number else ()
    if held.number == number:
        return ()
    return (Change(held, replace(held, number=number)) if number else removed(held),)


def was_on_no_disk(file: Filmed, camera: CameraNumber, at: Micros) -> Micros | None:
    """What was counted of it; None when nothing was."""
    held = _disk_late(file, camera, at)
    return None if held is None else held.number * _MILLI


def _disk_late(file: Filmed, camera: CameraNumber, at: Micros) -> FilmingEvent | None:
    return next((e for e in file.of(Happening.DISK_LATE) if e.reason == str(camera) and e.start == at), None)


def of_film(file: Filmed, film: Recording) -> Missing:
    """What is missing within one film."""
    late, absent, silent = (
        sum(e.number for e in file.of(k) if e.reason == str(film.camera) and film.offset <= e.start < film.end) * _MILLI
        for k in KINDS
    )
    return Missing(late, absent, 0, silent)


def of_camera(file: Filmed, camera: CameraNumber) -> Missing:
    """What is missing of a camera in whole, up to now."""
    late, absent, silent = (sum(e.number for e in file.of(k) if e.reason == str(camera)) * _MILLI for k in KINDS)
    return Missing(late, absent, _between(file, camera), silent)


def cameras(file: Filmed) -> tuple[CameraNumber, ...]:
    """The cameras that filmed here; a film that was taken in says nothing of what should have come."""
    made = {f.camera for f in file.films if not f.is_from_outside}
    return tuple(sorted(made | {o.camera for o in file.being_recorded}))


def _between(file: Filmed, camera: CameraNumber) -> Micros:
    """Time in which filming went on and this camera, which had begun, had no film."""
    made = [f for f in file.films if not f.is_from_outside and f.end > f.offset]
    own = [Stretch(f.offset, f.end) for f in made if f.camera == camera]
    if not own:
        return 0
    went_on = [Stretch(f.offset, f.end) for f in made]
    breaks = [(e.start, e.end) for e in file.of(Happening.PAUSE) if e.reason == LOST]
    went_on += [Stretch(start, end) for start, end in breaks if end is not None and end > start]
    rest = tuple(s for s in merged(tuple(went_on)) if s.end > own[0].start)
    for stretch in own:
        rest = without(rest, stretch)
    begun = min(s.start for s in own)
    return sum(s.end - s.start for s in rest if s.start >= begun and s.end - s.start > LEAST)
