"""Plans: choosing and ordering tasks for one meeting, with what to be careful about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from PySide6.QtCore import QObject

from app.editing import Editor
from app.i18n import Texts
from app.model.change import Change
from app.model.meeting import Meeting, Segment
from app.model.plan import PlannedTask, TaskCard, missing_dimensions, planned
from app.ports import Store
from app.schemes import library


class PlanEditor(Editor):
    """The plan of one meeting. Tasks that have been marked on the film keep their number, so they stay in place."""

    def __init__(self, store: Store, texts: Texts, meeting_id: str, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts = texts
        self.meeting = store.get(Meeting, meeting_id)

    def accept(self, changes: Sequence[Change]) -> None:
        for change in changes:
            self.meeting = cast("Meeting", change.after)

    def hear(self, changes: Sequence[Change]) -> None:
        """The meeting was changed by its case or its filming: steps from before no longer fit."""
        for change in changes:
            if change.id == self.meeting.id and isinstance(change.after, Meeting) and change.after != self.meeting:
                self.meeting = change.after
                self.stack.clear()

    @property
    def locked(self) -> int:
        """How many tasks from the start of the plan are marked on a film and keep their place."""
        return max((s.number for s in self._store.find(Segment, meeting_id=self.meeting.id)), default=0)

    def available(self) -> tuple[TaskCard, ...]:
        """Cards for the meeting's age group that the plan does not hold yet."""
        chosen = {t.task_id for t in self.meeting.plan}
        return tuple(c for c in library.task_cards() if self.meeting.age_group in c.ages and c.id not in chosen)

    def missing(self) -> tuple[str, ...]:
        """Dimensions that no task of the plan asks for."""
        return missing_dimensions(self.meeting.plan)

    def safety(self) -> tuple[str, ...]:
        """Every safety tag of the plan once, in the order of the tasks."""
        return tuple(dict.fromkeys(tag for t in self.meeting.plan for tag in t.safety))

    def edit(self, **fields: Any) -> bool:
        """When, where and with whom; the coders cannot change once a coding exists (the store refuses)."""
        after = replace(self.meeting, **fields)
        return after == self.meeting or self.do(self.texts.tr("Meeting edited"), Change(self.meeting, after))

    def add(self, card: TaskCard, at: int | None = None) -> bool:
        """The card becomes task number `at`, behind what is locked; the last one when left out."""
        tasks = list(self.meeting.plan)
        place = len(tasks) if at is None else max(at - 1, self.locked)
        tasks.insert(place, planned(card))
        return self._replan(self.texts.tr("Task added to the plan"), tuple(tasks))

    def remove(self, number: int) -> bool:
        if number <= self.locked:
            return False
        tasks = tuple(t for n, t in enumerate(self.meeting.plan, start=1) if n != number)
        return self._replan(self.texts.tr("Task removed from the plan"), tasks)

    def move(self, number: int, to: int) -> bool:
        """Task `number` becomes task `to`; both count from 1."""
        if min(number, to) <= self.locked or not 1 <= to <= len(self.meeting.plan):
            return False
        tasks = list(self.meeting.plan)
        tasks.insert(to - 1, tasks.pop(number - 1))
        return self._replan(self.texts.tr("Plan reordered"), tuple(tasks))

    def _replan(self, label: str, tasks: tuple[PlannedTask, ...]) -> bool:
        return self.do(label, Change(self.meeting, replace(self.meeting, plan=tasks)))
