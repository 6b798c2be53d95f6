"""The commission's questions, verbatim and numbered by their place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import Texts
from widgets.forms.inputs import GrowingText
from widgets.look.parts import beside, button, label, stacked

Rows = tuple[str, ...]


class Questions(QWidget):
    """A row per question, and an empty one for the next. `keep(rows)` commits all of them as they shall be."""

    def __init__(self, texts: Texts, keep: Callable[[Rows], bool]) -> None:
        super().__init__()
        self._texts = texts
        self._keep = keep
        self._shown: Rows = ()
        self.rows: list[QuestionRow] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(10)
        self.new = _NewQuestion()
        self.new.setAccessibleName(texts.tr("New question"))
        self.new.setPlaceholderText(texts.tr("Write the next question word for word"))
        self.new.left.connect(self.add_written)
        self.new.sent.connect(self.add_written)
        self.add = button(texts.tr("Add"), self._on_add)
        hint = texts.tr(
            "Enter adds the question, Shift+Enter begins a new line in it. Alt+↑ and Alt+↓ move a question; an emptied "
            "one keeps its earlier words."
        )
        row = beside(self.new, self.add, spacing=10)
        row.setStretch(0, 1)
        self.setLayout(stacked(self._column, row, label(hint, "caption", wrap=True), spacing=12))

    def load(self, rows: Rows, *, anew: bool) -> None:
        """Show `rows`; a row that is being typed in keeps its text unless it is another case's."""
        if anew:
            self.new.setPlainText("")
        while len(self.rows) > len(rows):
            row = self.rows.pop()
            row.hide()
            row.setParent(None)
            row.deleteLater()
        for number, text in enumerate(rows):
            if number == len(self.rows):
                made = QuestionRow(self, self._texts, number)
                self.rows.append(made)
                self._column.addWidget(made)
            self.rows[number].load(text, last=number == len(rows) - 1, anew=anew)
        self._shown = rows

    def commit(self) -> None:
        for row in list(self.rows):
            row.leave()
        self.add_written()

    def add_written(self) -> None:
        """What stands in the empty row becomes the last question."""
        text = self.new.toPlainText().strip()
        if not text:
            return
        self.new.setPlainText("")
        if not self._keep((*self._shown, text)):
            self.new.setPlainText(text)

    def _on_add(self) -> None:
        self.add_written()
        self.new.setFocus()  # for the next one

    def change(self, number: int, text: str) -> bool:
        if not text:
            return False  # only *Remove* takes a question away: what is pressed next must not move beneath the hand
        rows = list(self._shown)
        rows[number] = text
        return self._keep(tuple(rows))

    def remove(self, number: int) -> None:
        rows = self._shown
        self._keep((*rows[:number], *rows[number + 1 :]))
        (self.rows[min(number, len(self.rows) - 1)].text if self.rows else self.new).setFocus()

    def reorder(self, number: int, to: int) -> None:
        """The question at `number` goes to `to`, both from 0."""
        self.rows[number].leave()
        if not 0 <= to < len(self._shown):
            return
        rows = list(self._shown)
        rows.insert(to, rows.pop(number))
        self._keep(tuple(rows))
        self.rows[to].text.setFocus()


class _NewQuestion(GrowingText):
    """Enter sends it; what is pasted may have several lines, and so may what is typed."""

    sent = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.sent.emit()
        else:
            super().keyPressEvent(event)


class QuestionRow(QWidget):
    """One question with its number, and what can be done with it."""

    def __init__(self, questions: Questions, texts: Texts, number: int) -> None:
        super().__init__()
        self._questions, self._number, self._shown = questions, number, ""
        n = number + 1
        self.text = GrowingText()
        self.text.setAccessibleName(texts.tr("Question {n}", n=n))
        self.text.left.connect(self.leave)
        figure = label(f"{n}.", "strong")
        figure.setFixedWidth(28)
        figure.setMinimumHeight(40)
        self._up = button(texts.tr("Up"), lambda: questions.reorder(number, number - 1), "quiet")
        self._down = button(texts.tr("Down"), lambda: questions.reorder(number, number + 1), "quiet")
        self._remove = button(texts.tr("Remove"), lambda: questions.remove(number), "quiet")
        for act in (self._up, self._down, self._remove):
            act.setAccessibleName(texts.tr("{act}: question {n}", act=act.text(), n=n))
        self._up.setEnabled(number > 0)
        row = beside(figure, self.text, self._up, self._down, self._remove, spacing=4)
        row.setStretch(1, 1)
        for part in (figure, self._up, self._down, self._remove):
            row.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        self.setLayout(row)

    def load(self, text: str, *, last: bool, anew: bool) -> None:
        self._down.setEnabled(not last)
        typed = self.text.toPlainText().strip() != self._shown
        if anew or (text != self._shown and not typed):
            self.text.setPlainText(text)
        self._shown = text

    def leave(self) -> None:
        """Commit what was typed."""
        text, before = self.text.toPlainText().strip(), self._shown
        if text == before:
            return
        self._shown = text
        self.text.document().clearUndoRedoStacks()
        if not self._questions.change(self._number, text):
            self._shown = before
            self.text.setPlainText(before)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self._questions.reorder(self._number, self._number + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
