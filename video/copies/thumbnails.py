"""Small pictures along a film for the timeline, made once by a job and read one by one.

b"HTN1" | length of the head, u32 | head, zlib(JSON: step, size, pictures as [film time, number, bytes]) | JPEGs
"""

from __future__ import annotations

import json
import struct
import threading
import zlib
from collections.abc import Callable
from typing import BinaryIO

from app.errors import FilmError
from app.model.timecode import SECOND, Micros
from app.model.units import Position
from app.ports import Picture
from app.ports.films import Thumbnails
from video.open.frame_index import FrameIndex
from video.open.frames import FrameSource

MAGIC = b"HTN1"
#: pixels: the strip's height on a screen of double density
HEIGHT = 108
#: a wide film's picture is no wider than this
WIDEST = 4 * HEIGHT
BOX = (WIDEST, HEIGHT)
#: how many a film gets, within the shortest and the longest step
ABOUT, SHORTEST, LONGEST_STEP = 120, 2 * SECOND, 10 * SECOND
#: a keyframe that is on so shortly before stands for the picture itself, and costs a hundredth
NEAR: Micros = 10 * SECOND
QUALITY = 80
_MOST_BYTES = 64_000_000


def step_of(index: FrameIndex) -> Micros:
    """Film time from one thumbnail to the next, in whole tenths of a second."""
    step = min(max(index.duration // ABOUT, SHORTEST), LONGEST_STEP)
    return step // (SECOND // 10) * (SECOND // 10)


def write_thumbnails(
    film: BinaryIO, index: FrameIndex, write: Callable[[bytes], int], progress: Callable[[float], None]
) -> None:
    """Write the thumbnails of a whole film. Raises what opening it raises, and FilmError(`film-damaged`)."""
    strip = Strip(index)
    source = FrameSource(film, index, cache_bytes=0)
    try:
        for done, position in enumerate(strip.wanted):
            strip.put(position, _taken(source, position, index))
            progress(done / len(strip.wanted))
    finally:
        source.close()
    strip.write(write)


class Strip:
    """The thumbnails of a film, gathered in any order: `wanted` are the pictures that they are made of."""

    def __init__(self, index: FrameIndex) -> None:
        self._step = step_of(index)
        self._places = [
            _stands_for(index, min(number * self._step, int(index.times[-1])))
            for number in range(index.duration // self._step + 1)
        ]
        self.wanted = tuple(dict.fromkeys(self._places))
        self._made: dict[Position, tuple[Picture, bytes]] = {}

    @property
    def is_whole(self) -> bool:
        """Whether every wanted picture has come."""
        return len(self._made) == len(self.wanted)

    def put(self, position: Position, picture: Picture | None) -> None:
        """The picture of a wanted place, None where there is none. Raises FilmError(`picture-not-written`)."""
        if picture is not None:
            self._made[position] = picture, _jpeg(picture)

    def write(self, write: Callable[[bytes], int]) -> None:
        """A broken stretch shows what was on before it. Raises FilmError(`film-damaged`) when there is no picture."""
        strip = [self._made.get(place) for place in self._places]
        found = next((one for one in strip if one is not None), None)
        if found is None:
            raise FilmError("film-damaged")
        whole = [found := one or found for one in strip]
        rows = [[picture.time, picture.number, len(jpeg)] for picture, jpeg in whole]
        size = [whole[0][0].width, whole[0][0].height]
        head = zlib.compress(json.dumps({"step": self._step, "size": size, "pictures": rows}).encode())
        write(MAGIC + struct.pack("<I", len(head)) + head)
        for _, jpeg in whole:
            write(jpeg)


def _stands_for(index: FrameIndex, time: Micros) -> Position:
    """The picture of a time, or the keyframe shortly before it."""
    position = index.position_at(time)
    key = index.key_before(position)
    return key if int(index.times[position] - index.times[key]) <= NEAR else position


def _taken(source: FrameSource, position: Position, index: FrameIndex) -> Picture | None:
    """The picture of a place; None when nothing can be decoded there."""
    is_key = index.key_before(position) == position
    try:
        return source.key_picture(position, BOX) if is_key else source.picture(position, BOX)
    except FilmError as error:
        if error.key != "film-damaged":
            raise
        return None


def _jpeg(picture: Picture) -> bytes:
    import cv2

    done, jpeg = cv2.imencode(".jpg", picture.pixels[:, :, :3], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    if not done:
        raise FilmError("picture-not-written")
    return jpeg.tobytes()


def read_thumbnails(file: BinaryIO) -> Thumbnails:
    """What `write_thumbnails` wrote; the file is read from as long as pictures are asked for.

    Raises FilmError(`copy-damaged`), also when a picture is asked for.
    """
    try:
        file.seek(0)
        magic, length = struct.unpack("<4sI", file.read(8))
        if magic != MAGIC:
            raise FilmError("copy-damaged")
        head = json.loads(zlib.decompressobj().decompress(file.read(length), _MOST_BYTES))
        rows = [(int(time), int(number), int(size)) for time, number, size in head["pictures"]]
        width, height = (int(pixels) for pixels in head["size"])
        step = int(head["step"])
    except (zlib.error, struct.error, ValueError, KeyError, TypeError) as error:
        raise FilmError("copy-damaged") from error
    if not rows or step <= 0 or min(width, height, *(size for _, _, size in rows)) <= 0:
        raise FilmError("copy-damaged")
    return Thumbnails(step, width, height, len(rows), _Reader(file, 8 + length, rows).picture)


class _Reader:
    """Reads one JPEG at a time; the file object has one place, so one thread has it at a time."""

    def __init__(self, file: BinaryIO, begin: int, rows: list[tuple[Micros, int, int]]) -> None:
        self._file, self._rows = file, rows
        self._lock = threading.Lock()
        self._places = [begin]
        for _, _, size in rows:
            self._places.append(self._places[-1] + size)

    def picture(self, number: int) -> Picture:
        import cv2
        import numpy as np

        time, position, size = self._rows[number]
        with self._lock:
            self._file.seek(self._places[number])
            content = self._file.read(size)
        plain = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR) if len(content) == size else None
        if plain is None:
            raise FilmError("copy-damaged")
        pixels = cv2.cvtColor(plain, cv2.COLOR_BGR2BGRA)
        return Picture(time, position, pixels.shape[1], pixels.shape[0], pixels)
