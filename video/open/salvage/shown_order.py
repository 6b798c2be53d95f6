"""When pictures are shown, where only the order is known in which they are decoded: the decoder's own order tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO

from video.open.frame_index import decoded
from video.open.open_film import open_film


def moved_by(film: BinaryIO, count: int, step: int, alive: Callable[[float], None]) -> list[int]:
    """By how many ticks each of `count` pictures is shown later than decoded, below 0 where it is earlier.

    `film` gives each picture its place in the order of decoding, `step` ticks long, as its time. A picture that is not
    given by the decoder keeps that place. The list ends before pictures that may belong elsewhere: what was cut off
    could be shown before them.
    """
    given: dict[int, None] = {}
    with open_film(film) as opened:
        # a decoder that guesses how far pictures are held back may guess too little at first
        opened.pictures.codec_context.options = {"strict": "strict"}
        for packet in opened.packets(opened.pictures):
            for frame in decoded(packet):
                if frame.pts is not None:
                    given[frame.pts // step] = None
            if packet.dts is not None:
                alive(min(packet.dts / step / max(count, 1), 1.0))
    shown = {n: n for n in range(count)} | dict(zip(given, sorted(given), strict=True))
    places = [shown[n] for n in range(count)]
    return [(place - n) * step for n, place in enumerate(places[: _certain(places)])]


def _certain(places: Sequence[int]) -> int:
    """So many pictures are where they belong, whatever came after the last of them.

    Where a picture is decoded at most so many places after those that follow it on the screen, none that is missing can
    belong further to the front than that. Pictures that need each other stay together.
    """
    depth = max((n - place for n, place in enumerate(places)), default=0)
    certain = furthest = 0
    for n, place in enumerate(places[: len(places) - depth]):
        furthest = max(furthest, place)
        if furthest == n:
            certain = n + 1
    return certain
