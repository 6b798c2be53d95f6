"""The rules of references and training codings: who names, confirms and ends one, and what is coded against it.

Over values only, as all rules of `writing_rules`, whose step asks these. That nobody but its coder ever sees a training
coding is `app.model.independence`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from app.model.change import Change
from app.model.coding import CodingHeader, CodingKind, CodingState
from app.model.meeting import Meeting
from app.model.training import Reference, TrainingResult, made_with
from storage.store.refusing import refuse


class TrainingFacts(Protocol):
    """What these rules ask of the archive as it is before the step."""

    def meeting(self, meeting_id: str) -> Meeting | None: ...
    def common_header(self, coding_id: str) -> CodingHeader | None: ...  # of a common view, which lies in no file
    def reference(self, meeting_id: str) -> Reference | None: ...


class TrainingRules:
    """One step under examination, as far as it touches references and training codings."""

    def __init__(self, net: Mapping[str, Change], worker_id: str, facts: TrainingFacts) -> None:
        self._net, self._worker, self._facts = net, worker_id, facts

    def check(self, change: Change) -> None:
        """A reference, or what a training coding came to."""
        if change.kind is Reference:
            self.check_reference(change)
        else:
            self.check_result(change)

    def check_reference(self, change: Change) -> None:
        """The pair's alone: each confirms with the own sign-in, and either of the two ends it for both."""
        before, after = change.before, change.after
        for held in (before, after):
            refuse(isinstance(held, Reference) and self._worker not in self._pair(held.meeting_id), "not-a-coder")
        if not isinstance(after, Reference):
            return
        had = before.confirmations if isinstance(before, Reference) else ()
        others = [{c for c in some if c.worker_id != self._worker} for some in (had, after.confirmations)]
        refuse(others[0] != others[1] or not after.confirmations, "reference-of-another")
        if isinstance(before, Reference):
            refuse(before.confirmed_as(()) != after.confirmed_as(()), "reference-fixed")
        refuse(not after.is_of(self._common(after.coding_id)), "reference-not-confirmed-view")

    def check_result(self, change: Change) -> None:
        """A worker's figures are the worker's own, and stay as they were counted."""
        for held in (change.before, change.after):
            refuse(isinstance(held, TrainingResult) and held.worker_id != self._worker, "training-not-yours")
        refuse(change.before is not None and change.after is not None, "training-figures-fixed")

    def check_begun(self, header: CodingHeader) -> None:
        """A training coding is made against a reference that is in force, and with what that was made with."""
        found = self._facts.reference(header.meeting_id)
        refuse(found is None, "no-reference")
        assert found is not None
        common = self._facts.common_header(found.coding_id)
        refuse(not found.is_in_force(common, self._pair(header.meeting_id)), "no-reference")
        assert found.made_with == made_with(header), "what is coded for learning is coded as the reference was"

    def check_goes_on(self, before: CodingHeader, after: CodingHeader) -> None:
        """Once ready it stays: its coder has seen the reference since."""
        assert made_with(before) == made_with(after), "what is coded for learning is coded as the reference was"
        is_back = before.state == CodingState.READY and after.state != CodingState.READY
        refuse(is_back, "training-ready")

    def _common(self, coding_id: str) -> CodingHeader | None:
        """As the step leaves it."""
        change = self._net.get(coding_id)
        if change is not None and change.kind is CodingHeader:
            return change.after if isinstance(change.after, CodingHeader) else None
        return self._facts.common_header(coding_id)

    def _pair(self, meeting_id: str) -> frozenset[str]:
        meeting = self._facts.meeting(meeting_id)
        return frozenset(meeting.coders) if meeting is not None else frozenset()


def is_training(header: object) -> bool:
    """Whether this is a coding that is made for learning."""
    return isinstance(header, CodingHeader) and header.kind == CodingKind.TRAINING
