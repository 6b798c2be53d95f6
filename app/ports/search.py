"""What the application asks of the search: things found by their words, newest first, as far as the worker may see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.model.change import Entity
from app.model.sought import Area, Sought
from app.model.units import RowCount, WrittenPlace

Progress = Callable[[float], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found: its kind and id, and the words of it that are searched.

    `place` grows with the time of writing and serves to go on from. `person_id` is who it is about, where it is about
    one, `kept_apart` whether that one and another of the case must not meet.
    """

    place: WrittenPlace
    area: Area
    kind: type[Entity]
    id: str
    case_id: str
    meeting_id: str
    person_id: str
    kept_apart: bool
    words: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A worker's own saved searches, and kind and id of what was opened last from a search; the newest first."""

    saved: tuple[Sought, ...] = ()
    recent: tuple[tuple[type[Entity], str], ...] = ()


class Search(Protocol):
    """Over everything that the signed-in worker may see, in step with every change of the archive.

    Nothing of a coding is found before the rule of independence opens it, nothing of a draft, never a private note or
    private words of what was said; nothing across the wall of the sides; nothing that was erased.
    """

    def find(self, sought: Sought, limit: RowCount, before: WrittenPlace = 0) -> tuple[Found, ...]:
        """Of each group at most `limit`, the newest first, written before the `place` given where it is given.

        The groups come in their order. Nothing is found by less than two letters.
        Raises StoreError.
        """
        ...

    def again(self, things: Sequence[tuple[type[Entity], str]]) -> tuple[Found, ...]:
        """Things by kind and id, in their order, as far as they can be found at all now. Raises StoreError."""
        ...

    def kept(self) -> Kept:
        """What the signed-in worker keeps; nobody else's. Raises StoreError."""
        ...

    def keep(self, kept: Kept) -> None:
        """Keep it. What found something that is erased since is kept no longer. Raises StoreError."""
        ...

    def rebuild(self, progress: Progress, cancelled: Cancelled) -> RowCount:
        """Make the whole index anew of what the archive holds; returns how many things can be found.

        Raises Cancelled, and StoreError for the disk; then it is as it was.
        """
        ...
