"""Tasks: those that the program brings and the workers' own, of which plans are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from app.editing import Editor
from app.errors import NotAllowed
from app.i18n import Texts, today
from app.model.change import Change, added, removed
from app.model.identity import new_id
from app.model.plan import EarlierTask, OwnTask, TaskCard
from app.ports import Store


def own_tasks(store: Store) -> tuple[OwnTask, ...]:
    """By name."""
    return tuple(sorted(store.find(OwnTask), key=lambda task: (task.name.casefold(), task.id)))


def own_cards(store: Store) -> tuple[TaskCard, ...]:
    """The workers' own as plans are made of them; those put aside are not offered."""
    return tuple(task.card() for task in own_tasks(store) if not task.aside)


class OwnTasks(Editor):
    """The one door through which own tasks change. Plans keep the wording that they were made with."""

    def __init__(self, store: Store, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(store, parent)
        self.texts = texts

    def accept(self, _changes: Sequence[Change]) -> None:
        """Nothing is held: the tasks are read from the archive."""

    def tasks(self) -> tuple[OwnTask, ...]:
        return own_tasks(self._store)

    def add(self, **fields: Any) -> bool:
        """A new task. Refused without a name or an age."""
        made = OwnTask(new_id(), self._store.me, **fields)
        return self._is_whole(made) and self.do(self.texts.tr("Own task added"), added(made))

    def edit(self, task: OwnTask, **fields: Any) -> bool:
        """What it says now becomes an earlier version. Refused without a name or an age."""
        after = replace(task, **fields)
        if not self._is_whole(after):
            return False
        if after == task:
            return True
        was = EarlierTask(task.version, today(), self._store.me, task.name, task.text)
        after = replace(after, earlier=(*task.earlier, was))
        return self.do(self.texts.tr("Own task edited"), Change(task, after))

    def put_aside(self, task: OwnTask, *, aside: bool) -> bool:
        """No longer offered for plans, or offered again."""
        label = self.texts.tr("Own task put aside") if aside else self.texts.tr("Own task taken into use")
        return self.do(label, Change(task, replace(task, aside=aside)))

    def remove(self, task: OwnTask) -> bool:
        return self.do(self.texts.tr("Own task removed"), removed(task))

    def _is_whole(self, task: OwnTask) -> bool:
        missing = "own-task-name" if not task.name.strip() else "own-task-age" if not task.ages else ""
        if missing:
            self.refused.emit(NotAllowed(missing))
        return not missing
