"""AVI says when a picture is decoded and not when it is shown: there the order of the decoder's pictures is the time.

A picture is told by its *entry*, the decoding time of the packet with which the decoder gives it; the pictures in the
order in which they come out are shown at the entries' times in ascending order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import av

    from video.open.open_film import Film

CONTAINER = "avi"
#: codecs that show pictures in another order than they are stored
_DECODED, _READ = frozenset(["h264", "hevc"]), frozenset(["mpeg4"])
#: bytes of a packet that holds no picture: the picture came with an earlier one, or the one before stays on
NO_PICTURE = 19
_PICTURE, BETWEEN = b"\0\0\1\xb6", 2


class Entries(Protocol):
    """Gathers in which order a film's entries are shown; `needs_pictures`: all must be decoded for it."""

    needs_pictures: bool

    def take(self, packet: Any, frames: list[av.VideoFrame]) -> None:
        """The next packet, and the pictures that came out of the decoder with it; at the end an empty packet."""

    def shown_at(self) -> dict[int, int] | None:
        """When each entry's picture is shown; None when the film's own times are right."""


def entries_of(film: Film) -> Entries | None:
    """None for a film that says when its pictures are shown."""
    codec = film.pictures.codec.canonical_name
    if film.container.format.name != CONTAINER:
        return None
    return _ByDecoder() if codec in _DECODED else _ByKind() if codec in _READ else None


class _ByDecoder:
    """Every picture is decoded."""

    needs_pictures = True

    def __init__(self) -> None:
        self._entries: list[int] = []
        self._given: dict[int, None] = {}

    def take(self, packet: Any, frames: list[av.VideoFrame]) -> None:
        if packet.size and packet.dts is not None:
            self._entries.append(packet.dts)
        self._given.update((frame.pts, None) for frame in frames if frame.pts is not None)

    def shown_at(self) -> dict[int, int] | None:
        lost = {at: at for at in self._entries if at not in self._given}  # as near to its place as can be known
        return _in_order(list(self._given)) | lost


class _ByKind:
    """A picture that lies between two others is shown before the later one of them: its packet says what it is.

    Two pictures in one packet come out one by one, the second with the next packet, which is empty but for a few bytes.
    """

    needs_pictures = False

    def __init__(self) -> None:
        self._waiting: deque[int] = deque()
        self._given: list[int] = []
        self._held: int | None = None
        self._any_between = False

    def take(self, packet: Any, _: list[av.VideoFrame]) -> None:
        if not packet.size or packet.dts is None:
            return
        if not (self._waiting and packet.size <= NO_PICTURE):
            self._waiting.extend(mpeg4_kinds(bytes(packet)))
        if self._waiting:
            self._give(self._waiting.popleft(), packet.dts)

    def _give(self, kind: int, entry: int) -> None:
        if kind == BETWEEN:
            self._any_between = True
            self._given.append(entry)
            return
        if self._held is not None:
            self._given.append(self._held)
        self._held = entry

    def shown_at(self) -> dict[int, int] | None:
        held = [] if self._held is None else [self._held]
        return _in_order([*self._given, *held]) if self._any_between else None


def _in_order(given: list[int]) -> dict[int, int]:
    return dict(zip(given, sorted(given), strict=True))


def mpeg4_kinds(content: bytes) -> Iterator[int]:
    """The kind of every picture in a packet of MPEG-4 (ISO/IEC 14496-2, vop_coding_type): 2 lies between others."""
    at = content.find(_PICTURE)
    while 0 <= at < len(content) - 4:
        yield content[at + 4] >> 6
        at = content.find(_PICTURE, at + 4)
