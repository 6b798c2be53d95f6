"""How the films of a meeting lie to each other, and how they are shown: the one door through which either changes.

Correcting a film's place moves no observation by itself; `moved_with_film` says what one step would move.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from app.casework.pair import is_begun
from app.editing import Editor
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.change import Change
from app.model.coding import Coding
from app.model.film_clock import pace
from app.model.lane_states import Lane, lane_of
from app.model.observation import Observation
from app.model.recording import Recording, Viewing
from app.model.scheme import Scheme
from app.model.timecode import Micros
from app.model.units import CameraNumber, Ppm
from app.ports import Store
from app.ports.films import SyncFound


class FilmsEditor(Editor):
    """The films of one meeting. Holds no copies: a film taken in meanwhile is there at once."""

    def __init__(self, store: Store, texts: Texts, meeting_id: str, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self._texts, self._meeting_id = texts, meeting_id

    def hear(self, changes: Sequence[Change]) -> None:
        """A film that was fetched again, or erased, is not what the steps before were about."""
        for change in changes:
            before, after = change.before, change.after
            if not isinstance(before, Recording) or before.meeting_id != self._meeting_id:
                continue
            if not isinstance(after, Recording) or _file(before) != _file(after):
                self.stack.clear()

    def films(self) -> tuple[Recording, ...]:
        """By camera, then by time."""
        found = self._store.find(Recording, meeting_id=self._meeting_id)
        return tuple(sorted(found, key=lambda r: (r.camera, r.offset)))

    def film(self, film_id: str) -> Recording:
        return self._store.get(Recording, film_id)

    def see(self, film_id: str, viewing: Viewing) -> bool:
        """How the film is shown and heard from now on; the film itself stays as it is."""
        film = self.film(film_id)
        if film.viewing == viewing:
            return True
        return self.do(self._texts.tr("Picture and sound"), Change(film, replace(film, viewing=viewing)))

    def place(self, film_id: str, offset: Micros, drift_ppm: Ppm) -> bool:
        """Where the film lies on the meeting's clock."""
        film = self.film(film_id)
        after = replace(film, offset=offset, drift_ppm=drift_ppm)
        return film == after or self.do(self._texts.tr("Cameras aligned"), Change(film, after))

    def move_to(self, film_id: str, camera: CameraNumber) -> bool:
        """A film that was taken in with the wrong camera's number becomes the other's; see `correct`."""
        return self.correct(film_id, camera, self.film(film_id).offset)

    def correct(self, film_id: str, camera: CameraNumber, offset: Micros, **facts: Any) -> bool:
        """The camera of a film and where it begins on the meeting's clock, in one step with other `facts` of it.

        Those are `stood` and `original` of `Recording`.

        Films of that camera at the same time change places with one that gets another camera. Refused: another camera
        while anybody has begun to code, another beginning of the film that the meeting goes by, and one at which two
        films of one camera would be at the same time.
        """
        film = self.film(film_id)
        after = replace(film, camera=camera, offset=offset, **facts)
        try:
            self._check(film, after)
        except NotAllowed as error:
            self.refused.emit(error)
            return False
        over = [f for f in self._beside(after) if camera != film.camera]
        changes = [Change(film, after), *(Change(f, replace(f, camera=film.camera)) for f in over)]
        return after == film or self.do(self._label(film, after), *changes)

    def _label(self, film: Recording, after: Recording) -> str:
        if after.camera != film.camera:
            return self._texts.tr("Camera changed")
        if after.offset != film.offset:
            return self._texts.tr("Cameras aligned")
        return self._texts.tr("Facts of a film")

    def _check(self, film: Recording, after: Recording) -> None:
        if after.camera != film.camera and not may_change_camera(self._store, film):
            raise NotAllowed("camera-fixed")
        if after.offset == film.offset:
            return
        if reference_of(f for f in self.films() if f.in_use) == film:
            raise NotAllowed("film-is-clock")
        if after.camera == film.camera and self._beside(after):
            raise NotAllowed("films-overlap")

    def _beside(self, film: Recording) -> list[Recording]:
        """The other films of its camera at the same time."""
        same = (f for f in self.films() if f.camera == film.camera and f.id != film.id and not f.is_erased)
        return [f for f in same if f.to_meeting(0) < film.end and film.to_meeting(0) < f.end]


def _file(film: Recording) -> tuple[str, str]:
    """Which bytes a film is, and where."""
    return film.sha256, film.container


def may_change_camera(store: Store, film: Recording) -> bool:
    """Whether a film's camera can be put right: it was taken in, and nothing is coded on it."""
    return film.is_from_outside and film.in_use and not is_begun(store, film.meeting_id)


def reference_of(films: Iterable[Recording]) -> Recording | None:
    """The film whose clock the meeting goes by: the first of the lowest camera. It is never moved."""
    return min(films, key=lambda r: (r.camera, abs(r.offset), r.id), default=None)


def moved_with_film(
    coding: Coding, scheme: Scheme, before: Recording, after: Recording, of: Collection[str] | None = None
) -> tuple[Change, ...]:
    """What was seen on a film, moved as the film was: one step's changes, none when nothing would move.

    `of` are the ids of what was marked while the film lay as before, all when left out: what was marked since lies
    right already.
    A state that ended where the next of its lane began still ends there. A lane in which a state would be left without
    length or over another stays as it is: it is looked at by a person.
    """

    def moved(o: Observation) -> Observation:
        if o.seen_on != before.id or (of is not None and o.id not in of):
            return o
        start, end, pressed = (
            None if time is None else after.to_meeting(before.to_film(time)) for time in (o.start, o.end, o.pressed)
        )
        assert start is not None
        return replace(o, start=start, end=end if end is None or end > start else start + 1, pressed=pressed)

    changes: list[Change] = []
    lanes: dict[Lane, list[Observation]] = {}
    for o in coding.observations.values():
        if o.end is None and not o.open:
            changes.append(Change(o, moved(o)))
        else:
            lanes.setdefault(lane_of(scheme, o) or (o.person, o.code), []).append(o)
    for states in lanes.values():
        changes += _moved_lane(sorted(states, key=lambda o: o.start), moved)
    return tuple(c for c in changes if c.before != c.after)


def _moved_lane(states: list[Observation], moved: Callable[[Observation], Observation]) -> list[Change]:
    """The states of one lane; none of them when they would not fit any more."""
    starts = {o.start: moved(o).start for o in states}
    spans = [(moved(o).start, None if o.end is None else starts.get(o.end, moved(o).end)) for o in states]
    for (start, end), following in zip(spans, [*(s for s, _ in spans[1:]), None], strict=True):
        without_length = end is not None and end <= start
        if without_length or (following is not None and following < (start + 1 if end is None else end)):
            return []
    return [Change(o, replace(moved(o), start=s, end=e)) for o, (s, e) in zip(states, spans, strict=True)]


def alignable(films: Iterable[Recording]) -> tuple[Recording, ...]:
    """The films that can be aligned: in use, and of another camera than the one the meeting goes by."""
    used = [f for f in films if f.in_use]
    reference = reference_of(used)
    return tuple(f for f in used if reference is not None and f.camera != reference.camera)


def partner_of(films: Iterable[Recording], other: Recording) -> Recording:
    """The film of the reference camera that shares most time with `other`."""
    used = [f for f in films if f.in_use]
    reference = reference_of(used)
    assert reference is not None
    same = [f for f in used if f.camera == reference.camera]
    return max(same, key=lambda f: min(f.end, other.end) - max(f.to_meeting(0), other.to_meeting(0)))


def place_of(reference: Recording, found: SyncFound) -> tuple[Micros, float]:
    """(offset, drift in ppm) on the meeting's clock of what was found on the reference film's own clock.

    t_other = ((t − o_r) · (1 + d_r) − o) · (1 + d), so the offset is o_r + o / (1 + d_r), and the drifts multiply.
    """
    ours, theirs = reference.drift_ppm, found.drift_ppm
    offset = reference.offset + round(found.offset / pace(ours))
    return offset, ours + theirs + ours * theirs / 1_000_000
