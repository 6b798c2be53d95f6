"""The waveform is as loud as the film's sound, where the film is as loud."""

import io
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from app.errors import FilmError
from app.model.timecode import SECOND
from tests.material.films import Clip, numbered
from video.copies.waveform import LEVELS, STEP, read_waveform, write_waveform
from video.open.frame_index import build_index

RATE = 48_000


def film_with(path: Path, sounds: list[np.ndarray], codec: str = "pcm_s16le", start: float = 0.0) -> Path:
    """Pictures of two seconds at 25 a second, and one track per sound (float32, channels × samples) from `start` on."""
    with av.open(str(path), "w") as out:
        pictures = out.add_stream("libx264", rate=25)
        pictures.width, pictures.height = 192, 128
        tracks = [out.add_stream(codec, rate=RATE) for _ in sounds]
        for track, sound in zip(tracks, sounds, strict=True):
            track.layout = "stereo" if len(sound) == 2 else "mono"
        for number in range(50):
            frame = av.VideoFrame.from_ndarray(numbered(number), format="bgr24")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            out.mux(pictures.encode(frame))
        out.mux(pictures.encode(None))
        for track, sound in zip(tracks, sounds, strict=True):
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound), format="fltp", layout=track.layout.name)
            frame.sample_rate, frame.pts, frame.time_base = RATE, round(start * RATE), Fraction(1, RATE)
            out.mux(track.encode(frame))
            out.mux(track.encode(None))
    return path


def waveform_of(path: Path, track: int = 0):
    out = bytearray()
    told: list[float] = []
    with path.open("rb") as file:
        write_waveform(file, build_index(path), lambda data: out.extend(data) or len(data), told.append)
    assert told == sorted(told)
    return read_waveform(io.BytesIO(bytes(out)), track)


def bursts(*places: tuple[float, float, float], length: float = 2.0) -> np.ndarray:
    """Silence with tones: (from s, to s, loudness)."""
    wave = np.zeros(int(length * RATE), dtype=np.float32)
    for start, end, loud in places:
        a, b = round(start * RATE), round(end * RATE)
        wave[a:b] = loud * np.sign(np.sin(2 * np.pi * 440 * np.arange(b - a) / RATE))
    return wave[None, :]


def test_loud_where_the_film_is_loud(tmp_path: Path) -> None:
    found = waveform_of(film_with(tmp_path / "film.mkv", [bursts((0.5, 0.75, 0.5), (1.2, 1.21, 1.0))]))
    assert found.step == STEP
    assert len(found.peaks) == 200
    assert set(found.peaks[:50]) | set(found.peaks[75:120]) | set(found.peaks[121:]) == {0}
    assert set(found.peaks[50:75]) == {128}
    assert found.peaks[120] == 255


def test_the_louder_of_two_channels_counts_also_when_they_are_opposite(tmp_path: Path) -> None:
    left = bursts((0.0, 1.0, 0.25))
    sound = np.concatenate([left, -2 * left])
    assert set(waveform_of(film_with(tmp_path / "film.mkv", [sound])).peaks[:100]) == {128}


def test_each_track_has_its_own(tmp_path: Path) -> None:
    path = film_with(tmp_path / "film.mkv", [bursts((0.0, 0.1, 1.0)), bursts((1.0, 1.5, 0.25))])
    first, second, none = (waveform_of(path, track) for track in (0, 1, 2))
    assert (first.peaks[5], first.peaks[105]) == (255, 0)
    assert (second.peaks[5], second.peaks[105]) == (0, 64)
    assert none.peaks == b""
    for track in (first, second):
        assert [w.step for w in track.coarser] == [STEP * f for f in LEVELS[1:]]
        for factor, coarse in zip(LEVELS[1:], track.coarser, strict=True):
            stretches = [track.peaks[at : at + factor] for at in range(0, len(track.peaks), factor)]
            assert list(coarse.peaks) == [max(s) for s in stretches]


def test_the_level_for_a_width_is_the_coarsest_that_is_fine_enough(tmp_path: Path) -> None:
    found = waveform_of(film_with(tmp_path / "film.mkv", [bursts((0.0, 0.1, 1.0))]))
    steps = [found.level(step).step for step in (1, STEP, STEP * 9, STEP * 10, SECOND, 60 * SECOND)]
    assert steps == [STEP, STEP, STEP, STEP * 10, SECOND, SECOND]


@pytest.mark.parametrize("start", [0.4, 3.0])
def test_sound_that_begins_late_lies_where_it_is_heard(tmp_path: Path, start: float) -> None:
    found = waveform_of(film_with(tmp_path / "film.mkv", [bursts((0.0, 0.1, 1.0), length=0.5)], start=start))
    loud = [k for k, peak in enumerate(found.peaks) if peak > 200]
    assert loud == (list(range(40, 50)) if start == 0.4 else [])


@pytest.mark.parametrize("codec", ["aac", "flac", "pcm_f32le", "pcm_u8", "pcm_s24le"])
def test_every_kind_of_samples(tmp_path: Path, codec: str) -> None:
    container = "mp4" if codec == "aac" else "mkv"
    found = waveform_of(film_with(tmp_path / f"film.{container}", [bursts((0.5, 1.0, 0.5))], codec))
    assert max(found.peaks[:45]) < 30
    assert min(found.peaks[55:95]) > 100
    assert max(found.peaks[110:]) < 30


def test_time_is_counted_from_the_first_picture(film) -> None:
    for kind in ("h264-b", "starts-late-mp4", "vp9"):
        path, clip = film(kind)
        found = waveform_of(path)
        assert len(found.peaks) == pytest.approx(clip.times[-1] / STEP + 100 / float(clip.fps), abs=2)
        assert min(found.peaks[20:-20]) > 50


def test_a_broken_piece_of_sound_is_silence(film) -> None:
    path, _ = film(Clip(frames=100, container="mkv", sound="aac"))
    with av.open(str(path)) as container:
        places = [(p.pos, p.size) for p in container.demux(audio=0) if p.size]
    broken = bytearray(path.read_bytes())
    for at, size in places[100:120]:
        broken[at + 8 : at + size] = b"\xff" * (size - 8)
    out = bytearray()
    write_waveform(
        io.BytesIO(bytes(broken)), build_index(path), lambda data: out.extend(data) or len(data), lambda _: None
    )
    peaks = read_waveform(io.BytesIO(bytes(out))).peaks
    assert min(peaks[20:180]) > 50
    assert min(peaks[300:380]) > 50


@pytest.mark.parametrize("harm", [lambda c: b"", lambda c: c[:-9], lambda c: b"HWF2" + c[4:], lambda c: c[:4] + c[9:]])
def test_a_damaged_file_is_told(tmp_path: Path, harm) -> None:
    out = bytearray()
    path = film_with(tmp_path / "film.mkv", [bursts((0.0, 0.1, 1.0))])
    with path.open("rb") as file:
        write_waveform(file, build_index(path), lambda data: out.extend(data) or len(data), lambda _: None)
    with pytest.raises(FilmError, match="copy-damaged"):
        read_waveform(io.BytesIO(harm(bytes(out))))
