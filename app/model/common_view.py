"""The pair's common view of one meeting: what it was made from, where each part of it came from, and who confirmed it.

It is a coding of its own kind (`CodingKind.COMMON_VIEW`). Both original codings stay as they are: agreement is always
computed from them, never from this.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import cast

from app.model.change import Change, Entity, applied
from app.model.coding import Coding, CodingHeader, CodingState, fingerprint
from app.model.decision import Decision, is_settled
from app.model.identity import named_id
from app.model.timecode import Micros

#: the logs' words for what is done about a common view's being confirmed
CONFIRMED, TAKEN_BACK, FELL = "confirmed", "confirmation-taken-back", "confirmation-fell"
#: the logs' word for a decision that the partner made on the own computer while leading
LED = "led"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One worker's *this is our common view*, given with that worker's own sign-in."""

    worker_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CommonView:
    """What a common view was made from: the ready codings `a_id` and `b_id`, paired with these tolerances in µs.

    `id` is its coding's own with an ending. Once both coders have confirmed it, it is ready and does not change.
    """

    id: str
    coding_id: str
    a_id: str
    b_id: str
    unit: Micros
    state_tolerance: Micros
    point_tolerance: Micros
    confirmations: tuple[Confirmation, ...] = ()

    def is_confirmed_by(self, worker_id: str) -> bool:
        return any(c.worker_id == worker_id for c in self.confirmations)


class Came(StrEnum):
    """How a part of the common view came to be in it."""

    BOTH = "both"  # both had marked it, and nobody had to decide
    A = "a"
    B = "b"
    TWO = "two"  # the two marks of a difference, beside each other
    NEW = "new"
    NOT_CODABLE = "not-codable"  # time that one of the two could not code


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one observation or rating of a common view, `part_id`, came from.

    `a_ids` and `b_ids` are what each coder had there, with notes and reasons; `decision_id` is empty for what came over
    by itself.
    """

    id: str
    coding_id: str
    part_id: str
    came: Came
    a_ids: tuple[str, ...] = ()
    b_ids: tuple[str, ...] = ()
    decision_id: str = ""


def origin_id(part_id: str) -> str:
    """The id of the origin of an observation or rating."""
    return named_id(part_id, "origin")


@dataclass(frozen=True)
class CommonCoding:
    """A whole common view as a value: its coding, what was decided, and where each part of it came from, by id."""

    coding: Coding
    view: CommonView
    decisions: Mapping[str, Decision]
    origins: Mapping[str, Origin]

    @property
    def header(self) -> CodingHeader:
        return self.coding.header

    @property
    def is_fixed(self) -> bool:
        """Whether both have confirmed it: then nothing of it changes."""
        return self.coding.is_ready

    def apply(self, changes: Iterable[Change]) -> CommonCoding:
        """A new one with all `changes` in it. Raises StaleChange, and then nothing is taken in."""
        of_coding: list[Change] = []
        view: dict[str, Entity] = {self.view.id: self.view}
        decisions: dict[str, Entity] = dict(self.decisions)
        origins: dict[str, Entity] = dict(self.origins)
        held: dict[type, dict[str, Entity]] = {CommonView: view, Decision: decisions, Origin: origins}
        for change in changes:
            if change.kind in held:
                applied(held[change.kind], change)
            else:
                of_coding.append(change)
        return CommonCoding(
            self.coding.apply(of_coding),
            cast("CommonView", view[self.view.id]),
            cast("dict[str, Decision]", decisions),
            cast("dict[str, Origin]", origins),
        )

    def origin_of(self, part_id: str) -> Origin | None:
        """Where one of its observations or ratings came from."""
        return self.origins.get(origin_id(part_id))

    def unsettled(self) -> tuple[Decision, ...]:
        """What still stands between it and its being confirmed."""
        return tuple(d for d in self.decisions.values() if not is_settled(d))

    def checksum(self) -> str:
        """SHA-256 over its coding, and over what was decided and where each part came from in the order of ids."""
        digest = hashlib.sha256(fingerprint(self.coding).encode())
        for group in (self.decisions, self.origins):
            for key in sorted(group):
                digest.update(repr(group[key]).encode())
        return digest.hexdigest()

    def confirmed(self, worker_id: str, at: datetime, pair: Collection[str]) -> tuple[Change, ...]:
        """A worker's confirmation; with it the coding becomes ready when it is the last one of the `pair`."""
        others = tuple(c for c in self.view.confirmations if c.worker_id != worker_id)
        after = replace(self.view, confirmations=(*others, Confirmation(worker_id, at)))
        changes = [Change(self.view, after)]
        if {c.worker_id for c in after.confirmations}.issuperset(pair):
            ready = replace(self.header, state=CodingState.READY, ready_at=at, checksum=self.checksum())
            changes.append(Change(self.header, ready))
        return tuple(changes)

    def taken_back(self, worker_id: str) -> tuple[Change, ...]:
        """Without a worker's confirmation, and then no longer ready; nothing when there was none."""
        return self._with(tuple(c for c in self.view.confirmations if c.worker_id != worker_id))

    def fallen(self) -> tuple[Change, ...]:
        """Without any confirmation: something else is decided now. Nothing when there was none."""
        return self._with(())

    def _with(self, left: tuple[Confirmation, ...]) -> tuple[Change, ...]:
        if left == self.view.confirmations:
            return ()
        changes = [Change(self.view, replace(self.view, confirmations=left))]
        if self.is_fixed:
            draft = replace(self.header, state=CodingState.DRAFT, ready_at=None, checksum="")
            changes.append(Change(self.header, draft))
        return tuple(changes)
