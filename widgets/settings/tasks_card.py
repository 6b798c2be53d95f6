"""The tasks that plans are made of: the workers' own, which are made here, and those that the program brings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QVBoxLayout, QWidget

from app.casework.own_tasks import OwnTasks
from app.model.plan import PLAN_DIMENSIONS, OwnTask, TaskCard
from app.notices import Notice
from app.schemes import library
from app.services.library import first
from app.vocabulary import StatementTexts
from app.workspace import Workspace
from widgets.folding import size_to_fit
from widgets.forms.inputs import GrowingText
from widgets.look.parts import (
    Card,
    beside,
    button,
    clear,
    field,
    hairline,
    label,
    primary_button,
    scrolled,
    section_label,
    stacked,
)


class TaskWords:
    """What a card's keys are called."""

    def __init__(self, workspace: Workspace) -> None:
        self.texts = workspace.texts
        self.pick = StatementTexts(workspace.texts.language)
        self._scheme = library.scheme(first().scheme)

    def dimension(self, key: str) -> str:
        found = self._scheme.dimension(key)
        return self.texts.words(found.name) if found else key

    def about(self, card: TaskCard) -> str:
        """For whom, what it asks for, what is needed, what to be careful about."""
        said = [", ".join(self.pick.of("ages", age) for age in card.ages)]
        said.append(", ".join(map(self.dimension, card.dimensions)))
        if card.materials is not None:
            said.append(self.texts.words(card.materials))
        said.append(", ".join(self.pick.of("safety", tag) for tag in card.safety))
        return " · ".join(part for part in said if part)


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
            remove = button(t.tr("Remove"), partial(self._remove, task), "quiet")
            remove.setAccessibleName(f"{t.tr('Remove')}: {task.name}")
            self._own.addWidget(self._row(task.card(), edit, remove))

    def _row(self, card: TaskCard, *acts: QWidget) -> QWidget:
        t = self._workspace.texts
        words = stacked(label(t.words(card.name), "strong", wrap=True), spacing=2)
        if said := t.words(card.text):
            words.addWidget(label(said, wrap=True))
        if about := self._words.about(card):
            words.addWidget(label(about, "caption", wrap=True))
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


class TaskDialog(QDialog):
    """An own task's fields."""

    def __init__(self, workspace: Workspace, words: TaskWords, task: OwnTask | None, parent: QWidget) -> None:
        super().__init__(parent)
        t = workspace.texts
        self.setWindowTitle(t.tr("Own task"))
        size_to_fit(self, 560, 560)
        shown = task or OwnTask("", "", "")
        self._name, self._text = QLineEdit(shown.name), GrowingText(least_lines=2)
        self._text.setPlainText(shown.text)
        self._materials = QLineEdit(shown.materials)
        self._ages = _ticks({key: words.pick.of("ages", key) for key in words.pick.keys("ages")}, shown.ages)
        self._dimensions = _ticks({key: words.dimension(key) for key in PLAN_DIMENSIONS}, shown.dimensions)
        self._safety = _ticks({key: words.pick.of("safety", key) for key in words.pick.keys("safety")}, shown.safety)
        inside = QWidget()
        inside.setLayout(
            stacked(
                field(t.tr("Name"), self._name),
                field(t.tr("What the card says"), self._text),
                _group(t.tr("For whom"), self._ages),
                _group(t.tr("What it asks for"), self._dimensions),
                field(t.tr("Materials"), self._materials),
                _group(t.tr("What to be careful about"), self._safety),
                None,
                spacing=12,
                margins=(24, 20, 24, 12),
            )
        )
        keep = primary_button(t.tr("Save"), self.accept)
        keep.setDefault(True)
        foot = beside(button(t.tr("Cancel"), self.reject, "quiet"), None, keep, margins=(24, 8, 24, 16))
        self.setLayout(stacked(scrolled(inside), foot, spacing=0))

    def fields(self) -> dict[str, object]:
        """What stands there, by the fields of an `OwnTask`."""
        return {
            "name": self._name.text().strip(),
            "text": self._text.toPlainText().strip(),
            "materials": self._materials.text().strip(),
            "ages": _ticked(self._ages),
            "dimensions": _ticked(self._dimensions),
            "safety": _ticked(self._safety),
        }


def _ticks(names: dict[str, str], chosen: Sequence[str]) -> dict[str, QCheckBox]:
    made = {key: QCheckBox(name) for key, name in names.items()}
    for key, box in made.items():
        box.setChecked(key in chosen)
    return made


def _ticked(boxes: dict[str, QCheckBox]) -> tuple[str, ...]:
    return tuple(key for key, box in boxes.items() if box.isChecked())


def _group(name: str, boxes: dict[str, QCheckBox]) -> QVBoxLayout:
    column = stacked(label(name, "caption"), spacing=2)
    for box in boxes.values():
        column.addWidget(box)
    return column
