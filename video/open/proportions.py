"""A picture of another shape than the film's first keeps its own proportions, with black beside it.

Some recorders change the size of pictures in mid-film; a face must not grow broad by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import av
    from numpy.typing import NDArray

    from video.open.frame_index import FrameIndex

#: proportions that differ by less than this are the same, rounded to whole pixels
ALIKE = 0.02
#: black in luma and chroma of 8 bits (ITU-R BT.601)
_BLACK = (16, 128, 128)


def drawn_size(
    stored: tuple[int, int], index: FrameIndex, box: tuple[int, int], film: FrameIndex | None = None
) -> tuple[int, int]:
    """Width and height, pixels, of a picture of `stored` size in the `box` that a film's pictures fill, all unturned.

    The picture is one of `index`, and the box that of `film`, where it becomes part of another one. A decoder tells the
    shape of pixels for the whole film only: for other sizes, it and square ones are tried.
    """
    whole = film or index
    wanted = whole.width / whole.height * float(whole.pixel_shape)
    plain = stored[0] / stored[1]
    shaped = plain * float(index.pixel_shape)
    is_usual = stored == (index.width, index.height)
    if any(abs(one / wanted - 1) < ALIKE for one in ((shaped,) if is_usual else (shaped, plain))):
        return box
    shown = shaped if is_usual else plain
    if shown > wanted:
        return box[0], _even(box[1] * wanted / shown)
    return _even(box[0] * shown / wanted), box[1]


def _even(pixels: float) -> int:
    return max(round(pixels / 2) * 2, 2)


def pasted(pixels: NDArray[Any], box: tuple[int, int]) -> NDArray[Any]:
    """BGRA bytes in the middle of a black picture of width and height `box`."""
    import numpy as np

    high, wide = pixels.shape[:2]
    whole = np.zeros((box[1], box[0], 4), dtype=np.uint8)
    whole[:, :, 3] = 255
    left, top = (box[0] - wide) // 2, (box[1] - high) // 2
    whole[top : top + high, left : left + wide] = pixels
    return whole


def on_black(frame: av.VideoFrame, box: tuple[int, int]) -> av.VideoFrame:
    """The same for a picture in yuv420p, both sizes even; its words about color stay."""
    import av
    import numpy as np

    if (frame.width, frame.height) == box:
        return frame
    flat, done, planes = frame.to_ndarray().reshape(-1), 0, []
    for black, part in zip(_BLACK, (1, 2, 2), strict=True):
        wide, high = frame.width // part, frame.height // part
        left, top = (box[0] - frame.width) // 4 * 2 // part, (box[1] - frame.height) // 4 * 2 // part
        plane = np.full((box[1] // part, box[0] // part), black, dtype=np.uint8)
        plane[top : top + high, left : left + wide] = flat[done : done + wide * high].reshape(high, wide)
        planes.append(plane.reshape(-1))
        done += wide * high
    made = av.VideoFrame.from_ndarray(np.concatenate(planes).reshape(-1, box[0]), format="yuv420p")
    made.colorspace, made.color_range = frame.colorspace, frame.color_range
    return made
