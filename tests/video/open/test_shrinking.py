"""Pictures made smaller by a whole number look as libswscale's AREA makes them."""

import av
import numpy as np
import pytest
from av.video.reformatter import VideoReformatter

from video.open.shrinking import shrunk, times_smaller


def picture(wide: int, high: int, form: str = "yuv420p") -> av.VideoFrame:
    chance = np.random.default_rng(2)
    pixels = chance.integers(0, 255, (high // 8, wide // 8, 3), dtype=np.uint8).repeat(8, axis=0).repeat(8, axis=1)
    return av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24").reformat(format=form)


@pytest.mark.parametrize("times", [2, 3, 4, 6])
def test_each_pixel_is_the_mean_of_those_it_stands_for(times: int) -> None:
    frame, size = picture(96 * times, 64 * times), (96, 64)
    assert times_smaller(frame, size) == times
    like = VideoReformatter().reformat(frame, *size, "yuv420p", interpolation="AREA")
    off = np.abs(shrunk(frame, size).to_ndarray().astype(int) - like.to_ndarray())
    assert off.max() <= 4
    assert off.mean() < 0.5


def test_what_cannot_be_divided_is_left_to_the_other() -> None:
    assert times_smaller(picture(192, 128), (192, 128)) == 0
    assert times_smaller(picture(192, 128), (128, 84)) == 0
    assert times_smaller(picture(192, 128), (96, 60)) == 0
    assert times_smaller(picture(192, 128, "yuv444p"), (96, 64)) == 0
