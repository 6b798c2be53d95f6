"""Keeps one camera's film while it is recorded: pictures and packed sound in, encoded fragments onto the disks out.

Encoding has a thread and each disk has one. Pictures wait in a short queue; when it grows a warning comes first, and
only when it is full are pictures dropped. What should have come is counted against what came (`attendance`).
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import ContainerError
from app.model.timecode import SECOND, Micros
from app.ports.recorder import Take, TakeEnd, Trouble
from video.copies.copy_writer import CopyWriter
from video.recording.attendance import Attendance, Short
from video.recording.feeds import SOUND_RATE

if TYPE_CHECKING:
    import av

    from video.recording.fragments import FragmentedFilm

#: pictures that wait: from the first on a warning is given, at the last they are dropped, at the least it is over
BEHIND, FULL, CAUGHT_UP = 12, 72, 2
#: large pictures are fewer: they may take so many bytes
FULL_BYTES = 240_000_000
#: the computer does not keep up when its work takes so many times its own time, measured over so much work, in seconds
CONTESTED, LEAST_WORK = 1.8, 0.05
#: sound that came before the first picture is kept for so long, in packets
EARLY_SOUND = 64


@dataclass(frozen=True, slots=True)
class SoundPacket:
    """A piece of AAC; `position` in samples since the recorder's clock began."""

    data: bytes
    position: int
    samples: int


@dataclass(frozen=True)
class Hearing:
    """Who hears of a film, in whatever thread: its first picture, its troubles, its dropped pictures, its end."""

    started: Callable[[FilmWriter, Micros], None]
    trouble: Callable[[FilmWriter, Trouble, Micros], None]
    dropped: Callable[[FilmWriter], None]
    ended: Callable[[FilmWriter, TakeEnd], None]


class FilmWriter:
    """One take. `zero` is the beginning of the recorder's clock; pictures come with the time of their arrival.

    `now` is the recording clock itself.
    """

    def __init__(
        self, take: Take, fps: float, *, sound: bool, zero: Micros, hearing: Hearing, now: Callable[[], Micros]
    ) -> None:
        self.take = take
        self._attendance = Attendance(fps)
        self._spent = self._worked = 0.0  # seconds of the clock and of this thread, since they were last compared
        self._fps, self._has_sound, self._zero, self._hearing, self._now = fps, sound, zero, hearing, now
        self._queue: deque[tuple[av.VideoFrame, Micros] | SoundPacket] = deque()
        self._pictures = 0  # waiting
        self._behind = self._ending = self._is_halted = False
        self._change = threading.Condition()
        self._film: FragmentedFilm | None = None
        self._first: Micros | None = None
        self._last: Micros | None = None
        self._came: Micros | None = None  # the last picture that was taken, whether it is written yet or not
        self._count = 0
        self._early: deque[SoundPacket] = deque(maxlen=EARLY_SOUND)
        self._file = CopyWriter(take.file, self._on_file_failed, self._since)
        self._second = CopyWriter(take.second, self._on_second_failed, self._since) if take.second is not None else None
        self._thread = threading.Thread(target=self._run, name="film writer", daemon=True)
        self._thread.start()

    # from cameras and microphone

    def take_picture(self, frame: av.VideoFrame, at: Micros, awake: Micros) -> None:
        """A picture that arrived at this time of the recording clock, and of its reading without the computer's sleep.

        Dropped and counted when the queue is full.
        """
        moment = at - self._zero
        warn = lost = False
        most = min(FULL, max(FULL_BYTES // sum(p.buffer_size for p in frame.planes), 2 * BEHIND))
        with self._change:
            if self._ending or self._is_halted:
                return
            if self._behind:
                self._attendance.strained()
            if self._pictures >= most:
                self._attendance.dropped(awake)
                lost = True
            else:
                self._attendance.came(awake)
                self._came = moment
                self._queue.append((frame, moment))
                self._pictures += 1
                warn = self._pictures >= BEHIND and not self._behind
                self._behind = self._behind or warn
                self._change.notify_all()
        if warn:
            self._hearing.trouble(self, Trouble.BEHIND, moment)
        if lost:
            self._hearing.dropped(self)

    def take_sound(self, packet: SoundPacket) -> None:
        with self._change:
            if not self._ending and self._has_sound:
                self._queue.append(packet)  # goes with the next picture: nobody is woken for it

    def halt(self) -> None:
        """No more pictures, from this moment on; the sound that waits still goes in, and then `end`."""
        with self._change:
            self._is_halted = True

    def end(self) -> None:
        """Nothing more is taken; what waits is written, then `ended` is told. Safe at any time."""
        with self._change:
            self._ending = True
            self._change.notify_all()

    def join(self) -> TakeEnd:
        """Wait for the end after `end`."""
        self._thread.join()
        return self._end()

    @property
    def on_disk(self) -> Micros | None:
        """Up to which time of the recorder's clock the film is on a disk for certain; None while nothing is."""
        found = [c.until for c in self._copies() if c.is_whole]
        return max((until for until in found if until is not None), default=None)

    @property
    def unsafe(self) -> Micros:
        """How long pictures that came are not on any disk yet."""
        with self._change:
            came, first = self._came, self._first
        safe = self.on_disk
        if came is None:
            return 0
        return came - (safe if safe is not None else came if first is None else first)

    @property
    def worst(self) -> Micros:
        """The most that a power cut would have cost of the film at any moment until now."""
        return min(c.worst for c in self._copies())

    def _since(self) -> Micros:
        return self._now() - self._zero

    def _copies(self) -> tuple[CopyWriter, ...]:
        return (self._file,) if self._second is None else (self._file, self._second)

    @property
    def is_behind(self) -> bool:
        return self._behind

    @property
    def waiting(self) -> int:
        """Pictures that are not encoded yet."""
        with self._change:
            return self._pictures

    def has_written(self, pictures: int) -> bool:
        """Whether so many pictures were encoded, and what was packed of them was given to every disk."""
        return self._count >= pictures and not any(c.waiting for c in self._copies())

    @property
    def is_strained(self) -> bool:
        """Whether the computer was found not to keep up with this film a moment ago."""
        with self._change:
            return self._behind or self._attendance.is_strained

    @property
    def short(self) -> Short:
        """What should be in the film up to now and is not."""
        with self._change:
            return self._attendance.short

    def look(self, awake: Micros, *, strained: bool) -> Short:
        """Now and then, by the awake clock: `strained` when it is seen elsewhere that the computer does not keep up."""
        with self._change:
            if not self._ending:
                if strained or self._is_contested():
                    self._attendance.strained()
                self._attendance.look(awake)
            return self._attendance.short

    def _is_contested(self) -> bool:
        """Whether others had the processor while this film's work was to be done."""
        spent, worked = self._spent, self._worked
        if spent < LEAST_WORK:
            return False
        self._spent = self._worked = 0.0
        return spent > CONTESTED * worked

    # the encoding thread

    def _run(self) -> None:
        from av.error import FFmpegError

        try:
            while (item := self._next()) is not None:
                self._write(self._packed(item))
            if self._film is not None:
                self._write(self._film.finish())
        except (FFmpegError, MemoryError):
            # what was packed before is whole and is kept; this film ends here, the others go on
            self._hearing.trouble(self, Trouble.WRITE_FAILED, self._last or 0)
        finally:
            self.end()
            self._close()

    def _close(self) -> None:
        self._queue.clear()
        for copy in self._copies():
            copy.end()
        self._file.join()
        if self._second is not None:
            self._second.join_or_leave()  # the film does not wait for a second disk that hangs
        self._hearing.ended(self, self._end())

    def _end(self) -> TakeEnd:
        second = self._second is not None and self._second.is_whole
        hangs = self._second is not None and self._second.hangs
        with self._change:
            short = self._attendance.end()
        return TakeEnd(
            self.take.recording_id, self.take.camera, self._first, self._last, self._count, short.pictures, second,
            self._file.is_whole, short.late, short.absent, second_hangs=hangs,
        )  # fmt: skip

    def _next(self) -> tuple[av.VideoFrame, Micros] | SoundPacket | None:
        caught_up = False
        with self._change:
            self._change.wait_for(lambda: self._pictures or self._ending or len(self._queue) > EARLY_SOUND)
            item = self._queue.popleft() if self._queue and self._is_kept() else None
            if item is not None and not isinstance(item, SoundPacket):
                self._pictures -= 1
                caught_up = self._behind and self._pictures <= CAUGHT_UP
                self._behind = self._behind and not caught_up
        if caught_up:
            self._hearing.trouble(self, Trouble.CAUGHT_UP, self._last or 0)
        return item

    def _is_kept(self) -> bool:
        """Whether any disk still takes this film."""
        return self._file.is_whole or (self._second is not None and self._second.is_whole)

    def _packed(self, item: tuple[av.VideoFrame, Micros] | SoundPacket) -> bytes:
        if isinstance(item, SoundPacket):
            return self._packed_sound(item)
        frame, moment = item
        begun = b""
        if self._film is None or self._first is None:
            begun = self._begin(frame, moment)
        assert self._film is not None
        assert self._first is not None
        before, own = time.monotonic(), time.thread_time()
        data = self._film.picture(frame, moment - self._first)
        spent, worked = time.monotonic() - before, time.thread_time() - own
        with self._change:
            self._spent, self._worked = self._spent + spent, self._worked + worked
        self._last = moment
        self._count += 1
        return begun + data

    def _begin(self, frame: av.VideoFrame, moment: Micros) -> bytes:
        from video.recording.fragments import FragmentedFilm

        self._film, self._first = FragmentedFilm(frame, self._fps, sound=self._has_sound), moment
        self._hearing.started(self, moment)
        early, self._early = list(self._early), deque(maxlen=EARLY_SOUND)
        return b"".join(self._packed_sound(p) for p in early)

    def _packed_sound(self, packet: SoundPacket) -> bytes:
        if self._film is None or self._first is None:
            self._early.append(packet)
            return b""
        begin = self._first * SOUND_RATE // SECOND
        return self._film.sound(packet.data, packet.position - begin, packet.samples)

    def _write(self, data: bytes) -> None:
        if data:
            until = (self._first or 0) + (self._film.covered if self._film is not None else 0)
            self._file.put(data, until)
            if self._second is not None:
                self._second.offer(data, until)

    # the disks' threads

    def _on_file_failed(self, error: ContainerError) -> None:
        self._hearing.trouble(
            self, Trouble.DISK_FULL if error.key == "disk-full" else Trouble.WRITE_FAILED, self._last or 0
        )
        self._end_when_lost()

    def _on_second_failed(self, _error: ContainerError) -> None:
        self._hearing.trouble(self, Trouble.SECOND_COPY_LOST, self._last or 0)
        self._end_when_lost()

    def _end_when_lost(self) -> None:
        if not self._is_kept():
            self.end()
