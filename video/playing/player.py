"""Plays the films of one meeting exactly: the port `Player` over a thread per camera, one for sound, and a clock.

The times told are those of the pictures shown; nothing is guessed between them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.model.recording import Viewing
from app.model.timecode import Micros
from app.model.units import CameraNumber, Pixels, Ppm, Rate, Share
from app.ports import Picture
from app.ports.player import FASTEST, SHUTTLE, SLOWEST, Player, Reel, ScrubPart
from video.open.frames import CACHE_BYTES
from video.playing.meeting_films import MeetingFilms
from video.playing.picture_reader import Answer, PictureReader, ReadingTrouble, Run, Still, late
from video.playing.playing import Playing
from video.playing.reel_source import Box
from video.playing.route import Loop, Route, looping
from video.playing.sound_output import SoundOutput, open_sound_output

TICK_MS = 5
#: playing goes on when a drag has rested for so long
RESUME_MS = 200
#: while playing leads through a gap, this often it is told how far it is
GAP_TOLD_MS = 50
#: decoded pictures that are kept: together, and of one camera at least (bytes)
LEAST_CACHE = 64_000_000
#: from this rate on the scrub copy is read for every camera
FAST = 2.0


class FilmPlayer(Player):
    """Lives in the main thread. `open_output` finds the sound output when a film with sound first plays."""

    _came = Signal(int, int, object)

    def __init__(
        self, parent: QObject | None = None, open_output: Callable[[], SoundOutput | None] = open_sound_output
    ) -> None:
        super().__init__(parent)
        self._open_output = open_output
        self._sinks: dict[int, Callable[[Picture | None], None]] = {}
        self._boxes: dict[int, Box] = {}
        self._films = MeetingFilms()
        self._readers: dict[int, PictureReader] = {}
        self._on: dict[int, Picture | None] = {}
        self._lead = self._heard = 0
        self._wishes = 0
        self._wanted: Micros = 0  # where the playhead is or shall be
        self._playing: Playing | None = None
        self._is_playing = False
        self._firsts: dict[int, Picture | None] = {}  # of a run that has not started
        self._troubled: set[str] = set()
        self._range_end: Micros | None = None
        self._loop: Loop | None = None
        self._rate, self._shuttle, self._volume = 1.0, 0.0, 1.0
        self._late = 0
        self._timer = self._make_timer(TICK_MS, self._tick)
        self._resume = self._make_timer(RESUME_MS, self._on_drag_rested)
        self._gap = self._make_timer(GAP_TOLD_MS, self._tell_gap)
        self._resume.setSingleShot(True)
        self._came.connect(self._on_came, Qt.ConnectionType.QueuedConnection)

    # the films

    def open(self, reels: Sequence[Reel]) -> None:
        films = MeetingFilms(reels)
        self.close()
        self._films = films
        cache = max(CACHE_BYTES // max(len(films.strips), 1), LEAST_CACHE)
        for camera in films.strips:
            reader = PictureReader(partial(self._came.emit, camera), self._played, films.viewings, cache)
            reader.box = self._boxes.get(camera, reader.box)
            self._readers[camera], self._on[camera] = reader, None
        self._lead = self._heard = min(films.strips, default=0)
        self._rest(self.start())

    def close(self) -> None:
        """End the threads and let go of the films' files; other films may be opened after it."""
        self._halt()
        for reader in self._readers.values():
            reader.end()
        self._wishes += 1  # what is still on its way belongs to nobody
        self._films = MeetingFilms()
        for emptied in (self._readers, self._on, self._troubled):
            emptied.clear()
        self._loop = self._range_end = None
        self._wanted = self._late = 0

    def set_sink(self, camera: CameraNumber, sink: Callable[[Picture | None], None] | None) -> None:
        if sink is None:
            self._sinks.pop(camera, None)
            return
        self._sinks[camera] = sink
        if self._on.get(camera) is not None:
            sink(self._on[camera])

    def set_box(self, camera: CameraNumber, width: Pixels, height: Pixels) -> None:
        self._boxes[camera] = max(width, 1), max(height, 1)
        if camera in self._readers:
            self._readers[camera].box = self._boxes[camera]

    def set_viewing(self, reel_id: str, viewing: Viewing) -> None:
        reel = self._films.reels.get(reel_id)
        if reel is None:
            return
        self._films.view(reel_id, viewing)
        if self._playing is None:
            self._rest(self._wanted)
        elif viewing.sound_track != reel.viewing.sound_track and reel.camera == self._heard:
            self._begin_anew()

    def set_place(self, reel_id: str, offset: Micros, drift_ppm: Ppm) -> None:
        if reel_id not in self._films.reels:
            return
        shown = self.shown_on()
        self._films.place(reel_id, offset, drift_ppm)
        if shown is not None and shown[0] == reel_id:  # its picture stays, the others come to it
            self._wanted = self._films.reels[reel_id].to_meeting(shown[1])
        if self._playing is not None:
            self._begin(self._wanted)
        else:
            self._rest(self._inside(self._wanted))

    def add_scrub(self, reel_id: str, part: ScrubPart) -> None:
        if reel_id in self._films.reels:
            self._films.add_scrub(reel_id, part)

    def cameras(self) -> tuple[int, ...]:
        return tuple(self._films.strips)

    def lead(self, camera: CameraNumber) -> None:
        if camera not in self._films.strips or camera == self._lead:
            return
        self._lead = camera
        self.lead_changed.emit(camera)
        self._begin_anew()

    def leading(self) -> CameraNumber:
        return self._lead

    def listen_to(self, camera: CameraNumber) -> None:
        if camera in self._films.strips and camera != self._heard:
            self._heard = camera
            if not self._shuttle:
                self._begin_anew()

    def listening_to(self) -> CameraNumber:
        return self._heard

    def set_volume(self, volume: Share) -> None:
        self._volume = min(max(volume, 0.0), 1.0)
        if self._playing is not None:
            self._playing.set_volume(self._volume)

    # going there

    def seek(self, time: Micros, *, dragging: bool = False) -> None:
        if not self._films.strips:
            return
        time = self._inside(time)
        if not self._is_playing:
            self._rest(time, dragging=dragging)
        elif dragging:
            self._end_run()
            self._rest(time, dragging=True)
            self._resume.start()
        else:
            if self._range_end is not None and time >= self._range_end:
                self._range_end = None
            self._begin(time)

    def step(self, pictures: int) -> None:
        if not self._films.strips:
            return
        self._halt()
        place = self._films.strips[self._lead].stepped(self._wanted, pictures)
        self._rest(self._wanted if place is None else place.time)

    # playing

    def play(self) -> None:
        if not self._films.strips or (self._is_playing and not self._shuttle):
            return
        self._end_shuttle()
        self._range_end = None
        self._begin(self.start() if self._wanted >= self._films.last_picture else self._here())

    def play_range(self, start: Micros, end: Micros) -> None:
        if not self._films.strips:
            return
        self._end_shuttle()
        start = self._inside(start)
        self._range_end = min(max(end, start), self.end())
        self._begin(start)

    def pause(self) -> None:
        if self._is_playing:
            self._halt()
            self._rest(self._wanted)

    def is_playing(self) -> bool:
        return self._is_playing

    def set_rate(self, rate: Rate) -> None:
        rate = min(max(rate, SLOWEST), FASTEST)
        if rate == self._rate:
            return
        self._rate = rate
        if not self._shuttle:
            self.rate_changed.emit(rate)
            self._begin_anew()

    def rate(self) -> Rate:
        return self._shuttle or self._rate

    def shuttle(self, rate: Rate) -> None:
        rate = min(max(rate, -SHUTTLE), SHUTTLE)
        if not self._films.strips or rate == self._shuttle:
            return
        if not rate:
            self.pause()
            return
        self._shuttle, self._range_end = rate, None
        self.rate_changed.emit(rate)
        self._begin_anew() if self._playing is not None else self._begin(self._wanted)

    def set_loop(self, start: Micros, end: Micros, pre_roll: Micros = 0) -> None:
        self._loop = Loop(start, end, pre_roll)
        self.loop_changed.emit((start, end))
        self._begin_anew()

    def clear_loop(self) -> None:
        if self._loop is not None:
            self._loop = None
            self.loop_changed.emit(None)
            self._begin_anew()

    # what is on

    def shown_at(self) -> Micros | None:
        on = self._on.get(self._lead)
        return None if on is None else self._films.reels[on.film].to_meeting(on.time)

    def shown_on(self) -> tuple[str, Micros] | None:
        on = self._on.get(self._lead)
        return None if on is None else (on.film, on.time)

    def picture_time(self, time: Micros) -> Micros:
        strip = self._films.strips.get(self._lead)
        place = None if strip is None else strip.place_at(time)
        return time if place is None else place.time

    def position(self) -> Micros:
        shown = self.shown_at()
        return self._wanted if shown is None else shown

    def start(self) -> Micros:
        return self._films.start

    def end(self) -> Micros:
        return self._films.end

    def late_pictures(self) -> int:
        return self._late + sum(reader.skipped for reader in self._readers.values())

    # at rest

    def _rest(self, time: Micros, *, dragging: bool = False) -> None:
        """Have the pictures at `time` found; the others are to be at the beginning of the leading one."""
        leading = self._films.strips.get(self._lead)
        place = leading.place_at(time) if leading is not None else None
        self._wanted = time if place is None else place.time
        self._wishes += 1
        for camera in self._in_order():
            wish = Still(self._wishes, self._films.strips[camera].place_at(self._wanted), dragging)
            self._readers[camera].want(wish)

    def _on_came(self, camera: int, wish: int, what: Answer) -> None:
        if wish != self._wishes:
            return
        if isinstance(what, ReadingTrouble):
            self._on_trouble(what)
        elif self._playing is None:
            self._show(camera, what)
        elif not self._playing.has_started:
            self._firsts[camera] = what
            if len(self._firsts) == len(self._readers):
                self._start()

    def _on_trouble(self, trouble: ReadingTrouble) -> None:
        """Told once until other films are opened or this one can be read again; the other films go on."""
        first = trouble.film not in self._troubled
        self._troubled.add(trouble.film)
        if self._is_playing and self._films.films_at(self._wanted) <= self._troubled:
            self._halt()
            self._rest(self._wanted)
        if first:
            self.trouble.emit(trouble.error)

    def _show(self, camera: int, picture: Picture | None) -> None:
        self._on[camera] = picture
        if self._playing is None and picture is not None:
            self._troubled.discard(picture.film)
        elif self._playing is not None and camera == self._lead:
            shown = self.shown_at()
            self._wanted = self._here() if shown is None else shown
        if camera in self._sinks:
            self._sinks[camera](picture)
        self.shown.emit(camera, picture)

    # a run

    def _begin(self, time: Micros) -> None:
        """Read ahead from a time; the clock starts when every camera's first picture has come."""
        self._end_run()
        route = self._route(time)
        if route.start == route.stop:
            self._halt()
            self._rest(self._inside(time))
            return
        self._wanted = time
        self._playing = Playing(route, self._films.viewings, self._open_output)
        self._wishes += 1
        self._firsts.clear()
        fast = abs(route.rate) >= FAST or route.rate < 0
        for camera in self._in_order():
            run = Run(self._wishes, route, self._films.strips[camera], fast or camera != self._lead)
            self._readers[camera].want(run)
        self._set_playing(True)

    def _begin_anew(self) -> None:
        """Something about the way changed while playing; a pause before it goes on keeps the picture that is on."""
        if self._playing is not None:
            on = self._wanted
            self._begin(self._here())
            self._wanted = on if self._playing is not None else self._wanted

    def _route(self, time: Micros) -> Route:
        films = self._films
        if self._shuttle:
            return Route(time, films.end if self._shuttle > 0 else films.start, self._shuttle)
        heard = films.strips.get(self._heard)
        if self._range_end is not None:
            return Route(time, max(self._range_end + 1, time), self._rate, heard=heard)  # with the picture at its end
        if self._loop is not None:
            return looping(time, self._loop, (films.start, films.end), self._rate, heard)
        return Route(time, films.end, self._rate, heard=heard)

    def _start(self) -> None:
        playing = self._playing
        assert playing is not None
        for camera, first in list(self._firsts.items()):
            self._readers[camera].due(0.0)
            self._show(camera, first)
            if self._playing is not playing:
                return  # whoever saw it wanted something else
        playing.start(self._volume)
        self._timer.start()
        self._gap.start()

    def _tick(self) -> None:
        playing = self._playing
        if playing is None:
            return
        now, trouble = playing.tick()
        if trouble is not None:
            self.trouble.emit(trouble)
        for camera in self._in_order():
            if self._playing is not playing:
                return
            taken = self._readers[camera].due(now)
            if taken:
                self._late += late(taken, now)
                self._show(camera, taken[-1][1])
        if self._playing is not playing:
            return
        if self._on[self._lead] is None:
            self._wanted = self._inside(playing.meeting_time())
        done = all(reader.is_finished() for reader in self._readers.values())
        if playing.is_over() and (done or playing.is_overdue()):
            self._arrive(playing.route)

    def _tell_gap(self) -> None:
        """Where no camera's film moves, the playhead does: the gap is told again."""
        if self._playing is not None and self._on.get(self._lead) is None:
            self.shown.emit(self._lead, None)

    def _arrive(self, route: Route) -> None:
        self._halt()
        self._rest(self._inside(route.stop))

    def _on_drag_rested(self) -> None:
        if self._is_playing:
            self._begin(self._wanted)

    def _halt(self) -> None:
        self._end_run()
        self._range_end = None
        self._end_shuttle()
        self._set_playing(False)

    def _end_run(self) -> None:
        self._timer.stop()
        self._gap.stop()
        self._resume.stop()
        playing, self._playing = self._playing, None
        if playing is not None:
            self._wishes += 1
            playing.end()

    def _end_shuttle(self) -> None:
        if self._shuttle:
            self._shuttle = 0.0
            self.rate_changed.emit(self._rate)

    def _set_playing(self, playing: bool) -> None:
        if playing != self._is_playing:
            self._is_playing = playing
            self.playing_changed.emit(playing)

    # where

    def _here(self) -> Micros:
        """The playhead between two pictures while playing, else what is wanted."""
        if self._playing is not None and self._playing.has_started:
            return self._inside(self._playing.meeting_time())
        return self._wanted

    def _inside(self, time: Micros) -> Micros:
        return self._films.inside(time)

    def _in_order(self) -> list[int]:
        """The leading camera's picture is made and shown first."""
        return sorted(self._readers, key=lambda camera: (camera != self._lead, camera))

    def _played(self) -> float | None:
        playing = self._playing
        return playing.now() if playing is not None else None

    def _make_timer(self, interval: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self, interval=interval, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(act)
        return timer
