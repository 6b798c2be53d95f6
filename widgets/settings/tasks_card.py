"""The tasks that plans are made of: the workers' own, which are made here, and those that the program brings."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.casework.own_tasks import OwnTasks
from app.model.plan import OwnTask, TaskCard
from app.notices import Notice
from app.schemes import library
from app.workspace import Workspace
from widgets.look.parts import (
    Card,
    beside,
    button,
    clear,
    hairline,
    label,
    section_label,
    stacked,
)
from widgets.settings.task_dialog import TaskDialog, TaskWords


class TasksCard(QWidget):
    """Own tasks first, each edited in a dialog; a removed one comes back with Undo."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        t = workspace.texts
        self._words = TaskWords(workspace)
        self.editor = workspace.editor("own-tasks", lambda: OwnTasks(workspace.store, t))
        self.editor.changed.connect(self._on_changed)  # bound: the editor outlives the card
        self.editor.refused.connect(workspace.notices.trouble)
        self._own = QVBoxLayout()
        self._own.setSpacing(10)
        add = button(t.tr("New task…"), self._add)
        shipped = Card(spacing=10, padding=20)
        for number, card in enumerate(library.task_cards()):
            if number:
                shipped.column.addWidget(hairline())
            shipped.column.addWidget(self._row(card))
        own = Card(spacing=12, padding=20)
        own.column.addLayout(self._own)
        own.column.addLayout(beside(add, None))
        self.setLayout(
            stacked(
                section_label(t.tr("Own tasks")), own, section_label(t.tr("Tasks of the program")), shipped, spacing=10
            )
        )
        self.refresh()

    def refresh(self) -> None:
        """Read the own tasks anew."""
        clear(self._own)
        tasks = self.editor.tasks()
        t = self._workspace.texts
        if not tasks:
            words = t.tr("No own tasks yet. An own task stands first when a plan is made.")
            self._own.addWidget(label(words, "muted", wrap=True))
        for task in tasks:
            edit = button(t.tr("Edit…"), partial(self._edit, task))
            edit.setAccessibleName(f"{t.tr('Edit…')}: {task.name}")
            aside = button(
                t.tr("Take into use") if task.aside else t.tr("Put aside"), partial(self._put_aside, task), "quiet"
            )
            aside.setAccessibleName(f"{aside.text()}: {task.name}")
            remove = button(t.tr("Remove"), partial(self._remove, task), "quiet")
            remove.setAccessibleName(f"{t.tr('Remove')}: {task.name}")
            state = t.tr("put aside: not offered for plans") if task.aside else ""
            self._own.addWidget(self._row(task.card(), edit, aside, remove, state=state))

    def _row(self, card: TaskCard, *acts: QWidget, state: str = "") -> QWidget:
        t = self._workspace.texts
        words = stacked(label(t.words(card.name), "strong", wrap=True), spacing=2)
        if said := t.words(card.text):
            words.addWidget(label(said, wrap=True))
        if about := self._words.about(card):
            words.addWidget(label(about, "caption", wrap=True))
        if state:
            words.addWidget(label(state, "caption", wrap=True))
        holder = QWidget()
        row = beside(words, *acts)
        row.setStretch(0, 1)
        holder.setLayout(row)
        return holder

    def _add(self) -> None:
        dialog = TaskDialog(self._workspace, self._words, None, self)
        while dialog.exec() and not self.editor.add(**dialog.fields()):
            pass  # what lacks was said, and what was typed still stands there

    def _edit(self, task: OwnTask) -> None:
        dialog = TaskDialog(self._workspace, self._words, task, self)
        while dialog.exec() and not self.editor.edit(task, **dialog.fields()):
            pass  # as above

    def _put_aside(self, task: OwnTask) -> None:
        self.editor.put_aside(task, aside=not task.aside)

    def _remove(self, task: OwnTask) -> None:
        if self.editor.remove(task):
            t = self._workspace.texts
            words = t.tr("The task was removed. Plans that have it keep it.")
            self._workspace.notices.say_of_step(
                Notice(words, action_label=t.tr("Undo"), action=self._undo), self.editor
            )

    def _undo(self) -> None:
        self.editor.undo()

    def _on_changed(self, _changes: object) -> None:
        self.refresh()
