"""The numbered clip: its pictures come at the times that it names, and a number is read at any size or not at all."""

import io

import av
import cv2
import numpy as np
import pytest

from app.errors import Cancelled
from app.ports import Picture
from video.demo.self_test import PICTURES, drawn, numbered_clip, read_number
from video.open.frame_index import unpack


def shown(bgr: np.ndarray) -> Picture:
    pixels = np.ascontiguousarray(np.dstack([bgr, np.full(bgr.shape[:2], 255, np.uint8)]))
    return Picture(0, 0, bgr.shape[1], bgr.shape[0], pixels.tobytes())


@pytest.mark.parametrize("size", [(640, 360), (288, 162), (1013, 570)])
def test_a_number_is_read_at_any_size(size) -> None:
    for number in (0, 1, 74, 255, 256, 65_535):
        assert read_number(shown(cv2.resize(drawn(number), size, interpolation=cv2.INTER_AREA))) == number


def test_what_is_no_whole_number_is_not_read() -> None:
    assert read_number(shown(np.full((360, 640, 3), 128, np.uint8))) is None
    assert read_number(shown(np.zeros((360, 640, 3), np.uint8))) is None
    torn = drawn(5)
    torn[180:] = drawn(250)[180:]
    assert read_number(shown(torn)) is None, "half of one picture and half of another"


def test_the_clips_pictures_come_at_their_times() -> None:
    told: list[float] = []
    clip = numbered_clip(told.append, lambda: False)
    assert len(clip.times) == PICTURES
    assert tuple(int(t) for t in unpack(clip.index).times) == clip.times
    steps = {b - a for a, b in zip(clip.times, clip.times[1:], strict=False)}
    assert len(steps) > 1, "counting pictures gives the wrong time"
    with av.open(io.BytesIO(clip.film)) as film:
        numbers = [read_number(shown(f.to_ndarray(format="bgr24"))) for f in film.decode(video=0)]
    assert numbers == list(range(PICTURES))
    assert told == sorted(told)


def test_it_can_be_cancelled() -> None:
    with pytest.raises(Cancelled):
        numbered_clip(lambda _: None, lambda: True)
