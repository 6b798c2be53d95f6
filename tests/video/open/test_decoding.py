"""What is left out on the way to a picture changes nothing of it, to the bit; and threads are chosen by the film."""

import random
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from app.errors import Cancelled
from tests.material import films
from tests.material.films import Clip, build
from video.open import decoding, frames
from video.open.colors import Scaler
from video.open.decoding import choose_threads, slices
from video.open.frame_index import build_index
from video.open.frames import FrameSource, to_pixels
from video.open.open_film import open_film

X264 = "keyint=60:min-keyint=60:scenecut=0:b-adapt=0"
STEADY = {"sc_threshold": "1000000000"}
LONG = {
    "h264-pyramid": Clip(frames=100, options={
        "preset": "faster", "crf": "26", "x264-params": f"{X264}:bframes=7:b-pyramid=normal:ref=4:weightp=2"}),
    "h264-open-gop": Clip(frames=100, options={
        "preset": "faster", "crf": "26", "x264-params": f"{X264}:bframes=3:open-gop=1"}),
    "h264-ts-mbaff": Clip(frames=100, container="ts", options={
        "preset": "faster", "crf": "26", "x264-params": f"{X264}:bframes=3:tff=1"}),
    "h264-mkv-slices": Clip(frames=100, container="mkv", options={
        "preset": "ultrafast", "crf": "26", "x264-params": f"{X264}:bframes=3:slices=4"}),
    "h264-late-reordering": Clip(frames=100, container="ts", options={
        "preset": "ultrafast", "crf": "26", "x264-params": f"{X264}:bframes=16:b-pyramid=normal"}),
    "h264-10-bit": Clip(frames=70, pixels="yuv420p10le", options={
        "preset": "ultrafast", "crf": "26", "x264-params": f"{X264}:bframes=3"}),
    "h264-avi": Clip(frames=100, container="avi", options={
        "preset": "ultrafast", "crf": "26", "x264-params": f"{X264}:bframes=3"}),
    "h264-variable": Clip(frames=100, stamps=[n * 33 + n % 3 * 9 for n in range(100)], options={
        "preset": "ultrafast", "crf": "26", "x264-params": f"{X264}:bframes=3"}),
    "hevc-layers": Clip(codec="libx265", frames=100, options={"preset": "fast", "x265-params":
        "log-level=none:keyint=60:scenecut=0:bframes=6:b-adapt=0:temporal-layers=3:pools=none:frame-threads=1"}),
    "hevc-open-gop": Clip(codec="libx265", frames=100, options={"preset": "ultrafast", "x265-params":
        "log-level=none:keyint=60:scenecut=0:bframes=4:b-adapt=0:open-gop=1:pools=none:frame-threads=1"}),
    "mpeg2": Clip(codec="mpeg2video", container="ts", frames=80, gop=40, b_frames=2),
    "mpeg2-fields": Clip(codec="mpeg2video", container="mpg", frames=80, gop=40, b_frames=2,
                         options={"flags": "+ilme+ildct"}),
    "mpeg1": Clip(codec="mpeg1video", container="mpg", frames=80, gop=40, b_frames=2),
    "mpeg4": Clip(codec="mpeg4", container="mp4", frames=80, gop=40, b_frames=2, options=STEADY),
    "mpeg4-avi": Clip(codec="mpeg4", container="avi", frames=80, gop=40, b_frames=2, options=STEADY),
    "vp9": Clip(codec="libvpx-vp9", container="webm", frames=60, gop=60, fps=Fraction(30), options={
        "deadline": "realtime", "cpu-used": "6", "auto-alt-ref": "1", "lag-in-frames": "16"}),
}  # fmt: skip
#: in these pictures were left out when the test was written
SPARED = [name for name in LONG if name.startswith(("h264", "mpeg", "hevc")) and not name.endswith("avi")]


def moving(number: int, scale: int = 1) -> np.ndarray:
    """Fine grain that drifts and turns lighter: a prediction from another picture than the right one differs."""
    grain = np.random.default_rng(5).integers(0, 200, (films.HEIGHT, films.WIDTH, 3), dtype=np.uint8)
    return np.roll(grain, (number * 3, number * 5), axis=(0, 1)) // 2 + np.uint8(number)


@pytest.fixture
def long_film(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(films, "numbered", moving)
    return lambda name: build(tmp_path, LONG[name], name)


def one_after_another(path: Path) -> list[np.ndarray]:
    """Every picture where none is left out."""
    index = build_index(path)
    source, scaler = FrameSource(path, index, cache_bytes=0), Scaler((index.width, index.height))
    pictures = [to_pixels(frame, index, None, scaler) for _, frame in source.run(0, len(index))]
    assert len(pictures) == len(index)
    source.close()
    return pictures


def is_right(source: FrameSource, position: int, whole: list[np.ndarray]) -> bool:
    found, pixels = source.pixels(position)
    return found == position and np.array_equal(pixels, whole[position])


@pytest.mark.parametrize("name", LONG)
def test_a_picture_is_the_same_whatever_was_left_out_before_it(long_film, name: str, monkeypatch) -> None:
    path = long_film(name)
    index, whole = build_index(path), one_after_another(path)
    decoded, plain = [], frames.decoded
    monkeypatch.setattr(frames, "decoded", lambda packet: decoded.extend(found := plain(packet)) or found)
    order = random.Random(name).sample(range(len(index)), 36)
    for position in order[:12]:
        source = FrameSource(path, index)
        assert is_right(source, position, whole)
        source.close()
    hurried = len(decoded)
    source = FrameSource(path, index)
    assert all(is_right(source, position, whole) for position in order[12:])  # from wherever it stands
    source.close()
    decoded.clear()
    monkeypatch.setattr(frames, "TELLING", frozenset())
    for position in order[:12]:
        source = FrameSource(path, index)
        assert is_right(source, position, whole)
        source.close()
    assert (hurried < len(decoded) * 0.85) == (name in SPARED), (hurried, len(decoded))


def test_going_back_picture_by_picture_decodes_a_group_twice_at_most(long_film, monkeypatch) -> None:
    path = long_film("h264-pyramid")
    source, whole, landings = FrameSource(path, build_index(path)), one_after_another(path), []
    choose = frames.choose_threads
    monkeypatch.setattr(frames, "choose_threads", lambda *film: (landings.append(film), choose(*film)))
    assert all(is_right(source, position, whole) for position in range(59, -1, -1))
    assert len(landings) == 2
    source.close()


def test_after_a_search_that_was_abandoned_the_next_one_still_finds_its_picture(long_film) -> None:
    """What it passed over was thought of no use for another picture than the one that is wanted now."""
    path = long_film("h264-pyramid")
    index, whole = build_index(path), one_after_another(path)
    for most in range(1, 14, 3):
        left = [most]

        def abandoned(left=left) -> bool:
            left[0] -= 1
            return left[0] == 0

        source = FrameSource(path, index, abandoned=abandoned)
        with pytest.raises(Cancelled):
            source.picture(59)
        assert all(is_right(source, position, whole) for position in (20, 37, 44, 58))
        source.close()


def test_a_film_whose_word_is_wrong_shows_its_picture_all_the_same(long_film, monkeypatch) -> None:
    """As if a needed picture were said to be unneeded: then everything is decoded."""
    path = long_film("h264-pyramid")
    monkeypatch.setattr(frames, "BEFORE", -5)
    source, whole = FrameSource(path, build_index(path)), one_after_another(path)
    assert all(is_right(source, position, whole) for position in (17, 41, 58, 75))
    source.close()


@pytest.mark.parametrize(
    ("name", "count"), [("h264-mkv-slices", 4), ("h264-pyramid", 1), ("h264-ts-mbaff", 1), ("mpeg2", 0)]
)
def test_threads_share_a_picture_that_is_cut_for_all_of_them(long_film, monkeypatch, name: str, count: int) -> None:
    path = long_film(name)
    for cores in (1, 2, 4, 8):
        monkeypatch.setattr(decoding.os, "cpu_count", lambda cores=cores: cores)
        with open_film(path) as film:
            first = next(packet for packet in film.packets(film.pictures) if packet.is_keyframe)
            if film.pictures.codec.canonical_name == "h264":
                assert slices(bytes(first), film.pictures) == count
            choose_threads(film.pictures, first)
            shared = film.pictures.thread_type.name == "SLICE"
            assert shared == (1 < cores <= count)
            assert film.pictures.thread_count == (cores if shared else min(cores + 3, 6))


def test_damaged_packets_have_no_slices_and_raise_nothing(long_film) -> None:
    chance = random.Random(4)
    with open_film(long_film("h264-pyramid")) as film:
        packet = bytes(next(film.packets(film.pictures)))
        for _ in range(300):
            cut = bytearray(packet[: chance.randrange(60)])
            for at in range(len(cut)):
                if chance.random() < 0.2:
                    cut[at] = chance.randrange(256)
            assert 0 <= slices(bytes(cut), film.pictures) <= 60
