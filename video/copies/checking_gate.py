"""The gate for films whose copies are made while they are checked: what its child sends is looked at first."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from app.errors import FilmError
from app.model.recording import Damage, DerivedKind
from app.model.units import ByteCount
from app.ports import Inspected
from app.ports.copy_sink import CopySink
from video.copies.derived import Span, checked, parts
from video.open.film_gate import ChildFilmGate
from video.open.probe import BROKEN, BROKEN_ON

#: more parts of five minutes than the longest film has, and more bytes than one of them can have
MOST_PARTS, MOST_BYTES = 3_000, 1_000_000_000
#: a part that shows such damage is made later, as the film itself is shown there
_SEEN = frozenset([BROKEN, BROKEN_ON])


class CopyingFilmGate(ChildFilmGate):
    """The port `FilmGate`, with the copies."""

    module = "video.copies.checking_child"

    def _receiver(self, copies: CopySink) -> Received:
        return Received(copies)


@dataclass(frozen=True, slots=True)
class _Part:
    kind: DerivedKind
    number: int


class Received:
    """Copies on their way from the child to the sink; nothing of them is finished before the film's verdict is in."""

    def __init__(self, sink: CopySink) -> None:
        self._sink = sink
        self._bytes: dict[_Part, ByteCount] = {}
        self._ended: dict[_Part, bytes] = {}

    def take(self, message: dict[str, Any]) -> None:
        """Raises FilmError(`film-dangerous`) for what no child of ours says."""
        try:
            part = _Part(DerivedKind(message["copy"]), message["part"])
            if type(part.number) is not int or not 0 <= part.number < MOST_PARTS or part in self._ended:
                raise ValueError("part")
            if "piece" in message:
                self._write(part, base64.b64decode(message["piece"], validate=True))
            elif "end" in message:
                self._ended[part] = base64.b64decode(message["end"], validate=True)
            else:
                self._drop(part)
        except (KeyError, TypeError, ValueError, binascii.Error) as error:
            raise FilmError("film-dangerous") from error

    def settle(self, found: Inspected) -> None:
        """Finish what belongs to the film that was found, and drop the rest. Raises FilmError(`film-dangerous`)."""
        for part in list(self._bytes):
            span = self._span(part, found) if part in self._ended else None
            if span is None or _is_damaged(part.kind, span, found.facts.damage):
                self._drop(part)
                continue
            index = self._ended[part]
            try:
                checked(part.kind, index, found.index, span)
            except FilmError as error:
                raise FilmError("film-dangerous") from error
            self._sink.finish(part.kind, part.number, span, index)

    def _span(self, part: _Part, found: Inspected) -> Span | None:
        spans = parts(part.kind, found.index)
        return spans[part.number] if part.number < len(spans) else None

    def _write(self, part: _Part, content: bytes) -> None:
        self._bytes[part] = self._bytes.get(part, 0) + len(content)
        if self._bytes[part] > MOST_BYTES:
            raise ValueError("size")
        self._sink.write(part.kind, part.number, content)

    def _drop(self, part: _Part) -> None:
        if self._bytes.pop(part, None) is not None:
            self._sink.drop(part.kind, part.number)


def _is_damaged(kind: DerivedKind, span: Span, damage: tuple[Damage, ...]) -> bool:
    seen = (one for one in damage if one.what in _SEEN and one.start < span[1] and one.end > span[0])
    return kind is not DerivedKind.WAVEFORM and any(seen)
