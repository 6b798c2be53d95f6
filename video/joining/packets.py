"""Several files of one recording as one film: the packets as they are where that is possible, newly encoded where not.

Cameras split what they record: chapters of an action camera, pieces of 4 GB, an AVCHD stream over several files. Every
picture of every file is in the film, in order, and each file's first picture follows the last one of the file before it
by exactly that one's duration, or later where their clocks tell that nobody filmed meanwhile (`clocks`); sound stays
where its own file had it beside the pictures. What else a camera writes (places, menus, a clock) is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

from app.errors import Cancelled as CancelledError
from app.errors import FilmError
from app.ports import Cancelled, NewContainer, Progress
from app.ports.films import Joined
from video.joining.overlaps import settled
from video.joining.survey import (
    FRAGMENTS,
    Part,
    follow_each_other,
    joined_of,
    same_shape,
    sound_of,
    starts_of,
    survey,
)
from video.open.open_film import open_film

if TYPE_CHECKING:
    from av.container import OutputContainer
    from av.packet import Packet

#: in this order, the first that holds all tracks is taken
_CONTAINERS = ("mp4", "mov")
#: share of the progress that the first look at all packets takes
_LOOK = 0.3
_BLOCK = 4 * 1024 * 1024
_ALIVE_EVERY = 200  # packets
#: seconds that a part's sound may go on behind its last picture
_STRAY = 1


def join(sources: Sequence[BinaryIO], out: NewContainer, progress: Progress, cancelled: Cancelled) -> Joined:
    """Write the files of one recording, in their order, as one film.

    `sources` are seekable files that have passed the gate. Raises FilmError: `join-unlike` when they are no one
    recording, what `open_film` raises; Cancelled. What `out` got until then is of no use.
    """
    parts: list[Part] = []
    for source in sources:
        parts.append(survey(source, partial(_looked, progress, len(parts) / len(sources), 1 / len(sources)), cancelled))
    if not same_shape(parts):
        raise FilmError("join-unlike")

    def rest(share: float) -> None:
        progress(_LOOK + (1 - _LOOK) * share)

    if follow_each_other(parts):
        _run_together(sources, out, rest, cancelled)
        return joined_of(parts, [0] * len(parts))
    count = _pictures_of(parts)
    parts, differing = settled(parts, partial(_go_on, cancelled))
    joined = _written(parts, out, rest, cancelled)
    twice = count - _pictures_of(parts) + sum(part.again for part in parts)
    return replace(joined, twice=twice, differing=differing)


def _written(parts: Sequence[Part], out: NewContainer, progress: Progress, cancelled: Cancelled) -> Joined:
    container = _container_for(parts)
    if container is None:
        from video.joining.encoded_anew import encode

        return encode(parts, out, progress, cancelled)
    _Packets(parts, out, container).write(progress, cancelled)
    return joined_of(parts, starts_of(parts))


def _pictures_of(parts: Sequence[Part]) -> int:
    return sum(len(part.survey.stamps) for part in parts)


def _go_on(cancelled: Cancelled) -> None:
    if cancelled():
        raise CancelledError


def _looked(progress: Progress, before: float, share: float, done: float) -> None:
    progress(_LOOK * (before + share * done))


def _run_together(sources: Sequence[BinaryIO], out: NewContainer, progress: Progress, cancelled: Cancelled) -> None:
    """A transport stream that was cut anywhere, also in the midst of a picture, is whole when its bytes follow."""
    sizes = [source.seek(0, 2) for source in sources]
    done = 0
    for source in sources:
        source.seek(0)
        while block := source.read(_BLOCK):
            if cancelled():
                raise CancelledError
            out.write(block)
            done += len(block)
            progress(done / max(sum(sizes), 1))


def _container_for(parts: Sequence[Part]) -> str | None:
    """The container that takes these packets as they are; None when they must be encoded anew."""
    alike = all(part.survey.can_be_copied and part.survey.alike(parts[0].survey) for part in parts)
    if not alike or any(part.again for part in parts):
        return None
    return next((name for name in _CONTAINERS if _holds(name, parts[0])), None)


def _holds(container: str, part: Part) -> bool:
    """Whether a container begins with the tracks of a part: its own list of codecs names some that it then refuses."""
    import av
    from av.error import FFmpegError

    codecs = {part.survey.codec, *(track.codec for track in part.survey.sound)}
    try:
        with av.open(_Nowhere(), "w", format=container, container_options=dict(FRAGMENTS)) as trial:
            if not codecs <= trial.supported_codecs:
                return False
            _add_tracks(trial, part)
            trial.start_encoding()
    except FFmpegError:
        return False
    return True


def _add_tracks(film: OutputContainer, like: Part) -> list[Any]:
    with open_film(like.source) as opened:
        tracks: list[Any] = [film.add_stream_from_template(opened.pictures)]
        tracks += [film.add_stream_from_template(stream) for stream in sound_of(opened.container.streams.audio)]
    tracks[0].time_base = like.survey.time_base
    return tracks


class _Nowhere:
    """A file that keeps nothing: only asked what its container can hold."""

    def write(self, data: bytes) -> int:
        return len(data)


@dataclass
class _Packets:
    """Copies packets into one container, each part's clock moved to where it belongs."""

    parts: Sequence[Part]
    out: NewContainer
    container: str
    _last_sound: dict[int, int] = field(default_factory=dict)

    def write(self, progress: Progress, cancelled: Cancelled) -> None:
        import av

        count = sum(len(part.survey.stamps) for part in self.parts)
        starts = starts_of(self.parts)
        decode_at = _decoding_times(self.parts, starts)
        first = self.parts[0].survey
        base = max(-decode_at[0], _ticks(-first.earliest_sound, first.time_base), 0)
        with av.open(self.out, "w", format=self.container, container_options=dict(FRAGMENTS)) as film:
            tracks = _add_tracks(film, self.parts[0])  # all parts are like it
            done = 0
            for part, start in zip(self.parts, starts, strict=True):
                end = done + len(part.survey.stamps)  # what the file after it has is left out
                for number, (track, packet) in enumerate(_read(part, len(tracks) - 1)):
                    if number % _ALIVE_EVERY == 0:
                        if cancelled():
                            raise CancelledError
                        progress(min(done / count, 1.0))
                    if track == 0 and done == end:
                        continue
                    if track == 0:
                        assert packet.pts is not None, "the survey counted only pictures with a time"
                        packet.pts = packet.pts + start + base
                        packet.dts = decode_at[done] + base
                        done += 1
                        packet.stream = tracks[0]
                        film.mux(packet)
                    else:
                        self._sound(film, packet, tracks[track], part, start + base)
        progress(1.0)

    def _sound(self, film: OutputContainer, packet: Packet[Any], track: Any, part: Part, start: int) -> None:
        """Sound keeps its distance from the pictures; what would overlap the part before by a whole packet goes."""
        if packet.pts is None or packet.time_base is None:
            return
        moved = packet.pts + round(start * part.survey.time_base / packet.time_base)
        begins = (part.survey.stamps_first + start) * part.survey.time_base
        if part is not self.parts[0] and (moved + (packet.duration or 0) // 2) * packet.time_base < begins:
            return  # before the seam: the part before has that moment
        if moved * packet.time_base > (part.survey.stamps_end + start) * part.survey.time_base + _STRAY:
            return  # sound of what comes behind a jump of the clock, woven into this part
        if moved <= self._last_sound.get(track.index, moved - 1):
            return
        self._last_sound[track.index] = moved
        packet.pts = packet.dts = moved
        packet.stream = track
        film.mux(packet)


def _read(part: Part, sounds: int) -> Iterator[tuple[int, Packet[Any]]]:
    """(track, packet) of one part in the file's order: 0 are the pictures that the survey counted, then the sound."""
    from av.bitstream import BitStreamFilterContext
    from av.error import FFmpegError

    with open_film(part.source) as film:
        wanted = [film.pictures, *sound_of(film.container.streams.audio)[:sounds]]
        numbers = {stream.index: number for number, stream in enumerate(wanted)}
        # AAC from a transport stream says in every packet how it is made; other containers want that said once
        bare = [s for s in wanted[1:] if s.codec.canonical_name == "aac" and not s.codec_context.extradata]
        plain = {s.index: BitStreamFilterContext("aac_adtstoasc", s) for s in bare}
        try:
            for packet in film.packets(wanted):
                at, clock = packet.stream_index, packet.time_base
                if not packet.size or (at == film.pictures.index and packet.pts is None):
                    continue
                for ready in plain[at].filter(packet) if at in plain else (packet,):
                    ready.time_base = clock
                    yield numbers[at], ready
        except FFmpegError:
            return  # cut off here, as the survey saw


def _decoding_times(parts: Sequence[Part], starts: Sequence[int]) -> list[int]:
    """When each picture is decoded, in the order of packets: the sorted times, earlier by the deepest reordering.

    The files' own decoding times are not used: some containers have none, and they need not fit at a seam.
    """
    import numpy as np

    shown = np.concatenate([part.survey.stamps + start for part, start in zip(parts, starts, strict=True)])
    ranks = np.empty(len(shown), dtype=np.int64)
    order = np.argsort(shown, kind="stable")
    ranks[order] = np.arange(len(shown))
    depth = max(int((np.arange(len(shown)) - ranks).max()), 0)
    ahead = shown[order][0] - np.arange(depth, 0, -1) * max(parts[0].survey.gap, 1)
    times: list[int] = np.concatenate((ahead, shown[order]))[: len(shown)].tolist()
    return times


def _ticks(seconds: Fraction, time_base: Fraction) -> int:
    """Whole ticks that are not fewer than `seconds`."""
    return -int(-seconds // time_base)
