"""The list of differences beside the film: the weightiest first, what is decided marked, and which are asked for."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QMenu, QPushButton, QWidget

from app.coding.telling import person_name
from app.comparing import walk as walking
from app.comparing.common_view.walking import Walk
from app.comparing.decision_words import DecisionLine, decision_line, heard, kinds
from app.comparing.walk import Filter
from app.i18n import Texts
from app.model.decision import Decision
from widgets.comparing.disagreement_row import DisagreementDelegate
from widgets.look.look import Look
from widgets.look.parts import beside, label, section_label, stacked

#: what a list does itself with a key; every other one is the room's
_OWN = {Qt.Key.Key_Up, Qt.Key.Key_Down}


class WalkList(QWidget):
    """`chosen` tells the id of the row that the hand or an arrow went to; `show_id` goes there without telling."""

    chosen = Signal(str)
    played = Signal()

    def __init__(self, walk: Walk, look: Look, texts: Texts) -> None:
        super().__init__()
        self.walk, self._texts = walk, texts
        self.lines: tuple[DecisionLine, ...] = ()
        self.list = _List()
        self.list.setAccessibleName(texts.tr("Disagreements"))
        self._delegate = DisagreementDelegate(look, (), self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.currentRowChanged.connect(self._on_row)
        self.list.itemDoubleClicked.connect(lambda _: self.played.emit())
        self._head = section_label("")
        self.filter = FilterButton(walk, texts)
        self.filter.picked.connect(self.refresh)
        self._whose = label(" ↔ ".join(walk.found.short_names), "caption")
        self._none = label(texts.tr("No differing point is like that."), "muted", wrap=True)
        self._asked = label("", "caption", wrap=True)
        head = beside(self._head, None, self.filter)
        self.setLayout(stacked(head, self._whose, self._asked, self._none, self.list, spacing=6))
        self.refresh()

    def refresh(self) -> None:
        """The rows as they are now; what was chosen stays chosen while it is among them."""
        before = self.chosen_id()
        t, found = self._texts, self.walk.found
        self.lines = tuple(decision_line(t, found, d) for d in self.walk.rows())
        self._delegate.show_lines(self.lines)
        with QSignalBlocker(self.list):
            self._fill()
            self.show_id(before)
        count = len(self.lines)
        self._head.setText(
            t.trn("{n} disagreement, the weightiest first", "{n} disagreements, the weightiest first", count).upper()
        )
        self._none.setVisible(not count)
        asked = self.filter.words()
        self._asked.setText(asked)
        self._asked.setVisible(bool(asked))
        if self.chosen_id() != before:
            self.chosen.emit(self.chosen_id())

    def _fill(self) -> None:
        while self.list.count() > len(self.lines):
            self.list.takeItem(self.list.count() - 1)
        for n, line in enumerate(self.lines):
            if n == self.list.count():
                self.list.addItem(QListWidgetItem())
            item = self.list.item(n)
            words = heard(self._texts, line, to_decide=not self.walk.only_looks)
            if item.text() != words:
                item.setText(words)
            item.setData(Qt.ItemDataRole.UserRole, line.id)

    def chosen_id(self) -> str:
        item = self.list.currentItem()
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    def decision(self) -> Decision | None:
        """The one that is chosen."""
        return self.walk.decision(self.chosen_id())

    def show_id(self, decision_id: str) -> bool:
        """To a row; to the first when it is not among them, and then False."""
        row = next((n for n, line in enumerate(self.lines) if line.id == decision_id), -1)
        self.list.setCurrentRow(row if row >= 0 or not self.lines else 0)
        return row >= 0

    def step(self, by: int) -> None:
        """To the next row or the one before, as far as there are any."""
        row = self.list.currentRow() + by
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)

    def _on_row(self, _row: int) -> None:
        self.chosen.emit(self.chosen_id())


class _List(QListWidget):
    """Up and Down are the list's; letters decide, and every other key is the room's as everywhere in it."""

    def __init__(self) -> None:
        super().__init__()
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setWordWrap(True)  # without it Qt lays rows anew only where the height changed
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(110)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and Qt.Key(event.key()) in _OWN:
            super().keyPressEvent(event)
        else:
            event.ignore()


class FilterButton(QPushButton):
    """Which differences are walked: by person, dimension, task, kind, and whether they are decided."""

    picked = Signal()

    def __init__(self, walk: Walk, texts: Texts) -> None:
        super().__init__(texts.tr("Choose which…"))
        self.setProperty("kind", "link")
        self.setAutoDefault(False)
        self.setAccessibleName(texts.tr("Choose which differing points are shown"))
        self._walk, self._texts = walk, texts
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")

    def words(self) -> str:
        """What is asked for now; empty when everything is."""
        wanted = self._walk.wanted
        parts = [words for name in _FIELDS for value, words in self._choices(name) if value == getattr(wanted, name)]
        return " · ".join(parts)

    def choose(self, name: str, value: object) -> None:
        """Ask for one value of a field, or with the field's empty one for any."""
        held = self._walk.wanted
        fields = {f: getattr(held, f) for f in _FIELDS} | {name: value}
        self._walk.wanted = Filter(**fields)
        self.picked.emit()

    def _fill(self) -> None:
        t, wanted, empty = self._texts, self._walk.wanted, Filter()
        self._menu.clear()
        everything = self._menu.addAction(t.tr("Show all"), self.show_all)
        everything.setEnabled(wanted != empty)
        titles = {
            "person": t.tr("Person"),
            "dimension": t.tr("Dimension"),
            "task": t.tr("Task"),
            "kind": t.tr("Kind"),
            "settled": t.tr("Decided or open"),
        }
        if self._walk.only_looks:
            titles.pop("settled")
        for name, title in titles.items():
            menu, group = self._menu.addMenu(title), QActionGroup(self._menu)
            rows = [(getattr(empty, name), t.tr("All")), *self._choices(name)]
            for value, words in rows:
                act = QAction(words, menu, checkable=True)
                act.setChecked(value == getattr(wanted, name))
                act.triggered.connect(lambda _on=False, n=name, v=value: self.choose(n, v))
                group.addAction(act)
                menu.addAction(act)

    def show_all(self) -> None:
        """Ask for nothing any more."""
        self._walk.wanted = Filter()
        self.picked.emit()

    def _choices(self, name: str) -> list[tuple[object, str]]:
        """The values of a field that some difference has, with their words."""
        t, found, every = self._texts, self._walk.found, self._walk.decisions()
        if name == "person":
            people = sorted({walking.person_of(found, d) for d in every} - {""})
            return [(p, person_name(t, p)) for p in people]
        if name == "dimension":
            there = {walking.dimension_of(found, d) for d in every}
            return [(x.id, t.words(x.name)) for x in found.scheme.dimensions if x.id in there]
        if name == "task":
            numbers = sorted({n for d in every if (n := walking.task_of(found, d)) is not None})
            return [(n, found.file.task_name(n, t.language) if n else t.tr("between tasks")) for n in numbers]
        if name == "kind":
            there_are = {d.kind for d in every}
            return [(kind, words) for kind, words in kinds(t).items() if kind in there_are]
        return [(False, t.tr("open")), (True, t.tr("decided"))]


_FIELDS = ("person", "dimension", "task", "kind", "settled")
