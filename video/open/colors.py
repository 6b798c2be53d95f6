"""Scales decoded pictures, and gives them the colors they were filmed in on an ordinary screen: the one place for both.

A film says by which matrix its colors were stored (ITU-T H.273), and what it does not say is known from its size. Films
of a larger range of light (HLG and PQ, ITU-R BT.2100) or of more colors than BT.709 are made ordinary ones: shown as
they are they would be gray and flat.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import av
    import numpy as np
    from numpy.typing import NDArray

#: matrices as H.273 numbers them, and those that libswscale knows
BT709, BT601, BT2020 = 1, 5, 9
MATRICES = frozenset([BT709, 4, BT601, 6, 7, BT2020])
#: colors of limited range, as FFmpeg numbers it
LIMITED = 1
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
#: the light of a BT.2020 picture from its colors
_LIGHT_2020 = (0.2627, 0.6780, 0.0593)
#: a table of colors has so many steps of each of the three: the filter's level 8
_STEPS = 64
#: what goes into the table: 10 bits a color, as such films have
_DEEP = "gbrp10le"


class Scaler:
    """Scales pictures of one film, of `stored` width and height. Not for two threads at once.

    Keeps what it made for the last size, so one scaler serves picture after picture.
    """

    def __init__(self, stored: tuple[int, int]) -> None:
        from av.video.reformatter import VideoReformatter

        self._stored = stored
        self._plain, self._last = VideoReformatter(), VideoReformatter()
        self._ordinary: _Ordinary | None = None

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
        kind, stored = _kind_of(frame), matrix_of(frame, self._stored)
        if kind is not None:
            frame = self._plain.reformat(
                frame, *size, _DEEP, src_colorspace=stored, dst_colorspace=stored, interpolation=interpolation,
                threads=threads,
            )  # fmt: skip
            frame, stored = self._ordinary_of(size, kind).made(frame), BT709
        made = (self._plain if kind is None else self._last).reformat(
            frame, *size, form, src_colorspace=stored, dst_colorspace=matrix or stored, interpolation=interpolation,
            dst_color_range=None if form == "bgra" else LIMITED, threads=threads,
        )  # fmt: skip
        if kind is not None:
            made.color_trc = made.color_primaries = BT709
        return made

    def _ordinary_of(self, size: tuple[int, int], kind: tuple[int, int]) -> _Ordinary:
        if self._ordinary is None or self._ordinary.of != (size, kind):
            self._ordinary = _Ordinary(size, kind)
        return self._ordinary


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


def _kind_of(frame: av.VideoFrame) -> tuple[int, int] | None:
    """Transfer and primaries of a picture that is no ordinary one."""
    transfer, primaries = int(frame.color_trc), int(frame.color_primaries)
    if transfer in (_PQ, _HLG):
        return transfer, primaries if primaries in _TO_709 else _PRIMARIES_2020
    return (BT709, primaries) if primaries in _TO_709 else None


class _Ordinary:
    """Colors through a table, interpolated between its steps (FFmpeg's `haldclut`)."""

    def __init__(self, size: tuple[int, int], kind: tuple[int, int]) -> None:
        import av
        import av.filter

        self.of = size, kind
        self._count = 0
        form, clock, table = av.VideoFormat(_DEEP), Fraction(1, 25), _table_picture(*kind)
        self._graph = av.filter.Graph()
        self._into = self._graph.add_buffer(width=size[0], height=size[1], format=form, time_base=clock)
        colors = self._graph.add_buffer(width=table.width, height=table.height, format=form, time_base=clock)
        lookup = self._graph.add("haldclut", "clut=first:interp=tetrahedral")
        self._from = self._graph.add("buffersink")
        self._into.link_to(lookup, 0, 0)
        colors.link_to(lookup, 0, 1)
        lookup.link_to(self._from)
        self._graph.configure()
        colors.push(table)
        colors.push(None)

    def made(self, frame: av.VideoFrame) -> av.VideoFrame:
        frame.pts, frame.time_base = self._count, Fraction(1, 25)  # the filter wants times that rise
        self._count += 1
        self._into.push(frame)
        plain: Any = self._from.pull()
        return plain  # type: ignore[no-any-return]  # av types what a filter gives as either kind of frame


def _table_picture(transfer: int, primaries: int) -> av.VideoFrame:
    """The table as the filter takes it: a picture of all steps, red the fastest, blue the slowest."""
    import av
    import numpy as np

    side = round(_STEPS**1.5)
    table = np.round(_table(transfer, primaries) * 1023).astype("<u2").reshape(side, side, 3)
    picture = av.VideoFrame(side, side, _DEEP)
    for plane, color in zip(picture.planes, (0, 1, 2), strict=True):  # the filter reads them as red, green, blue
        rows = np.zeros((side, plane.line_size // 2), dtype="<u2")
        rows[:, :side] = table[:, :, color]
        plane.update(rows.tobytes())
    picture.pts, picture.time_base = 0, Fraction(1, 25)
    return picture


@lru_cache(maxsize=4)
def _table(transfer: int, primaries: int) -> NDArray[np.float64]:
    import numpy as np

    steps = np.linspace(0, 1, _STEPS)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    return ordinary(np.stack([red, green, blue], axis=-1).reshape(-1, 3), transfer, primaries)


def ordinary(colors: NDArray[np.float64], transfer: int, primaries: int) -> NDArray[np.float64]:
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
    shown = np.clip(light @ np.array(_TO_709[primaries]).T, 0, 1)
    made: NDArray[np.float64] = shown ** (1 / _SCREEN)
    return made


def _light_of_hlg(colors: NDArray[np.float64]) -> NDArray[np.float64]:
    """cd/m² on a screen of 1 000 cd/m² (ITU-R BT.2100, table 5: inverse OETF, then OOTF)."""
    import numpy as np

    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(colors <= 0.5, colors**2 / 3, (np.exp((colors - c) / a) + b) / 12)
    whole = (scene @ np.array(_LIGHT_2020))[:, None]
    light: NDArray[np.float64] = BRIGHTEST * np.maximum(whole, 1e-9) ** (_SYSTEM - 1) * scene
    return light


#: constants of PQ (ITU-R BT.2100, table 4)
_M1, _M2, _C1, _C2, _C3 = 2610 / 16384, 2523 / 4096 * 128, 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
_PQ_PEAK = 10_000.0


def _light_of_pq(colors: NDArray[np.float64]) -> NDArray[np.float64]:
    """cd/m² (ITU-R BT.2100, table 4: EOTF)."""
    import numpy as np

    root = colors ** (1 / _M2)
    light: NDArray[np.float64] = _PQ_PEAK * (np.maximum(root - _C1, 0) / (_C2 - _C3 * root)) ** (1 / _M1)
    return light


def pq_of(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """How PQ stores light in cd/m², 0 to 1 (ITU-R BT.2100, table 4: inverse EOTF)."""
    power = (light / _PQ_PEAK) ** _M1
    return ((_C1 + _C2 * power) / (1 + _C3 * power)) ** _M2


def _knee(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """Light up to `BRIGHTEST` → 0 to 1 of `ORDINARY` (ITU-R BT.2390, 5.4.1, by the greatest of the three colors)."""
    import numpy as np

    white = pq_of(np.array(BRIGHTEST))
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
    share: NDArray[np.float64] = light * (made / np.maximum(greatest, 1e-9)) / ORDINARY
    return share
