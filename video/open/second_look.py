"""Groups of pictures in which the one complete decode met damage, decoded again to find which pictures are broken.

Single-threaded, for only then every error is its own picture's; once strictly, and once as the player will, which must
be survived and which marks pictures that the strict decoder is silent about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.errors import Cancelled
from app.model.units import Position
from video.open.copied_streams import is_spoiled
from video.open.references import begins_afresh, reader_of
from video.open.whole_decode import strict

if TYPE_CHECKING:
    import av
    from av.packet import Packet

    from video.open.frame_index import FrameIndex
    from video.open.open_film import Film

#: packets between two looks at whether to go on
_LOOK_EVERY = 100


@dataclass
class Group:
    """The pictures from one keyframe to the next, in the order of decoding.

    `leading` are those that are decoded after its keyframe and shown before it, which the others are never built on;
    they may be built on the group before, whose `tail` they are. `referred` are those that others may be built on.
    `before` is the group that was decoded before it, on which its keyframe does not build where it `is_afresh`.
    """

    before: Group | None = None
    is_afresh: bool = True
    leading: list[Position] = field(default_factory=list)
    pictures: list[Position] = field(default_factory=list)
    tail: list[Position] = field(default_factory=list)
    referred: set[Position] = field(default_factory=set)

    def is_cold(self, broken: set[Position]) -> bool:
        """Whether it speaks of earlier pictures that are not there: a strict decoder stumbles over that alone."""
        return not self.is_afresh and (self.before is None or not broken.isdisjoint(self.before.pictures))

    def spoiled_by(self, broken: set[Position]) -> set[Position]:
        """What may look wrong: broken pictures, and all that is decoded after one that others may be built on."""
        spoiled = self._from_first(self.pictures, broken)
        if spoiled:
            spoiled |= set(self.tail)
        if not broken.isdisjoint(self.pictures[:1]):
            spoiled |= set(self.leading)
        return spoiled | self._from_first(self.leading, broken) | (broken & {*self.pictures, *self.leading, *self.tail})

    def _from_first(self, row: list[Position], broken: set[Position]) -> set[Position]:
        at = next((n for n, one in enumerate(row) if one in broken & self.referred), len(row))
        return set(row[at:])


@dataclass
class Found:
    """`broken` pictures, the `whole` ones, and the groups that were decoded."""

    broken: set[Position] = field(default_factory=set)
    whole: set[Position] = field(default_factory=set)
    groups: list[Group] = field(default_factory=list)


def second_look(
    film: Film,
    index: FrameIndex,
    doubtful: Iterable[Position],
    alive: Callable[[], None],
    cancelled: Callable[[], bool],
) -> Found:
    """Decode the groups of these pictures twice more. Raises Cancelled."""
    keys = {index.key_before(position) for position in doubtful}
    before = {index.key_before(key - 1) for key in keys if key}  # what a group may refer to is decoded with it
    strict, lenient = (_Look(film, index, keys | before, strict=strict) for strict in (True, False))
    strict.run(alive, cancelled)
    lenient.run(alive, cancelled)
    broken = {at for at in strict.broken | lenient.broken if index.key_before(at) in keys}
    return Found(broken, strict.whole | lenient.whole, strict.groups)


class _Look:
    """One decode of some groups. Every packet is read, for not every container can be entered in the middle."""

    def __init__(self, film: Film, index: FrameIndex, keys: set[Position], *, strict: bool) -> None:
        self._film, self._index, self._keys, self._strict = film, index, keys, strict
        self._codec = film.pictures.codec.canonical_name, film.pictures.codec_context.extradata
        self._refers = reader_of(*self._codec)
        self.groups: list[Group] = []
        self.whole: set[Position] = set()
        self._tried: set[Position] = set()
        self._bad: set[Position] = set()
        self._now: Group | None = None  # the group that is decoded
        self._before: Group | None = None  # the one before it, when that was decoded too
        self._key: int | None = None  # when the newest keyframe is shown

    def run(self, alive: Callable[[], None], cancelled: Callable[[], bool]) -> None:
        from av.error import FFmpegError

        self._film.restart()
        pictures = self._film.pictures
        pictures.thread_count = 1
        if self._strict:
            pictures.codec_context.options = strict(pictures.codec.canonical_name)
        if 0 in self._keys and not (len(self._index.keys) and self._index.keys[0] == 0):
            self._begin(is_afresh=False)
        try:
            for number, packet in enumerate(self._film.packets(pictures)):
                if number % _LOOK_EVERY == 0:
                    alive()
                    if cancelled():
                        raise Cancelled
                self._take(packet)
        except FFmpegError:
            return  # cut off here, as before

    @property
    def broken(self) -> set[Position]:
        """Pictures with a mark of damage, and those that did not come."""
        found = self._bad | (self._tried - self.whole)
        cold = {at for group in self.groups if group.is_cold(found) for at in group.pictures}
        return found - cold if self._strict else found

    def _take(self, packet: Packet[Any]) -> None:
        if not packet.size:
            self._end()
            return
        if packet.is_keyframe:
            self._turn(packet)
        at = self._index.position_of(packet.pts) if packet.pts is not None else None
        is_tail = self._is_tail(packet)
        if at is not None:
            self._note(packet, at, is_tail=is_tail)
        if is_tail:
            if self._before is None:
                return  # it refers to a group that is not decoded
        elif self._now is None and not (packet.is_keyframe and self._before is not None):
            self._end()
            return
        self._decode(packet, at)

    def _note(self, packet: Packet[Any], at: Position, *, is_tail: bool) -> None:
        """Where it belongs."""
        if self._before is not None and is_tail:
            self._before.tail.append(at)
        if self._now is not None:
            (self._now.leading if is_tail else self._now.pictures).append(at)
            if self._refers(memoryview(packet)):
                self._now.referred.add(at)

    def _is_tail(self, packet: Packet[Any]) -> bool:
        """Whether its picture is shown before the newest keyframe, though it is decoded after it."""
        late = self._key is not None and packet.pts is not None and packet.pts < self._key
        return late and not packet.is_keyframe

    def _turn(self, packet: Packet[Any]) -> None:
        """A keyframe: it begins a group, and ends the one before."""
        self._before, self._now, self._key = self._now, None, packet.pts
        if packet.pts is not None and self._index.position_of(packet.pts) in self._keys:
            self._begin(is_afresh=begins_afresh(*self._codec, memoryview(packet)))

    def _begin(self, *, is_afresh: bool) -> None:
        self._now = Group(self._before, is_afresh)
        self.groups.append(self._now)

    def _decode(self, packet: Packet[Any], at: Position | None) -> None:
        from av.error import FFmpegError

        if at is not None:
            self._tried.add(at)
            if is_spoiled(self._film, packet):
                self._bad.add(at)
        try:
            self._show(packet.decode())
        except FFmpegError:
            self._bad.update(() if at is None else (at,))

    def _end(self) -> None:
        """Nothing more is decoded for now: what the decoder holds back comes out, and it begins anew."""
        from av.error import FFmpegError

        if self._now is None and self._before is None:
            return
        self._now = self._before = None
        context = self._film.pictures.codec_context
        with suppress(FFmpegError):  # what does not come is missing
            self._show(context.decode(None))
        context.flush_buffers()

    def _show(self, frames: Iterable[av.VideoFrame]) -> None:
        for frame in frames:
            at = self._index.position_of(frame.pts) if frame.pts is not None else None
            if at is not None and not frame.is_corrupt:
                self.whole.add(at)
