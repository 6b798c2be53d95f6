"""The window's side of the process that looks for faces and writes covered clips."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from io import SEEK_END
from typing import Any, BinaryIO, cast

from app.errors import FilmError
from app.model.cover import Proposed
from app.model.timecode import Micros
from app.ports import Cancelled, Progress
from app.ports.children import own_module
from app.ports.covering import CoverOrder, CoverReport, Proposal
from app.ports.file_part import FileRow
from video.copies.copy_process import ask_child
from video.covering.cover_child import keys_of, said_order

#: what the interpreter is started with
_COMMAND = own_module("video.covering.cover_child")


def propose(
    source: Callable[[], BinaryIO],
    index: bytes,
    span: tuple[Micros, Micros],
    by: Proposed,
    progress: Progress,
    cancelled: Cancelled,
) -> Sequence[Proposal]:
    """As `Coverer.propose`. Raises FilmError, Cancelled."""
    request = {"kind": "propose", "first": span[0], "last": span[1], "by": str(by)}
    with source() as film:
        said = json.loads(ask_child(_COMMAND, request, film, index, _nowhere, progress, cancelled))
    try:
        return [Proposal(keys_of(keys), by) for keys in said]
    except (AssertionError, TypeError, ValueError) as error:  # a child that read a film is believed nothing
        raise FilmError("copy-failed") from error


def write_covered(
    source: Callable[[], BinaryIO],
    index: bytes,
    order: CoverOrder,
    out: Callable[[bytes], object],
    progress: Progress,
    cancelled: Cancelled,
) -> CoverReport:
    """As `Coverer.write`. Raises FilmError, Cancelled."""
    request: dict[str, Any] = {"kind": "write", "order": said_order(order), "own": len(index)}
    with ExitStack() as opened:
        films = [opened.enter_context(source())]
        if order.second is not None:
            films.append(opened.enter_context(order.second.source()))
            request["cuts"], index = [films[0].seek(0, SEEK_END)], index + order.second.index
        row = films[0] if order.second is None else cast("BinaryIO", FileRow(films))
        said = json.loads(ask_child(_COMMAND, request, row, index, out, progress, cancelled))
    try:
        return CoverReport(**said)
    except TypeError as error:
        raise FilmError("copy-failed") from error


def _nowhere(_: bytes) -> None:
    """A child that only looks writes nothing."""
    raise FilmError("copy-failed")
