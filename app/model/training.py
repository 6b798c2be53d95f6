"""Learning beside the work on a case: reference codings, and what a worker's own training codings came to.

A training coding (`CodingKind.TRAINING`) is its coder's alone for good: it is never released, and never one of a pair.
Only its figures stay, and only for the coder: a film may be erased, and a consent be withdrawn, long before a worker
has ended learning.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.model.coding import CodingHeader, CodingKind, CodingState
from app.model.common_view import CommonView, Confirmation
from app.model.identity import named_id


@dataclass(frozen=True, slots=True)
class Reference:
    """A confirmed common view that its pair has named as what others code against; one for each meeting.

    It is what `checksum` says: a common view that is decided anew is another one. The first of the `confirmations` is
    of who named it. The scheme and instrument are the common view's, and those of every coding made against it.
    """

    id: str
    meeting_id: str
    coding_id: str
    checksum: str
    scheme_id: str
    scheme_version: int
    instrument_id: str
    instrument_version: int
    confirmations: tuple[Confirmation, ...]

    def is_confirmed_by(self, worker_id: str) -> bool:
        return any(c.worker_id == worker_id for c in self.confirmations)

    def confirmed(self, worker_id: str, at: datetime) -> Reference:
        """With a worker's confirmation; the same when it has that already."""
        if self.is_confirmed_by(worker_id):
            return self
        return self.confirmed_as((*self.confirmations, Confirmation(worker_id, at)))

    def confirmed_as(self, confirmations: tuple[Confirmation, ...]) -> Reference:
        """The same with other confirmations."""
        return replace(self, confirmations=confirmations)

    def is_of(self, common: CodingHeader | None) -> bool:
        """Whether a coding is the confirmed common view that was named, as it was then."""
        if common is None or common.kind != CodingKind.COMMON_VIEW or common.state != CodingState.READY:
            return False
        mine = (self.coding_id, self.meeting_id, self.checksum, self.made_with)
        return mine == (common.id, common.meeting_id, common.checksum, made_with(common))

    def is_in_force(self, common: CodingHeader | None, pair: Collection[str]) -> bool:
        """Whether it can be coded against: both of the `pair` stand behind it, and it is still what they named."""
        return self.is_of(common) and bool(pair) and {c.worker_id for c in self.confirmations} >= {*pair}

    @property
    def since(self) -> datetime:
        """When the last of those who confirmed it did so."""
        return max(c.at for c in self.confirmations)

    @property
    def made_with(self) -> tuple[str, int, str, int]:
        """Scheme and instrument, each with its version."""
        return self.scheme_id, self.scheme_version, self.instrument_id, self.instrument_version


def made_with(header: CodingHeader) -> tuple[str, int, str, int]:
    """Scheme and instrument of a coding, each with its version."""
    return header.scheme_id, header.scheme_version, header.instrument_id, header.instrument_version


#: what a partner confirms beside the open archive, with all that changes by it
CONFIRMABLE = frozenset({CommonView, CodingHeader, Reference})


def reference_id(meeting_id: str) -> str:
    """The id of a meeting's reference: two who name one at the same time name the same."""
    return named_id(meeting_id, "reference")


def named(common: CodingHeader, worker_id: str, at: datetime) -> Reference:
    """A confirmed common view named as a reference by one of its pair."""
    first = (Confirmation(worker_id, at),)
    return Reference(
        reference_id(common.meeting_id), common.meeting_id, common.id, common.checksum, *made_with(common), first
    )


class Measured(StrEnum):
    """What a figure of a training coding is of."""

    STATE = "state"  # the dyad's states, by time
    EVENTS = "events"


@dataclass(frozen=True, slots=True)
class TrainingFigure:
    """How far a training coding marks what the reference does: numbers alone, as agreement gave them (domain 3.6).

    `share` is what both have alike (0 to 1), `kappa` the same allowing for chance, with `low` and `high` of its 95 %
    interval; each is None where it could not be computed. `of` counts units of time, or events.
    """

    measured: Measured
    person: str
    share: float | None
    kappa: float | None
    low: float | None
    high: float | None
    of: int

    @property
    def span(self) -> tuple[float, float] | None:
        """Both ends of the interval; None where there is none."""
        return None if self.low is None or self.high is None else (self.low, self.high)


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """What one training coding came to, kept for its coder's eyes: no film, no family, no word of what was marked.

    `coding_id` names the coding also when that is gone. `tasks` is how many tasks both had covered, `observations` how
    many the worker marked. `own`: the worker had made the reference, too.
    """

    id: str
    worker_id: str
    coding_id: str
    held: datetime
    scheme_id: str
    scheme_version: int
    tasks: int
    observations: int
    figures: tuple[TrainingFigure, ...]
    own: bool = False

    def figure(self, measured: Measured, person: str) -> TrainingFigure | None:
        return next((f for f in self.figures if (f.measured, f.person) == (measured, person)), None)


def result_id(coding_id: str) -> str:
    """The id of what a training coding came to: there is one."""
    return named_id(coding_id, "training-result")
