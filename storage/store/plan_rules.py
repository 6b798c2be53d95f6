"""The rules of plans and of licensed content.

Nothing comes into a plan that something stands against, unless it says why; nothing licensed that may not be used; and
no plan holds a licensed word.
Over values only, as all rules of `writing_rules`, whose step asks these of every meeting that is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

from app.errors import NotAllowed
from app.model.change import Change, Entity
from app.model.circumstance import Circumstance
from app.model.exclusions import unsaid
from app.model.licensed import LicensedPackage, package_id
from app.model.meeting import Meeting, Segment
from app.model.plan import NOTHING, PlannedTask, PlanTemplate

E = TypeVar("E", bound=Entity)


class PlanFacts(Protocol):
    """What these rules ask of the archive as it is before the step."""

    def meeting(self, meeting_id: str) -> Meeting | None: ...
    def of_case(self, kind: type[E], case_id: str) -> Sequence[E]: ...
    def package(self, package_id: str) -> LicensedPackage | None: ...
    def plans_with(self, package_id: str) -> bool: ...  # whether a plan or a template has a task of it
    def takes_back(self, change: Change) -> bool: ...


class PlanRules:
    """One step under examination, as far as it touches plans. What the step adds counts as there."""

    def __init__(self, net: Mapping[str, Change], worker_id: str, facts: PlanFacts) -> None:
        self._net, self._worker, self._facts = net, worker_id, facts

    def check_package(self, change: Change) -> None:
        """A version stays what it is, and stays as long as a plan has a task of it. Raises NotAllowed."""
        before, after = change.before, change.after
        if isinstance(after, LicensedPackage):
            if after.id != package_id(after.key, after.version):
                raise NotAllowed("licensed-fixed")
            if isinstance(before, LicensedPackage) and (before.tasks, before.instruments) != (
                after.tasks,
                after.instruments,
            ):
                raise NotAllowed("licensed-fixed")
        elif self._facts.plans_with(change.id):
            raise NotAllowed("licensed-in-use")

    def check_template(self, change: Change) -> None:
        """A template has no licensed word either. Raises NotAllowed."""
        if isinstance(change.after, PlanTemplate):
            self._refuse_words(change.after.tasks)

    def check(self, change: Change) -> None:
        """A new task without a reason, and one left out without one, are refused. Raises NotAllowed.

        A step that is taken back brings what was planned before: what stands against it now is told, as of any plan.
        """
        before, after = change.before, change.after
        assert isinstance(after, Meeting)
        assert before is None or isinstance(before, Meeting)
        _refuse_strangers(after)
        if before is not None and (before.plan, before.arranged) == (after.plan, after.arranged):
            return
        self._refuse_words(after.plan)
        if any(not row.reason.strip() for row in after.arranged.left_out):
            raise NotAllowed("leaving-out-without-reason")
        broken = self._broken(before, after)
        if broken and (before is None or not self._facts.takes_back(change)):
            raise NotAllowed(broken)

    def check_segment(self, change: Change) -> None:
        """Who took part in a task is at the meeting. Raises NotAllowed."""
        after = change.after
        if not isinstance(after, Segment) or not after.people:
            return
        now = self._net.get(after.meeting_id)
        meeting = self._facts.meeting(after.meeting_id) if now is None else now.after
        if isinstance(meeting, Meeting) and not set(after.people) <= set(meeting.people):
            raise NotAllowed("task-people-not-there")

    def _broken(self, before: Meeting | None, after: Meeting) -> str:
        """The key of the rule that a plan breaks; empty for none."""
        if not after.plan:
            return ""
        had = {(t.task_id, t.package) for t in before.plan} if before is not None else set()
        day = after.held.astimezone().date()
        for task in after.plan:
            if task.package and (task.task_id, task.package) not in had:
                package = self._package(task.package)
                if package is None or package.task(task.task_id) is None:
                    return "licensed-not-here"
                if not package.offers(self._worker, day):
                    return "licensed-not-offered"
        return "task-left-out" if unsaid(before, after, self._circumstances(after.case_id)) else ""

    def _refuse_words(self, tasks: Sequence[PlannedTask]) -> None:
        if any(task.package and (task.text != NOTHING or task.materials is not None) for task in tasks):
            raise NotAllowed("licensed-stays")

    def _package(self, package_id: str) -> LicensedPackage | None:
        change = self._net.get(package_id)
        held = self._facts.package(package_id) if change is None else change.after
        return held if isinstance(held, LicensedPackage) else None

    def _circumstances(self, case_id: str) -> list[Circumstance]:
        held = [row for row in self._facts.of_case(Circumstance, case_id) if row.id not in self._net]
        return held + [c.after for c in self._net.values() if isinstance(c.after, Circumstance)]


def _refuse_strangers(meeting: Meeting) -> None:
    """Who does a task, and has a seat, is at the meeting."""
    named = {i for task in meeting.plan for i in task.people} | {seat.person_id for seat in meeting.arranged.seats}
    if not named <= set(meeting.people):
        raise NotAllowed("task-people-not-there")
