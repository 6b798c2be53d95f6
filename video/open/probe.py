"""What a film is, in facts: its index, its rate, its tracks, and the damage that one complete decode finds.

Loads no Qt: it runs in the checking child and on the command line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from app.errors import FilmError
from app.model.recording import NOT_FILMED, Damage, FilmFacts
from app.model.timecode import SECOND, Micros, to_seconds
from app.ports import Inspected
from video.open import untimed
from video.open.frame_index import LONGEST, FrameIndex, index_of
from video.open.holes import holes_in, with_holes
from video.open.open_film import Film, open_film
from video.open.orientation import clockwise_degrees, is_turned
from video.open.second_look import Found, second_look
from video.open.whole_decode import Taker, WholeDecode
from video.open.written_length import written_length

#: gives who makes something of a film's pictures and sound, told its index and how many sound tracks it has
Taking = Callable[[FrameIndex, int], Sequence[Taker]]
#: broken pictures closer than this are one stretch of damage
ONE_STRETCH: Micros = SECOND
#: a file that says it is longer than its pictures by more than this was cut off
CUT_OFF: Micros = 2 * SECOND

#: broken pictures; pictures that are built on broken ones, up to the next keyframe
BROKEN, BROKEN_ON = "broken", "broken-on"
BROKEN_SOUND, CUT, WITHOUT_TIME = "broken-sound", "cut-off", "without-time"
#: the file is empty from here on, or ends at its card's limit
EMPTY, CARD_FULL = "empty", "card-full"
#: of a salvaged film: its pictures' times are computed, its sound could not be had, there is a hole within, and
#: nothing of its file could be read from here on
COMPUTED, NO_SOUND, LOST_WITHIN, UNREAD = "computed-times", "no-sound", "lost-within", "unread"
#: pictures that are shown as the film's first one is, but are broader or narrower, or another way up
RESHAPED, TURNED = "reshaped", "turned"
#: everything that is told of a stretch of a film
DAMAGES = frozenset(
    [BROKEN, BROKEN_ON, BROKEN_SOUND, CUT, WITHOUT_TIME, EMPTY, CARD_FULL, COMPUTED, NO_SOUND, LOST_WITHIN, UNREAD]
) | {NOT_FILMED, RESHAPED, TURNED}


def probe(path: Path) -> FilmFacts:
    """Facts and damage of a film, after one complete decode. Raises FilmError as `open_film` and `index_of` do."""
    return examine(path)[0]


def examine(
    film: Path | BinaryIO,
    progress: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    taking: Taking | None = None,
) -> tuple[FilmFacts, FrameIndex]:
    """Index a film and decode all of it once, pictures and sound; who is `taking` makes something of what comes out.

    Every picture that the decoder gives is at its time in the index, in the decoder's order: what cannot be so is
    refused (`film-clock-restarts`, `film-without-times`) or, where it is a single picture, told as broken; a few
    pictures without a time are told as that. Raises FilmError and Cancelled.
    """
    with open_film(film) as opened:
        index = index_of(opened, lambda: progress(0.0))
        promised = _promised_end(opened, index)
        opened.restart()
        tracks = sum(1 for sound in opened.container.streams.audio if sound.codec_context is not None)
        decode = WholeDecode(index, () if taking is None else taking(index, tracks))
        decode.run(opened, progress, cancelled)
        doubtful = decode.doubtful()
        found = second_look(opened, index, doubtful, lambda: progress(1.0), cancelled) if doubtful else Found()
        missing = tuple(_missing_end(opened, promised, max(decode.reached, index.duration)))
        holes = holes_in(opened, index, lambda: progress(1.0))
    if not (decode.whole or found.whole):
        raise FilmError("film-damaged")
    decode.demand_order()
    damage = (*_damage(decode, found), *missing)
    index = with_holes(index, holes)
    return facts_of(index, (*damage, *holes)), index


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
        "hides_damage": facts.hides_damage,
        "damage": [{"from_s": to_seconds(d.start), "to_s": to_seconds(d.end), "what": d.what} for d in facts.damage],
    }


def _damage(decode: WholeDecode, found: Found) -> Iterable[Damage]:
    """Where pictures look wrong, where some have no time, and where there is no sound."""
    index = decode.index
    ends = [*index.times[1:].tolist(), index.duration]
    spans = list(zip(index.times.tolist(), ends, strict=True))
    broken = found.broken | decode.out_of_place()
    spoiled = dict.fromkeys(broken, BROKEN)
    for group in found.groups:
        spoiled |= dict.fromkeys(group.spoiled_by(broken), BROKEN_ON)
    yield from _stretches((*spans[at], what if at not in broken else BROKEN) for at, what in sorted(spoiled.items()))
    untimed = {0 if at is None else index.position_of(at) for at in decode.untimed_after} - {None}
    yield from _stretches((*spans[at], WITHOUT_TIME) for at in sorted(at for at in untimed if at is not None))
    for what, places in ((RESHAPED, decode.reshaped), (TURNED, decode.turned)):
        yield from _stretches((*spans[at], what) for at in sorted(places))
    sound = sorted(t for t in decode.bad_sound if 0 <= t < index.duration)
    yield from _stretches((t, t + SECOND // 40, BROKEN_SOUND) for t in sound)


def _stretches(parts: Iterable[tuple[Micros, Micros, str]]) -> Iterable[Damage]:
    """Neighbors joined; `parts` are sorted. Pictures built on broken ones give the whole stretch its name."""
    begun: tuple[Micros, Micros, str] | None = None
    for start, end, what in parts:
        if begun is not None and start - begun[1] <= ONE_STRETCH:
            begun = begun[0], end, BROKEN_ON if BROKEN_ON in (begun[2], what) else what
            continue
        if begun is not None:
            yield Damage(*begun)
        begun = start, end, what
    if begun is not None:
        yield Damage(*begun)


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


def _missing_end(film: Film, promised: Micros, reached: Micros) -> Iterable[Damage]:
    """What the file says that it has beyond what could be read, or would have, had it not been left empty."""
    if reached + CUT_OFF < promised <= LONGEST:
        yield Damage(reached, promised, CARD_FULL if film.is_at_limit else CUT)
    elif promised <= 0:
        left_empty, written = film.would_end(reached), written_length(film)
        if reached + CUT_OFF < left_empty <= LONGEST:
            yield Damage(reached, left_empty, EMPTY)
        elif reached + CUT_OFF < written <= LONGEST:
            yield Damage(reached, written, CUT)
