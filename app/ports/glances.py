"""What the application asks of many meetings at once: as little of each as a list of them shows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.model.coding import FIRST_READING, CodingState


@dataclass(frozen=True, slots=True)
class PairGlance:
    """By worker id how far each own coding of a reading is, and whose ready one opens at their next sign-in."""

    states: dict[str, CodingState]
    awaited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FilmGlance:
    """A film that is not erased: whether it is closed from use, and since when."""

    meeting_id: str
    closed_from_use: datetime | None = None


class Glances(Protocol):
    """One question for all of the meetings, whose answer holds neither films nor what was coded."""

    def pairs_of(self, meeting_ids: Collection[str], reading: int = FIRST_READING) -> dict[str, PairGlance]:
        """By meeting id what `coding_states` and `awaited` say of each; only of meetings that anybody codes."""
        ...

    def films_of(self, meeting_ids: Collection[str]) -> dict[str, tuple[FilmGlance, ...]]:
        """By meeting id its films that are not erased; only of meetings that have any."""
        ...

    def films_kept(self) -> tuple[str, ...]:
        """Ids of all films that are not erased, in their order; none is read."""
        ...

    def finals_without_document(self) -> tuple[str, ...]:
        """Ids of the final versions whose document was not kept with them, in their order; no document is read."""
        ...
