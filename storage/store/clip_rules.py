"""Who may choose moments for feedback: each one's own choice stays that one's until the codings are open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from app.model.change import Change
from app.model.coding import CodingHeader, CodingPlace
from app.model.cover import ClipCover, CoverTrack
from app.model.feedback import Clip, ClipWords
from app.model.independence import is_clip_open_among, own_states
from app.model.recording import Recording
from storage.store.refusing import refuse


class ClipFacts(Protocol):
    """The archive as it is before the step, without anybody's rule of independence."""

    def recording(self, recording_id: str) -> Recording | None: ...
    def clip(self, clip_id: str) -> Clip | None: ...
    def headers(self, meeting_id: str) -> Sequence[CodingPlace | CodingHeader]: ...


class ClipRules:
    """The rules of one step."""

    def __init__(self, net: Mapping[str, Change], worker_id: str, facts: ClipFacts) -> None:
        self._net, self._worker, self._facts = net, worker_id, facts

    def check(self, change: Change) -> None:
        before, after = change.before, change.after
        if isinstance(before, Clip):
            headers = self._facts.headers(before.meeting_id)
            # what is another's and what is not there look the same
            refuse(not is_clip_open_among(before.by, headers, before.meeting_id, self._worker), "clip-not-yours")
        if not isinstance(after, Clip):
            return
        refuse(after.by != (before.by if isinstance(before, Clip) else self._worker), "clip-not-yours")
        film = self._film(after.recording_id)
        refuse(film is None or film.is_erased, "film-erased")
        refuse(film is not None and film.meeting_id != after.meeting_id, "moved")

    def check_words(self, change: Change) -> None:
        """What was said to a moment is everybody's at once: nothing of a moment that is not goes with it.

        While somebody codes its film alone it is shown to nobody, and so nothing is said to it.
        """
        after = change.after
        clip = self._facts.clip(after.clip_id) if isinstance(after, ClipWords) else None
        if not isinstance(after, ClipWords) or clip is None:
            return
        headers = self._facts.headers(clip.meeting_id)
        if not is_clip_open_among("", headers, clip.meeting_id, self._worker):
            refuse(bool(after.title) or bool(own_states(headers)), "clip-coding-open")

    def check_cover(self, change: Change) -> None:
        """A review is of whoever looked, and of the cover as it is; looking is a step of its own."""
        before, after = change.before, change.after
        if isinstance(before, ClipCover):
            headers = self._facts.headers(before.meeting_id)
            refuse(not is_clip_open_among(before.by, headers, before.meeting_id, self._worker), "clip-not-yours")
        if not isinstance(after, ClipCover):
            return
        was = before if isinstance(before, ClipCover) else None
        refuse(after.by != (was.by if was else self._worker), "clip-not-yours")
        refuse(was is not None and (was.clip_id, was.recording_id) != (after.clip_id, after.recording_id), "moved")
        film = self._film(after.recording_id)
        refuse(film is None or film.is_erased, "film-erased")
        refuse(film is not None and film.meeting_id != after.meeting_id, "moved")
        looked = set(was.seen) if was else set()
        refuse(any(s.by != self._worker for s in after.seen if s not in looked), "review-not-yours")
        for track in after.tracks:
            self._check_review(was.track(track.id) if was else None, track)

    def _check_review(self, before: CoverTrack | None, after: CoverTrack) -> None:
        review = after.review
        if review is None or (before is not None and before.review == review):
            return
        refuse(review.by != self._worker or review.shape != after.shape, "review-not-yours")

    def _film(self, recording_id: str) -> Recording | None:
        """A film that is there, or that the same step brings."""
        brought = self._net.get(recording_id)
        is_new = brought is not None and isinstance(brought.after, Recording)
        found = brought.after if brought is not None and is_new else self._facts.recording(recording_id)
        return found if isinstance(found, Recording) else None
