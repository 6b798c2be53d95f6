"""The long film that figures are measured on: 1080p at 30 pictures a second, H.264 with a keyframe every 250, AAC.

Two minutes are drawn and encoded once, with grain and a slowly moving camera so that decoding costs what it costs with
a camera's film; longer films repeat their packets without encoding anew. Both are kept in the temporary folder. Every
picture carries its number in its lower left corner: position p of a long film shows p modulo `BASE_PICTURES`.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

from app.model.identity import new_id
from app.model.recording import Recording
from storage.vault.film_vault import FilmVault
from video.demo.picture import Room
from video.demo.script import demo_script
from video.demo.voices import SAMPLE_RATE, demo_sound
from video.open.frame_index import build_index
from video.open.probe import facts_of

FOLDER = Path(tempfile.gettempdir()) / "havainto-benchmarks"
WIDTH, HEIGHT, FPS, GOP = 1920, 1080, 30, 250
BIT_RATE = 6_000_000
BASE_MINUTES = 2
BASE_PICTURES = BASE_MINUTES * 60 * FPS
#: a raw picture of the number: 16 blocks in a row, the lowest bit at the left
BITS, BLOCK_WIDTH, BLOCK_HEIGHT = 16, 60, 40
SOUND_FRAME = 1024


def base_film() -> Path:
    """Two minutes, made when first asked for (a minute or two)."""
    return _made("base-3", _encode)


def short_film(*, all_needed: bool, whole: bool) -> Path:
    """A minute of the same pictures: every one referred to by another or about half, in one slice or one per core."""
    name = f"short-1-{'all-needed' if all_needed else 'half-needed'}-{'whole' if whole else 'cut'}"
    return _made(name, lambda path: _encode_anew(base_film(), path, "0" if all_needed else "3", whole))


def long_film(minutes: int = 60) -> Path:
    """So many minutes (an even number), made of the two-minute film."""
    base = base_film()
    return _made(f"long-3-{minutes}", lambda path: _repeat(base, path, minutes // BASE_MINUTES))


def number_shown(pixels: np.ndarray) -> int:
    """The number in a picture of any size."""
    high, wide = pixels.shape[:2]
    y, number = high - round(BLOCK_HEIGHT / 2 / HEIGHT * high), 0
    for bit in range(BITS):
        x = round((bit + 0.5) * BLOCK_WIDTH / WIDTH * wide)
        number |= int(pixels[y - 2 : y + 3, x - 2 : x + 3, :3].mean() > 127) << bit
    return number


@contextmanager
def contained(path: Path) -> Iterator[tuple[FilmVault, Recording]]:
    """A film in an encrypted container of its own, with its index; both go away afterwards."""
    with tempfile.TemporaryDirectory(prefix="havainto-", dir=FOLDER) as folder:
        vault, recording_id = FilmVault(Path(folder), os.urandom(32)), new_id()
        taken = vault.take_in(path, recording_id, lambda _: None, lambda: False)
        index = build_index(path)
        yield (
            vault,
            Recording(
                recording_id,
                new_id(),
                1,
                taken.sha256,
                taken.size,
                taken.chunks,
                taken.container,
                facts_of(index),
                wrapped_key=taken.wrapped_key,
                index=index.pack(),
            ),
        )
        vault.close()


def _made(name: str, make: Callable[[Path], None]) -> Path:
    path = FOLDER / f"{name}.mp4"
    if not path.exists():
        FOLDER.mkdir(exist_ok=True)
        part = FOLDER / f"{name}-{os.getpid()}.part"
        try:
            make(part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    return path


def _encode(path: Path) -> None:
    script = demo_script()
    room, sound = Room(script), demo_sound(script)
    with av.open(str(path), "w", format="mp4") as out:
        pictures = out.add_stream("libx264", rate=FPS)
        pictures.width, pictures.height, pictures.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        rhythm = f"keyint={GOP}:min-keyint={GOP}:scenecut=0"
        pictures.codec_context.options = {"preset": "veryfast", "x264-params": rhythm}
        pictures.bit_rate = BIT_RATE
        voices = out.add_stream("aac", rate=SAMPLE_RATE)
        voices.layout, voices.bit_rate = "mono", 64_000
        grain, spoken = _Grain(), 0
        for number in range(BASE_PICTURES):
            frame = av.VideoFrame.from_ndarray(_picture(room, grain, number), format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            out.mux(pictures.encode(frame))
            while spoken * FPS < (number + 1) * SAMPLE_RATE:
                _speak(out, voices, sound, spoken)
                spoken += SOUND_FRAME
        out.mux(pictures.encode(None))
        out.mux(voices.encode(None))


def _encode_anew(base: Path, path: Path, b_frames: str, whole: bool) -> None:
    with av.open(str(base)) as read, av.open(str(path), "w", format="mp4") as out:
        pictures = out.add_stream("libx264", rate=FPS)
        pictures.width, pictures.height, pictures.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        rhythm = f"keyint={GOP}:min-keyint={GOP}:scenecut=0:bframes={b_frames}"
        pictures.codec_context.options = {"preset": "veryfast", "x264-params": rhythm}
        pictures.thread_type = "FRAME" if whole else "SLICE"
        pictures.bit_rate = BIT_RATE
        for number, frame in enumerate(read.decode(video=0)):
            if number == 60 * FPS:
                break
            frame.pts, frame.time_base, frame.pict_type = number, Fraction(1, FPS), 0
            out.mux(pictures.encode(frame))
        out.mux(pictures.encode(None))


def _picture(room: Room, grain: "_Grain", number: int) -> np.ndarray:
    drawn = room.picture(number * 1_000_000 // FPS)
    sway = np.float32([[2.3, 0, 12 * np.sin(number / 40) - 20], [0, 2.3, 9 * np.sin(number / 27) - 12]])
    large = cv2.warpAffine(drawn, sway, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    planes = cv2.cvtColor(large, cv2.COLOR_BGR2YUV_I420)
    planes[:HEIGHT] = cv2.add(planes[:HEIGHT], grain.next(), dtype=cv2.CV_8U)
    for bit in range(BITS):
        left = bit * BLOCK_WIDTH
        planes[HEIGHT - BLOCK_HEIGHT : HEIGHT, left : left + BLOCK_WIDTH] = 235 if number >> bit & 1 else 16
    return planes


class _Grain:
    """A sensor's noise: another piece of one large noise for every picture."""

    def __init__(self) -> None:
        self._chance = np.random.default_rng(1)
        self._noise = self._chance.normal(0, 5.0, (HEIGHT + 200, WIDTH + 200)).astype(np.int16)

    def next(self) -> np.ndarray:
        y, x = self._chance.integers(0, 200, 2)
        return self._noise[y : y + HEIGHT, x : x + WIDTH]


def _speak(out: av.container.OutputContainer, track: av.AudioStream, sound: np.ndarray, start: int) -> None:
    piece = np.zeros(SOUND_FRAME, dtype=np.float32)
    said = sound[start : start + SOUND_FRAME]
    piece[: len(said)] = said
    frame = av.AudioFrame.from_ndarray(piece[None, :], format="fltp", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, start, Fraction(1, SAMPLE_RATE)
    out.mux(track.encode(frame))


def _repeat(base: Path, path: Path, times: int) -> None:
    """The packets of the base again and again, each round later by its length."""
    with av.open(str(path), "w", format="mp4") as out:
        streams: dict[int, av.stream.Stream] = {}
        for turn in range(times):
            with av.open(str(base)) as read:
                if not streams:
                    streams = {s.index: out.add_stream_from_template(s) for s in read.streams}
                for packet in read.demux():
                    late = turn * BASE_MINUTES * 60
                    if packet.dts is None or not 0 <= packet.pts * packet.time_base < BASE_MINUTES * 60:
                        continue  # the end mark, and sound that would lie over the round before or after
                    packet.pts += int(late / packet.time_base)
                    packet.dts += int(late / packet.time_base)
                    packet.stream = streams[packet.stream.index]
                    out.mux(packet)
