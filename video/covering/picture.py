"""One picture of a covered clip: upright, with square pixels, with solid covers and the word of secrecy burned in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from app.model.cover import WHOLE, Box
from app.model.units import Pixels
from video.open.colors import FULL, Scaler, kind_of, matrix_of
from video.open.orientation import UPRIGHT, is_turned, upright
from video.open.proportions import drawn_size, on_black

if TYPE_CHECKING:
    from fractions import Fraction

    import av
    import numpy as np
    from numpy.typing import NDArray

    from video.open.frame_index import FrameIndex

#: luma and chroma of a cover, and of the strip of the word: black
COVER = (16, 128, 128)
_WRITING = 235
#: what an encoder codes as one block; a cover fills whole ones, and one more around them that shields its inside
BLOCK: Pixels = 16
_FONT = Path(__file__).parents[2] / "resources" / "fonts" / "Inter-SemiBold.ttf"
#: how high the strip of the word is, of the picture's shorter side, and at least
_STRIP, _LEAST_STRIP = 22, 16

#: left, top, right and bottom in pixels, the last two not in it
Area: TypeAlias = tuple[Pixels, Pixels, Pixels, Pixels]
#: luma and both chromas
Planes: TypeAlias = "tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]"


@dataclass(frozen=True)
class Burned:
    """A picture as it is given to the encoder: what is covered of it, and what the covers fill."""

    picture: av.VideoFrame
    inside: tuple[Area, ...]
    filled: tuple[Area, ...]


def out_size(index: FrameIndex) -> tuple[Pixels, Pixels]:
    """Width and height of a written clip's pictures: upright, square pixels, even numbers."""
    wide, high = index.shown_size
    return max(wide // 2 * 2, 2), max(high // 2 * 2, 2)


class Upright:
    """Makes a film's decoded pictures plain: upright, of one size, square pixels, ordinary colors."""

    def __init__(self, index: FrameIndex, size: tuple[Pixels, Pixels] | None = None) -> None:
        """`size` is another width and height of the upright pictures, in even numbers and their own proportions."""
        self._index, self._size = index, size or out_size(index)
        self._scaler = Scaler((index.width, index.height))

    def plain(self, frame: av.VideoFrame, matrix: int | None = None) -> av.VideoFrame:
        """A picture of our own in 4:2:0 that may be written into, stored by `matrix` or as it was.

        Raises av.error.FFmpegError.
        """
        index = self._index
        wide, high = self._size[::-1] if is_turned(index.orientation) else self._size
        drawn = drawn_size((frame.width, frame.height), index, (wide, high))
        made = frame
        stays = matrix in (None, matrix_of(frame, (index.width, index.height)))
        if not (_is_plain(frame) and stays) or drawn != (frame.width, frame.height):
            shrinks = drawn[0] < frame.width or drawn[1] < frame.height
            how = "AREA" if shrinks else "BICUBIC"
            made = self._scaler.scaled(frame, drawn, "yuv420p", how, matrix=matrix)
        made = on_black(made, (wide, high))
        if index.orientation == UPRIGHT:
            return framed(planes_of(made), made)
        luma, blue, red = (upright(plane, index.orientation) for plane in planes_of(made))
        return framed((luma, blue, red), made)


def _is_plain(frame: av.VideoFrame) -> bool:
    """Whether a picture is of ordinary colors already: nothing is scaled, nothing converted."""
    return frame.format.name == "yuv420p" and int(frame.color_range) != FULL and kind_of(frame) is None


def planes_of(frame: av.VideoFrame) -> Planes:
    """Luma and chroma of a picture in 4:2:0, its own memory."""
    import numpy as np

    found = []
    for plane in frame.planes:
        rows: NDArray[np.uint8] = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
        found.append(rows[:, : plane.width])
    luma, blue, red = found
    return luma, blue, red


def framed(planes: Planes, like: av.VideoFrame) -> av.VideoFrame:
    """The planes copied into a picture of our own, with the words about color of another one."""
    import av

    high, wide = planes[0].shape
    made = av.VideoFrame(wide, high, "yuv420p")
    for target, plane in zip(planes_of(made), planes, strict=True):
        target[:] = plane
    made.colorspace, made.color_range = like.colorspace, like.color_range
    made.color_trc, made.color_primaries = like.color_trc, like.color_primaries
    return made


def burn(made: av.VideoFrame, covers: tuple[tuple[Area, ...], tuple[Area, ...]], strip: Strip | None) -> Burned:
    """Covers into the picture itself, then the word, whose strip is as solid.

    `covers` are the areas that must be of one color, and those that are filled for it.
    """
    inside, filled = covers
    planes = planes_of(made)
    for area in filled:
        for plane, part, color in zip(planes, (1, 2, 2), COVER, strict=True):
            part_of(plane, area, part)[:] = color
    if strip is not None:
        strip.put(planes)
    return Burned(made, inside, filled)


class Finest:
    """Tells the encoder which areas of a picture it is to code as finely as it can.

    What is solid is then of one color exactly, also where another picture was a moment before, at no cost elsewhere.
    FFmpeg says it through a graph of filters, which is built anew only when the areas are others than a moment before.
    """

    def __init__(self, tick: Fraction) -> None:
        self._tick = tick
        self._kind: object = None
        self._way: tuple[Any, Any, Any] | None = None

    def told(self, frame: av.VideoFrame, areas: Sequence[Area]) -> av.VideoFrame:
        """The same memory, with that word; a picture without areas as it is."""
        if not areas:
            return frame
        kind = (frame.width, frame.height, frame.format.name, *areas)
        if self._way is None or kind != self._kind:
            self._way, self._kind = _regions(frame, areas, self._tick), kind
        _, first, last = self._way
        first.push(frame)
        made: av.VideoFrame = last.pull()
        return made


def _regions(frame: av.VideoFrame, areas: Sequence[Area], tick: Fraction) -> tuple[Any, Any, Any]:
    """The graph that marks the areas, where a picture goes in, and where it comes out."""
    import av

    graph: Any = av.filter.Graph()
    graph.threads = 1  # it moves no pixel: threads would be started for nothing
    first = last = graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=tick)
    for left, top, right, bottom in areas:
        region = graph.add("addroi", f"x={left}:y={top}:w={right - left}:h={bottom - top}:qoffset=-1")
        last.link_to(region)
        last = region
    sink = graph.add("buffersink")
    last.link_to(sink)
    graph.configure()
    return graph, first, sink


def area_of(box: Box, size: tuple[Pixels, Pixels]) -> Area:
    """The pixels of a box, rounded outward to even ones."""
    wide, high = size
    left, top = (edge * side // WHOLE // 2 * 2 for edge, side in ((box.left, wide), (box.top, high)))
    right, bottom = (-(-edge * side // (WHOLE * 2)) * 2 for edge, side in ((box.right, wide), (box.bottom, high)))
    return left, top, min(right, wide), min(bottom, high)


def blocks_of(area: Area, size: tuple[Pixels, Pixels]) -> Area:
    """The blocks that an area touches, and one more around them."""
    left, top, right, bottom = area
    begin = ((edge // BLOCK - 1) * BLOCK for edge in (left, top))
    end = ((-(-edge // BLOCK) + 1) * BLOCK for edge in (right, bottom))
    left, top = (max(edge, 0) for edge in begin)
    right, bottom = (min(edge, side) for edge, side in zip(end, size, strict=True))
    return left, top, right, bottom


def outside(area: Area, hole: Area | None) -> list[Area]:
    """The parts of an area that are not in another one."""
    left, top, right, bottom = area
    if hole is None or hole[0] >= right or hole[2] <= left or hole[1] >= bottom or hole[3] <= top:
        return [area]
    parts = [
        (left, top, right, max(hole[1], top)),
        (left, min(hole[3], bottom), right, bottom),
        (left, max(hole[1], top), max(hole[0], left), min(hole[3], bottom)),
        (min(hole[2], right), max(hole[1], top), right, min(hole[3], bottom)),
    ]
    return [p for p in parts if p[0] < p[2] and p[1] < p[3]]


def part_of(plane: NDArray[Any], area: Area, part: Pixels) -> NDArray[Any]:
    """An area of one plane, of whose samples each stands for `part` pixels each way: 2 for chroma."""
    left, top, right, bottom = area
    return plane[top // part : -(-bottom // part), left // part : -(-right // part)]


class Strip:
    """The word of secrecy on its black strip, for pictures of one size, along their lower edge."""

    def __init__(self, word: str, size: tuple[Pixels, Pixels]) -> None:
        from PIL import Image, ImageDraw, ImageFont

        wide, high = size
        tall = min(max(min(size) // _STRIP // 2 * 2, _LEAST_STRIP), high)
        font = ImageFont.truetype(str(_FONT), tall * 5 // 8)
        length = font.getlength(word)
        if length > wide - tall:  # a narrow picture has it smaller rather than cut
            font = ImageFont.truetype(str(_FONT), max(int(tall * 5 / 8 * (wide - tall) / length), 1))
            length = font.getlength(word)
        across = min(int(length + tall) // 2 * 2, wide)
        image = Image.new("L", (across, tall), 0)
        ImageDraw.Draw(image).text((across / 2, tall / 2), word, fill=255, font=font, anchor="mm")
        self.light: NDArray[np.uint8] = _bytes_of(image)  # of shape (height, width): 0 is black, 255 white
        self._letters = _lumas(self.light)
        self.area: Area = (0, high - tall, across, high)

    def put(self, planes: Sequence[NDArray[Any]]) -> None:
        """Over whatever is there."""
        part_of(planes[0], self.area, 1)[:] = self._letters
        for plane in planes[1:]:
            part_of(plane, self.area, 2)[:] = COVER[1]


def _bytes_of(image: Any) -> NDArray[np.uint8]:
    import numpy as np

    return np.asarray(image, dtype=np.uint8)


def _lumas(light: NDArray[np.uint8]) -> NDArray[np.uint8]:
    import numpy as np

    made: NDArray[np.uint8] = np.round(COVER[0] + light / np.float32(255) * (_WRITING - COVER[0])).astype(np.uint8)
    return made
