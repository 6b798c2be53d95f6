"""The same made-up film as it may come back from elsewhere: other rates, parts, containers; each picture numbered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from shutil import copyfile

import av
import numpy as np

from tests.material.films import HEIGHT, WIDTH, numbered
from tests.material.once import once

#: µs
TICK = Fraction(1, 1_000_000)


@dataclass(frozen=True)
class Copy:
    """Which numbers a film shows and when (µs); `every` is how many pictures of the film before make one of it."""

    numbers: Sequence[int]
    times: Sequence[int]
    codec: str = "libx264"
    container: str = "mp4"
    b_frames: int = 0
    gop: int = 12
    small: int = 1  # divides width and height
    gain: float = 1.0  # contrast
    options: dict[str, str] = field(default_factory=dict)


def shot(frames: int, fps: float = 30, first: int = 0, **other) -> Copy:
    """A film as a camera makes it."""
    return Copy(range(first, first + frames), [round(n * 1_000_000 / fps) for n in range(frames)], **other)


def made(folder: Path, copy: Copy, name: str) -> Path:
    """Write a film and return its path."""
    path = folder / f"{name}.{copy.container}"
    key = sha256(repr((copy, list(copy.numbers), list(copy.times))).encode()).hexdigest()
    copyfile(once(f"{key}.{copy.container}", lambda at: _write(at, copy)), path)
    return path


def _write(path: Path, copy: Copy) -> None:
    rhythm = f"keyint={copy.gop}:scenecut=0:bframes={copy.b_frames}"
    basic = {"libx264": {"preset": "ultrafast", "crf": "28", "x264-params": rhythm}}
    clock = Fraction(1, 90_000) if copy.container == "mp4" else Fraction(1, 1000)
    with av.open(str(path), "w") as out:
        stream = out.add_stream(copy.codec, rate=30)
        stream.width, stream.height = WIDTH // copy.small, HEIGHT // copy.small
        stream.pix_fmt = "yuv420p"
        stream.gop_size, stream.codec_context.max_b_frames = copy.gop, copy.b_frames
        stream.codec_context.thread_count = 1
        stream.codec_context.options = basic.get(copy.codec, {}) | copy.options
        stream.codec_context.time_base = clock
        for number, time in zip(copy.numbers, copy.times, strict=True):
            plain = numbered(number)[:: copy.small, :: copy.small]
            gray = ((plain - 128.0) * copy.gain + 128).clip(0, 255).astype(np.uint8)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(gray), format="bgr24")
            frame.pts, frame.time_base = round(time * TICK / clock), clock
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
