"""How a picture is shown beyond how it was filmed: without comb lines, lighter, turned. The film stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from app.model.recording import Viewing

if TYPE_CHECKING:
    import av
    from numpy.typing import NDArray


def viewed(pixels: NDArray[Any], viewing: Viewing) -> NDArray[Any]:
    """BGRA bytes of shape (height, width, 4), upright as filmed → as the viewing wants them."""
    import numpy as np

    if viewing.brightness or viewing.contrast != 1.0:
        import cv2

        pixels = cv2.LUT(pixels, _tones(viewing.brightness, viewing.contrast))
    if viewing.turn % 360:
        import cv2

        turns = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
        pixels = cv2.rotate(pixels, turns[viewing.turn % 360])
    return np.ascontiguousarray(pixels)


@lru_cache(maxsize=32)
def _tones(brightness: float, contrast: float) -> NDArray[Any]:
    """(1, 256, 4): contrast around the middle gray, then brightness; the fourth channel stays."""
    import numpy as np

    plain = np.arange(256)
    toned = np.clip((plain / 255 - 0.5) * contrast + 0.5 + brightness, 0, 1) * 255
    table: NDArray[Any] = np.stack([toned.round(), toned.round(), toned.round(), plain], axis=-1)[None].astype("uint8")
    return table


def without_comb(neighbors: Sequence[av.VideoFrame]) -> av.VideoFrame:
    """The middle one of three pictures that follow each other, its two fields made one (FFmpeg's `yadif`).

    The result depends on these three only, so a picture looks the same however it was reached, and it keeps its time.
    """
    import av.filter

    before, frame, after = neighbors
    graph = av.filter.Graph()
    into = graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base)
    nodes = [into, graph.add("yadif", "mode=send_frame:deint=interlaced"), graph.add("buffersink")]
    graph.link_nodes(*nodes)
    graph.configure()
    for neighbor in (before, frame, after):
        into.push(neighbor)
    nodes[-1].pull()  # the first of the three
    plain: Any = nodes[-1].pull()
    assert plain.time == frame.time
    return plain  # type: ignore[no-any-return]  # av types what a filter gives as either kind of frame
