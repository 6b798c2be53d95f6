"""Plays one film exactly: the port `Player` over a decode thread, a sound thread and the clock that both follow.

The times told are those of the pictures shown; nothing is guessed between them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.errors import AppError
from app.model.timecode import Micros
from app.ports import Picture
from app.ports.player import Player
from video.frame_index import FrameIndex, unpack
from video.picture_reader import PictureReader, Wish
from video.play_clock import PlainClock, PlayClock, SoundClock
from video.sound import SoundFeed
from video.sound_output import SoundOutput, open_sound_output

SLOWEST, FASTEST = 0.1, 4.0
TICK_MS = 5


class FilmPlayer(Player):
    """Lives in the main thread. `open_output` finds the sound output when a film with sound first plays."""

    _came = Signal(int, object)

    def __init__(
        self, parent: QObject | None = None, open_output: Callable[[], SoundOutput | None] = open_sound_output
    ) -> None:
        super().__init__(parent)
        self._open_output = open_output
        self._sink: Callable[[Picture], None] | None = None
        self._source: Callable[[], BinaryIO] | None = None
        self._index: FrameIndex | None = None
        self._reader: PictureReader | None = None
        self._wishes = 0
        self._target = 0  # position that is wanted or shown
        self._picture: Picture | None = None
        self._playing = False
        self._end: Micros = 0
        self._rate, self._volume = 1.0, 1.0
        self._clock: PlayClock | None = None
        self._sound: tuple[SoundFeed, SoundOutput] | None = None
        self._late = 0
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._came.connect(self._on_came, Qt.ConnectionType.QueuedConnection)

    def set_sink(self, sink: Callable[[Picture], None] | None) -> None:
        """Where pictures go; a new sink gets the picture that is shown now."""
        self._sink = sink
        if sink is not None and self._picture is not None:
            sink(self._picture)

    def open(self, source: Callable[[], BinaryIO], index: bytes) -> None:
        """Open a film and show its first picture. Raises FilmError(`index-damaged`); later trouble is a signal."""
        known = unpack(index)
        self.close()
        self._source, self._index = source, known
        self._reader = PictureReader(source, known, self._came.emit, self._time_due)
        self._want(0)

    def play(self) -> None:
        """Play on from the picture shown; from the beginning when it is the last."""
        if self._index is None or self._playing:
            return
        at_end = self._target >= len(self._index) - 1
        self._begin(0 if at_end else self._target, self._index.duration)

    def pause(self) -> None:
        if self._playing:
            self._halt()
            self._want(self._target)

    def is_playing(self) -> bool:
        return self._playing

    def seek(self, time: Micros) -> None:
        """Show the picture at `time`; before the first the first, after the end the last. Playing goes on there."""
        if self._index is None:
            return
        position = max(self._index.position_at(time), 0)
        if self._playing:
            self._begin(position, self._index.duration if time >= self._end else self._end)
        else:
            self._want(position)

    def step(self, pictures: int) -> None:
        """So many pictures on or back from the one shown or wanted; stops playing."""
        if self._index is None:
            return
        self._halt()
        self._want(min(max(self._target + pictures, 0), len(self._index) - 1))

    def set_rate(self, rate: float) -> None:
        rate = min(max(rate, SLOWEST), FASTEST)
        if rate == self._rate:
            return
        self._rate = rate
        self.rate_changed.emit(rate)
        if self._playing:
            self._begin(self._target, self._end)

    def rate(self) -> float:
        return self._rate

    def set_volume(self, volume: float) -> None:
        self._volume = min(max(volume, 0.0), 1.0)
        if self._sound is not None:
            self._sound[1].set_volume(self._volume)

    def play_range(self, start: Micros, end: Micros) -> None:
        if self._index is not None:
            self._begin(max(self._index.position_at(start), 0), min(max(end, start), self._index.duration))

    def shown_at(self) -> Micros | None:
        return self._picture.time if self._picture is not None else None

    def duration(self) -> Micros:
        return self._index.duration if self._index is not None else 0

    def late_pictures(self) -> int:
        """How many pictures were left out since the film was opened, because their time was over."""
        return self._late + (self._reader.skipped if self._reader is not None else 0)

    def close(self) -> None:
        """End the threads and let go of the film's files; another film may be opened after it."""
        self._halt()
        if self._reader is not None:
            self._reader.end()
        self._wishes += 1  # what is still on its way belongs to nobody
        self._reader = self._index = self._source = self._picture = None
        self._target = self._late = 0

    def _want(self, position: int) -> None:
        """A picture at rest."""
        assert self._reader is not None
        self._target = position
        self._wishes += 1
        self._reader.want(Wish(self._wishes, position))

    def _begin(self, position: int, end: Micros) -> None:
        """Read ahead from a position; the clock starts when its first picture has come."""
        assert self._reader is not None
        assert self._index is not None
        self._stop_clock()
        self._target, self._end = position, end
        self._wishes += 1
        self._reader.want(Wish(self._wishes, position, max(self._index.position_at(end), position)))
        self._set_playing(True)

    def _on_came(self, wish: int, what: Picture | AppError) -> None:
        if wish != self._wishes:
            return
        if isinstance(what, AppError):
            self._halt()
            self.trouble.emit(what)
        elif self._playing:
            self._start_clock(what)
        else:
            self._show(what)

    def _start_clock(self, first: Picture) -> None:
        assert self._index is not None
        assert self._source is not None
        assert self._reader is not None
        self._reader.due(first.time)
        wish = self._wishes
        self._show(first)  # wherever the clock will be: a stretch begins with its first picture
        if wish != self._wishes:
            return  # whoever saw it wanted something else
        output = self._open_output() if self._index.sound_tracks else None
        if output is None:
            self._clock = PlainClock(first.time, self._rate)
        else:
            output.set_volume(self._volume)
            self._sound = SoundFeed(self._source, self._index, first.time, self._rate), output
            self._clock = SoundClock(output, first.time, self._rate)
        self._timer.start()

    def _time_due(self) -> Micros | None:
        clock = self._clock
        return clock.now() if clock is not None else None

    def _tick(self) -> None:
        reader = self._reader
        if self._clock is None or reader is None:
            return
        self._feed_sound()
        now = self._clock.now()
        due = reader.due(now)
        if due:
            self._late += len(due) - 1
            self._show(due[-1])
        if self._clock is not None and now >= self._end and reader.is_finished():
            self.pause()

    def _feed_sound(self) -> None:
        if self._sound is None or self._clock is None:
            return
        feed, output = self._sound
        room = output.room()
        if room > 0 and (piece := feed.take(room)):
            output.write(piece)
        dead = isinstance(self._clock, SoundClock) and self._clock.is_dead()
        if dead or feed.trouble is not None:
            trouble, now = feed.trouble, self._clock.now()
            self._end_sound()
            self._clock = PlainClock(now, self._rate)
            if trouble is not None:
                self.trouble.emit(trouble)

    def _show(self, picture: Picture) -> None:
        self._picture, self._target = picture, picture.number
        if self._sink is not None:
            self._sink(picture)
        self.shown.emit(picture)

    def _halt(self) -> None:
        self._stop_clock()
        self._set_playing(False)

    def _stop_clock(self) -> None:
        self._timer.stop()
        self._clock = None
        self._end_sound()

    def _end_sound(self) -> None:
        if self._sound is not None:
            feed, output = self._sound
            self._sound = None
            output.close()
            feed.end()

    def _set_playing(self, playing: bool) -> None:
        if playing != self._playing:
            self._playing = playing
            self.playing_changed.emit(playing)
