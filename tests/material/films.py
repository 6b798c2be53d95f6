"""Small films made in code: every picture carries its own number as black and white blocks that a test reads back."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import av
import numpy as np

from tests.material.once import once

WIDTH, HEIGHT = 192, 128
BITS = 16
_WORTH = 1 << np.arange(BITS)


@dataclass(frozen=True)
class Clip:
    """What a numbered film shall be like. `stamps` (in 1/`tick` s) overrides the constant rate."""

    codec: str = "libx264"
    container: str = "mp4"
    fps: Fraction = Fraction(25)
    frames: int = 60
    gop: int = 20
    b_frames: int = 0
    stamps: Sequence[int] = ()
    tick: int = 1000
    start: Fraction = Fraction(0)
    turned: int = 0  # degrees counterclockwise that a player must turn it
    pixel_shape: Fraction = Fraction(1)
    sound: str = ""
    options: dict[str, str] = field(default_factory=dict)
    container_options: dict[str, str] = field(default_factory=dict)
    cut: int = 0  # pictures at the beginning that an edit list hides
    scale: int = 1  # times WIDTH and HEIGHT
    size: tuple[int, int] = (0, 0)  # instead of that, for codecs that know only some
    pixels: str = ""  # the codec's pixel format, when it has not yuv420p
    tag: str = ""  # the codec's four letters in the container
    noise: int = 0  # its sound is this noise, full of what could begin a picture, and no tone

    @property
    def numbers(self) -> list[int]:
        """The numbers that are seen, in order."""
        return list(range(self.cut, len(self.stamps) or self.frames))

    @property
    def times(self) -> list[int]:
        """Picture times in µs from the first, as the film's clock counts them before the container rounds."""
        if self.stamps:
            return [(s - self.stamps[0]) * 1_000_000 // self.tick for s in self.stamps]
        return [int(n / self.fps * 1_000_000) for n in range(self.frames - self.cut)]


def numbered(number: int, scale: int = 1) -> np.ndarray:
    """An upright BGR picture, two rows of eight blocks: the lowest bit is at the upper left."""
    blocks = np.array([(number >> bit) & 1 for bit in range(BITS)], dtype=np.uint8).reshape(2, 8)
    gray = np.kron(blocks * 255, np.ones((HEIGHT // 2 * scale, WIDTH // 8 * scale), dtype=np.uint8))
    return np.repeat(gray[:, :, None], 3, axis=2)


def read_number(pixels: np.ndarray) -> int:
    """The number in an upright picture of any size."""
    rows, columns = _middles(*pixels.shape[:2])
    light = pixels[rows, columns, :3].reshape(BITS, -1).mean(axis=1) > 127
    return int(light @ _WORTH)


@lru_cache(maxsize=64)
def _middles(high: int, wide: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of the pixels in the middle of each block: seven by five, bit by bit."""
    row, column = np.divmod(np.arange(BITS), 8)
    y, x = (row * 2 + 1) * high // 4, (column * 2 + 1) * wide // 16
    rows = (y[:, None] + np.arange(-3, 4)).clip(0, high - 1)
    columns = (x[:, None] + np.arange(-2, 3)).clip(0, wide - 1)
    return rows[:, :, None], columns[:, None, :]


def build(folder: Path, clip: Clip, name: str = "film") -> Path:
    """Write a numbered film and return its path; one that was made in this run is copied."""
    path = folder / f"{name}.{clip.container}"
    shutil.copyfile(once(f"{_content(clip)}.{clip.container}", lambda at: write(at, clip)), path)
    return path


def _content(clip: Clip) -> str:
    """A name for what a film of a clip would hold, also where a test draws its numbers in another way."""
    return sha256(repr((clip, WIDTH, HEIGHT)).encode() + numbered(1, clip.scale).tobytes()).hexdigest()


def write(path: Path, clip: Clip) -> None:
    """Make a numbered film at a path whose ending names its container."""
    with av.open(str(path), "w", container_options=dict(clip.container_options)) as out:
        stream = out.add_stream(clip.codec, rate=clip.fps)
        stream.codec_context.thread_count = 1
        sideways = clip.turned in (90, 270, -90)
        wide, high = WIDTH * clip.scale, HEIGHT * clip.scale
        stream.width, stream.height = (high, wide) if sideways else (wide, high)
        if any(clip.size):
            stream.width, stream.height = clip.size
        stream.pix_fmt = clip.pixels or ("yuvj420p" if clip.codec == "mjpeg" else "yuv420p")
        if clip.tag:
            stream.codec_context.codec_tag = clip.tag
        stream.gop_size = clip.gop
        stream.codec_context.max_b_frames = clip.b_frames
        stream.codec_context.sample_aspect_ratio = clip.pixel_shape
        stream.codec_context.options = _options(clip)
        time_base = Fraction(1, clip.tick) if clip.stamps else 1 / clip.fps
        stream.codec_context.time_base = time_base
        if clip.turned:
            stream.set_display_rotation(clip.turned)
        sound = out.add_stream(clip.sound, rate=48000) if clip.sound else None
        if sound is not None:
            sound.layout = "mono"
        offset = int(clip.start / time_base) - clip.cut
        stamps = clip.stamps or range(clip.frames)
        for number, stamp in enumerate(stamps):
            stored = np.rot90(numbered(number, clip.scale), -clip.turned // 90 % 4)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(stored), format="bgr24")
            frame.pts, frame.time_base = stamp + offset, time_base
            out.mux(stream.encode(frame))
        if sound is not None:
            _write_sound(out, sound, clip)
        out.mux(stream.encode(None))


def _options(clip: Clip) -> dict[str, str]:
    rhythm = f"keyint={clip.gop}:scenecut=0:bframes={clip.b_frames}"
    basic = {
        "libx264": {"preset": "ultrafast", "crf": "30", "x264-params": rhythm},
        "libx265": {"preset": "ultrafast", "x265-params": f"log-level=none:{rhythm}"},
        "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8"},
    }  # fmt: skip
    return basic.get(clip.codec, {}) | clip.options


def _write_sound(out: av.container.OutputContainer, stream: av.audio.stream.AudioStream, clip: Clip) -> None:
    """A tone of 440 Hz, or noise, as long as the pictures."""
    seconds = clip.times[-1] / 1_000_000 + 1 / float(clip.fps)
    wave = (0.3 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * 48000)) / 48000)).astype(np.float32)
    if clip.noise:
        wave = _noise(clip, len(wave))
    start = int(clip.start * 48000)
    for at in range(0, len(wave), 1024):
        piece = wave[at : at + 1024]
        frame = av.AudioFrame.from_ndarray(piece[None, :], format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = 48000, start + at, Fraction(1, 48000)
        out.mux(stream.encode(frame))
    out.mux(stream.encode(None))


def _noise(clip: Clip, count: int) -> np.ndarray:
    """Samples that, as 16 bits each, hold beginnings of H.264 or HEVC pictures that are none."""
    chance = np.random.default_rng(clip.noise)
    data = bytearray(chance.bytes(count * 2))
    # a length, a unit's head, and of a slice's: the first block, the first parameter set, one that leans on others
    kinds = (b"\x02\x01\xd0", b"\x00\x01\xd0") if clip.codec == "libx265" else (b"\x41\xe0", b"\x01\xa6", b"\x41\x98")
    for at in range(0, len(data) - 3000, 1500):
        head = (400 + 2 * int(chance.integers(0, 400))).to_bytes(4, "big") + kinds[chance.integers(0, len(kinds))]
        place = at + 2 * int(chance.integers(0, 300))
        data[place : place + len(head)] = head
    return (np.frombuffer(bytes(data), "<i2") / 32768).astype(np.float32)


def bytes_of(folder: Path, clip: Clip, name: str = "film") -> bytes:
    return build(folder, clip, name).read_bytes()


KINDS: dict[str, Clip] = {
    "h264": Clip(),
    "h264-b": Clip(b_frames=3, sound="aac"),
    "h264-open-gop": Clip(b_frames=3, options={"x264-params": "keyint=15:open-gop=1:bframes=3:scenecut=0"}),
    "h264-mkv": Clip(container="mkv", b_frames=2, sound="aac"),
    "h264-ts": Clip(container="ts", b_frames=2, gop=10),
    "one-keyframe": Clip(gop=250, b_frames=2),
    "all-keyframes": Clip(gop=1),
    "variable": Clip(
        container="mkv", b_frames=2, stamps=[n * 33 + (n % 7) * (n % 5) + 400 * (n > 30) for n in range(60)]
    ),
    "variable-mp4": Clip(b_frames=2, stamps=[n * 40 + (n % 3) * 9 for n in range(60)], tick=1000),
    "starts-late": Clip(container="mkv", start=Fraction(7), b_frames=2),
    "starts-late-mp4": Clip(start=Fraction(3), b_frames=2, sound="aac"),
    "turned-90": Clip(turned=90),
    "turned-180": Clip(turned=180),
    "turned-270": Clip(turned=270, container="mp4", b_frames=2),
    "wide-pixels": Clip(pixel_shape=Fraction(4, 3)),
    "tall-pixels": Clip(pixel_shape=Fraction(3, 4)),
    "23.976": Clip(fps=Fraction(24000, 1001), b_frames=2),
    "29.97": Clip(fps=Fraction(30000, 1001), container="mkv", b_frames=2),
    "50": Clip(fps=Fraction(50)),
    "59.94": Clip(fps=Fraction(60000, 1001), container="mkv"),
    "120": Clip(fps=Fraction(120), frames=120, gop=40, b_frames=2),
    "interlaced": Clip(b_frames=2, options={"x264-params": "keyint=20:scenecut=0:bframes=2:tff=1"}),
    "interlaced-mpeg2": Clip(codec="mpeg2video", container="ts", gop=12, options={"flags": "+ildct+ilme"}),
    "hevc": Clip(codec="libx265", b_frames=3),
    "hevc-mkv": Clip(codec="libx265", container="mkv", b_frames=3),
    "vp9": Clip(codec="libvpx-vp9", container="webm", sound="libopus"),
    "mpeg4": Clip(codec="mpeg4", b_frames=2),
    "mpeg4-avi": Clip(codec="mpeg4", container="avi"),
    "mpeg4-avi-b": Clip(codec="mpeg4", container="avi", b_frames=2),
    "mpeg2-ps": Clip(codec="mpeg2video", container="mpg", b_frames=2),
    "edit-list": Clip(cut=10, b_frames=2, gop=30, container_options={"avoid_negative_ts": "disabled"}),
    "fragments": Clip(b_frames=2, sound="aac", container_options={"movflags": "frag_keyframe+empty_moov"}),
    "mjpeg": Clip(codec="mjpeg", container="avi"),
    "mjpeg-mkv": Clip(codec="mjpeg", container="mkv"),
}
