"""A still leaves as a picture: what is seen, value by value, but for its covers and the word, and nothing beside it."""

import io
from dataclasses import replace

import cv2
import numpy as np
import pytest

from app.errors import FilmError
from app.model.cover import Box, Covered, CoverKey, CoverTrack
from app.ports.covering import CoverOrder
from tests.material.films import KINDS, Clip, bytes_of, read_number
from tests.material.odd_films import ODD
from video.covering import still
from video.covering.cover_process import write_covered as child_writes
from video.covering.picture import area_of
from video.covering.still import write_still
from video.open.frame_index import build_index
from video.open.frames import FrameSource

BOX = Box(1_010, 500, 4_005, 4_001)


def order(index, number: int, *boxes: Box, word: str = "SALASSA PIDETTÄVÄ") -> CoverOrder:
    time = int(index.times[number])
    tracks = tuple(CoverTrack("t", "w", Covered.FACE, (CoverKey(time, box),), margin=0) for box in boxes)
    return CoverOrder(time, time, tracks, (), word)


def opened(content: bytes) -> np.ndarray:
    """BGR"""
    return cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)


@pytest.mark.parametrize("name", ["h264-b", "turned-90", "wide-pixels", "variable-mp4", "hevc-phone"])
def test_a_still_is_the_picture_that_is_seen_but_for_its_covers_and_the_word(tmp_path, name: str) -> None:
    clip = {**KINDS, **ODD}[name]
    content = bytes_of(tmp_path, clip)
    index = build_index(io.BytesIO(content))
    made, report = write_still(io.BytesIO(content), index, order(index, 21, BOX))
    source = FrameSource(io.BytesIO(content), index)
    seen, found = source.pixels(21)[1][:, :, :3], opened(made)
    source.close()
    assert found.shape[1::-1] == index.shown_size
    left, top, right, bottom = area_of(BOX, index.shown_size)
    assert not found[top:bottom, left:right].any()
    above = found.shape[0] - max(min(found.shape[:2]) // 22, 16) - 2
    found[top:bottom, left:right] = seen[top:bottom, left:right]
    assert (found[:above] == seen[:above]).all()
    assert read_number(found) == clip.numbers[21]
    assert (report.pictures, report.covered, report.size) == (1, 1, len(made))


@pytest.fixture(scope="module")
def film(tmp_path_factory) -> bytes:
    return bytes_of(tmp_path_factory.mktemp("film"), Clip(scale=2))


def test_a_picture_holds_the_word_of_secrecy_and_no_words_about_itself(film: bytes) -> None:
    index = build_index(io.BytesIO(film))
    made, _ = write_still(io.BytesIO(film), index, order(index, 5))
    bare, _ = write_still(io.BytesIO(film), index, order(index, 5, word=""))
    rows = np.nonzero((opened(made) != opened(bare)).any(axis=(1, 2)))[0]
    assert opened(made)[rows.min() :].max() == 255
    assert rows.min() >= opened(made).shape[0] - 16
    assert not [word for word in (b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME", b"pHYs", b"iCCP") if word in made]
    assert made.endswith(b"IEND\xaeB`\x82")


def test_a_picture_that_is_not_as_ordered_or_says_more_does_not_leave(film: bytes, monkeypatch) -> None:
    index = build_index(io.BytesIO(film))
    what = order(index, 5, BOX)
    burned, encoded = still.burned, still.encoded
    ways = {
        "burned": (
            lambda seen, _, strip: burned(seen, (), strip),  # a cover forgotten
            lambda seen, inside, _: burned(seen, inside, None),  # the word forgotten
            lambda seen, inside, strip: burned(255 - seen, inside, strip),  # another picture
        ),
        "encoded": (
            lambda pixels: encoded(pixels) + b"more",
            lambda pixels: encoded(pixels).replace(b"IEND", b"\0\0\0\0"),
            lambda pixels: encoded(pixels[2:]),
        ),
    }
    for name, broken in ((name, one) for name, them in ways.items() for one in them):
        with monkeypatch.context() as patch:
            patch.setattr(still, name, broken)
            with pytest.raises(FilmError, match="cover-not-proven"):
                write_still(io.BytesIO(film), index, what)
    assert write_still(io.BytesIO(film), index, what)


def test_the_child_writes_the_same_picture(film: bytes) -> None:
    index = build_index(io.BytesIO(film))
    what, out = order(index, 9, BOX), io.BytesIO()
    ends = (lambda _: None), (lambda: False)
    report = child_writes(lambda: io.BytesIO(film), index.pack(), what, out.write, *ends)
    assert (out.getvalue(), report) == write_still(io.BytesIO(film), index, what)
    early = replace(what, first=-1, last=-1)
    with pytest.raises(FilmError, match="before-first"):
        child_writes(lambda: io.BytesIO(film), index.pack(), early, out.write, *ends)
