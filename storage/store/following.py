"""What the store writes along with a step, whoever takes it: nobody who takes it may see all that follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from app.model.change import Change
from app.model.cover import ClipCover
from app.model.feedback import Clip
from app.model.moved_clips import moved_clips, moved_covers
from app.model.recording import Recording


class ClipsOfFilms(Protocol):
    """Moments of a film, whoever chose them, with all covers on it and all of its moments and examples."""

    def clips_on(self, recording_id: str) -> tuple[Sequence[Clip], Sequence[ClipCover]]: ...


def following(net: Mapping[str, Change], facts: ClipsOfFilms) -> dict[str, dict[str, Change]]:
    """What follows from a step that was allowed, by who chose it: moments of a film that another file replaced.

    It is of what the step itself says nothing of, for its worker does not see it.
    """
    along: dict[str, dict[str, Change]] = {}
    for change in net.values():
        before, after = change.before, change.after
        if isinstance(before, Recording) and isinstance(after, Recording) and before.replaced != after.replaced:
            clips, covers = facts.clips_on(after.id)
            moved = moved_clips(before, after, [c for c in clips if c.id not in net])
            left = [c for c in covers if c.id not in net]
            for change in (*moved, *moved_covers(before, after, left, (*net.values(), *moved))):
                assert isinstance(change.entity, Clip | ClipCover)
                along.setdefault(change.entity.by, {})[change.id] = change
    return along
