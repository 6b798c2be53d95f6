"""The one complete decode of a film: every packet of pictures and sound once, and who makes something of them.

The decoder is strict: what it would patch up is an error. In films that were damaged at random, the marks that a
lenient decoder puts on pictures miss a third of what this one finds in HEVC, nearly all of it in Motion JPEG, and in
transport streams of H.264 one place in six; this one misses one in twenty of the other's in H.264. A whole film gives
the same pictures in both. Where an error was, `second_look` decodes the group of pictures again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol, cast

from app.errors import Cancelled, FilmError
from app.model.timecode import SECOND, Micros
from app.model.units import ItemPlace, Position, Share
from video.open import untimed
from video.open.copied_streams import is_spoiled
from video.open.orientation import orientation_of
from video.open.picture_order import order_of
from video.open.proportions import ALIKE

if TYPE_CHECKING:
    import av
    from av.audio.frame import AudioFrame
    from av.packet import Packet

    from video.open.frame_index import FrameIndex
    from video.open.open_film import Film

#: checksums that a stream carries count everywhere; its form only where nothing else tells of damage: other codecs'
#: streams are filled up in ways that a decoder calls wrong and that harm no picture
_CHECKS, _CHECKS_OF_FORM = "crccheck+explode", "crccheck+bitstream+buffer+explode"
_TOLD_BY_FORM = frozenset(["wmv1", "wmv2", "msmpeg4v1", "msmpeg4v2", "msmpeg4v3"])
#: codecs whose strict decoding by several pictures at a time never recovers: it is begun anew at the next keyframe
SPREADING = frozenset(["h264"])
#: a film may have so many pictures without a time for each that has one
MOST_WITHOUT_TIME = 1


def strict(codec: str) -> dict[str, str]:
    """A decoder's options by which what it would patch up is an error."""
    return {"err_detect": _CHECKS_OF_FORM if codec in _TOLD_BY_FORM else _CHECKS}


class Taker(Protocol):
    """Makes something of the pictures and the sound that come out whole, each once and in order."""

    def picture(self, position: Position, frame: av.VideoFrame) -> None: ...

    def sound(self, track: ItemPlace, frame: AudioFrame) -> None:
        """`track` counts the film's sound tracks from 0."""
        ...


class WholeDecode:
    """What came out whole, and where not.

    `whole` are the stamps of pictures without a mark of damage; `suspects` the positions of those that had one; `given`
    the stamps of all in the decoder's order; `untimed_after` the stamp before each picture without a time; `bad_sound`
    where sound could not be decoded, µs of film; `reached` the last packet's time.
    """

    def __init__(self, index: FrameIndex, takers: Sequence[Taker] = ()) -> None:
        self.index, self._takers = index, takers
        self.whole: set[int] = set()
        self.suspects: set[Position] = set()
        self.given: list[int] = []
        self.untimed_after: list[int | None] = []
        self.bad_sound: list[Micros] = []
        self.reshaped: set[Position] = set()  # pictures that are as large as the film's and broader or narrower
        self.turned: set[Position] = set()
        self._way_up = index.orientation  # said by any picture, and true until the next one says it
        self._shape: Fraction | None = None  # of the first picture's pixels, as the decoder knows it
        self.reached: Micros = 0
        self._newest: Position = -1
        self._is_untimed = False
        self._told = -1

    def run(self, film: Film, progress: Callable[[Share], None], cancelled: Callable[[], bool]) -> None:
        """Decode a film that stands at its beginning. Raises Cancelled."""
        from av.error import FFmpegError

        self._is_untimed = film.container.format.name == untimed.CONTAINER
        pictures = film.pictures
        pictures.codec_context.options = strict(pictures.codec.canonical_name)
        sounds = [s for s in film.container.streams.audio if s.codec_context is not None]
        numbers = {s.index: number for number, s in enumerate(sounds)}
        begin = _Begin(self.index, spreads=pictures.codec.canonical_name in SPREADING)
        try:
            for packet in film.packets(pictures, *sounds):
                if packet.stream is not pictures:  # at the film's end a packet's own number of its stream is 0
                    self._take_sound(packet, numbers[packet.stream.index])
                elif begin.lets(packet):
                    if not self._take(film, packet):
                        begin.anew()
                else:
                    self._suspect(packet)
                self._tell(packet, progress, cancelled)
        except FFmpegError:
            return  # cut off here: what is missing shows

    def _take(self, film: Film, packet: Packet[Any]) -> bool:
        """False when it cannot be decoded."""
        from av.error import FFmpegError

        if is_spoiled(film, packet):
            self._suspect(packet)
        try:
            frames = packet.decode()
        except FFmpegError:
            self._suspect(packet)
            return False
        for frame in frames:
            self._take_picture(frame, film.pictures.codec_context.sample_aspect_ratio or Fraction(1))
        return True

    def _take_picture(self, frame: av.VideoFrame, shape: Fraction) -> None:
        if frame.pts is None:
            self.untimed_after.append(self.given[-1] if self.given else None)
            return
        self.given.append(frame.pts)
        position = self.index.position_of(frame.pts)
        if frame.is_corrupt:
            if position is not None:
                self.suspects.add(position)
            return
        self.whole.add(frame.pts)
        if position is not None and position > self._newest:
            self._newest = position
            self._compare(position, frame, shape)
            for taker in self._takers:
                taker.picture(position, frame)

    def _compare(self, position: Position, frame: av.VideoFrame, shape: Fraction) -> None:
        """With the film's first picture, whose way up and shape of pixels are taken for all of them."""
        self._shape = self._shape or shape
        is_usual = (frame.width, frame.height) == (self.index.width, self.index.height)
        if is_usual and abs(shape / self._shape - 1) > ALIKE:
            self.reshaped.add(position)
        self._way_up = orientation_of(frame, self._way_up)
        if self._way_up != self.index.orientation:
            self.turned.add(position)

    def _suspect(self, packet: Packet[Any]) -> None:
        position = self.index.position_of(packet.pts) if packet.pts is not None else None
        if position is not None:
            self.suspects.add(position)

    def _take_sound(self, packet: Packet[Any], track: int) -> None:
        from av.error import FFmpegError

        try:
            frames = packet.decode()
        except FFmpegError:
            if packet.pts is not None:
                self.bad_sound.append(self._time(packet.pts * packet.time_base))
            return
        for frame in frames:
            for taker in self._takers:
                taker.sound(track, cast("AudioFrame", frame))

    def _tell(self, packet: Packet[Any], progress: Callable[[Share], None], cancelled: Callable[[], bool]) -> None:
        """Progress once per second of film."""
        if packet.pts is None:
            return
        time = self._time(packet.pts * packet.time_base)
        self.reached = max(self.reached, time)
        if time // SECOND > self._told:
            self._told = time // SECOND
            if cancelled():
                raise Cancelled
            progress(min(max(time / max(self.index.duration, 1), 0.0), 1.0))

    def _time(self, seconds: Any) -> Micros:
        return int((seconds - int(self.index.stamps[0]) * self.index.time_base) * SECOND)

    def doubtful(self) -> set[Position]:
        """Every picture that had a mark of damage or did not come at all."""
        missing = (stamp for stamp in self.index.stamps.tolist() if stamp not in self.whole)
        return self.suspects | {at for stamp in missing if (at := self.index.position_of(stamp)) is not None}

    def demand_order(self) -> None:
        """Raises FilmError when pictures came out of the decoder in another order than that of their times."""
        order = order_of(self.given)
        if order.alone and self._is_untimed:
            raise FilmError("film-without-times")
        if len(self.untimed_after) > MOST_WITHOUT_TIME * len(self.given):
            raise FilmError("film-without-times")
        if order.begins_anew:
            raise FilmError("film-clock-restarts")

    def out_of_place(self) -> set[Position]:
        """Pictures that were shown at a time that is not theirs."""
        found = (self.index.position_of(self.given[at]) for at in order_of(self.given).alone)
        return {at for at in found if at is not None}


class _Begin:
    """Which packets the decoder is given: from a keyframe on, and nothing that refers to what lies before that.

    A stream that was cut begins with pictures that nothing can decode, and some decoders do not recover from those.
    """

    def __init__(self, index: FrameIndex, *, spreads: bool) -> None:
        self._waits = bool(len(index.keys)) and int(index.keys[0]) == 0
        self._spreads = spreads
        self._first = True
        self._key: int | None = None  # when the keyframe is shown with which decoding began

    def anew(self) -> None:
        """The decoder stumbled: when it cannot recover by itself it is begun anew at the next keyframe."""
        self._waits = self._spreads

    def lets(self, packet: Packet[Any]) -> bool:
        if not packet.size:
            return not self._waits  # the end
        if packet.is_keyframe:
            if self._waits and not self._first:
                packet.stream.codec_context.flush_buffers()
            self._key = packet.pts if self._waits else None
            self._waits = self._first = False
        return not (self._waits or self._is_before_key(packet))

    def _is_before_key(self, packet: Packet[Any]) -> bool:
        """Whether it is shown before the keyframe with which decoding began: it refers to what was not read."""
        return self._key is not None and packet.pts is not None and packet.pts < self._key
