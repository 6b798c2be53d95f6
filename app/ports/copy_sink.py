"""Where what is made of a film beside its check goes."""

from __future__ import annotations

from typing import Protocol

from app.model.recording import DerivedKind
from app.model.timecode import Micros
from app.model.units import ItemPlace


class CopySink(Protocol):
    """Where the copies go that are made of a film while it is checked, a part in pieces.

    A part that is neither dropped nor finished is of no use.
    """

    def write(self, kind: DerivedKind, part: ItemPlace, content: bytes) -> None: ...

    def drop(self, kind: DerivedKind, part: ItemPlace) -> None: ...

    def finish(self, kind: DerivedKind, part: ItemPlace, span: tuple[Micros, Micros], index: bytes) -> None:
        """A whole part: `span` is its film time, `index` its packed index (scrub copies) or empty."""
        ...
