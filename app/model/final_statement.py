"""A version of a statement as it became final: the whole document, and its pages in a container of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from app.model.statement_document import StatementDocument


@dataclass(frozen=True, slots=True)
class FinalStatement:
    """The one document of a final version; whatever is printed of it from then on is read from here.

    `sha256` and `size` are of the finished PDF, which lies in `container` under `wrapped_key`, in `chunks`. `fixed` is
    when that was done: the very moment of *final*, unless `afterwards` is set. Then the version was final before the
    program kept final documents, and this is the document as the archive had it at `fixed`.
    """

    id: str
    statement_id: str
    fixed: datetime
    sha256: str
    size: int
    chunks: int
    container: str
    wrapped_key: bytes = field(metadata={"journal": False})
    document: StatementDocument = field(metadata={"journal": False})
    afterwards: bool = False
