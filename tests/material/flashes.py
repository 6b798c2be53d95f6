"""Films that flash and beep at the same instants: how far sound and picture are apart is then a fact."""

import struct
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from video.open.frames import FrameSource

RATE = 48_000
#: pictures that a flash stays, and samples of a beep
FLASH, BEEP = 2, RATE // 12


@dataclass(frozen=True)
class Flashing:
    """`every` pictures a flash, the first at picture `first`; `start` in s is where the film's clock begins."""

    codec: str = "libx264"
    container: str = "mp4"
    sound: str = "aac"
    fps: Fraction = Fraction(25)
    size: tuple[int, int] = (192, 128)
    pixels: str = "yuv420p"
    frames: int = 100
    every: int = 25
    first: int = 5
    gop: int = 12
    b_frames: int = 0
    start: Fraction = Fraction(0)
    layout: str = "mono"
    container_options: tuple[tuple[str, str], ...] = ()

    @property
    def flashes(self) -> list[int]:
        return list(range(self.first, self.frames, self.every))


def flashing(path: Path, film: Flashing) -> Path:
    path = path.with_suffix(f".{film.container}")
    with av.open(str(path), "w", container_options=dict(film.container_options)) as out:
        pictures = out.add_stream(film.codec, rate=film.fps)
        pictures.width, pictures.height = film.size
        pictures.pix_fmt, pictures.gop_size = film.pixels, film.gop
        pictures.codec_context.max_b_frames = film.b_frames
        pictures.codec_context.thread_count = 1
        pictures.codec_context.time_base = 1 / film.fps
        if film.codec == "libx264":
            pictures.codec_context.options = {"preset": "ultrafast", "x264-params": f"keyint={film.gop}:scenecut=0"}
        track = out.add_stream(film.sound, rate=RATE)
        track.layout = film.layout
        _write(out, pictures, track, film)
    return path


def _write(out, pictures, track, film: Flashing) -> None:
    sound, channels = _beeps(film), len(track.layout.channels)
    first, done = round(film.start * film.fps), 0
    piece = track.codec_context.frame_size or 1024
    for number in range(film.frames):
        is_lit = (number - film.first) % film.every < FLASH and number >= film.first
        gray = np.full((film.size[1], film.size[0], 3), 235 if is_lit else 16, dtype=np.uint8)
        frame = av.VideoFrame.from_ndarray(gray, format="rgb24").reformat(format=film.pixels)
        frame.pts, frame.time_base = first + number, 1 / film.fps
        out.mux(pictures.encode(frame))
        until = int((number + 1) / film.fps * RATE)
        while done + piece <= until:
            _speak(out, track, sound[done : done + piece], done + round(film.start * RATE), channels)
            done += piece
    out.mux(pictures.encode(None))
    out.mux(track.encode(None))


def _speak(out, track, piece: np.ndarray, at: int, channels: int) -> None:
    packed = np.repeat(piece[:, None], channels, axis=1).reshape(1, -1)
    form = track.format.name if track.format is not None else "fltp"
    frame = av.AudioFrame.from_ndarray(packed.astype(np.float32), format="flt", layout=track.layout.name)
    frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
    for ready in av.AudioResampler(form, track.layout, RATE).resample(frame):
        ready.pts, ready.time_base = at, Fraction(1, RATE)
        out.mux(track.encode(ready))


def _beeps(film: Flashing) -> np.ndarray:
    sound = np.zeros(int(film.frames / film.fps * RATE) + RATE)
    tone = 0.5 * np.sin(2 * np.pi * 2_000 * np.arange(BEEP) / RATE)
    for number in film.flashes:
        at = round(number / film.fps * RATE)
        sound[at : at + BEEP] = tone
    return sound


def trimmed(path: Path, seconds: float) -> Path:
    """The film without its first `seconds`, as phones trim: its edit lists say so, and nothing is stored anew."""
    film = bytearray(path.read_bytes())
    for begin, end in _boxes(film, (0, len(film)), b"moov", b"trak"):
        ((edits, _),) = _boxes(film, (begin, end), b"edts", b"elst")
        ((head, _),) = _boxes(film, (begin, end), b"mdia", b"mdhd")
        (ticks,) = struct.unpack_from(">I", film, head + 12)
        length, first = struct.unpack_from(">Ii", film, edits + 8)
        struct.pack_into(">Ii", film, edits + 8, length - round(seconds * 1000), first + round(seconds * ticks))
    cut = path.with_stem(f"{path.stem}-trimmed")
    cut.write_bytes(film)
    return cut


def _boxes(film: bytearray, span: tuple[int, int], kind: bytes, *inner: bytes) -> list[tuple[int, int]]:
    """Where the content of such boxes of MP4 lies (ISO/IEC 14496-12), those inside of each other."""
    found, at = [], span[0]
    while at < span[1]:
        size, name = struct.unpack_from(">I4s", film, at)
        if name == kind:
            found += _boxes(film, (at + 8, at + size), *inner) if inner else [(at + 8, at + size)]
        at += size
    return found


def flashes_of(path: Path, index) -> list[int]:
    """When each flash begins on the film's own clock, in µs, read from its pictures."""
    source, found, was_lit = FrameSource(path, index), [], False
    for number in range(len(index)):
        is_lit = source.pixels(number, (32, 32))[1][:, :, :3].mean() > 127
        if is_lit and not was_lit:
            found.append(int(index.times[number]))
        was_lit = is_lit
    source.close()
    return found


def begins(samples: np.ndarray, rate: int) -> list[float]:
    """When each beep begins in samples of one channel, in s."""
    loud = np.abs(samples) > 0.4 * np.abs(samples).max()
    places = np.flatnonzero(loud)
    return [int(at) / rate for at, before in zip(places, [-rate, *places[:-1]], strict=True) if at - before > rate / 5]
