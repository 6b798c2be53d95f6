"""Whether a film's pictures come in the order of their times, or its clock begins anew inside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.model.units import ByteCount, Position

if TYPE_CHECKING:
    from video.open.open_film import Film

#: a program stream consists of packs, and can be parted before each; they are shorter than this (bytes)
PARTABLE, _PACK, _LONGEST_PACK = "mpeg", b"\0\0\1\xba", 65_536
#: packets between two signs of life of a long reading
_SIGN_OF_LIFE = 1000


@dataclass(frozen=True)
class Order:
    """Places in a row of timestamps, from 0.

    `alone`: a single timestamp that fits neither to the one before nor to the one after it, as damage makes it.
    `begins_anew`: where the clock falls back for good.
    """

    alone: tuple[Position, ...] = ()
    begins_anew: tuple[Position, ...] = ()


def order_of(stamps: Sequence[int]) -> Order:
    """How far timestamps, in the order in which the film gives them, rise as they must."""
    import numpy as np

    row = np.array(stamps, dtype=np.int64)
    alone, anew = [], []
    for at in np.flatnonzero(np.diff(row) <= 0).tolist():
        if at + 2 < len(row) and row[at + 2] > row[at]:
            alone.append(at + 1)
        elif at == 0 or row[at + 1] > row[at - 1]:
            alone.append(at)
        else:
            anew.append(at + 1)
    return Order(tuple(alone), tuple(anew))


def places_anew(film: Film, alive: Callable[[], None]) -> tuple[ByteCount, ...]:
    """At which bytes of its file a film's clock begins anew; empty when it cannot be parted there.

    Reads the whole film once more. All streams begin anew together: the first one that does tells the place.
    """
    if film.container.format.name != PARTABLE:
        return ()
    rows = _decoding_times(film, alive)
    anew = [(row, order_of([at for at, _ in row]).begins_anew) for row in rows]
    parts = max((len(found) for _, found in anew), default=0)
    first = [min(row[found[n]][1] for row, found in anew if len(found) == parts) for n in range(parts)]
    places = [_pack_before(film, place) for place in first]
    return tuple(places) if places == sorted(set(places)) and 0 not in places else ()


def _decoding_times(film: Film, alive: Callable[[], None]) -> list[list[tuple[int, ByteCount]]]:
    """(decoding time, place in the file) of every packet, a row per stream, pictures first."""
    from av.error import FFmpegError

    film.restart()
    rows: dict[int, list[tuple[int, ByteCount]]] = {film.pictures.index: []}
    try:
        for number, packet in enumerate(film.packets()):
            if number % _SIGN_OF_LIFE == 0:
                alive()
            if packet.dts is not None and packet.pos is not None and packet.pos >= 0:
                rows.setdefault(packet.stream_index, []).append((packet.dts, packet.pos))
    except FFmpegError:
        pass  # cut off here: what came before counts
    return list(rows.values())


def _pack_before(film: Film, place: ByteCount) -> ByteCount:
    """Where the pack begins that holds a place of the file; the place itself when there is none."""
    before = film.bytes_before(place, _LONGEST_PACK)
    at = before.rfind(_PACK)
    return place if at < 0 else place - len(before) + at
