"""Small copy, waveform and thumbnails made beside the one complete decode of a film, of its own pictures and sound.

Pictures wait for a thread of their own, which makes them small and encodes them: the decode goes on meanwhile, and
waits only when many wait. A part of the small copy, or the thumbnails, that lack a picture are left out: `write_scrub`
makes them later, of what can be decoded there.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.errors import FilmError
from app.model.recording import DerivedKind
from app.model.units import ByteCount, ItemPlace, Position
from app.ports import Picture
from video.copies import scrub_copy
from video.copies.scrub_copy import ScrubPart
from video.copies.thumbnails import BOX, Strip
from video.copies.waveform import Peaks
from video.open.colors import Scaler
from video.open.frames import to_pixels

if TYPE_CHECKING:
    import av
    from av.audio.frame import AudioFrame

    from video.open.frame_index import FrameIndex

#: bytes of decoded pictures that may wait, and how many at least and at most
WAITING_BYTES, FEWEST, MOST = 64_000_000, 3, 24
#: bytes of a copy that are told at once
PIECE: ByteCount = 262_144

#: told (kind, part, content): a piece of a copy
Write = Callable[[DerivedKind, int, bytes], None]
#: told (kind, part, packed index): a part is finished; None for the index of one that is of no use
End = Callable[[DerivedKind, int, bytes | None], None]


class CopiesAlong:
    """A `Taker`. `end` waits until everything is made, `stop` until nothing more is; both may follow each other."""

    def __init__(self, index: FrameIndex, tracks: int, write: Write, end: End) -> None:
        self._index, self._write, self._end = index, write, end
        self._peaks = Peaks(index, tracks) if index.sound_tracks else None
        self._strip = Strip(index)
        self._scaler = Scaler((index.width, index.height))
        self._to_show = frozenset(self._strip.wanted)
        self._scrub = _Scrub(index, write, end)
        room = WAITING_BYTES // max(index.width * index.height * 3 // 2, 1)
        self._waiting: queue.Queue[tuple[Position, av.VideoFrame] | None] = queue.Queue(min(max(room, FEWEST), MOST))
        self._thread = threading.Thread(target=self._run, name="copies along", daemon=True)
        self._thread.start()

    def picture(self, position: Position, frame: av.VideoFrame) -> None:
        self._waiting.put((position, frame))

    def sound(self, track: ItemPlace, frame: AudioFrame) -> None:
        if self._peaks is not None:
            self._peaks.take(track, frame)

    def end(self) -> None:
        """After the last picture."""
        self.stop()
        if self._peaks is not None:
            self._whole(DerivedKind.WAVEFORM, self._peaks.write)
        if self._strip.is_whole:
            self._whole(DerivedKind.THUMBNAILS, self._strip.write)

    def stop(self) -> None:
        if self._thread.is_alive():
            self._waiting.put(None)
            self._thread.join()

    def _whole(self, kind: DerivedKind, write: Callable[[Callable[[bytes], int]], None]) -> None:
        pieces = Pieces(kind, 0, self._write)
        write(pieces.write)
        pieces.flush()
        self._end(kind, 0, b"")

    # in the thread

    def _run(self) -> None:
        """Whatever goes wrong here costs the copies alone; who makes them later tells why it cannot be done."""
        from av.error import FFmpegError

        is_whole = False
        try:
            while (one := self._waiting.get()) is not None:
                self._take(*one)
            is_whole = True
            self._scrub.end()
        except (FFmpegError, FilmError, MemoryError):
            self._scrub.give_up()
        finally:
            while not is_whole:  # the decode must not wait for room
                is_whole = self._waiting.get() is None

    def _take(self, position: Position, frame: av.VideoFrame) -> None:
        if position in self._to_show:
            pixels = to_pixels(frame, self._index, BOX, self._scaler)
            time = int(self._index.times[position])
            self._strip.put(position, Picture(time, position, pixels.shape[1], pixels.shape[0], pixels))
        self._scrub.take(position, frame)


class _Scrub:
    """The parts of the small copy, one after another."""

    def __init__(self, index: FrameIndex, write: Write, end: End) -> None:
        self._index, self._write, self._end = index, write, end
        self._spans = scrub_copy.parts(index)
        self._number = -1
        self._part: ScrubPart | None = None
        self._pieces = Pieces(DerivedKind.SCRUB, 0, write)

    def take(self, position: Position, frame: av.VideoFrame) -> None:
        while self._part is None or position >= self._part.wanted.stop:
            self.end()
            self._number += 1
            self._pieces = Pieces(DerivedKind.SCRUB, self._number, self._write)
            self._part = ScrubPart(self._index, self._spans[self._number], self._pieces.write)
        self._part.take(position, frame)

    def end(self) -> None:
        if self._part is None:
            return
        packed = self._part.end() if self._part.is_whole else None
        if packed is not None:
            self._pieces.flush()
        self._end(DerivedKind.SCRUB, self._number, packed)
        self._part = None

    def give_up(self) -> None:
        if self._part is not None:
            self._end(DerivedKind.SCRUB, self._number, None)
            self._part = None


class Pieces:
    """Gathers a copy into larger pieces."""

    def __init__(self, kind: DerivedKind, part: ItemPlace, tell: Write) -> None:
        self._kind, self._part, self._tell = kind, part, tell
        self._piece = bytearray()

    def write(self, content: bytes) -> ByteCount:
        self._piece += content
        if len(self._piece) >= PIECE:
            self.flush()
        return len(content)

    def flush(self) -> None:
        for at in range(0, len(self._piece), PIECE):
            self._tell(self._kind, self._part, bytes(self._piece[at : at + PIECE]))
        self._piece = bytearray()
