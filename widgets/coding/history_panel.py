"""What was done to this coding since it was opened, step by step; a press goes back, or forward again, to there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.coding.editor import CodingEditor
from app.coding.telling import person_name
from app.i18n import Texts
from app.model.observation import How, Observation
from app.model.scheme import Scheme
from app.ports import HistoryEntry
from app.settings.preferences import Preferences
from app.shortcuts.names import on_cap
from widgets.keys.captions import KeyFollower
from widgets.look.parts import button, label, section_label, stacked


class _Steps(QListWidget):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self.itemActivated.emit(self.currentItem())
        else:
            super().keyPressEvent(event)


class HistoryPanel(QWidget):
    """The undo stack as a list, and below it the journal of the observation that is chosen."""

    def __init__(self, editor: CodingEditor, preferences: Preferences) -> None:
        super().__init__()
        t = editor.texts
        self._editor = editor
        self._observation: Observation | None = None
        self.steps = _Steps()
        self.steps.setAccessibleName(t.tr("Steps since the coding was opened"))
        self.steps.itemActivated.connect(self._on_step)
        self.steps.itemClicked.connect(self._on_step)
        self.journal = QListWidget()
        self.journal.setAccessibleName(t.tr("Earlier states of the observation"))
        self.journal.setFixedHeight(180)
        self.journal.hide()  # an empty list would only take the steps' room
        self._chosen = label(t.tr("Choose an observation to see what it was before."), "muted", wrap=True)
        undo, words = button("", editor.undo), t.tr("Undo")
        KeyFollower(preferences, undo, lambda keys: undo.setText(f"{words}   {on_cap(keys.of('undo'))}".rstrip()))
        self.setLayout(
            stacked(
                label(t.tr("History"), "title"),
                self.steps,
                undo,
                section_label(t.tr("Earlier states of the observation")),
                self._chosen,
                self.journal,
                spacing=8,
            )
        )
        editor.stack.indexChanged.connect(self._on_index)
        self.refresh()

    def _on_index(self, _index: int) -> None:
        if self.isVisible():  # a press in the key pad waits for no list
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh()
        super().showEvent(event)

    def refresh(self) -> None:
        """Every step by its name; what is undone is muted and can be done again."""
        t, stack = self._editor.texts, self._editor.stack
        self.steps.clear()
        names = [t.tr("As it was opened")] + [stack.text(n) for n in range(stack.count())]
        for number, name in enumerate(names):
            item = QListWidgetItem(f"{number}  {name}" if number else name)
            item.setData(Qt.ItemDataRole.UserRole, number)
            if number > stack.index():
                item.setForeground(self.palette().placeholderText())
                undone = t.tr("undone")
                item.setText(f"{item.text()}  ({undone})")
            self.steps.addItem(item)
        self.steps.setCurrentRow(stack.index())
        self.steps.scrollToItem(self.steps.item(stack.index()))
        if self._observation is not None:
            self.show_observation(self._observation)

    def show_observation(self, observation: Observation) -> None:
        """Every earlier state of an observation, as the journal keeps it."""
        t = self._editor.texts
        self._observation = observation
        code = self._editor.scheme.code(observation.code)
        self._chosen.setText(f"{t.clock(observation.start)} {t.words(code.name) if code else observation.code}")
        self.journal.clear()
        self.journal.show()
        for entry in self._editor.history(observation):
            self.journal.addItem(f"{t.time(entry.at, seconds=True)}  {entry_words(entry, t, self._editor.scheme)}")

    def _on_step(self, item: QListWidgetItem) -> None:
        """Undo or redo until that step is the last one done."""
        wanted = int(item.data(Qt.ItemDataRole.UserRole))
        while self._editor.stack.index() > wanted and self._editor.undo():
            pass
        while self._editor.stack.index() < wanted and self._editor.redo():
            pass


def entry_words(entry: HistoryEntry, t: Texts, scheme: Scheme) -> str:
    """One row of the journal: the step's name, and what changed from what to what, in the words of the screen."""
    if entry.before is None or entry.after is None:
        return entry.label
    names, parts = _field_names(t), []
    for field, after in entry.after.items():
        if field in names:  # where on which film a press was seen is for the program alone
            before, now = (_value(field, value, t, scheme) for value in (entry.before.get(field), after))
            parts.append(f"{names[field]}: {before} → {now}")
    return f"{entry.label} · {' · '.join(parts)}" if parts else entry.label


def _field_names(t: Texts) -> dict[str, str]:
    return {
        "start": t.tr("Time"),
        "end": t.tr("End"),
        "code": t.tr("Observation"),
        "person": t.tr("Who"),
        "note": t.tr("Note"),
        "modifiers": t.tr("Which"),
        "open": t.tr("on"),
        "how": t.tr("How"),
    }


def _value(field: str, value: object, t: Texts, scheme: Scheme) -> str:
    if value is None or value in ("", [], ()):
        return "–"
    if isinstance(value, bool):
        return t.tr("yes") if value else t.tr("no")
    if field in ("start", "end") and isinstance(value, int):
        return t.clock(value)
    if isinstance(value, list | tuple):
        known = {m.id: t.words(m.name) for c in scheme.codes for m in c.modifiers}
        return ", ".join(known.get(str(m), str(m)) for m in value)
    return _named(field, str(value), t, scheme)


def _named(field: str, value: str, t: Texts, scheme: Scheme) -> str:
    """What is kept by its key, by its name."""
    if field == "how":
        ways = {How.LIVE: t.tr("by key"), How.EDITED: t.tr("edited"), How.IMPORTED: t.tr("imported")}
        return {**ways, How.FILMING: t.tr("while filming")}[How(value)]
    if field == "person":
        return person_name(t, value)
    code = scheme.code(value) if field == "code" else None
    return t.words(code.name) if code else value
