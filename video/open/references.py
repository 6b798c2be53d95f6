"""Whether other pictures are built on a picture: a broken one that nobody refers to spoils itself alone.

Read from the picture's own packet; where that does not say it, others are taken to refer to it.
"""

from __future__ import annotations

from collections.abc import Callable

from video.open.fields import size_bytes, units
from video.open.untimed import BETWEEN, mpeg4_kinds

#: ITU-T H.264 7.3.1: kinds of units that are slices, where a unit says how much it is referred to, and the
#: kind after which nothing earlier is referred to
_SLICES, _REFERENCE = frozenset([1, 2, 5]), 0x60
_AFRESH = 5
#: ISO/IEC 13818-2 6.2.3: what begins a picture; its kind stands in the bytes behind
_PICTURE_2, _BETWEEN_2 = b"\0\0\1\0", 3


def reader_of(codec: str, extradata: bytes | None) -> Callable[[memoryview], bool]:
    """What tells of a packet of this codec whether other pictures may refer to its picture."""
    size = size_bytes(extradata)
    if codec == "h264":
        return lambda content: _h264(content, size)
    return {"mpeg1video": _mpeg2, "mpeg2video": _mpeg2, "mpeg4": _mpeg4}.get(codec, lambda _: True)


def begins_afresh(codec: str, extradata: bytes | None, content: memoryview) -> bool:
    """Whether decoding can begin with a keyframe's packet without any word about pictures before it.

    In H.264 a keyframe may be followed by pictures that put earlier ones away; a strict decoder stumbles over that.
    """
    if codec != "h264":
        return True
    return any(len(unit) and unit[0] & 31 == _AFRESH for unit in units(content, size_bytes(extradata)))


def _h264(content: memoryview, size: int) -> bool:
    for unit in units(content, size):
        if len(unit) and unit[0] & 31 in _SLICES:
            return bool(unit[0] & _REFERENCE)
    return True


def _mpeg2(content: memoryview) -> bool:
    whole = bytes(content)
    at = whole.find(_PICTURE_2)
    return not (0 <= at < len(whole) - 5) or whole[at + 5] >> 3 & 7 != _BETWEEN_2


def _mpeg4(content: memoryview) -> bool:
    return next(mpeg4_kinds(bytes(content)), None) != BETWEEN
