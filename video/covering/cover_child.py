"""The process that looks for faces and writes covered clips: as that of copies, without keys and of low priority.

The request says what is wished: `propose` gives JSON of marks back, `write` the clip's bytes and JSON of its report.
"""

from __future__ import annotations

import io
import json
import os
import sys
from dataclasses import asdict
from itertools import pairwise
from typing import Any, BinaryIO, cast

from app.errors import FilmError
from app.model.cover import Box, Covered, CoverKey, CoverTrack, MutedStretch, Muting, Proposed
from app.model.feedback import Sight
from app.ports.covering import CoverOrder, FilmClock, SecondOrder
from app.ports.file_part import FilePart
from video.copies.copy_child import READ_BYTES, Pieces, Pipe, RemoteFile, stand_back
from video.open.film_gate_child import MEMORY, confine, load
from video.open.frame_index import unpack


def main() -> None:
    """Do one of the two."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # whatever a library prints goes nowhere, never into an answer
    stand_back()
    confine(MEMORY)
    load()
    pipe = Pipe(sys.stdin.buffer, answers)
    request = json.loads(pipe.receive(b"q"))
    index = pipe.receive(b"x")
    try:
        made = (_proposed if request["kind"] == "propose" else _written)(pipe, request, index)
    except FilmError as error:
        pipe.send(b"e", error.key.encode())
    except MemoryError:
        pipe.send(b"e", b"film-too-large")
    else:
        pipe.send(b"i", json.dumps(made).encode())


def _films(pipe: Pipe, request: dict[str, Any]) -> list[BinaryIO]:
    """The film, and behind it in the same row of bytes the second one."""
    row = cast("BinaryIO", RemoteFile(pipe, request["size"]))
    edges = (0, *request.get("cuts", ()), request["size"])
    return [cast("BinaryIO", io.BufferedReader(FilePart(row, part), READ_BYTES)) for part in pairwise(edges)]


def _written(pipe: Pipe, request: dict[str, Any], index: bytes) -> dict[str, Any]:
    from video.covering.arranged import SecondFilm
    from video.covering.still import write_still
    from video.covering.writing import write_covered

    order, (film, *others) = order_of(request["order"]), _films(pipe, request)
    own, beside = index[: request["own"]], index[request["own"] :]
    second = SecondFilm(others[0], unpack(beside), order.second) if order.second is not None else None
    if order.is_still:
        content, report = write_still(film, unpack(own), order, second)
    else:
        content, report = write_covered(film, unpack(own), order, pipe.progress, second=second)
    out = Pieces(pipe)
    out.write(content)
    out.flush()
    return asdict(report)


def _proposed(pipe: Pipe, request: dict[str, Any], index: bytes) -> list[Any]:
    from video.covering.proposing import propose

    span = request["first"], request["last"]
    found = propose(_films(pipe, request)[0], unpack(index), span, Proposed(request["by"]), pipe.progress)
    return [[[key.time, *key.box.edges] for key in proposal.keys] for proposal in found]


def said_order(order: CoverOrder) -> dict[str, Any]:
    """An order as JSON says it: only what the pictures and the sound need, nobody's id."""
    return {
        "first": order.first,
        "last": order.last,
        "word": order.word,
        "tracks": _said_tracks(order.tracks),
        "muted": [[m.start, m.end, m.muting] for m in order.muted],
        "second": None if order.second is None else _said_second(order.second),
    }


def _said_tracks(tracks: tuple[CoverTrack, ...]) -> list[Any]:
    return [[t.margin, t.held, [[key.time, *key.box.edges] for key in t.keys]] for t in tracks]


def _said_second(second: SecondOrder) -> dict[str, Any]:
    return {
        "sight": second.sight,
        "tracks": _said_tracks(second.tracks),
        "first": second.first,
        "clocks": [[clock.offset, clock.drift_ppm] for clock in (second.clock, second.other)],
        "holes": second.holes,
    }


def order_of(said: dict[str, Any]) -> CoverOrder:
    """The same read again; a second film's bytes come with the first one's."""
    muted = tuple(MutedStretch(start, end, Muting(muting)) for start, end, muting in said["muted"])
    second = None if said["second"] is None else _second_of(said["second"])
    return CoverOrder(said["first"], said["last"], _tracks_of(said["tracks"]), muted, said["word"], second)


def _tracks_of(said: list[Any]) -> tuple[CoverTrack, ...]:
    return tuple(
        CoverTrack("", "", Covered.FACE, keys_of(keys), margin=margin, held=held) for margin, held, keys in said
    )


def _second_of(said: dict[str, Any]) -> SecondOrder:
    clock, other = (FilmClock(offset, drift_ppm) for offset, drift_ppm in said["clocks"])
    holes = tuple((start, end) for start, end in said["holes"])
    tracks, sight = _tracks_of(said["tracks"]), Sight(said["sight"])
    return SecondOrder(io.BytesIO, b"", sight, tracks, said["first"], clock, other, holes)


def keys_of(said: list[list[int]]) -> tuple[CoverKey, ...]:
    """Marks, each a time and the four edges of its box."""
    return tuple(CoverKey(time, Box(*edges)) for time, *edges in said)


if __name__ == "__main__":
    main()
