"""Chosen moments when another file takes their film's place: they are in film time, and follow the film's clock."""

from __future__ import annotations

from collections.abc import Iterable

from app.model.change import Change, removed
from app.model.cover import ClipCover
from app.model.feedback import Clip
from app.model.recording import Recording
from app.model.timecode import Micros

#: a moment that begins so long before its film, or ends so long after it, is still on it
SLACK: Micros = 100_000


def moved_clips(
    before: Recording, after: Recording, clips: Iterable[Clip], covers: Iterable[ClipCover]
) -> tuple[Change, ...]:
    """What becomes of a film's moments and their covers; of what the other film lacks there is none."""
    of_clips: dict[str, list[ClipCover]] = {}
    for cover in covers:
        of_clips.setdefault(cover.clip_id, []).append(cover)
    changes: list[Change] = []
    for clip in clips:
        on, own = clip.on_other(before, after), of_clips.get(clip.id, [])
        if on.first < -SLACK or on.last > after.facts.duration + SLACK:
            changes += [removed(clip), *map(removed, own)]
        elif on != clip:
            changes += [Change(clip, on), *(Change(c, c.on_other(before, after)) for c in own)]
    return tuple(changes)
