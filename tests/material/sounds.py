"""Made sound for sync: rooms with talk in them as two microphones hear it, each with its own clock, noise and gain."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from video.alignment.mono_sound import RATE


def talk(seconds: float, seed: int) -> np.ndarray:
    """Something like people talking and toys falling: bursts of colored noise with pauses, a few sharp bangs."""
    chance = np.random.default_rng(seed)
    sound = np.zeros(int(seconds * RATE))
    at = 0.0
    while at < seconds:
        length = chance.uniform(0.08, 0.35)
        piece = chance.standard_normal(int(length * RATE)) * np.hanning(int(length * RATE))
        low, high = chance.uniform(150, 900), chance.uniform(1200, 3300)
        shape = np.fft.rfft(piece)
        hertz = np.fft.rfftfreq(len(piece), 1 / RATE)
        piece = np.fft.irfft(shape * ((hertz > low) & (hertz < high)), len(piece)) * chance.uniform(0.2, 1.0)
        first = int(at * RATE)
        sound[first : first + len(piece)] += piece[: len(sound) - first]
        at += length + (chance.exponential(1.5) if chance.random() < 0.2 else chance.uniform(0.01, 0.15))
    for bang in chance.uniform(0, max(seconds - 0.2, 0.01), int(seconds / 15)):
        first = int(bang * RATE)
        piece = chance.standard_normal(RATE // 10) * np.exp(-np.arange(RATE // 10) / 100) * 3
        sound[first : first + len(piece)] += piece[: len(sound) - first]
    return sound / np.abs(sound).max()


def claps(seconds: float, every: float = 1.0) -> np.ndarray:
    """The same clap again and again, as even as a machine."""
    sound = np.zeros(int(seconds * RATE))
    piece = np.random.default_rng(1).standard_normal(RATE // 20) * np.exp(-np.arange(RATE // 20) / 60)
    for at in np.arange(0.2, seconds - 0.2, every):
        sound[int(at * RATE) : int(at * RATE) + len(piece)] += piece
    return sound / np.abs(sound).max()


def slate(seconds: float, *times: float, seed: int = 1) -> np.ndarray:
    """A quiet room with a clap at each of `times`."""
    sound, chance = np.zeros(int(seconds * RATE)), np.random.default_rng(seed)
    for at in times:
        piece = chance.standard_normal(RATE // 8) * np.exp(-np.arange(RATE // 8) / (RATE * 0.012))
        sound[int(at * RATE) : int(at * RATE) + len(piece)] += piece / np.abs(piece).max()
    return sound


def notes(seconds: float, seed: int) -> np.ndarray:
    """A tune of plucked notes."""
    chance, sound, at = np.random.default_rng(seed), np.zeros(int(seconds * RATE)), 0.0
    while at < seconds - 0.6:
        time = np.arange(int(chance.choice([0.125, 0.25, 0.5]) * RATE)) / RATE
        pitch = 220 * 2 ** (chance.integers(0, 24) / 12)
        sound[int(at * RATE) : int(at * RATE) + len(time)] += sum(
            np.sin(2 * np.pi * pitch * over * time) / over for over in range(1, 6)
        ) * np.exp(-3 * time)
        at += len(time) / RATE
    return sound / np.abs(sound).max() / 2


@dataclass(frozen=True)
class Microphone:
    """How one camera hears a room: from `offset` seconds of the room's clock on, for `seconds`, its clock off by
    `drift_ppm`; `noise` against a loudest sound of 1; `leveled` as phones do; `far` is more of the room's echo.
    """

    offset: float = 0.0
    seconds: float = 1e9
    drift_ppm: float = 0.0
    noise: float = 0.003
    gain: float = 0.5
    leveled: bool = False
    far: bool = False
    seed: int = 0

    def hear(self, room: np.ndarray) -> np.ndarray:
        """int16 samples on this camera's clock; silence where the room has nothing."""
        chance = np.random.default_rng(self.seed + 1000)
        seconds = min(self.seconds, len(room) / RATE - max(self.offset, 0.0))
        count = int(seconds * (1 + self.drift_ppm * 1e-6) * RATE)
        when = np.arange(count) / RATE / (1 + self.drift_ppm * 1e-6) + self.offset
        if self.far:
            echo = chance.standard_normal(RATE // 4) * np.exp(-np.arange(RATE // 4) / (RATE * 0.05)) * 0.12
            echo[0] = 1.0
            size = len(room) + len(echo)
            room = np.fft.irfft(np.fft.rfft(room, size) * np.fft.rfft(echo, size), size)[: len(room)]
        heard = np.interp(when * RATE, np.arange(len(room)), room, left=0.0, right=0.0)
        heard += chance.standard_normal(count) * self.noise
        if self.leveled:
            heard = 0.15 * heard / np.sqrt(_power(heard) + 1e-5)
        return np.clip(heard * self.gain * 32767, -32767, 32767).astype(np.int16)


def _power(sound: np.ndarray) -> np.ndarray:
    """The mean square of the second around each sample, with silence before and after."""
    sums = np.concatenate(([0.0], np.cumsum(sound**2)))
    last = np.arange(len(sound)) + (RATE + 1) // 2
    return (sums[np.minimum(last, len(sound))] - sums[np.maximum(last - RATE, 0)]) / RATE


def film_with(
    path: Path,
    sound: np.ndarray,
    rate: int = 48_000,
    layout: str = "mono",
    codec: str = "aac",
    start: float = 0.0,
    late: float = 0.0,
) -> Path:
    """A film of small gray pictures, two a second, with `sound` (int16 at `RATE`) from its first picture on.

    `late` is how many s after the first picture the sound begins.
    """
    with av.open(str(path), "w") as out:
        pictures = out.add_stream("mpeg4" if path.suffix == ".avi" else "libx264", rate=2)
        pictures.width, pictures.height, pictures.pix_fmt = 64, 48, "yuv420p"
        pictures.codec_context.thread_count = 1
        track = out.add_stream(codec, rate=rate)
        if codec == "aac":
            track.codec_context.options = {"aac_coder": "fast"}
        track.layout = layout
        first = int(start * 2)
        for number in range(max(len(sound) * 2 // RATE, 1)):
            gray = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 128, dtype=np.uint8), format="rgb24")
            gray.pts, gray.time_base = first + number, Fraction(1, 2)
            out.mux(pictures.encode(gray))
        for at in range(0, len(sound) * rate // RATE, 1024):
            when = (np.arange(1024) + at) * RATE / rate
            low = int(when[0])
            piece = np.interp(when - low, np.arange(1024), np.pad(sound[low : low + 1024], (0, 1024))[:1024] / 32768.0)
            channels = 1 if layout == "mono" else 2
            packed = np.repeat(piece[:, None], channels, axis=1).reshape(1, -1).astype(np.float32)
            frame = av.AudioFrame.from_ndarray(packed, format="flt", layout=layout)
            frame.sample_rate, frame.pts = rate, at + int((first / 2 + late) * rate)
            frame.time_base = Fraction(1, rate)
            out.mux(track.encode(frame))
        out.mux(pictures.encode(None))
        out.mux(track.encode(None))
    return path
