"""What a coder writes for nobody else: first impressions and notes to a task, apart from the coding (domain 4.8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class NoteKind(StrEnum):
    """What a private note is about."""

    IMPRESSION = "impression"  # of the first viewing, of the whole film
    TASK = "task"  # to the task `number`


@dataclass(frozen=True, slots=True)
class PrivateNote:
    """Only its coder ever reads it, also when both codings are ready; it is never exported or counted.

    It is erased when the statement is signed unless `keep` is on. Its words never enter the journal, so that erasing it
    erases them.
    """

    id: str
    coding_id: str
    kind: NoteKind
    number: int = 0
    text: str = field(default="", metadata={"journal": False})
    keep: bool = False
