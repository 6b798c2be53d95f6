"""Films of a few large patches of known color, stored as a test wants it: matrix, range, curve of light, primaries."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

#: red and blue of the light of each matrix (ITU-T H.273, table 4), by its number there
LIGHT = {1: (0.2126, 0.0722), 5: (0.299, 0.114), 6: (0.299, 0.114), 7: (0.212, 0.087), 9: (0.2627, 0.0593)}
UNSAID = 2


@dataclass(frozen=True)
class Colored:
    """`matrix` is how the colors are stored, `said` what the film says of it; numbers are those of H.273."""

    size: tuple[int, int] = (320, 180)
    matrix: int = 1
    said: int = 1
    full: bool = False
    transfer: int = UNSAID
    primaries: int = UNSAID
    codec: str = "ffv1"
    container: str = "mkv"
    bits: int = 8
    frames: int = 3

    @property
    def pixels(self) -> str:
        return "yuv420p10le" if self.bits == 10 else "yuvj420p" if self.codec == "mjpeg" else "yuv420p"


def colored(path: Path, colors: list[tuple[float, float, float]], film: Colored = Colored()) -> Path:
    """A film whose pictures show `colors` (red, green, blue, 0 to 1 as stored) side by side."""
    options = {"libx265": {"preset": "ultrafast", "x265-params": "log-level=none:lossless=1"}, "mjpeg": {"qmin": "1"}}
    path = path.with_suffix(f".{film.container}")
    with av.open(str(path), "w") as out:
        track = out.add_stream(film.codec, rate=25, options=options.get(film.codec, {}))
        track.width, track.height = film.size
        track.pix_fmt = film.pixels
        context = track.codec_context
        context.thread_count = 1
        context.colorspace, context.color_range = film.said, 2 if film.full else 1
        context.color_trc, context.color_primaries = film.transfer, film.primaries
        for number in range(film.frames):
            frame = stored(colors, film)
            frame.pts, frame.time_base = number, Fraction(1, 25)
            out.mux(track.encode(frame))
        out.mux(track.encode(None))
    return path


def stored(colors: list[tuple[float, float, float]], film: Colored) -> av.VideoFrame:
    """One picture of it."""
    wide, high = film.size
    frame = av.VideoFrame(wide, high, film.pixels)
    frame.colorspace, frame.color_range = film.said, 2 if film.full else 1
    frame.color_trc, frame.color_primaries = film.transfer, film.primaries
    kind = "<u2" if film.bits == 10 else "u1"
    levels = np.array([_levels(color, film) for color in colors])
    for plane, part, row in zip(frame.planes, (1, 2, 2), levels.T, strict=True):
        across = row[np.arange(wide // part) * len(colors) // (wide // part)]
        rows = np.zeros((plane.height, plane.line_size // np.dtype(kind).itemsize), dtype=kind)
        rows[:, : wide // part] = across
        plane.update(rows.tobytes())
    return frame


def _levels(color: tuple[float, float, float], film: Colored) -> tuple[int, int, int]:
    """Luma and chroma as the film stores them (ITU-T H.273, 8.3)."""
    red, green, blue = color
    of_red, of_blue = LIGHT[film.matrix]
    light = of_red * red + (1 - of_red - of_blue) * green + of_blue * blue
    chroma = (blue - light) / 2 / (1 - of_blue), (red - light) / 2 / (1 - of_red)
    whole, more = (1 << film.bits) - 1, 1 << (film.bits - 8)
    if film.full:
        return (round(light * whole), *(round(128 * more + c * whole) for c in chroma))
    return (round((16 + 219 * light) * more), *(round((128 + 224 * c) * more) for c in chroma))


def seen(pixels: np.ndarray, count: int) -> list[tuple[int, int, int]]:
    """Red, green and blue, 0 to 255, of each of `count` patches in BGRA or BGR pixels."""
    high, wide = pixels.shape[:2]
    places = [round((n + 0.5) * wide / count) for n in range(count)]
    return [tuple(int(v) for v in pixels[high // 2, x, 2::-1]) for x in places]
