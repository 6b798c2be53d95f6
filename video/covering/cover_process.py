"""The window's side of the process that looks for faces and writes covered clips."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import BinaryIO

from app.errors import FilmError
from app.model.cover import Proposed
from app.model.timecode import Micros
from app.ports import Cancelled, Progress
from app.ports.covering import CoverOrder, CoverReport, Proposal
from video.copies.copy_process import ask_child
from video.covering.cover_child import keys_of, said_order

#: what the interpreter is started with
_COMMAND = ("-P", "-m", "video.covering.cover_child")


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
    request = {"kind": "write", "order": said_order(order)}
    with source() as film:
        said = json.loads(ask_child(_COMMAND, request, film, index, out, progress, cancelled))
    try:
        return CoverReport(**said)
    except TypeError as error:
        raise FilmError("copy-failed") from error


def _nowhere(_: bytes) -> None:
    """A child that only looks writes nothing."""
    raise FilmError("copy-failed")
