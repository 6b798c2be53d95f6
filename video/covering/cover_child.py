"""The process that looks for faces and writes covered clips: as that of copies, without keys and of low priority.

The request says what is wished: `propose` gives JSON of marks back, `write` the clip's bytes and JSON of its report.
"""

from __future__ import annotations

import io
import json
import os
import sys
from dataclasses import asdict
from typing import Any, BinaryIO, cast

from app.errors import FilmError
from app.model.cover import Box, Covered, CoverKey, CoverTrack, MutedStretch, Muting, Proposed
from app.ports.covering import CoverOrder
from video.copies.copy_child import READ_BYTES, Pieces, Pipe, RemoteFile, stand_back
from video.open.film_gate_child import MEMORY, confine, load
from video.open.frame_index import unpack


def main() -> None:
    """Do one of the two."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # whatever a library prints goes nowhere, never into an answer
    stand_back()
    load()
    confine(MEMORY)
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


def _film(pipe: Pipe, request: dict[str, Any]) -> BinaryIO:
    return cast("BinaryIO", io.BufferedReader(RemoteFile(pipe, request["size"]), READ_BYTES))


def _written(pipe: Pipe, request: dict[str, Any], index: bytes) -> dict[str, Any]:
    from video.covering.still import write_still
    from video.covering.writing import write_covered

    order, film = order_of(request["order"]), _film(pipe, request)
    if order.is_still:
        content, report = write_still(film, unpack(index), order)
    else:
        content, report = write_covered(film, unpack(index), order, pipe.progress)
    out = Pieces(pipe)
    out.write(content)
    out.flush()
    return asdict(report)


def _proposed(pipe: Pipe, request: dict[str, Any], index: bytes) -> list[Any]:
    from video.covering.proposing import propose

    span = request["first"], request["last"]
    found = propose(_film(pipe, request), unpack(index), span, Proposed(request["by"]), pipe.progress)
    return [[[key.time, *key.box.edges] for key in proposal.keys] for proposal in found]


def said_order(order: CoverOrder) -> dict[str, Any]:
    """An order as JSON says it: only what the pictures and the sound need, nobody's id."""
    return {
        "first": order.first,
        "last": order.last,
        "word": order.word,
        "tracks": [
            [t.margin, t.held, [[key.time, *key.box.edges] for key in t.keys]] for t in order.tracks
        ],
        "muted": [[m.start, m.end, m.muting] for m in order.muted],
    }  # fmt: skip


def order_of(said: dict[str, Any]) -> CoverOrder:
    """The same read again."""
    tracks = tuple(
        CoverTrack("", "", Covered.FACE, keys_of(keys), margin=margin, held=held)
        for margin, held, keys in said["tracks"]
    )
    muted = tuple(MutedStretch(start, end, Muting(muting)) for start, end, muting in said["muted"])
    return CoverOrder(said["first"], said["last"], tracks, muted, said["word"])


def keys_of(said: list[list[int]]) -> tuple[CoverKey, ...]:
    """Marks, each a time and the four edges of its box."""
    return tuple(CoverKey(time, Box(*edges)) for time, *edges in said)


if __name__ == "__main__":
    main()
