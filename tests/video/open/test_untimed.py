"""AVI does not say when a picture is shown: the order in which the decoder gives pictures does, and it is exact."""

import io
from pathlib import Path

import av
import numpy as np
import pytest

from tests.material.corpus import CORPUS
from tests.material.films import Clip, build, read_number
from tests.video.joining.test_joining import joined, numbers
from video.open.frame_index import build_index, unpack
from video.open.frames import FrameSource
from video.open.probe import examine


def packed_film(folder: Path, between: int) -> Path:
    return CORPUS[f"mpeg4-packed-{between}"].film(folder)


@pytest.mark.parametrize("between", [1, 2])
def test_two_pictures_in_one_packet_are_shown_in_the_decoders_order(between, tmp_path) -> None:
    path = packed_film(tmp_path, between)
    facts, index = examine(path)
    assert (facts.frames, facts.damage, facts.rate_kind) == (60, (), "constant")
    assert index.times.tolist() == [n * 40_000 for n in range(60)]
    source = FrameSource(path, index, cache_bytes=0)
    for order in (range(60), range(59, -1, -1), (30, 3, 58, 12, 47, 11)):
        assert [read_number(source.pixels(n)[1]) for n in order] == list(order)
    assert [at for at, _ in source.run(20, 40)] == list(range(20, 40))
    source.close()


def test_the_archive_keeps_the_order(tmp_path) -> None:
    index = build_index(packed_film(tmp_path, 2))
    kept = unpack(index.pack())
    assert index.entries is not None
    assert kept.entries is not None
    assert kept.entries.tolist() == index.entries.tolist()
    assert (kept.stamps.tolist(), kept.keys.tolist()) == (index.stamps.tolist(), index.keys.tolist())
    assert build_index(build(tmp_path, Clip(frames=5))).entries is None


@pytest.mark.parametrize("clip", [Clip(container="avi", b_frames=2, frames=30), Clip(container="avi", frames=30)])
def test_such_films_are_joined_exactly(clip, tmp_path) -> None:
    one, two = build(tmp_path, clip, "a"), build(tmp_path, clip, "b")
    _, film = joined([one, two])
    assert numbers(film) == [*range(30), *range(30)]
    assert np.abs(build_index(io.BytesIO(film)).times - np.arange(60) * 40_000).max() <= 2


def test_a_lost_picture_of_such_a_film_is_told(tmp_path) -> None:
    path = build(tmp_path, Clip(container="avi", b_frames=2, frames=60, gop=10))
    with av.open(str(path)) as container:
        at, size = [(p.pos, p.size) for p in container.demux(video=0) if p.size][25]
    broken = bytearray(path.read_bytes())
    broken[at + 8 : at + size] = bytes(size - 8)
    facts, index = examine(io.BytesIO(bytes(broken)))
    assert len(index) == 60
    assert [d.what for d in facts.damage] == ["broken-on"]
    assert 800_000 <= facts.damage[0].start < facts.damage[0].end <= 1_240_000
