"""Plans: choosing and ordering tasks for one meeting, with what to be careful about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from PySide6.QtCore import QObject

from app.casework.meeting_file import sample_of
from app.casework.own_tasks import task_cards
from app.editing import Editor
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.change import Change, added, removed
from app.model.identity import new_id
from app.model.meeting import Meeting, Segment
from app.model.plan import PlannedTask, PlanTemplate, TaskCard, missing_dimensions, planned
from app.ports import Store


class PlanEditor(Editor):
    """The plan of one meeting. Tasks that have been marked on the film keep their number, so they stay in place."""

    def __init__(self, store: Store, texts: Texts, meeting_id: str, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts = texts
        self.meeting = store.get(Meeting, meeting_id)

    def accept(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if change.kind is Meeting:
                self.meeting = cast("Meeting", change.after)

    def hear(self, changes: Sequence[Change]) -> None:
        """The meeting was changed by its case or its filming: steps from before no longer fit."""
        for change in changes:
            if change.id == self.meeting.id and isinstance(change.after, Meeting) and change.after != self.meeting:
                self.meeting = change.after
                self.stack.clear()

    @property
    def locked(self) -> int:
        """How many tasks from the start of the plan are marked on a film, or were in a draw, and keep their place."""
        sample = sample_of(self._store, self.meeting.id)
        return max(self.marked, *(() if sample is None else sample.numbers), 0)

    @property
    def marked(self) -> int:
        """How many tasks from the start of the plan are marked on a film."""
        return max((s.number for s in self._store.find(Segment, meeting_id=self.meeting.id)), default=0)

    def available(self) -> tuple[TaskCard, ...]:
        """Cards for the meeting's age group that the plan does not hold yet."""
        chosen = {t.task_id for t in self.meeting.plan}
        return tuple(c for c in task_cards(self._store) if self.meeting.age_group in c.ages and c.id not in chosen)

    def card(self, card_id: str) -> TaskCard | None:
        """A card by its id, the program's or the workers' own."""
        return next((c for c in task_cards(self._store) if c.id == card_id), None)

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

    # plans to begin from

    def others(self) -> tuple[Meeting, ...]:
        """The case's other meetings that have a plan, the newest first."""
        found = self._store.find(Meeting, case_id=self.meeting.case_id)
        rows = [m for m in found if m.id != self.meeting.id and m.plan]
        return tuple(sorted(rows, key=lambda m: (m.held, m.id), reverse=True))

    def templates(self) -> tuple[PlanTemplate, ...]:
        """The workers' own, those of the meeting's age group first, by name."""
        group = self.meeting.age_group
        return tuple(
            sorted(self._store.find(PlanTemplate), key=lambda p: (p.age_group != group, p.name.casefold(), p.id))
        )

    def same_as(self, meeting: Meeting) -> bool:
        """The same tasks in the same order as in another meeting, worded as they were there."""
        return self._begin(self.texts.tr("Same tasks as in another meeting"), meeting.plan)

    def begin_from(self, template: PlanTemplate) -> bool:
        return self._begin(self.texts.tr("Plan begun from a template"), template.tasks)

    def _begin(self, label: str, tasks: tuple[PlannedTask, ...]) -> bool:
        """Another whole plan, as one step; not once tasks are marked on a film, and nothing when it is the same."""
        if self.locked or tasks == self.meeting.plan:
            return False
        return self.do(label, Change(self.meeting, replace(self.meeting, plan=tasks)))

    def save_template(self, name: str) -> bool:
        """The plan under a name, for other meetings and cases. Refused without a name, or under one that is taken."""
        clean = name.strip()
        taken = {template.name.casefold() for template in self._store.find(PlanTemplate)}
        if not clean or clean.casefold() in taken:
            self.refused.emit(NotAllowed("template-name-taken" if clean else "template-name-missing"))
            return False
        made = PlanTemplate(new_id(), clean, self._store.worker.id, self.meeting.age_group, self.meeting.plan)
        return self.do(self.texts.tr("Template saved"), added(made))

    def remove_template(self, template: PlanTemplate) -> bool:
        """Plans that were begun from it stay as they are."""
        return self.do(self.texts.tr("Template removed"), removed(template))

    def _replan(self, label: str, tasks: tuple[PlannedTask, ...]) -> bool:
        return self.do(label, Change(self.meeting, replace(self.meeting, plan=tasks)))
