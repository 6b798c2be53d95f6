"""Input widgets that the case's forms are made of; the wheel scrolls past them and never changes a value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QPlainTextEdit, QSpinBox


class ChoiceBox(QComboBox):
    """Every box that drops down a list. A screen reader calls it by a label that has it for its buddy.

    Where Linux readers ask, Qt gives what is chosen for the box's name, whatever `setAccessibleName` says: its label is
    all that tells what is chosen there. A box without one in sight gets one that is never seen.
    """

    _unseen: QLabel | None = None

    def showEvent(self, event: QShowEvent) -> None:
        self._be_labelled()
        super().showEvent(event)

    def _be_labelled(self) -> None:
        if self._unseen is None:
            beside = self.parentWidget() or self
            among = beside.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly)
            if any(label.buddy() is self for label in among):
                return
            self._unseen = QLabel(self)
            self._unseen.setBuddy(self)
            self._unseen.hide()
        self._unseen.setText(self.accessibleName())

    def showPopup(self) -> None:
        self.view().setAccessibleName(self.accessibleName())
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def named_choice(name: str, rows: Iterable[tuple[object, str]]) -> ChoiceBox:
    """A box without a label in sight: `name` is heard and in its hint. `rows` are values with their words."""
    made = ChoiceBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    for value, words in rows:
        made.addItem(words, value)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(9)
    return made


class Choice(ChoiceBox):
    """One of some values, each shown by its words."""

    def __init__(self, choices: Iterable[tuple[Any, str]] = ()) -> None:
        super().__init__()
        self._values: list[Any] = []
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.offer(choices)

    def offer(self, choices: Iterable[tuple[Any, str]]) -> None:
        """Other choices; the chosen value stays chosen when it is among them."""
        rows = list(choices)
        if [(v, self.itemText(n)) for n, v in enumerate(self._values)] == rows:
            return
        chosen = self.value()
        self.clear()
        self._values = [value for value, _ in rows]
        self.addItems([words for _, words in rows])
        self.set_value(chosen)

    def value(self) -> Any:
        """The chosen value; None when there is none."""
        number = self.currentIndex()
        return self._values[number] if 0 <= number < len(self._values) else None

    def set_value(self, value: Any) -> None:
        """Choose; a value that is not offered (any more) joins the list in its own words."""
        if value is not None and value not in self._values:
            self._values.append(value)
            self.addItem(str(value))
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)


class Suggestions(ChoiceBox):
    """A line that offers words to choose from, each with what it stands for, and takes others too."""

    def __init__(self, choices: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self._words = dict(choices)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.addItems(list(self._words.values()))
        self.setCurrentIndex(-1)

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """Other words to choose from; what stands in the line stays."""
        typed = self.currentText()
        self._words = dict(choices)
        self.clear()
        self.addItems(list(self._words.values()))
        self.setCurrentIndex(-1)
        self.setEditText(typed)

    def value(self) -> str:
        """What the words in the line stand for, or they themselves."""
        typed = self.currentText().strip()
        return next((key for key, words in self._words.items() if words.casefold() == typed.casefold()), typed)

    def set_value(self, value: str) -> None:
        self.setEditText(self._words.get(value, value))
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)  # of long words the beginning is in sight


class Number(QSpinBox):
    """A whole number; the arrow keys step it."""

    def __init__(self, least: int, most: int, step: int = 1, suffix: str = "") -> None:
        super().__init__()
        self.setRange(least, most)
        self.setSingleStep(step)
        self.setSuffix(suffix)
        self.lineEdit().setTextMargins(8, 0, 0, 0)  # a style sheet's padding does not reach it

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class GrowingText(QPlainTextEdit):
    """Text of some lines, as tall as what stands in it; Tab goes on to the next field."""

    left = Signal()

    def __init__(self, least_lines: int = 1) -> None:
        super().__init__()
        self._least = least_lines
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        self.document().contentsChanged.connect(self._grow)
        self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def _grow(self) -> None:
        # a plain text document counts its height in lines; the rest is padding, border and margin
        lines = max(self._least, round(self.document().size().height()))
        height = max(lines * self.fontMetrics().lineSpacing() + 20, 40)
        if self.minimumHeight() != height or self.maximumHeight() != height:
            self.setFixedHeight(height)
