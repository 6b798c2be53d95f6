"""A player without films: pictures of one color, 25 a second, exact and at once."""

from collections.abc import Callable, Sequence

import numpy as np

from app.model.recording import Viewing
from app.ports import Picture
from app.ports.player import FASTEST, SHUTTLE, SLOWEST, Player, Reel, ScrubPart, with_part

FRAME = 40_000


class FakePlayer(Player):
    """Seeks and steps at once; `play` plays nothing by itself, `advance` does. Every reel is `length` µs long."""

    def __init__(self, length: int = 60_000_000) -> None:
        super().__init__()
        self._length, self._rate, self._playing = length, 1.0, False
        self.reels: dict[str, Reel] = {}
        self.sinks: dict[int, Callable[[Picture | None], None]] = {}
        self._on: dict[int, tuple[str, Picture] | None] = {}
        self._lead = self._heard = 0
        self._playhead = 0
        self._shuttle = 0.0
        self._pixels = np.zeros((36, 64, 4), np.uint8)
        self.range: tuple[int, int] | None = None
        self.loop: tuple[int, int, int] | None = None
        self.volume = 1.0
        self.boxes: dict[int, tuple[int, int]] = {}
        self.closed = False

    def open(self, reels: Sequence[Reel]) -> None:
        self.reels = {r.id: r for r in reels}
        self._on = dict.fromkeys(self.cameras())
        self._lead = self._heard = min(self.cameras(), default=0)
        self.closed = False
        self._show(self.start())

    def set_sink(self, camera: int, sink) -> None:
        if sink is None:
            self.sinks.pop(camera, None)
            return
        self.sinks[camera] = sink
        on = self._on.get(camera)
        if on is not None:
            sink(on[1])

    def set_box(self, camera: int, width: int, height: int) -> None:
        self.boxes[camera] = width, height

    def cameras(self) -> tuple[int, ...]:
        return tuple(sorted({r.camera for r in self.reels.values()}))

    def lead(self, camera: int) -> None:
        if camera in self.cameras() and camera != self._lead:
            self._lead = camera
            self.lead_changed.emit(camera)

    def leading(self) -> int:
        return self._lead

    def play(self) -> None:
        self._playing = True
        self.playing_changed.emit(True)

    def pause(self) -> None:
        self._playing, self._shuttle = False, 0.0
        self.playing_changed.emit(False)

    def is_playing(self) -> bool:
        return self._playing

    def seek(self, time: int, *, dragging: bool = False) -> None:
        self._show(time)

    def step(self, pictures: int) -> None:
        if self._playing:
            self.pause()
        begins = [r.to_meeting(at) for r in self.reels.values() for at in (0, *(end for _, end in r.holes))]
        after = [at for at in begins if at > self.position()]
        if self.shown_at() is None and pictures > 0 and after:  # from a gap to the picture after it
            self._show(min(after) + (pictures - 1) * FRAME)
        else:
            self._show(self.position() + pictures * FRAME)

    def advance(self, micros: int) -> None:
        """As if it had played on, picture by picture."""
        at, end = self.position(), self.position() + micros
        while at != end:
            at = min(at + FRAME, end) if micros > 0 else max(at - FRAME, end)
            self._show(at)

    def set_rate(self, rate: float) -> None:
        self._rate = min(max(rate, SLOWEST), FASTEST)
        self.rate_changed.emit(self._rate)

    def rate(self) -> float:
        return self._shuttle or self._rate

    def shuttle(self, rate: float) -> None:
        self._shuttle = min(max(rate, -SHUTTLE), SHUTTLE)
        self._playing = self._shuttle != 0
        self.rate_changed.emit(self.rate())
        self.playing_changed.emit(self._playing)

    def set_loop(self, start: int, end: int, pre_roll: int = 0) -> None:
        self.loop = (start, end, pre_roll)
        self.loop_changed.emit((start, end))

    def clear_loop(self) -> None:
        self.loop = None
        self.loop_changed.emit(None)

    def play_range(self, start: int, end: int) -> None:
        self.range = (start, end)
        self._show(start)
        self.play()

    def set_volume(self, volume: float) -> None:
        self.volume = volume

    def listen_to(self, camera: int) -> None:
        self._heard = camera

    def listening_to(self) -> int:
        return self._heard

    def set_viewing(self, reel_id: str, viewing: Viewing) -> None:
        self._change(reel_id, viewing=viewing)

    def set_place(self, reel_id: str, offset: int, drift_ppm: float) -> None:
        self._change(reel_id, offset=offset, drift_ppm=drift_ppm)

    def add_scrub(self, reel_id: str, part: ScrubPart) -> None:
        self._change(reel_id, scrub=with_part(self.reels[reel_id].scrub, part))

    def shown_at(self) -> int | None:
        on = self._on.get(self._lead)
        return None if on is None else self.reels[on[0]].to_meeting(on[1].time)

    def shown_on(self) -> tuple[str, int] | None:
        on = self._on.get(self._lead)
        return None if on is None else (on[0], on[1].time)

    def picture_time(self, time: int) -> int:
        on = self._picture(self._lead, time)
        return time if on is None else self.reels[on[0]].to_meeting(on[1].time)

    def position(self) -> int:
        shown = self.shown_at()
        return self._playhead if shown is None else shown

    def start(self) -> int:
        return min((r.to_meeting(0) for r in self.reels.values()), default=0)

    def end(self) -> int:
        return max((r.to_meeting(self._length) for r in self.reels.values()), default=0)

    def late_pictures(self) -> int:
        return 0

    def close(self) -> None:
        self.closed = True

    def _change(self, reel_id: str, **fields) -> None:
        from dataclasses import replace

        self.reels[reel_id] = replace(self.reels[reel_id], **fields)
        self._show(self.position())

    def _show(self, time: int) -> None:
        self._playhead = time = min(max(time, self.start()), max(self.end() - FRAME, self.start()))
        leading = self._picture(self._lead, time)
        if leading is not None:  # the others come to the beginning of the leading picture
            self._playhead = time = self.reels[leading[0]].to_meeting(leading[1].time)
        for camera in self.cameras():
            self._on[camera] = on = self._picture(camera, time)
            picture = None if on is None else on[1]
            if camera in self.sinks:
                self.sinks[camera](picture)
            self.shown.emit(camera, picture)

    def _picture(self, camera: int, time: int) -> tuple[str, Picture] | None:
        for reel in (r for r in self.reels.values() if r.camera == camera):
            at = reel.to_film(time)
            if 0 <= at < self._length and not any(start <= at < end for start, end in reel.holes):
                number = at // FRAME
                return reel.id, Picture(number * FRAME, number, 64, 36, self._pixels, reel.id)
        return None
