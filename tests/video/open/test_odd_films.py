"""Films that nobody here made open exactly, or are refused with a sentence; never a wrong picture in silence."""

from pathlib import Path

import pytest

from app.error_texts import SENTENCES
from app.errors import FilmError
from tests.material.films import build, read_number
from tests.material.odd_films import ODD, REFUSED
from video.open.frame_index import build_index
from video.open.frames import FrameSource, frame_png
from video.open.probe import examine

#: AVI muxers fill a late beginning of the sound with an empty picture: the file's own times are what counts then
FILLED = {"msmpeg4v2", "msmpeg4v3", "h264-avi"}


@pytest.mark.parametrize("name", ODD)
def test_it_opens_exactly(name: str, tmp_path: Path) -> None:
    clip = ODD[name]
    path = build(tmp_path, clip)
    facts, index = examine(path)
    assert facts.damage == ()
    assert facts.frames == len(clip.numbers)
    assert bool(facts.sound_tracks) == bool(clip.sound)
    assert facts.rotation == -clip.turned % 360
    if name not in FILLED:
        assert max(abs(a - b) for a, b in zip(index.times.tolist(), clip.times, strict=True)) <= 1_000
    source = FrameSource(path, index, cache_bytes=0)
    shown = [read_number(source.picture_at(int(time)).pixels) for time in index.times]
    assert shown == clip.numbers
    back = [read_number(source.picture(n).pixels) for n in range(len(index) - 1, -1, -3)]
    assert back == clip.numbers[::-3]
    source.close()


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_a_sentence(name: str, tmp_path: Path) -> None:
    clip, key = REFUSED[name]
    path = build(tmp_path, clip)
    for look in (examine, build_index, lambda film: frame_png(film, 1.0, tmp_path / "out.png")):
        with pytest.raises(FilmError) as caught:
            look(path)
        assert caught.value.key == key
    assert key in SENTENCES
    assert not (tmp_path / "out.png").exists()
