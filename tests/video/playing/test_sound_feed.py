"""The sound of a route: film after film, in loops, louder when wished, and never out of step by a sample."""

import time
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from app.model.recording import Viewing
from tests.drivers.stage import reel
from tests.material.films import numbered
from video.open.frame_index import unpack
from video.playing.camera_line import CameraLine, camera_lines
from video.playing.loudness import BLOCK, CEILING, Limiter
from video.playing.route import Route
from video.playing.sound import FRAME_BYTES, RATE
from video.playing.sound_feed import SoundFeed

SECOND = 1_000_000


def strip(*reels) -> CameraLine:
    return camera_lines(reels, {r.id: unpack(r.index) for r in reels})[1]


def heard(route: Route, seconds: float, viewings: dict[str, Viewing] | None = None) -> np.ndarray:
    """Float samples, one channel, of the beginning of a route."""
    feed, out = SoundFeed(route, viewings or {}), b""
    until = time.monotonic() + 10
    try:
        while len(out) < seconds * RATE * FRAME_BYTES:
            piece = feed.take(9_999)
            out += piece
            piece or _let_it_decode(feed)
            assert feed.trouble is None
            assert time.monotonic() < until
    finally:
        feed.end()
        assert not feed._thread.is_alive()
    return np.frombuffer(out, "<i2").reshape(-1, 2)[: int(seconds * RATE), 0] / 32768


def _let_it_decode(feed: SoundFeed) -> None:
    """Asking without a pause would only take the processor from the thread that is asked."""
    with feed._change:
        feed._change.wait(0.002)


def pitch(samples: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.fft.rfftfreq(len(samples), 1 / RATE)[spectrum.argmax()])


def two_tracks(folder: Path) -> Path:
    """Two sound tracks: 440 Hz softly, and 880 Hz."""
    moments = 2 * np.pi * np.arange(2 * RATE) / RATE
    return sounding(folder, 0.02 * np.sin(440 * moments), 0.5 * np.sin(880 * moments))


def sounding(folder: Path, *waves: np.ndarray) -> Path:
    """Pictures of two seconds, and a sound track of each wave."""
    path = folder / "tracks.mkv"
    with av.open(str(path), "w") as out:
        pictures = out.add_stream("libx264", rate=25)
        pictures.width, pictures.height, pictures.pix_fmt = 192, 128, "yuv420p"
        pictures.codec_context.thread_count = 1
        tracks = [out.add_stream("aac", rate=RATE, layout="mono") for _ in waves]
        for number in range(50):
            out.mux(pictures.encode(av.VideoFrame.from_ndarray(numbered(number), format="bgr24")))
        out.mux(pictures.encode(None))
        for track, wave in zip(tracks, waves, strict=True):
            for at in range(0, len(wave), 1024):
                piece = wave[None, at : at + 1024].astype(np.float32)
                frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout="mono")
                frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
                out.mux(track.encode(frame))
            out.mux(track.encode(None))
    return path


def test_films_follow_each_other_and_gaps_are_silence(film) -> None:
    path = film("h264-b")[0]  # 2.4 s of 440 Hz
    laid = strip(reel(path, "a"), reel(path, "b", offset=2_900_000))
    samples = heard(Route(2_000_000, 3_500_000, 1.0, heard=laid), 1.5)
    loud = [
        float(np.abs(samples[int(a * RATE) : int(b * RATE)]).max()) for a, b in ((0, 0.35), (0.45, 0.85), (1.0, 1.4))
    ]
    assert loud[0] > 0.2
    assert loud[1] == 0
    assert loud[2] > 0.2


def test_a_silent_film_is_silence_and_the_next_is_heard(film) -> None:
    laid = strip(reel(film("h264")[0], "a"), reel(film("h264-b")[0], "b", offset=2_400_000))
    samples = heard(Route(2_000_000, 3_400_000, 1.0, heard=laid), 1.3)
    assert not samples[: int(0.39 * RATE)].any()
    assert np.abs(samples[int(0.5 * RATE) :]).max() > 0.2


def test_a_loop_has_no_seam_and_keeps_its_length(film) -> None:
    laid = strip(reel(film("h264-mkv")[0], "a"))
    samples = heard(Route(500_000, 1_000_000, 1.0, again=500_000, heard=laid), 1.6)
    envelope = np.abs(samples).reshape(-1, RATE // 100).max(axis=1)
    assert envelope.min() > 0.15  # no hundredth of a second is silent, over three laps
    lap = RATE // 2
    assert np.abs(samples[lap + 4800 : 2 * lap - 4800] - samples[2 * lap + 4800 : 3 * lap - 4800]).max() < 0.02


@pytest.mark.parametrize("rate", [0.5, 2.0])
def test_other_rates_keep_pitch_and_length(film, rate: float) -> None:
    laid = strip(reel(film("h264-mkv")[0], "a"))
    samples = heard(Route(0, SECOND, rate, heard=laid), 1 / rate + 0.4)
    assert pitch(samples[: int(0.4 * RATE)]) == pytest.approx(440, abs=6)
    assert np.abs(samples[int((1 / rate - 0.05) * RATE) : int(RATE / rate)]).max() > 0.15
    assert not samples[int((1 / rate + 0.02) * RATE) :].any()


@pytest.mark.parametrize("rate", [0.25, 0.5, 0.9, 1.0, 1.5, 2.0, 4.0])
def test_a_sound_is_at_its_place_at_every_rate(tmp_path, rate: float) -> None:
    places = [int(k * RATE / 2) for k in range(1, 4)]
    wave = np.zeros(2 * RATE)
    for place in places:
        wave[place : place + 4800] = 0.5 * np.sin(2 * np.pi * 600 * np.arange(4800) / RATE)
    laid = strip(reel(sounding(tmp_path, wave), "a"))
    samples = heard(Route(300_000, 1_900_000, rate, heard=laid), 1.6 / rate)
    onsets = np.flatnonzero(np.abs(samples) > 0.15)
    begins = onsets[np.flatnonzero(np.diff(onsets, prepend=-RATE) > RATE / 10 / rate)]
    late = [at * rate - (place - 0.3 * RATE) for at, place in zip(begins, places, strict=True)]
    assert abs(np.mean(late)) / RATE < (0.002 if rate == 1 else 0.01 * max(rate, 1))


def test_track_and_gain_follow_the_viewing(tmp_path) -> None:
    laid = strip(reel(two_tracks(tmp_path), "a"))
    route = Route(200_000, 1_500_000, 1.0, heard=laid)
    soft = heard(route, 0.5)
    assert pitch(soft) == pytest.approx(440, abs=4)
    assert np.abs(soft).max() < 0.03
    louder = heard(route, 0.5, {"a": Viewing(gain_db=20)})
    assert np.sqrt((louder**2).mean()) / np.sqrt((soft**2).mean()) == pytest.approx(10, rel=0.05)
    other = heard(route, 0.5, {"a": Viewing(sound_track=1, gain_db=30)})
    assert pitch(other) == pytest.approx(880, abs=4)
    assert CEILING - 0.05 < np.abs(other).max() <= CEILING + 0.001
    assert pitch(heard(route, 0.5, {"a": Viewing(sound_track=7)})) == pytest.approx(880, abs=4)


def test_a_changed_gain_is_heard_at_once(tmp_path) -> None:
    viewings = {"a": Viewing()}
    feed = SoundFeed(Route(0, 2 * SECOND, 1.0, heard=strip(reel(two_tracks(tmp_path), "a"))), viewings)
    until = time.monotonic() + 10
    while feed._count < SoundFeed.AHEAD and time.monotonic() < until:
        _let_it_decode(feed)
    before = feed.take(RATE // 4 * FRAME_BYTES)
    viewings["a"] = Viewing(gain_db=20)
    after = feed.take(RATE // 4 * FRAME_BYTES)
    feed.end()
    loud = [int(np.abs(np.frombuffer(piece, "<i2")[-RATE // 10 :]).max()) for piece in (before, after)]
    assert loud[1] > 8 * loud[0]
    assert len(before) == len(after) == RATE // 4 * FRAME_BYTES


@pytest.mark.parametrize("size", [1, 100, 239, 1024, 4800])
def test_the_limiter_moves_and_loses_no_sample(size: int) -> None:
    chance = np.random.default_rng(2)
    soft = (chance.random((10_000, 2)).astype(np.float32) - 0.5) * 0.5
    limiter = Limiter()
    out = [limiter.push(soft[at : at + size], 1.0) for at in range(0, len(soft), size)]
    assert np.array_equal(np.concatenate([*out, limiter.rest()]), soft)


def test_the_limiter_never_breaks_the_ceiling_and_gives_way_smoothly() -> None:
    moments = np.arange(RATE)
    tone = np.sin(2 * np.pi * 440 * moments / RATE) * np.where((moments > 20_000) & (moments < 26_000), 1.0, 0.02)
    stereo = np.repeat(tone[:, None], 2, axis=1).astype(np.float32)
    limiter = Limiter()
    out = np.concatenate([limiter.push(stereo, 10.0), limiter.rest()])
    assert len(out) == len(stereo)
    assert np.abs(out).max() <= CEILING + 1e-6
    quiet = np.abs(out[5_000:15_000]).max()
    assert quiet == pytest.approx(0.2, abs=0.01)
    loud = out[20_000 + 4 * BLOCK : 26_000 - BLOCK, 0]
    assert pitch(loud) == pytest.approx(440, abs=12)
    spectrum = np.abs(np.fft.rfft(loud * np.hanning(len(loud))))
    third = spectrum[round(3 * 440 * len(loud) / RATE) - 2 :][:5].max()
    assert third < spectrum.max() * 0.01  # cut off at the ceiling it would be a third
    assert np.abs(out[-2_000:]).max() == pytest.approx(0.2, abs=0.02)
