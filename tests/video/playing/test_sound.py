"""Sound begins where it should, keeps its pitch at every rate, and silence fills what is not there."""

import numpy as np
import pytest

from tests.material.films import Clip
from video.open.frame_index import build_index
from video.open.open_film import open_film
from video.playing.sound import CHANNELS, RATE, TempoFilter, film_samples, to_bytes


def samples_of(path, start: int, seconds: float) -> np.ndarray:
    index = build_index(path)
    pieces, count = [], 0
    with open_film(path) as film:
        for piece in film_samples(film, index, start):
            pieces.append(piece)
            count += len(piece)
            if count >= seconds * RATE:
                return np.concatenate(pieces)[: int(seconds * RATE)]
    raise AssertionError


def pitch(samples: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(samples[:, 0] * np.hanning(len(samples))))
    return float(np.fft.rfftfreq(len(samples), 1 / RATE)[spectrum.argmax()])


@pytest.mark.parametrize("kind", ["h264-b", "h264-mkv", "vp9", "starts-late-mp4", "fragments"])
def test_the_tone_is_heard_from_any_time(film, kind: str) -> None:
    path, _ = film(kind)
    for start in (0, 730_000, 1_500_000):
        samples = samples_of(path, start, 0.5)
        assert samples.shape == (RATE // 2, CHANNELS)
        assert pitch(samples) == pytest.approx(440, abs=4)
        assert np.abs(samples[RATE // 10 :]).max() == pytest.approx(0.3, abs=0.12)


def test_a_place_in_the_sound_is_exact(film) -> None:
    path, _ = film("h264-mkv")
    whole = samples_of(path, 0, 2.0)
    part = samples_of(path, 1_000_000, 0.4)
    window = part[RATE // 10 : RATE // 10 + 4800, 0]
    at = RATE + RATE // 10
    errors = [np.abs(whole[at + lag : at + lag + 4800, 0] - window).max() for lag in range(-60, 61)]
    assert min(errors) < 0.02
    assert abs(int(np.argmin(errors)) - 60) <= 48


def test_after_the_sound_comes_silence(film) -> None:
    samples = samples_of(film("h264-b")[0], 2_000_000, 2.0)
    assert np.abs(samples[: RATE // 4]).max() > 0.1
    assert not samples[RATE:].any()


@pytest.mark.parametrize("rate", [0.25, 0.5, 0.75, 1.25, 2.0])
def test_pitch_is_kept_and_length_follows_the_rate(rate: float) -> None:
    tone = np.sin(2 * np.pi * 440 * np.arange(2 * RATE) / RATE).astype(np.float32)
    stereo = np.repeat(tone[:, None], 2, axis=1)
    tempo = TempoFilter(rate)
    out = np.concatenate([p for at in range(0, len(stereo), 4800) for p in tempo.push(stereo[at : at + 4800])])
    assert len(out) == pytest.approx(len(stereo) / rate, abs=RATE * 0.22 / rate)
    assert pitch(out[RATE // 10 : RATE // 2]) == pytest.approx(440, abs=6)


@pytest.mark.parametrize("rate", [0.25, 0.5, 1.5, 2.0])
def test_a_changed_rate_keeps_its_place(rate: float) -> None:
    tone = np.sin(2 * np.pi * 440 * np.arange(2 * RATE) / RATE).astype(np.float32)
    tone[:RATE] = 0
    stereo = np.repeat(tone[:, None], 2, axis=1)
    tempo = TempoFilter(rate)
    out = np.concatenate([p for at in range(0, len(stereo), 4800) for p in tempo.push(stereo[at : at + 4800])])
    begins = int(np.flatnonzero(np.abs(out[:, 0]) > 0.5)[0])
    assert begins / RATE == pytest.approx(1 / rate, abs=0.06 / min(rate, 1.0))


def test_loud_is_bounded() -> None:
    assert np.frombuffer(to_bytes(np.array([[2.0, -2.0]], dtype=np.float32)), "<i2").tolist() == [32767, -32767]


def test_films_without_sound_have_no_track(film) -> None:
    assert build_index(film(Clip(frames=12))[0]).sound_tracks == ()
