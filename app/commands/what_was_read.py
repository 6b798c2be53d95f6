"""What of a coder's table was read, and what in it is odd: rows by kind, so that nobody takes a mistake for a figure.

Nothing is mended and nothing is left out for being odd: the figures count what stands in the file, and this says what
that is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from app.model.scheme import Actor, Code, Kind, Scheme
from app.statistics.acts import Act

#: whose codes a person of a table is coded with
ACTOR_OF = {"adult1": Actor.ADULT, "adult2": Actor.ADULT, "child1": Actor.CHILD, "dyad": Actor.DYAD}


@dataclass(frozen=True, slots=True)
class WhatWasRead:
    """How many rows a table has, and how many of them are odd, by kind.

    States without an end, points with a length, codes of another's acts, states of one person and group that are on
    at a time, rows that are there twice.
    """

    rows: int
    without_end: int = 0
    with_length: int = 0
    of_another: int = 0
    overlapping: int = 0
    twice: int = 0

    def document(self) -> dict[str, int]:
        """As scripts get it."""
        return asdict(self)

    def notes(self, number: int) -> list[str]:
        """English sentences about file `number`: how much was read, and each kind that is odd."""
        if not self.rows:
            return [f"File {number}: 0 rows were read: it has a first line and nothing below."]
        said = (
            (self.without_end, "{a state} without an end, counted as a moment"),
            (self.with_length, "{a moment} by the scheme with a length, counted as a state"),
            (self.of_another, "{a row} with a code that is not for that person's acts"),
            (self.overlapping, "{a state} that begins while another of its group is on for that person"),
            (self.twice, "{a row} that stands there twice"),
        )
        odd = [f"{count} {_many(words, count)}" for count, words in said if count]
        head = f"File {number}: {self.rows} {'row was' if self.rows == 1 else 'rows were'} read"
        return [f"{head}; odd among them: {'; '.join(odd)}." if odd else f"{head}."]


def _many(words: str, count: int) -> str:
    """`a state` as one or as several; what goes with it is about each."""
    plain, rest = words.removeprefix("{a ").split("}", 1)
    if count == 1:
        return f"{plain}{rest}"
    return f"{plain}s{rest.replace(' begins', ' begin').replace(' stands', ' stand')}"


def what_was_read(acts: Sequence[Act], scheme: Scheme) -> WhatWasRead:
    """What the rows of a table are, held against the scheme that they are counted by."""
    known = [(act, code) for act in acts if (code := scheme.code(act.code)) is not None]
    whole = [(act.person, act.code, act.start, act.end) for act in acts]
    return WhatWasRead(
        len(acts),
        sum(code.kind == Kind.STATE and act.end is None for act, code in known),
        sum(code.kind == Kind.POINT and act.end is not None for act, code in known),
        sum(code.actor != ACTOR_OF[act.person] for act, code in known),
        _overlapping(known),
        len(whole) - len(set(whole)),
    )


def _overlapping(known: Iterable[tuple[Act, Code]]) -> int:
    """States that begin while another of their lane is on; the same row twice is told as that."""
    lanes: dict[tuple[str, str], set[tuple[int, int, str]]] = defaultdict(set)
    for act, code in known:
        if code.kind == Kind.STATE and act.end is not None:
            lanes[act.person, code.lane].add((act.start, act.end, act.code))
    count = 0
    for states in lanes.values():
        until = None
        for start, end, _ in sorted(states):
            count += until is not None and start < until
            until = end if until is None else max(until, end)
    return count
