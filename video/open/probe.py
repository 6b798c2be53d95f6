"""What a film is, in facts: its index, its rate, its tracks, and the damage that one complete decode finds.

Loads no Qt: it runs in the checking child and on the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from app.errors import Cancelled, FilmError
from app.model.recording import Damage, FilmFacts
from app.model.timecode import SECOND, Micros, to_seconds
from app.ports import Inspected
from video.open import untimed
from video.open.frame_index import LONGEST, FrameIndex, index_of
from video.open.open_film import Film, open_film
from video.open.orientation import clockwise_degrees, is_turned
from video.open.picture_order import order_of

if TYPE_CHECKING:
    from av.packet import Packet

#: broken pictures closer than this are one stretch of damage
ONE_STRETCH: Micros = SECOND
#: a file that says it is longer than its pictures by more than this was cut off
CUT_OFF: Micros = 2 * SECOND

#: codecs whose strict decoding by several pictures at a time never recovers: every picture after an error is one, too
SPREADING = frozenset(["h264"])

BROKEN, BROKEN_SOUND, CUT, WITHOUT_TIME = "broken", "broken-sound", "cut-off", "without-time"
#: a film may have so many pictures without a time for each that has one
MOST_WITHOUT_TIME = 1


def probe(path: Path) -> FilmFacts:
    """Facts and damage of a film, after one complete decode. Raises FilmError as `open_film` and `index_of` do."""
    return examine(path)[0]


def examine(
    film: Path | BinaryIO,
    progress: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[FilmFacts, FrameIndex]:
    """Index a film and decode all of it, pictures and sound.

    Every picture that the decoder gives is at its time in the index, in the decoder's order: what cannot be so is
    refused (`film-clock-restarts`, `film-without-times`) or, where it is a single picture, told as broken; a few
    pictures without a time are told as that. Raises FilmError and Cancelled.
    """
    with open_film(film) as opened:
        index = index_of(opened, lambda: progress(0.0))
        promised = _promised_end(opened, index)
        found = _strictly(opened, index, progress, cancelled)
        seen, damage = found, list(found.damage())
        if damage:
            # the player decodes broken pictures as well as it can: that way must be survived too
            opened.restart()
            seen = _Decode(index, strict=False)
            seen.run(opened, lambda _: progress(1.0), cancelled)
    if not (found.shown or seen.shown):
        raise FilmError("film-damaged")
    found.demand_order()
    damage += _cut_off(promised, max(found.reached, index.duration))
    return facts_of(index, tuple(damage)), index


def _strictly(
    film: Film, index: FrameIndex, progress: Callable[[float], None], cancelled: Callable[[], bool]
) -> _Decode:
    """The decode that finds damage: where an error would spread from thread to thread, a second time without that."""
    film.restart()
    found = _Decode(index, spreads=film.pictures.codec.canonical_name in SPREADING)
    found.run(film, progress, cancelled)
    if found.given_up:
        film.restart()
        film.pictures.thread_type = "SLICE"
        already, found = found, _Decode(index)
        found.run(film, lambda share: progress(max(share, already.share)), cancelled)
    return found


def index_own(film: BinaryIO) -> Inspected:
    """Index a film that this program made itself, by its packets only. Raises what `open_film` and `index_of` raise."""
    with open_film(film) as opened:
        index = index_of(opened, own=True)
    return Inspected(facts_of(index), index.pack())


def facts_of(index: FrameIndex, damage: tuple[Damage, ...] = ()) -> FilmFacts:
    """The facts that an index holds; width and height are stored pixels after rotation."""
    turned = is_turned(index.orientation)
    return FilmFacts(
        frames=len(index),
        duration=index.duration,
        rate_kind=index.rate.kind,
        fps=index.rate.fps,
        min_fps=index.rate.min_fps,
        max_fps=index.rate.max_fps,
        width=index.height if turned else index.width,
        height=index.width if turned else index.height,
        rotation=clockwise_degrees(index.orientation),
        keyframes=len(index.keys),
        video_codec=index.codec,
        sound_tracks=index.sound_tracks,
        damage=damage,
    )


def facts_document(facts: FilmFacts) -> dict[str, Any]:
    """The JSON of `havainto probe`: seconds and pictures per second as numbers."""
    rate = {
        "kind": facts.rate_kind,
        "fps": round(facts.fps, 6),
        "min_fps": round(facts.min_fps, 6),
        "max_fps": round(facts.max_fps, 6),
    }
    return {
        "frames": facts.frames,
        "duration_s": to_seconds(facts.duration),
        "rate": rate,
        "width": facts.width,
        "height": facts.height,
        "rotation": facts.rotation,
        "keyframes": facts.keyframes,
        "video_codec": facts.video_codec,
        "sound_tracks": [{"codec": t.codec, "channels": t.channels, "rate": t.rate} for t in facts.sound_tracks],
        "damage": [{"from_s": to_seconds(d.start), "to_s": to_seconds(d.end), "what": d.what} for d in facts.damage],
    }


class _Decode:
    """One complete decode: which pictures came out whole, and where the sound did not.

    Where an error `spreads` it is given up at the first one.
    """

    def __init__(self, index: FrameIndex, *, strict: bool = True, spreads: bool = False) -> None:
        self.index = index
        self._strict, self._spreads = strict, spreads
        self.given_up = self._untimed = False
        self.share = 0.0
        self.shown: set[int] = set()
        self._given: list[int] = []
        self._untimed_after: list[int | None] = []  # the one before each picture without a time
        self._bad_sound: list[Micros] = []
        self._told = -1
        self.reached: Micros = 0

    def run(self, film: Film, progress: Callable[[float], None], cancelled: Callable[[], bool]) -> None:
        from av.error import FFmpegError

        self._untimed = film.container.format.name == untimed.CONTAINER
        if self._strict:  # a picture that the decoder would patch up counts as broken
            film.pictures.codec_context.options = {"err_detect": "explode"}
        tracks = [film.pictures, *(s for s in film.container.streams.audio if s.codec_context is not None)]
        # a stream that was cut begins with pictures that nothing can decode: some decoders do not recover from those
        begun = not (len(self.index.keys) and self.index.keys[0] == 0)
        try:
            for packet in film.packets(*tracks):
                begun = begun or (packet.stream is film.pictures and packet.is_keyframe)
                if packet.stream is film.pictures and not begun:
                    continue
                self._take(packet, is_picture=packet.stream is film.pictures)
                if self.given_up:
                    return
                self._tell(packet, progress, cancelled)
        except FFmpegError:
            return  # cut off here: what is missing shows

    def _take(self, packet: Packet[Any], *, is_picture: bool) -> None:
        from av.error import FFmpegError

        try:
            frames = packet.decode()
        except FFmpegError:
            if is_picture:
                self.given_up = self._spreads
            elif packet.pts is not None:
                self._bad_sound.append(self._time(packet.pts * packet.time_base))
            return
        if is_picture:
            bad = packet.is_corrupt
            for frame in frames:
                if frame.pts is None:
                    self._untimed_after.append(self._given[-1] if self._given else None)
                else:
                    self._given.append(frame.pts)
            self.shown.update(f.pts for f in frames if f.pts is not None and not (bad or f.is_corrupt))

    def _tell(self, packet: Packet[Any], progress: Callable[[float], None], cancelled: Callable[[], bool]) -> None:
        """Progress once per second of film."""
        if packet.pts is None:
            return
        time = self._time(packet.pts * packet.time_base)
        self.reached = max(self.reached, time)
        if time // SECOND > self._told:
            self._told = time // SECOND
            if cancelled():
                raise Cancelled
            self.share = min(max(time / max(self.index.duration, 1), 0.0), 1.0)
            progress(self.share)

    def _time(self, seconds: Any) -> Micros:
        return int((seconds - int(self.index.stamps[0]) * self.index.time_base) * SECOND)

    def demand_order(self) -> None:
        """Raises FilmError when pictures came out of the decoder in another order than that of their times."""
        order = order_of(self._given)
        if order.alone and self._untimed:
            raise FilmError("film-without-times")
        if len(self._untimed_after) > MOST_WITHOUT_TIME * len(self._given):
            raise FilmError("film-without-times")
        if order.begins_anew:
            raise FilmError("film-clock-restarts")

    def damage(self) -> Iterable[Damage]:
        index = self.index
        self.shown -= {self._given[at] for at in order_of(self._given).alone}  # shown at a time that is not theirs
        ends = [*index.times[1:].tolist(), index.duration]
        broken = [
            (time, end)
            for stamp, time, end in zip(index.stamps.tolist(), index.times.tolist(), ends, strict=True)
            if stamp not in self.shown
        ]
        yield from _stretches(broken, BROKEN)
        spans = dict(zip(index.stamps.tolist(), zip(index.times.tolist(), ends, strict=True), strict=True))
        first = int(index.stamps[0])
        untimed = {spans[at] for at in (first if at is None else at for at in self._untimed_after) if at in spans}
        yield from _stretches(sorted(untimed), WITHOUT_TIME)
        sound = sorted(t for t in self._bad_sound if 0 <= t < index.duration)
        yield from _stretches([(t, t + SECOND // 40) for t in sound], BROKEN_SOUND)


def _stretches(parts: Iterable[tuple[Micros, Micros]], what: str) -> Iterable[Damage]:
    """Neighbors joined; `parts` are sorted."""
    begun: tuple[Micros, Micros] | None = None
    for start, end in parts:
        if begun is not None and start - begun[1] <= ONE_STRETCH:
            begun = begun[0], end
            continue
        if begun is not None:
            yield Damage(*begun, what)
        begun = start, end
    if begun is not None:
        yield Damage(*begun, what)


def _promised_end(film: Film, index: FrameIndex) -> Micros:
    """Where the file says that it ends, on the film's clock; 0 when it does not say or cannot be believed."""
    stream, container = film.pictures, film.container
    start = int(index.stamps[0]) * index.time_base
    if "matroska" in container.format.name:  # counts from its own zero to the end of whatever is longest
        return int((container.duration or 0) - start * SECOND)
    if container.format.name == untimed.CONTAINER and stream.time_base:  # counts the places of left out pictures, too
        return round(stream.frames * stream.time_base * SECOND)
    if stream.frames > len(index) and index.rate.fps:  # a table of contents for more than there is
        return round(stream.frames / index.rate.fps * SECOND)
    return 0


def _cut_off(promised: Micros, reached: Micros) -> Iterable[Damage]:
    if reached + CUT_OFF < promised <= LONGEST:
        yield Damage(reached, promised, CUT)
