"""What crosses between two computers that walk the same differences: no picture, no coding, no name.

A worker is the place among the two coders of the meeting, a difference is the digest of what it is about, a film its
checksum: what both archives know, whatever ids they have for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from app.comparing.comparison import Comparison
from app.model.coding import Coding
from app.model.decision import Answer, Decision, NewMark, Verdict
from app.model.timecode import Micros
from app.model.units import Rate, Share

#: the digest of what a difference is about, the same in both archives
Point: TypeAlias = str
#: the place among the meeting's two coders: 0 is A, 1 is B
Coder: TypeAlias = int

NOBODY: Coder = -1


@dataclass(frozen=True, slots=True)
class Ruling:
    """What stands about one difference, with its one decider; `by` and `at` are nobody's while it is open."""

    verdict: Verdict = Verdict.OPEN
    reason: str = ""
    reason_a: str = ""
    reason_b: str = ""
    new_marks: tuple[NewMark, ...] = ()
    new_value: int | None = None
    by: Coder = NOBODY
    at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.verdict == Verdict.OPEN

    def says_as(self, other: Ruling) -> bool:
        """Whether both decide the same, whoever did so and when."""
        return replace(self, by=NOBODY, at=None) == replace(other, by=NOBODY, at=None)

    @property
    def mark(self) -> str:
        """A digest that names this one among those of its difference."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:24]

    @property
    def answer(self) -> Answer:
        return Answer(self.verdict, self.reason, (self.reason_a, self.reason_b), self.new_marks, self.new_value)


Rulings: TypeAlias = Mapping[Point, Ruling]

OPEN = Ruling()


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the hand of who leads points in a film's picture: shares of its width and height."""

    film: str
    x: Share
    y: Share


@dataclass(frozen=True, slots=True)
class View:
    """What who leads is looking at. `time` is on the film's own clock; with no `film` it is the meeting's, in a gap.

    `rate` is below 0 while it runs backward. `chosen` is the difference that is looked at, empty for none.
    """

    film: str = ""
    time: Micros = 0
    playing: bool = False
    rate: Rate = 1.0
    chosen: Point = ""
    pointer: Pointer | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What two ends must have in common: the meeting, both ready codings, and the list of differences they make."""

    meeting: str
    a: str
    b: str
    differences: str


def point_of(decision: Decision) -> Point:
    """What a difference is about, as a digest: whether it has its row in an archive or not."""
    d = decision
    about = (d.kind.value, d.person, d.lane, d.start, d.end, d.a, d.b, d.a_ids, d.b_ids, d.item, d.segment_id)
    return hashlib.sha256(repr(about).encode()).hexdigest()


def ruling_of(decision: Decision, coders: Sequence[str]) -> Ruling:
    """What stands about a difference; `coders` are the meeting's two, by their ids in this archive."""
    if decision.is_open:
        return OPEN
    d = decision
    by = coders.index(d.decided_by) if d.decided_by in coders else NOBODY
    return Ruling(d.verdict, d.reason, d.reason_a, d.reason_b, d.new_marks, d.new_value, by, d.decided_at)


def as_decision(decision: Decision, ruling: Ruling, coders: Sequence[str]) -> Decision:
    """A difference as a ruling has it."""
    r = ruling
    by = coders[r.by] if r.by != NOBODY else ""
    return replace(
        decision.opened, verdict=r.verdict, reason=r.reason, reason_a=r.reason_a, reason_b=r.reason_b,
        new_marks=r.new_marks, new_value=r.new_value, decided_by=by, decided_at=r.at,
    )  # fmt: skip


def subject_of(found: Comparison, decisions: Sequence[Decision]) -> Subject:
    """Of the comparison of two codings that are open to both."""
    points = "\n".join(sorted(point_of(d) for d in decisions))
    digest = hashlib.sha256(points.encode()).hexdigest()
    return Subject(found.file.meeting.id, coding_digest(found.a), coding_digest(found.b), digest)


def coding_digest(coding: Coding) -> str:
    """SHA-256 over what a ready coding says, whatever the id of the coding and of its coder is in this archive."""
    header, digest = coding.header, hashlib.sha256()
    scheme = (header.scheme_id, header.scheme_version, header.instrument_id, header.instrument_version)
    digest.update(repr((scheme, header.reading, header.covered, header.passes)).encode())
    for group in (coding.observations, coding.ratings):
        for key in sorted(group):
            digest.update(repr(replace(group[key], coding_id="")).encode())
    return digest.hexdigest()
