"""The films of one meeting as a player holds them: where each lies, how each is shown, where they begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.model.recording import Viewing
from app.model.timecode import Micros
from app.model.units import Ppm
from app.ports.player import Reel, ScrubPart, with_part
from video.open.frame_index import FrameIndex, unpack
from video.playing.camera_line import CameraLine, camera_lines


class MeetingFilms:
    """Reels by id and a strip per camera, ascending. Raises FilmError(`index-damaged`) when made.

    `viewings` is one mapping for the films' whole life: reading threads look into it for every picture.
    """

    def __init__(self, reels: Sequence[Reel] = ()) -> None:
        self.reels: dict[str, Reel] = {reel.id: reel for reel in reels}
        self.viewings: dict[str, Viewing] = {reel.id: reel.viewing for reel in reels}
        self._indexes: dict[str, FrameIndex] = {reel.id: unpack(reel.index) for reel in reels}
        self.strips: dict[int, CameraLine] = camera_lines(reels, self._indexes)

    def view(self, reel_id: str, viewing: Viewing) -> None:
        self.viewings[reel_id] = viewing
        self._change(reel_id, viewing=viewing)

    def place(self, reel_id: str, offset: Micros, drift_ppm: Ppm) -> None:
        self._change(reel_id, offset=offset, drift_ppm=drift_ppm)

    def add_scrub(self, reel_id: str, part: ScrubPart) -> None:
        self._change(reel_id, scrub=with_part(self.reels[reel_id].scrub, part))

    @property
    def start(self) -> Micros:
        return min((s.spans[0].start for s in self.strips.values()), default=0)

    @property
    def end(self) -> Micros:
        return max((s.spans[-1].end for s in self.strips.values()), default=0)

    @property
    def last_picture(self) -> Micros:
        """When the last picture of all comes on."""
        lasts = [s.place_at(s.spans[-1].end - 1) for s in self.strips.values()]
        return max((p.time for p in lasts if p is not None), default=0)

    def inside(self, time: Micros) -> Micros:
        """The nearest moment at which the meeting has film or a gap between films."""
        return min(max(time, self.start), max(self.end - 1, self.start))

    def films_at(self, time: Micros) -> set[str]:
        places = (strip.place_at(time) for strip in self.strips.values())
        return {place.span.reel.id for place in places if place is not None}

    def _change(self, reel_id: str, **fields: Any) -> None:
        self.reels[reel_id] = replace(self.reels[reel_id], **fields)
        self.strips = camera_lines(list(self.reels.values()), self._indexes)
