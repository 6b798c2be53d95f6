"""What the pair decided about each point in which their two codings differ, and what may be decided about it.

The list of differences is made once, when the common view is begun, and each has its row from then on: what is still
*open* is a row that says so. So the pair goes on at the same place on another day, and whoever confirms the common
view can be held to the whole list.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.model.timecode import Micros


class DisagreementKind(StrEnum):
    """What two codings differ in, the weightiest first."""

    RATING = "rating"
    STATE = "state"
    CODE = "code"
    UNPAIRED = "unpaired"


class Verdict(StrEnum):
    """What the pair decided: whose view the common one is, another one, or that they see it differently.

    *A* and *B* are that coder's view of the point, also where it is that there is nothing to mark.
    """

    OPEN = "open"
    A = "a"
    B = "b"
    BOTH = "both"
    NEITHER = "neither"
    NEW = "new"
    DIFFERENTLY = "differently"


@dataclass(frozen=True, slots=True)
class NewMark:
    """A mark that neither had: a point, or with an `end` a state in `[start, end)`."""

    code: str
    person: str
    start: Micros
    end: Micros | None = None

    def __post_init__(self) -> None:
        assert self.end is None or self.end > self.start, "a state has length"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a pair says of a difference. `reasons` are A's and B's of *differently*.

    `new_value` is a point of the item's scale, None for no occasion.
    """

    verdict: Verdict
    reason: str = ""
    reasons: tuple[str, str] = ("", "")
    new_marks: tuple[NewMark, ...] = ()
    new_value: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One difference between the codings A and B of a pair, and what was decided about it.

    What it is about never changes: `a` and `b` are a code, a rating's value, or empty for nothing (of a rating: no
    occasion, or not rated); `a_ids` and `b_ids` the observations or ratings. `start` and `end` are µs on the meeting's
    clock, None for a rating; a lone event has no `end`. `lane` is the group, or the code outside groups, within which
    states exclude each other. `exclusive`: one mark at a time is possible here; `exhaustive`: one there must be. The
    greater `weight` comes first.

    What was decided: `reason_a` and `reason_b` belong to *differently*, `reason` to all else; `new_marks` and
    `new_value` (None: no occasion) to *new*.
    """

    id: str
    coding_id: str
    kind: DisagreementKind
    person: str
    lane: str
    start: Micros | None
    end: Micros | None
    a: str
    b: str
    a_ids: tuple[str, ...] = ()
    b_ids: tuple[str, ...] = ()
    item: str = ""
    segment_id: str = ""
    exclusive: bool = False
    exhaustive: bool = False
    weight: int = 0
    verdict: Verdict = Verdict.OPEN
    reason: str = ""
    reason_a: str = ""
    reason_b: str = ""
    new_marks: tuple[NewMark, ...] = ()
    new_value: int | None = None
    decided_by: str = ""
    decided_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.verdict == Verdict.OPEN

    @property
    def opened(self) -> Decision:
        """The same difference with nothing decided about it."""
        return replace(
            self,
            verdict=Verdict.OPEN,
            reason="",
            reason_a="",
            reason_b="",
            new_marks=(),
            new_value=None,
            decided_by="",
            decided_at=None,
        )


def verdicts_of(decision: Decision) -> tuple[Verdict, ...]:
    """What may be decided about a difference, in the order in which it is offered.

    *Both* is for two different marks of one moment that may stand beside each other: of a state, a rating, or two codes
    of one exclusive group there is one. *Neither* is not for a group of which always one is on.
    """
    has_both = decision.kind == DisagreementKind.CODE and not decision.exclusive
    return (
        Verdict.A,
        Verdict.B,
        *((Verdict.BOTH,) if has_both else ()),
        *(() if decision.exhaustive else (Verdict.NEITHER,)),
        Verdict.NEW,
        Verdict.DIFFERENTLY,
    )


def is_possible(decision: Decision) -> bool:
    """Whether what was decided may be decided about such a difference; nothing decided is."""
    if decision.is_open:
        return decision == decision.opened
    if decision.verdict not in verdicts_of(decision) or not decision.decided_by or decision.decided_at is None:
        return False
    if decision.verdict != Verdict.NEW:
        return not decision.new_marks and decision.new_value is None
    if decision.kind == DisagreementKind.RATING:
        return not decision.new_marks
    return decision.new_value is None and _fits(decision)


def is_settled(decision: Decision) -> bool:
    """Whether nothing is missing of a decision: *differently* has both reasons, a new value of a rating its own."""
    if decision.is_open or not is_possible(decision):
        return False
    if decision.verdict == Verdict.DIFFERENTLY:
        return bool(decision.reason_a.strip() and decision.reason_b.strip())
    is_new_value = decision.verdict == Verdict.NEW and decision.kind == DisagreementKind.RATING
    return not is_new_value or bool(decision.reason.strip())


def _fits(decision: Decision) -> bool:
    """Whether new marks lie where the difference does: of a state they follow each other within its stretch."""
    marks = decision.new_marks
    if decision.kind != DisagreementKind.STATE:
        return bool(marks) and all(m.end is None for m in marks)
    assert decision.start is not None, "a difference of states begins somewhere"
    assert decision.end is not None, "and it ends"
    at = decision.start
    for mark in marks:
        if mark.end is None or mark.start < at or mark.person != decision.person:
            return False
        if decision.exhaustive and mark.start != at:
            return False
        at = mark.end
    return bool(marks) and (at == decision.end if decision.exhaustive else at <= decision.end)
