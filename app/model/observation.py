"""One coded act, and the marks that a coder leaves to come back to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.model.timecode import Micros


class How(StrEnum):
    """How an observation came to be."""

    LIVE = "live"
    EDITED = "edited"
    IMPORTED = "imported"
    FILMING = "filming"  # put in by the meeting when the coding was begun: what happened while filming


@dataclass(frozen=True, slots=True)
class Observation:
    """A point (`end` is None and `open` is off) or a state on the meeting's clock, half-open.

    `person` is `adult1`, `child1` or `dyad`. A state still on while coding has `open` set and no end; it closes at the
    end of the coded stretch. `pressed` is the time of the picture at the key press before the worker's reaction offset.
    `seen_on` is the recording id and `seen_at` the time on that film.
    """

    id: str
    coding_id: str
    code: str
    person: str
    start: Micros
    end: Micros | None = None
    open: bool = False
    modifiers: tuple[str, ...] = ()
    note: str = ""
    how: How = How.LIVE
    pressed: Micros | None = None
    seen_on: str = ""
    seen_at: Micros | None = None

    def __post_init__(self) -> None:
        assert self.end is None or (self.end > self.start and not self.open), "a state ends after it starts, once"


class MarkKind(StrEnum):
    """Flags stand outside the scheme and outside every agreement figure (domain 2.3.3)."""

    IMPORTANT = "important"
    CLIP = "clip"
    ASK = "ask"
    SAFETY = "safety"
    NOTE = "note"


#: the keys of the flags, free in every scheme; the only place where they stand
FLAG_KEYS = {"ö": MarkKind.IMPORTANT, "ä": MarkKind.CLIP, "å": MarkKind.ASK}

#: marks that are for somebody else's eyes
FOR_OTHERS = frozenset({MarkKind.CLIP, MarkKind.ASK, MarkKind.SAFETY})


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment flagged by its coder: to come back to, a clip candidate, a question to the partner, a note."""

    id: str
    coding_id: str
    kind: MarkKind
    at: Micros
    text: str = ""


class BookmarkColor(StrEnum):
    """How a bookmark is told apart, each color with a shape of its own; it means what the coder's word says."""

    BLUE = "blue"
    YELLOW = "yellow"
    GREEN = "green"
    VIOLET = "violet"


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place that its coder wants to find again, with a word and a color. Outside every figure."""

    id: str
    coding_id: str
    at: Micros
    word: str = ""
    color: BookmarkColor = BookmarkColor.BLUE
