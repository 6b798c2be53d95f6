"""Scales decoded pictures, and gives them the colors they were filmed in on an ordinary screen: the one place for both.

A film says by which matrix its colors were stored (ITU-T H.273), and what it does not say is known from its size. Films
of a larger range of light (HLG and PQ, ITU-R BT.2100) or of more colors than BT.709 are made ordinary ones: shown as
they are they would be gray and flat.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from video.open.shrinking import FORM, shrunk, times_smaller

if TYPE_CHECKING:
    import av
    import numpy as np
    from numpy.typing import NDArray

#: matrices as H.273 numbers them
BT709, BT601, BT2020 = 1, 5, 9
#: colors of limited and of full range, as FFmpeg numbers them
LIMITED, FULL = 1, 2
#: a picture wider or higher than these pixels is of high definition, and so of BT.709 where the film says nothing
_STANDARD = (1024, 576)
#: transfer characteristics and primaries as H.273 numbers them
_PQ, _HLG = 16, 18
_PRIMARIES_2020, _PRIMARIES_P3 = 9, 12
#: cd/m²: the light of HLG's and of most films' brightest white in PQ, and of an ordinary film's (ITU-R BT.2408, 3.2)
BRIGHTEST, ORDINARY = 1_000.0, 203.0
#: the curve of an ordinary screen (ITU-R BT.1886), and of HLG's system for 1 000 cd/m² (ITU-R BT.2100, table 5)
_SCREEN, _SYSTEM = 2.4, 1.2
#: linear light of other primaries → BT.709 (ITU-R BT.2087; SMPTE EG 432-1 by the same way)
_TO_709 = {
    _PRIMARIES_2020: ((1.6605, -0.5876, -0.0728), (-0.1246, 1.1329, -0.0083), (-0.0182, -0.1006, 1.1187)),
    _PRIMARIES_P3: ((1.2249, -0.2247, 0.0), (-0.0420, 1.0419, 0.0), (-0.0197, -0.0786, 1.0979)),
}
#: red and blue of the light of each matrix that libswscale knows (ITU-T H.273, table 4); green is the rest
MATRICES = {
    BT709: (0.2126, 0.0722), 4: (0.3, 0.11), BT601: (0.299, 0.114), 6: (0.299, 0.114), 7: (0.212, 0.087),
    BT2020: (0.2627, 0.0593),
}  # fmt: skip
#: the light of a BT.2020 picture from its colors
_LIGHT_2020 = (0.2627, 0.6780, 0.0593)
#: what is looked up: 10 bits each of luma and chroma, as such films have
_DEEP, _DEPTH = "yuv444p10le", 10
#: steps of a table of colors: of luma, and of each chroma, which are finer near gray where most colors lie
_LUMAS, _CHROMAS = 256, 97


class Scaler:
    """Scales pictures of one film, of `stored` width and height. Not for two threads at once.

    Keeps what it made for the last size, so one scaler serves picture after picture.
    """

    def __init__(self, stored: tuple[int, int]) -> None:
        from av.video.reformatter import VideoReformatter

        self._stored = stored
        self._plain, self._last = VideoReformatter(), VideoReformatter()

    def scaled(
        self,
        frame: av.VideoFrame,
        size: tuple[int, int],
        form: str,
        interpolation: str,
        *,
        matrix: int | None = None,
        threads: int = 0,
    ) -> av.VideoFrame:
        """The picture with `size` width and height in the pixel format `form`, its colors those of an ordinary film.

        In a format of luma and chroma, colors are of limited range and stored by `matrix`, or as they were, and the
        picture says so. `threads` 0: as many as there are processors. Raises av.error.FFmpegError.
        """
        kind, stored = kind_of(frame), matrix_of(frame, self._stored)
        stays = kind is None and form == FORM and int(frame.color_range) != FULL and matrix in (None, stored)
        if stays and interpolation == "AREA" and times_smaller(frame, size):
            made = shrunk(frame, size)
            made.colorspace, made.color_range = stored, LIMITED
            return made
        if kind is None:
            return self._plain.reformat(
                frame, *size, form, src_colorspace=stored, dst_colorspace=matrix or stored, interpolation=interpolation,
                dst_color_range=None if form == "bgra" else LIMITED, threads=threads,
            )  # fmt: skip
        deep = self._plain.reformat(
            frame, *size, _DEEP, src_colorspace=stored, dst_colorspace=stored, interpolation=interpolation,
            dst_color_range=LIMITED, threads=threads,
        )  # fmt: skip
        return self._stored_as(_looked_up(deep, _table(*kind, stored)), form, matrix or BT709, threads)

    def _stored_as(self, pixels: NDArray[np.uint8], form: str, matrix: int, threads: int) -> av.VideoFrame:
        """BGRA bytes of an ordinary film as a picture in `form`."""
        import av

        frame = av.VideoFrame.from_ndarray(pixels, format="bgra")
        if form == "bgra":
            return frame
        made = self._last.reformat(frame, format=form, dst_colorspace=matrix, dst_color_range=LIMITED, threads=threads)
        made.color_trc = made.color_primaries = BT709
        return made


def matrix_of(frame: av.VideoFrame, stored: tuple[int, int]) -> int:
    """By which matrix a picture's colors were stored: as it says, else by its film's width and height.

    What libswscale does not know counts as not said: a damaged word must not cost the picture.
    """
    said = int(frame.colorspace)
    if said in MATRICES:
        return said
    if int(frame.color_trc) in (_PQ, _HLG):
        return BT2020
    return BT709 if stored[0] > _STANDARD[0] or stored[1] > _STANDARD[1] else BT601


def kind_of(frame: av.VideoFrame) -> tuple[int, int] | None:
    """Transfer and primaries of a picture that is no ordinary one; None for an ordinary one."""
    transfer, primaries = int(frame.color_trc), int(frame.color_primaries)
    if transfer in (_PQ, _HLG):
        return transfer, primaries if primaries in _TO_709 else _PRIMARIES_2020
    return (BT709, primaries) if primaries in _TO_709 else None


def _looked_up(deep: av.VideoFrame, table: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """BGRA bytes of shape (height, width, 4) for a picture in `_DEEP` of limited range."""
    import numpy as np

    place = np.zeros((deep.height, deep.width), dtype=np.int32)
    for plane, places in zip(deep.planes, _places(), strict=True):
        stored = np.frombuffer(memoryview(plane), "<u2").reshape(deep.height, -1)[:, : deep.width]
        place += places.take(stored, mode="clip")  # quicker than to look at each whether it is inside
    return table.take(place, mode="clip").view(np.uint8).reshape(deep.height, deep.width, 4)


def _chromas() -> NDArray[np.floating[Any]]:
    """The steps of a chroma, −0.5 to 0.5; gray, 0, is one of them."""
    import numpy as np

    even = np.linspace(-1, 1, _CHROMAS)
    return (even + even**3) / 4


@lru_cache(maxsize=1)
def _places() -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """How far luma and each chroma, as stored in limited range (ITU-T H.273, 8.3), lead into a table."""
    import numpy as np

    levels, more = np.arange(1 << _DEPTH), 1 << (_DEPTH - 8)
    luma = np.clip(np.round((levels / more - 16) / 219 * (_LUMAS - 1)), 0, _LUMAS - 1).astype(np.int32)
    steps = _chromas()
    chroma = np.searchsorted((steps[1:] + steps[:-1]) / 2, (levels / more - 128) / 224).astype(np.int32)
    return luma * _CHROMAS**2, chroma * _CHROMAS, chroma


@lru_cache(maxsize=2)
def _table(transfer: int, primaries: int, matrix: int) -> NDArray[np.uint32]:
    """BGRA, four bytes in one number, for each step of luma, blueness and redness, the last the quickest."""
    import numpy as np

    of_red, of_blue = MATRICES[matrix]
    luma = np.linspace(0, 1, _LUMAS, dtype=np.float32)[:, None, None]
    blueness = _chromas().astype(np.float32)[None, :, None]
    redness = _chromas().astype(np.float32)[None, None, :]
    red, blue = luma + 2 * (1 - of_red) * redness, luma + 2 * (1 - of_blue) * blueness
    green = (luma - of_red * red - of_blue * blue) / (1 - of_red - of_blue)
    colors = np.stack(np.broadcast_arrays(red, green, blue), axis=-1).reshape(-1, 3)
    bytes_ = np.full((len(colors), 4), 255, dtype=np.uint8)
    bytes_[:, 2::-1] = np.round(ordinary(np.clip(colors, 0, 1), transfer, primaries) * 255)
    return bytes_.view(np.uint32)[:, 0]


def ordinary(colors: NDArray[np.floating[Any]], transfer: int, primaries: int) -> NDArray[np.floating[Any]]:
    """Red, green and blue, each 0 to 1 as stored, as an ordinary film (BT.709, screen of BT.1886) would store them.

    `transfer` and `primaries` as H.273 numbers them. Shape (n, 3) in and out. Light above 203 cd/m² is brought below it
    by the knee of ITU-R BT.2390 (5.4.1), the same share of all three colors, so that no hue changes.
    """
    import numpy as np

    if transfer == _HLG:
        light = _knee(_light_of_hlg(colors))
    elif transfer == _PQ:
        light = _knee(np.minimum(_light_of_pq(colors), BRIGHTEST))
    else:
        light = colors**_SCREEN
    shown = np.clip(light @ np.array(_TO_709[primaries], light.dtype).T, 0, 1)
    made: NDArray[np.floating[Any]] = shown ** (1 / _SCREEN)
    return made


def _light_of_hlg(colors: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """cd/m² on a screen of 1 000 cd/m² (ITU-R BT.2100, table 5: inverse OETF, then OOTF)."""
    import numpy as np

    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(colors <= 0.5, colors**2 / 3, (np.exp((colors - c) / a) + b) / 12)
    whole = (scene @ np.array(_LIGHT_2020, scene.dtype))[:, None]
    light: NDArray[np.floating[Any]] = BRIGHTEST * np.maximum(whole, 1e-9) ** (_SYSTEM - 1) * scene
    return light


#: constants of PQ (ITU-R BT.2100, table 4)
_M1, _M2, _C1, _C2, _C3 = 2610 / 16384, 2523 / 4096 * 128, 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
_PQ_PEAK = 10_000.0


def _light_of_pq(colors: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """cd/m² (ITU-R BT.2100, table 4: EOTF)."""
    import numpy as np

    root = colors ** (1 / _M2)
    light: NDArray[np.floating[Any]] = _PQ_PEAK * (np.maximum(root - _C1, 0) / (_C2 - _C3 * root)) ** (1 / _M1)
    return light


def pq_of(light: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """How PQ stores light in cd/m², 0 to 1 (ITU-R BT.2100, table 4: inverse EOTF)."""
    power = (light / _PQ_PEAK) ** _M1
    return ((_C1 + _C2 * power) / (1 + _C3 * power)) ** _M2


def _knee(light: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """Light up to `BRIGHTEST` → 0 to 1 of `ORDINARY` (ITU-R BT.2390, 5.4.1, by the greatest of the three colors)."""
    import numpy as np

    white = float(pq_of(np.array(BRIGHTEST)))
    greatest = light.max(axis=-1, keepdims=True)
    stored, most = pq_of(greatest) / white, float(pq_of(np.array(ORDINARY)) / white)
    begin = 1.5 * most - 0.5
    way = np.clip((stored - begin) / (1 - begin), 0, 1)
    bent = (
        (2 * way**3 - 3 * way**2 + 1) * begin
        + (way**3 - 2 * way**2 + way) * (1 - begin)
        + (-2 * way**3 + 3 * way**2) * most
    )
    made = _light_of_pq(np.where(stored < begin, stored, bent) * white)
    share: NDArray[np.floating[Any]] = light * (made / np.maximum(greatest, 1e-9)) / ORDINARY
    return share
