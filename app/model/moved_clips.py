"""Chosen moments when another file takes their film's place: they are in film time, and follow the film's clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.model.change import Change, removed
from app.model.cover import ClipCover
from app.model.feedback import Clip
from app.model.recording import Recording
from app.model.stored import ExampleClip
from app.model.timecode import Micros

#: a moment that begins so long before its film, or ends so long after it, is still on it
SLACK: Micros = 100_000


def moved_clips(before: Recording, after: Recording, clips: Iterable[Clip | ExampleClip]) -> tuple[Change, ...]:
    """What becomes of a film's moments and of its examples; of what the other film lacks there is none."""
    return tuple(_moved(before, after, clips))


def _moved(before: Recording, after: Recording, clips: Iterable[Clip | ExampleClip]) -> Iterator[Change]:
    for clip in clips:
        on = clip.on_other(before, after)
        start, end = (on.first, on.last) if isinstance(on, Clip) else (on.start, on.end)
        if start < -SLACK or end > after.facts.duration + SLACK:
            yield removed(clip)
        elif on != clip:
            yield Change(clip, on)


def moved_covers(
    before: Recording, after: Recording, covers: Iterable[ClipCover], clips: Iterable[Change]
) -> tuple[Change, ...]:
    """Covers follow the clock of the film that they are on, be it their clip's own or another camera's.

    `clips` is what became of the clips: whatever covers one that is gone goes with it, on whichever film it is.
    """
    gone = {change.id for change in clips if change.after is None}
    return tuple(_covers(before, after, covers, gone))


def _covers(before: Recording, after: Recording, covers: Iterable[ClipCover], gone: set[str]) -> Iterator[Change]:
    for cover in covers:
        on = cover.on_other(before, after)
        if cover.clip_id in gone:
            yield removed(cover)
        elif cover.recording_id == before.id and on != _unseen(cover):
            yield Change(cover, on)


def _unseen(cover: ClipCover) -> ClipCover:
    return replace(cover, tracks=tuple(replace(track, review=None) for track in cover.tracks), seen=())
