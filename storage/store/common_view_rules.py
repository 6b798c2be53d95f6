"""The rules of the common view: who decides and confirms, and what holds it once it is confirmed.

Over values only, as all rules of `writing_rules`, whose step asks these of whatever belongs to a common view.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from app.model.change import Change, Entity
from app.model.coding import CodingHeader, CodingKind, CodingPlace, CodingState
from app.model.common_view import LED, CommonView
from app.model.decision import Decision, is_possible, is_settled
from app.model.meeting import Meeting
from storage.store.kinds import TOGETHER, parent_id
from storage.store.refusing import refuse

E = TypeVar("E", bound=Entity)


class CommonFacts(Protocol):
    """What these rules ask of the archive as it is before the step."""

    def meeting(self, meeting_id: str) -> Meeting | None: ...
    def header(self, coding_id: str) -> CodingPlace | CodingHeader | None: ...
    def view(self, coding_id: str) -> CommonView | None: ...
    def decisions(self, coding_id: str) -> Sequence[Decision]: ...
    def lacks_origins(self, coding_id: str) -> bool: ...  # whether a part of it comes from nowhere, or one is gone
    def is_cited(self, coding_id: str) -> bool: ...  # by a statement that is final
    def takes_back(self, change: Change) -> bool: ...  # whether its entity is as before an earlier change


def is_common(header: object) -> bool:
    """Whether this is the coding of a common view."""
    return isinstance(header, CodingHeader | CodingPlace) and header.kind == CodingKind.COMMON_VIEW


class CommonRules:
    """One step under examination, as far as it touches common views."""

    def __init__(self, net: Mapping[str, Change], worker_id: str, facts: CommonFacts, act: str) -> None:
        self._net, self._worker, self._facts, self._act = net, worker_id, facts, act

    def is_of_the_pair(self, header: CodingPlace | CodingHeader) -> bool:
        """Whether the worker is one of the two who make it; whoever stands in for one is a coder of the meeting."""
        return self._worker in self._pair(header)

    def _pair(self, header: CodingPlace | CodingHeader) -> frozenset[str]:
        meeting = self._facts.meeting(header.meeting_id)
        return frozenset(meeting.coders) if meeting is not None else frozenset()

    def _pair_of(self, coding_id: str) -> frozenset[str]:
        header = self._header(coding_id)
        return self._pair(header) if header is not None else frozenset()

    def check_header(self, before: CodingHeader, after: CodingHeader | None) -> None:
        """A header that is there already: it becomes ready by both confirmations, and so no longer, and is all else."""
        refuse(not self.is_of_the_pair(before), "coding-not-yours")
        ready = before.state == CodingState.READY
        if after is None:
            refuse(ready, "coding-ready")
            return
        said = replace(before, state=after.state, ready_at=after.ready_at, checksum=after.checksum)
        refuse(said != after, "coding-ready" if ready else "differences-fixed")
        refuse((after.state == CodingState.READY) != self._is_confirmed(after), "not-both-confirmed")
        refuse(ready and after != before and self._facts.is_cited(before.id), "common-view-cited")

    def check_part(self, change: Change, coding_id: str) -> None:
        """What a common view holds; who may change it at all was asked before."""
        if isinstance(change.entity, CommonView):
            self._check_view(change, coding_id)
            return
        if isinstance(change.entity, Decision):
            self._check_decision(change, coding_id)
        view = self._view_after(coding_id)
        # what was confirmed is this and nothing else
        refuse(view is not None and bool(view.confirmations), "confirmation-of-older-view")

    def check_kind(self, kind: type, coding_id: str) -> None:
        """No other coding has what only a common view has: whoever tries is a bug (AssertionError)."""
        assert kind not in TOGETHER or is_common(self._header(coding_id)), "decisions are of a common view"

    def _check_decision(self, change: Change, coding_id: str) -> None:
        before, after = change.before, change.after
        if not isinstance(before, Decision) or not isinstance(after, Decision):
            # the list of differences is made with the common view, and stays as long as that
            is_whole = self._comes_or_goes(coding_id, is_new=before is None)
            refuse(not is_whole or (isinstance(after, Decision) and not after.is_open), "differences-fixed")
            return
        refuse(before.opened != after.opened, "differences-fixed")
        refuse(not is_possible(after), "decision-not-possible")
        is_own = after.is_open or after.decided_by == self._worker
        is_led = self._act == LED and after.decided_by in self._pair_of(coding_id)
        refuse(not is_own and not is_led and not self._facts.takes_back(change), "decision-of-another")

    def _check_view(self, change: Change, coding_id: str) -> None:
        before, after = change.before, change.after
        if not isinstance(before, CommonView) or not isinstance(after, CommonView):
            is_whole = self._comes_or_goes(coding_id, is_new=before is None)
            is_confirmed = isinstance(after, CommonView) and bool(after.confirmations)
            refuse(not is_whole or is_confirmed, "differences-fixed")
            return
        refuse(replace(before, confirmations=after.confirmations) != after, "differences-fixed")
        new = [c for c in after.confirmations if c not in before.confirmations]
        refuse(any(c.worker_id != self._worker for c in new), "confirmation-of-another")
        if new:
            decisions = self._after(Decision, coding_id, self._facts.decisions(coding_id))
            refuse(not all(map(is_settled, decisions)), "not-all-decided")
            refuse(self._facts.lacks_origins(coding_id), "origin-missing")
        header = self._header(coding_id)
        is_ready = header is not None and header.state == CodingState.READY
        refuse(header is not None and is_ready != self._is_confirmed(header), "not-both-confirmed")

    def _is_confirmed(self, header: CodingPlace | CodingHeader) -> bool:
        view = self._view_after(header.id)
        by = {c.worker_id for c in view.confirmations} if view is not None else set()
        pair = self._pair(header)
        return bool(pair) and by >= pair

    def _view_after(self, coding_id: str) -> CommonView | None:
        held = self._facts.view(coding_id)
        return next(iter(self._after(CommonView, coding_id, () if held is None else (held,))), None)

    def _after(self, kind: type[E], coding_id: str, held: Iterable[E]) -> list[E]:
        """A common view's parts of a kind as the step leaves them."""
        after: dict[str, Entity] = {e.id: e for e in held}
        for change in self._net.values():
            if change.kind is kind and parent_id(change.entity) == coding_id:
                after.pop(change.id, None)
                if change.after is not None:
                    after[change.id] = change.after
        return [e for e in after.values() if isinstance(e, kind)]

    def _header(self, coding_id: str) -> CodingPlace | CodingHeader | None:
        """As the step leaves it."""
        change = self._net.get(coding_id)
        if change is not None and isinstance(change.after, CodingHeader):
            return change.after
        return self._facts.header(coding_id)

    def _comes_or_goes(self, coding_id: str, *, is_new: bool) -> bool:
        """Whether the whole common view is begun, or is taken away, in this step."""
        change = self._net.get(coding_id)
        return change is not None and (change.before is None if is_new else change.after is None)
