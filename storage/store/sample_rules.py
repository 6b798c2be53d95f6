"""The rules of the reliability sample: drawn before anybody codes, by its seed alone, once, and kept to.

Over values only, as all rules of `writing_rules`, whose step asks these of samples, plans and codings that get ready.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from app.model.change import Change, Entity
from app.model.coding import FIRST_READING, CodingHeader, CodingKind, CodingPlace
from app.model.meeting import Meeting, Segment
from app.model.plan import PlannedTask
from app.model.reliability_sample import ReliabilitySample
from storage.store.refusing import refuse


class SampleFacts(Protocol):
    """What these rules ask of the archive as it is before the step."""

    def meeting(self, meeting_id: str) -> Meeting | None: ...
    def headers(self, meeting_id: str) -> Sequence[CodingPlace | CodingHeader]: ...
    def segments(self, meeting_id: str) -> Sequence[Segment]: ...
    def sample(self, meeting_id: str) -> ReliabilitySample | None: ...


class SampleRules:
    """One step under examination, as far as it touches what was drawn."""

    def __init__(self, net: Mapping[str, Change], worker_id: str, facts: SampleFacts) -> None:
        self._net, self._worker, self._facts = net, worker_id, facts

    def check(self, change: Change) -> None:
        """A draw comes before all own codings and stays as it is; it goes only with its whole meeting."""
        before, after = change.before, change.after
        if isinstance(before, ReliabilitySample):
            gone = self._net.get(before.meeting_id)
            refuse(after is not None or gone is None or gone.after is not None, "sample-fixed")
            return
        assert isinstance(after, ReliabilitySample)
        own = [h for h in self._facts.headers(after.meeting_id) if h.kind == CodingKind.OWN]
        refuse(bool(own), "sample-after-coding")
        refuse(self._facts.sample(after.meeting_id) is not None, "sample-exists")
        meeting = self._meeting_after(after.meeting_id)
        is_of_it = meeting is not None and _names(after, meeting.plan)
        # what one of the pair drew comes to the other's computer in a package; who drew may be unknown there
        by = {self._worker, "", *(meeting.coders if meeting is not None else ())}
        refuse(not is_of_it or not after.is_as_drawn or after.drawn_by not in by, "sample-not-drawn")

    def check_plan(self, before: Entity | None, after: Entity | None) -> None:
        """Drawn tasks keep their place in the plan; others can come behind them."""
        if isinstance(before, Meeting) and isinstance(after, Meeting) and before.plan != after.plan:
            sample = self._facts.sample(before.id)
            refuse(sample is not None and not _names(sample, after.plan), "plan-drawn")

    def check_cover(self, header: CodingHeader) -> None:
        """A coding of the pair is ready with every drawn task that is on the film, whatever its coder chose."""
        sample = self._facts.sample(header.meeting_id)
        if sample is None or header.kind != CodingKind.OWN or header.reading != FIRST_READING:
            return
        drawn = [s for s in self._facts.segments(header.meeting_id) if s.number in sample.drawn_numbers]
        refuse(not all(map(header.covers, drawn)), "not-covered")

    def _meeting_after(self, meeting_id: str) -> Meeting | None:
        change = self._net.get(meeting_id)
        held = self._facts.meeting(meeting_id) if change is None else change.after
        return held if isinstance(held, Meeting) else None


def _names(sample: ReliabilitySample, plan: Sequence[PlannedTask]) -> bool:
    """Whether the tasks of the sample are those of the plan, each at its place."""
    own = [t for t in sample.tasks if t.meeting_id == sample.meeting_id]
    return all(
        1 <= t.number <= len(plan)
        and (t.task_id, t.dimensions) == (plan[t.number - 1].task_id, plan[t.number - 1].dimensions)
        for t in own
    )
