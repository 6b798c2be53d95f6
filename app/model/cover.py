"""Covering (*peittäminen*): what of a clip nobody else is to see or hear, and who has looked at it.

A cover follows a face, a name tag, a screen or a whole person through the pictures. A program may propose one, and none
is trusted: a person looks at every cover, and at every stretch in which somebody known has none. A covered clip is
still secret, and still personal data.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from itertools import pairwise
from math import ceil, floor
from typing import TypeAlias

from app.model.recording import Recording
from app.model.timecode import Micros
from app.model.units import Percent, Share

#: the width and the height of a picture, upright, as boxes count them
WHOLE = 10_000
#: a cover is wider and higher than what was marked by this much of it on each side
MARGIN: Percent = 25
#: a cover stays so long before its first and after its last mark
HELD: Micros = 500_000
#: between two marks that are nearer than this a cover is over both: whatever way a face took, it is behind it
NEAR: Micros = 400_000

#: from a film time up to another, the second not in it
Span: TypeAlias = tuple[Micros, Micros]


class Covered(StrEnum):
    """What a cover is over."""

    FACE = "face"
    PERSON = "person"  # the whole person
    NAME = "name"  # a name tag, or another written name
    SCREEN = "screen"


class Proposed(StrEnum):
    """Who drew a cover first."""

    HAND = "hand"
    CENTERFACE = "centerface"
    HAAR = "haar"


class Muting(StrEnum):
    """What takes the place of voices. Another pitch would be no anonymity and is not offered."""

    SILENCE = "silence"
    TONE = "tone"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of an upright picture: edges in parts of `WHOLE` of its width and height."""

    left: int
    top: int
    right: int
    bottom: int

    def __post_init__(self) -> None:
        assert 0 <= self.left < self.right <= WHOLE, "inside the picture"
        assert 0 <= self.top < self.bottom <= WHOLE, "inside the picture"

    def widened(self, by: Percent) -> Box:
        """Larger by a share of itself on each side, and never beyond the picture."""
        across = -(-(self.right - self.left) * by // 100)
        along = -(-(self.bottom - self.top) * by // 100)
        left, top = max(self.left - across, 0), max(self.top - along, 0)
        return Box(left, top, min(self.right + across, WHOLE), min(self.bottom + along, WHOLE))

    def hull(self, other: Box) -> Box:
        """The least box around both."""
        left, top = min(self.left, other.left), min(self.top, other.top)
        return Box(left, top, max(self.right, other.right), max(self.bottom, other.bottom))

    def toward(self, other: Box, share: Share) -> Box:
        """A box on the way to another; rounded outward."""
        ways = [(a, b - a) for a, b in zip(self.edges, other.edges, strict=True)]
        left, top, right, bottom = (a + d * share for a, d in ways)
        return Box(floor(left), floor(top), min(ceil(right), WHOLE), min(ceil(bottom), WHOLE))

    def holds(self, other: Box) -> bool:
        """Whether the other one is nowhere outside it."""
        begins = self.left <= other.left and self.top <= other.top
        return begins and other.right <= self.right and other.bottom <= self.bottom

    @property
    def edges(self) -> tuple[int, int, int, int]:
        return self.left, self.top, self.right, self.bottom


@dataclass(frozen=True, slots=True)
class CoverKey:
    """Where it is in the picture with this film time."""

    time: Micros
    box: Box


@dataclass(frozen=True, slots=True)
class CoverReview:
    """Somebody looked at a cover in every picture of a clip that then went from `first` to `last`.

    `shape` is what the cover was like: one that was changed since has to be looked at again.
    """

    by: str
    at: datetime
    shape: str
    first: Micros
    last: Micros


@dataclass(frozen=True, slots=True)
class CoverTrack:
    """One cover of a clip, in film time. `keys` are in the order of time; between two it is interpolated.

    `person_id` is whom it covers, when that is somebody known. `by` drew it, or had it proposed (worker id).
    """

    id: str
    by: str
    covered: Covered
    keys: tuple[CoverKey, ...]
    person_id: str = ""
    margin: Percent = MARGIN
    held: Micros = HELD
    proposed: Proposed = Proposed.HAND
    review: CoverReview | None = None

    def __post_init__(self) -> None:
        times = [key.time for key in self.keys]
        assert times, "a cover is somewhere"
        assert all(a < b for a, b in pairwise(times)), "in the order of time"
        assert self.margin >= 0, "never smaller than what was marked"
        assert self.held >= 0, "never shorter than what was marked"

    @property
    def span(self) -> Span:
        """From when to when there is a cover; the end is in no cover any more."""
        return self.keys[0].time - self.held, self.keys[-1].time + self.held + 1

    @property
    def shape(self) -> str:
        """What is looked at in a review, as a fingerprint."""
        said = (self.covered, self.person_id, self.margin, self.held, [(k.time, k.box.edges) for k in self.keys])
        return sha256(repr(said).encode()).hexdigest()[:32]

    def at(self, time: Micros) -> Box | None:
        """What is covered in the picture with this time; None before and after it."""
        start, end = self.span
        if not start <= time < end:
            return None
        after = bisect_right(self.keys, time, key=lambda key: key.time)
        before = self.keys[max(after - 1, 0)]
        following = self.keys[min(after, len(self.keys) - 1)]
        return _between(before, following, time).widened(self.margin)

    def is_reviewed(self, first: Micros, last: Micros) -> bool:
        """Whether somebody looked at it as it is, in all pictures of a clip that goes from `first` to `last`."""
        if self.review is None or self.review.shape != self.shape:
            return False
        start, end = self.span
        seen = range(self.review.first, self.review.last + 1)
        return all(time in seen for time in (max(first, start), min(last, end - 1)) if first <= time <= last)


def _between(before: CoverKey, after: CoverKey, time: Micros) -> Box:
    if not before.time < time < after.time:
        return after.box if time >= after.time else before.box
    if after.time - before.time <= NEAR:
        return before.box.hull(after.box)
    return before.box.toward(after.box, (time - before.time) / (after.time - before.time))


@dataclass(frozen=True, slots=True)
class SeenUncovered:
    """Somebody looked at a stretch in which a known person has no cover, and lets it leave so.

    Without a person it is everything else in the stretch: names, screens, people whom nobody knows.
    """

    by: str
    at: datetime
    start: Micros
    end: Micros
    person_id: str = ""

    def __post_init__(self) -> None:
        assert self.end > self.start, "a stretch has a length"


@dataclass(frozen=True, slots=True)
class MutedStretch:
    """A stretch of a clip in which nobody is heard."""

    start: Micros
    end: Micros
    muting: Muting = Muting.SILENCE

    def __post_init__(self) -> None:
        assert self.end > self.start, "a stretch has a length"


@dataclass(frozen=True, slots=True)
class ClipCover:
    """What is kept of a clip's covers on one of its films, beside the clip: it falls with the clip and with the film.

    `clip_id` is of a moment for feedback or of an example. `by` began it (worker id): it is that one's alone as long as
    the clip is; each has one at most.
    """

    id: str
    recording_id: str
    meeting_id: str
    clip_id: str
    by: str
    tracks: tuple[CoverTrack, ...] = ()
    seen: tuple[SeenUncovered, ...] = ()
    muted: tuple[MutedStretch, ...] = ()

    def track(self, track_id: str) -> CoverTrack | None:
        return next((track for track in self.tracks if track.id == track_id), None)

    def with_tracks(self, tracks: tuple[CoverTrack, ...]) -> ClipCover:
        """With other covers. Where one ends or goes, all else is to be looked at again: it was looked at behind it.

        Of somebody known nothing may be asked there: another cover of theirs may be over a name tag alone.
        """
        now = {track.id: [track.span] for track in tracks}
        bare = [gap for track in self.tracks for gap in without(track.span, now.get(track.id, ()))]
        left = (
            replace(looked, start=start, end=end)
            for looked in self.seen
            for start, end in without((looked.start, looked.end), () if looked.person_id else bare)
        )
        return replace(self, tracks=tracks, seen=tuple(left))

    def on_other(self, before: Recording, after: Recording) -> ClipCover:
        """For a film that replaced this one and has another clock. What was looked at has to be looked at again."""

        def moved(time: Micros) -> Micros:
            return after.to_film(before.to_meeting(time))

        tracks = (
            replace(t, keys=proposed_keys(CoverKey(moved(k.time), k.box) for k in t.keys), review=None)
            for t in self.tracks
        )
        muted = (replace(m, start=moved(m.start), end=max(moved(m.end), moved(m.start) + 1)) for m in self.muted)
        return replace(self, tracks=tuple(tracks), seen=(), muted=tuple(muted))


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """A cover, or a stretch without one on `person_id` (empty: everything else), that nobody has looked at yet."""

    start: Micros
    end: Micros
    person_id: str = ""
    track_id: str = ""


@dataclass(frozen=True, slots=True)
class Covering:
    """All that covers a clip from its first picture to its last one, and who of those known is on it."""

    first: Micros
    last: Micros
    tracks: tuple[CoverTrack, ...] = ()
    seen: tuple[SeenUncovered, ...] = ()
    muted: tuple[MutedStretch, ...] = ()
    known: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        return self.first, self.last + 1

    def boxes(self, time: Micros) -> tuple[Box, ...]:
        """What is covered in the picture with this time."""
        return tuple(box for track in self.tracks if (box := track.at(time)) is not None)

    def uncovered(self, person_id: str) -> tuple[Span, ...]:
        """The stretches of the clip in which somebody has no cover; all of it for what no cover stands for."""
        own = [track.span for track in self.tracks if person_id and track.person_id == person_id]
        return without(self.span, own)

    @property
    def to_review(self) -> tuple[Unreviewed, ...]:
        """What somebody still has to look at, covers first: a clip leaves only when it is nothing."""
        first, last = self.first, self.last
        tracks = [t for t in self.tracks if not t.is_reviewed(first, last)]
        left = [Unreviewed(*_within(t.span, self.span), t.person_id, t.id) for t in tracks]
        for person_id in (*self.known, ""):
            looked = [(s.start, s.end) for s in self.seen if s.person_id == person_id]
            gaps = [gap for bare in self.uncovered(person_id) for gap in without(bare, looked)]
            left.extend(Unreviewed(start, end, person_id) for start, end in gaps)
        return tuple(left)

    @property
    def may_leave(self) -> bool:
        return not self.to_review


def without(whole: Span, parts: Iterable[Span]) -> tuple[Span, ...]:
    """What of a stretch is in none of the others, in the order of time."""
    left, at = [], whole[0]
    for start, end in sorted(parts):
        if start >= whole[1]:
            break
        if start > at:
            left.append((at, start))
        at = max(at, end)
    return (*left, (at, whole[1])) if at < whole[1] else tuple(left)


def _within(span: Span, whole: Span) -> Span:
    """The part of a stretch that is in another; where there is none, the nearest place."""
    start = min(max(span[0], whole[0]), whole[1] - 1)
    return start, max(min(span[1], whole[1]), start + 1)


def keys_with(keys: Sequence[CoverKey], new: CoverKey) -> tuple[CoverKey, ...]:
    """With a mark more; one of the same picture is replaced."""
    return tuple(sorted((*(k for k in keys if k.time != new.time), new), key=lambda k: k.time))


def proposed_keys(keys: Iterable[CoverKey]) -> tuple[CoverKey, ...]:
    """Every mark of a proposal in the order of time, of several in one picture the box around them."""
    held: dict[Micros, Box] = {}
    for key in keys:
        held[key.time] = held[key.time].hull(key.box) if key.time in held else key.box
    return tuple(CoverKey(time, held[time]) for time in sorted(held))
