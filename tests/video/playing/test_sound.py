"""Sound begins where it should, keeps its pitch at every rate, and silence fills what is not there."""

from fractions import Fraction

import numpy as np
import pytest

from tests.material.films import Clip
from tests.material.flashes import Flashing, begins, flashes_of, flashing
from video.alignment.mono_sound import RATE as SYNC_RATE
from video.alignment.mono_sound import mono_sound
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


PAL = (720, 576)
TOGETHER = {
    "mp4": Flashing(b_frames=2),
    "mp4 that starts late": Flashing(b_frames=2, start=Fraction(3)),
    "mov with plain sound": Flashing(container="mov", sound="pcm_s16le"),
    "mkv": Flashing(container="mkv", sound="ac3"),
    "webm": Flashing(codec="libvpx-vp9", container="webm", sound="libopus"),
    "avchd": Flashing(container="mts", sound="ac3", b_frames=2),
    "transport stream": Flashing(container="ts", b_frames=2),
    "dvd": Flashing(codec="mpeg2video", container="vob", sound="ac3", b_frames=2),
    "program stream": Flashing(codec="mpeg2video", container="mpg", sound="mp2", b_frames=2, start=Fraction(3)),
    "dv": Flashing(codec="dvvideo", container="dv", sound="pcm_s16le", size=PAL, layout="stereo", frames=60),
    "dv in avi": Flashing(codec="dvvideo", container="avi", sound="pcm_s16le", size=PAL, layout="stereo", frames=60),
    "mxf": Flashing(codec="mpeg2video", container="mxf", sound="pcm_s16le", b_frames=2),
    "asf": Flashing(codec="msmpeg4", container="asf", sound="libmp3lame"),
    "flv": Flashing(container="flv"),
}


@pytest.mark.parametrize("name", TOGETHER)
def test_a_beep_is_heard_with_its_flash_from_wherever_playing_begins(tmp_path, name) -> None:
    """To 2 ms, though a container may be entered only at a block of sound, or at half a one."""
    film = TOGETHER[name]
    path = flashing(tmp_path / "film", film)
    index = build_index(path)
    lit = flashes_of(path, index)
    assert lit == [int(number / film.fps * 1_000_000) for number in film.flashes]
    for start in [0, *range(303_000, lit[-2], 131_000)]:  # and not in a beep, which then would begin with it
        if not any(0 <= start - at < 100_000 for at in lit):
            beeps = [start + at * 1e6 for at in begins(samples_of(path, start, 1.1)[:, 0], RATE)]
            expected = [at for at in lit if start <= at < start + 1_090_000]
            assert beeps[: len(expected)] == pytest.approx(expected, abs=2_000), start
    heard = begins(mono_sound(lambda: path.open("rb"), index.pack()).astype(float), SYNC_RATE)
    assert heard == pytest.approx([at / 1e6 for at in lit], abs=0.002)


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
