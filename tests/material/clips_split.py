"""Numbered recordings as cameras split them: every file carries its own part of one row of numbers."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from tests.material.films import Clip, numbered
from video.open.frame_index import build_index


@dataclass(frozen=True)
class Split:
    """How a recording of numbered pictures lies in files: pictures per file, and how each file is made.

    `clock_goes_on`: the timestamps of a file follow those of the one before, `pause` s later; otherwise each begins at
    `start`.
    """

    clip: Clip
    counts: tuple[int, ...] = (40, 35, 25)
    start: Fraction = Fraction(0)
    clock_goes_on: bool = False
    pause: Fraction = Fraction(0)


class Memory:
    """A container that is written from front to end, kept in memory."""

    name, wrapped_key = "memory", b""

    def __init__(self) -> None:
        self.data = bytearray()

    def write(self, data: bytes) -> int:
        self.data += data
        return len(data)


def split(folder: Path, plan: Split, name: str = "C") -> list[Path]:
    """The files of a recording, in order: picture n shows n, and a tone sounds in each file's second half."""
    paths, first, begins = [], 0, plan.start
    for number, count in enumerate(plan.counts, start=1):
        path = folder / f"{name}{number:04d}.{plan.clip.container}"
        begins += _write(path, plan.clip, first, count, begins, plan) + plan.pause
        if not plan.clock_goes_on:
            begins = plan.start
        paths.append(path)
        first += count
    return paths


def times_of(files: list[Path]) -> list[int]:
    """Where every picture of the joined film must be, µs from the first: each file begins where the one before ends."""
    times, at = [], 0
    for path in files:
        index = build_index(path)
        times += [at + t for t in index.times.tolist()]
        at += index.duration
    return times


def _write(path: Path, clip: Clip, first: int, count: int, begins: Fraction, plan: Split) -> Fraction:
    time_base = Fraction(1, clip.tick) if clip.stamps else 1 / clip.fps
    with av.open(str(path), "w", container_options=dict(clip.container_options)) as out:
        pictures = out.add_stream(clip.codec, rate=clip.fps)
        pictures.width, pictures.height = (128, 192) if clip.turned in (90, 270) else (192, 128)
        pictures.pix_fmt = "yuvj420p" if clip.codec == "mjpeg" else "yuv420p"
        pictures.gop_size, pictures.codec_context.max_b_frames = clip.gop, clip.b_frames
        pictures.codec_context.time_base = time_base
        rhythm = f"keyint={clip.gop}:scenecut=0:bframes={clip.b_frames}:open-gop=0"
        plain = {"preset": "ultrafast", "crf": "30", "x264-params": rhythm} if clip.codec == "libx264" else {}
        plain = {"preset": "ultrafast", "x265-params": "log-level=none:" + rhythm} if clip.codec == "libx265" else plain
        pictures.codec_context.options = plain | clip.options
        if clip.turned:
            pictures.set_display_rotation(clip.turned)
        sound = out.add_stream(clip.sound, rate=48_000) if clip.sound else None
        if sound is not None:
            sound.layout = "mono"
        own = clip.stamps[first : first + count] or range(count)
        ticks = [int(begins / time_base) + s - own[0] for s in own]
        seconds = (ticks[-1] - ticks[0]) * time_base + 1 / clip.fps
        for number, tick in enumerate(ticks, start=first):
            stored = np.rot90(numbered(number), -clip.turned // 90 % 4)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(stored), format="bgr24")
            frame.pts, frame.time_base = tick, time_base
            out.mux(pictures.encode(frame))
        if sound is not None:
            _beep(out, sound, float(seconds), begins)
        out.mux(pictures.encode(None))
    return seconds


def _beep(out, sound, seconds: float, begins: Fraction) -> None:
    """Quiet, and a tone of 1 kHz from the middle of the file to its end."""
    count = int(seconds * 48_000)
    wave = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(count) / 48_000)
    wave[: count // 2] = 0
    for at in range(0, count, 1024):
        packed = wave[None, at : at + 1024].astype(np.float32)
        kind = "s16" if sound.codec.name.startswith("pcm") or sound.codec.name == "mp2" else "fltp"
        if kind == "s16":
            packed = (packed * 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(packed, format=kind, layout="mono")
        frame.sample_rate, frame.time_base = 48_000, Fraction(1, 48_000)
        frame.pts = int(begins * 48_000) + at
        out.mux(sound.encode(frame))
    out.mux(sound.encode(None))


def cut(path: Path, pieces: int) -> list[Path]:
    """One file cut into pieces at whatever byte, as an AVCHD camera splits its stream."""
    whole, paths = path.read_bytes(), []
    step = len(whole) // pieces + 77
    for number in range(pieces):
        piece = path.with_name(f"{number:05d}{path.suffix}")
        piece.write_bytes(whole[number * step : (number + 1) * step])
        paths.append(piece)
    return paths
