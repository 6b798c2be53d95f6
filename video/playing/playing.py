"""One run of playing, from its beginning to where it stops: the route, the clock, and the sound that leads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.errors import AppError
from app.model.recording import Viewing
from app.model.timecode import SECOND, Micros
from app.model.units import PlayedMicros, Share
from video.playing.play_clock import PlainClock, PlayClock, SoundClock
from video.playing.route import Course, Route
from video.playing.sound_feed import SoundFeed
from video.playing.sound_output import SoundOutput

#: how long pictures that are still being decoded are waited for at the end (µs played)
PATIENCE = SECOND


class Playing:
    """For the main thread. Sound is decoded from the beginning, and heard when `start` says that pictures are there."""

    def __init__(
        self, route: Route, viewings: Mapping[str, Viewing], open_output: Callable[[], SoundOutput | None]
    ) -> None:
        self.route = route
        self._open_output = open_output
        self._course = Course(route)
        self._clock: PlayClock | None = None
        self._output: SoundOutput | None = None
        self._feed = SoundFeed(route, viewings) if _has_sound(route) else None
        self._now: float | None = None

    def start(self, volume: Share) -> None:
        self._output = self._open_output() if self._feed is not None else None
        if self._output is None:
            self._end_sound()
            self._clock = PlainClock()
        else:
            self._output.set_volume(volume)
            self._clock = SoundClock(self._output)
        self._now = 0.0

    @property
    def has_started(self) -> bool:
        return self._clock is not None

    def set_volume(self, volume: Share) -> None:
        if self._output is not None:
            self._output.set_volume(volume)

    def tick(self) -> tuple[float, AppError | None]:
        """Hand sound over; what is played by now, and the trouble after which it goes on without sound."""
        assert self._clock is not None
        trouble = self._hand_over()
        self._now = self._clock.played()
        return self._now, trouble

    def now(self) -> PlayedMicros | None:
        """What was played at the last tick, for the reading threads; None before the start."""
        return self._now

    def meeting_time(self) -> Micros:
        """Where the meeting is by now."""
        return self._course.meeting_at(self._now or 0.0)

    def is_over(self) -> bool:
        return self._now is not None and self._course.is_over(self._now)

    def is_overdue(self) -> bool:
        """True when its end is so long past that nothing more is waited for."""
        return self._now is not None and self._course.is_over(self._now - PATIENCE)

    def end(self) -> None:
        self._now = None
        self._end_sound()

    def _hand_over(self) -> AppError | None:
        if self._feed is None or self._output is None:
            return None
        room = self._output.room()
        if room > 0 and (piece := self._feed.take(room)):
            self._output.write(piece)
        trouble = self._feed.trouble
        if trouble is not None or (isinstance(self._clock, SoundClock) and self._clock.is_dead()):
            self._clock = PlainClock(self._clock.played() if self._clock is not None else 0.0)
            self._end_sound()
        return trouble

    def _end_sound(self) -> None:
        output, feed, self._output, self._feed = self._output, self._feed, None, None
        if output is not None:
            output.close()
        if feed is not None:
            feed.end()


def _has_sound(route: Route) -> bool:
    return route.heard is not None and any(span.index.sound_tracks for span in route.heard.spans)
