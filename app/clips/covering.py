"""The covers of one clip: drawn, proposed, looked at, and told what is still to be looked at. The one door to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject

from app.casework.case_file import case_file
from app.casework.consents import filmed_persons
from app.clips.permitted import films_of
from app.editing import Editor
from app.i18n import Texts, now
from app.model.change import Change, added
from app.model.cover import (
    Box,
    ClipCover,
    Covered,
    Covering,
    CoverKey,
    CoverReview,
    CoverTrack,
    MutedStretch,
    Muting,
    SeenUncovered,
    Unreviewed,
    keys_with,
)
from app.model.feedback import Clip
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.people import Person
from app.model.recording import Recording
from app.model.timecode import Micros
from app.model.units import ItemPlace
from app.ports import Store
from app.ports.covering import Proposal


def known_on(store: Store, clip: Clip) -> tuple[Person, ...]:
    """Everybody known who is on a clip's film. Raises StoreError(`not-found`)."""
    meeting = store.get(Meeting, clip.meeting_id)
    return filmed_persons(case_file(store, meeting.case_id), meeting)


def cover_of(store: Store, clip: Clip, film_id: str = "") -> ClipCover | None:
    """What is kept of a clip's covers on a film, its own or another; one's own before another worker's."""
    found = store.find(ClipCover, clip_id=clip.id, recording_id=film_id or clip.recording_id)
    return min(found, key=lambda cover: (cover.by != store.me, cover.id), default=None)


@dataclass(frozen=True, slots=True)
class Side:
    """A clip as one camera shows it: from its first picture to its last one, in the time of that camera's film."""

    film: Recording
    first: Micros
    last: Micros


def side_of(clip: Clip, own: Recording, film: Recording) -> Side | None:
    """On the clip's own film, or on another one of its meeting; None where that one shows nothing of it."""
    if film.id == own.id:
        return Side(film, clip.first, clip.last)
    first, last = (film.to_film(own.to_meeting(time)) for time in (clip.first, clip.last))
    first, last = max(first, 0), min(last, film.facts.duration - 1)
    return Side(film, first, last) if first <= last else None


def sides_of(store: Store, clip: Clip) -> tuple[Side, ...]:
    """The cameras of a clip that are seen, its own first; none when its film is gone."""
    films = films_of(store, clip)
    sides = (side_of(clip, films[0], film) for film in films)
    return tuple(side for side in sides if side is not None)


def coverings_of(store: Store, clip: Clip) -> tuple[tuple[Side, Covering], ...]:
    """All that covers a clip now on each camera, and whom it has to cover or be looked at for there.

    Raises StoreError(`not-found`).
    """
    known = tuple(person.id for person in known_on(store, clip))
    return tuple((side, _covering(side, cover_of(store, clip, side.film.id), known)) for side in sides_of(store, clip))


def covering_of(store: Store, clip: Clip) -> Covering:
    """What covers a clip on its own film. Raises StoreError(`not-found`)."""
    known = tuple(person.id for person in known_on(store, clip))
    own = store.get(Recording, clip.recording_id)
    return _covering(Side(own, clip.first, clip.last), cover_of(store, clip), known)


def _covering(side: Side, cover: ClipCover | None, known: tuple[str, ...]) -> Covering:
    if cover is None:
        return Covering(side.first, side.last, known=known)
    return Covering(side.first, side.last, cover.tracks, cover.seen, cover.muted, known)


class CoverEditor(Editor):
    """The covers of one clip on one film, its own or `film_id`; read when it is made, followed since."""

    def __init__(
        self, store: Store, texts: Texts, clip: Clip, film_id: str = "", parent: QObject | None = None
    ) -> None:
        super().__init__(store, parent)
        self.texts, self.clip = texts, clip
        self.people = known_on(store, clip)
        self._own = store.get(Recording, clip.recording_id)
        self.film = store.get(Recording, film_id) if film_id else self._own
        self._cover = cover_of(store, clip, self.film.id)

    # what there is

    @property
    def tracks(self) -> tuple[CoverTrack, ...]:
        """In the order in which they begin."""
        held = () if self._cover is None else self._cover.tracks
        return tuple(sorted(held, key=lambda track: (track.span, track.id)))

    @property
    def muted(self) -> tuple[MutedStretch, ...]:
        return () if self._cover is None else self._cover.muted

    @property
    def covering(self) -> Covering:
        return _covering(self.side, self._cover, tuple(person.id for person in self.people))

    @property
    def side(self) -> Side:
        """From when to when it is seen, in the film's time; a moment where the film shows nothing of it any more."""
        return side_of(self.clip, self._own, self.film) or Side(self.film, 0, 0)

    def track(self, track_id: str) -> CoverTrack | None:
        return None if self._cover is None else self._cover.track(track_id)

    # covers

    def draw(self, covered: Covered, time: Micros, box: Box, person_id: str = "") -> CoverTrack | None:
        """A new cover, with its first mark in the picture with this time; None when it was refused."""
        track = CoverTrack(new_id(), self._store.worker.id, covered, (CoverKey(time, box),), person_id)
        return track if self._put(self.texts.tr("Cover drawn"), tracks=(*self._tracks, track)) else None

    def take(self, proposals: Iterable[Proposal]) -> bool:
        """Proposed covers: nobody's yet, and none of them looked at."""
        me = self._store.worker.id
        new = [CoverTrack(new_id(), me, Covered.FACE, p.keys, proposed=p.proposed) for p in proposals]
        return not new or self._put(self.texts.tr("Proposed covers taken"), tracks=(*self._tracks, *new))

    def mark(self, track: CoverTrack, time: Micros, box: Box) -> bool:
        """Where it is in one picture more; between two marks it is interpolated."""
        after = replace(track, keys=keys_with(track.keys, CoverKey(time, box)))
        return self._edit(self.texts.tr("Cover moved"), track, after)

    def unmark(self, track: CoverTrack, time: Micros) -> bool:
        """Without the mark of one picture; the last one stays as long as the cover does."""
        keys = tuple(key for key in track.keys if key.time != time)
        return not keys or self._edit(self.texts.tr("Mark of a cover removed"), track, replace(track, keys=keys))

    def change(self, track: CoverTrack, **fields: Any) -> bool:
        """What it is over, whom it covers, how much wider and longer it is than its marks."""
        return self._edit(self.texts.tr("Cover changed"), track, replace(track, **fields))

    def remove(self, track: CoverTrack) -> bool:
        left = tuple(t for t in self._tracks if t.id != track.id)
        return self._put(self.texts.tr("Cover removed"), tracks=left)

    # voices

    def mute(self, start: Micros, end: Micros, muting: Muting) -> bool:
        """Nobody is heard in a stretch of the clip."""
        return self._put(self.texts.tr("Sound muted"), muted=(*self.muted, MutedStretch(start, end, muting)))

    def unmute(self, place: ItemPlace) -> bool:
        left = tuple(stretch for at, stretch in enumerate(self.muted) if at != place)
        return self._put(self.texts.tr("Sound no longer muted"), muted=left)

    # looking

    def review(self, unreviewed: Unreviewed) -> bool:
        """Whoever works here has looked at a cover, or at a stretch without one."""
        me, at = self._store.worker.id, now()
        track = self.track(unreviewed.track_id)
        if track is None:
            looked = SeenUncovered(me, at, unreviewed.start, unreviewed.end, unreviewed.person_id)
            held = () if self._cover is None else self._cover.seen
            return self._put(self.texts.tr("Looked at without a cover"), seen=(*held, looked))
        review = CoverReview(me, at, track.shape, self.side.first, self.side.last)
        return self._edit(self.texts.tr("Looked at a cover"), track, replace(track, review=review))

    # following

    def accept(self, changes: Sequence[Change]) -> None:
        self._take(changes)

    def hear(self, changes: Sequence[Change]) -> None:
        """Another door wrote: the clip was trimmed, or its covers went with it."""
        if any(self._is_own(change) for change in changes):
            self.stack.clear()
            self._take(changes)

    def _take(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if not self._is_own(change):
                continue
            after = change.after
            if change.kind is ClipCover:
                self._cover = after if isinstance(after, ClipCover) else None
            elif isinstance(after, Clip):
                self.clip = after
            elif isinstance(after, Recording):
                self._own = after if after.id == self._own.id else self._own
                self.film = after if after.id == self.film.id else self.film

    def _is_own(self, change: Change) -> bool:
        entity = change.entity
        if isinstance(entity, ClipCover):
            is_of_clip = (entity.clip_id, entity.recording_id) == (self.clip.id, self.film.id)
            return is_of_clip and (self._cover is None or self._cover.id == entity.id)
        if isinstance(entity, Recording):
            return entity.id in (self._own.id, self.film.id)
        return isinstance(entity, Clip) and entity.id == self.clip.id

    @property
    def _tracks(self) -> tuple[CoverTrack, ...]:
        return () if self._cover is None else self._cover.tracks

    def _edit(self, label: str, before: CoverTrack, after: CoverTrack) -> bool:
        if before == after:
            return True
        return self._put(label, tracks=tuple(after if t.id == before.id else t for t in self._tracks))

    def _put(self, label: str, **fields: Any) -> bool:
        clip, held = self.clip, self._cover
        if held is None:
            new = ClipCover(new_id(), self.film.id, clip.meeting_id, clip.id, self._store.worker.id)
            return self.do(label, added(replace(new, **fields)))
        after = held.with_tracks(fields.pop("tracks")) if "tracks" in fields else held
        return self.do(label, Change(held, replace(after, **fields)))
