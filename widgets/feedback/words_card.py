"""What the adult says to one moment: own words, words to pick, how near the wish it is, the next step."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPushButton, QWidget

from app.clips.words import PICKED
from app.i18n import Texts
from app.model.feedback import FAR, THERE, ClipWords
from widgets.coding.paused_text import PausedText
from widgets.look.parts import Card, beside, button, field, label, section_label, stacked


class WordsCard(Card):
    """Tells each edit at once; typed words a moment after the last letter."""

    said = Signal(str, object)  # field, value

    def __init__(self, texts: Texts, height: int = 84) -> None:
        super().__init__(spacing=8, padding=14)
        t = self._texts = texts
        self._id = ""
        self._head = section_label("")
        self._saved = label("", "caption")
        self.text = PausedText(t.tr("The parent's own words"), t.tr("In the parent's own words"), height)
        self.text.written.connect(lambda: self.said.emit("words", self.text.toPlainText().strip()))
        self._picked = {key: self._pill(key, t.tr(words)) for key, words in PICKED.items()}
        self._numbers = QButtonGroup(self)
        self._numbers.setExclusive(False)
        self._numbers.idClicked.connect(self._on_number)
        scale = beside(*(self._number(n) for n in range(FAR, THERE + 1)), spacing=4)
        self._step = QLineEdit()
        self._step.editingFinished.connect(self._on_step)
        self.column.addLayout(beside(self._head, None, self._saved))
        self.column.addWidget(self.text)
        self.column.addLayout(beside(*self._picked.values(), None, spacing=6))
        near = t.tr("How near your wish is this moment? 0 = far, 10 = there")
        step = field(t.tr("The next step in the parent's words"), self._step)
        self._scale = QWidget()
        self._scale.setLayout(stacked(label(near, "caption"), scale, spacing=4))
        self._next_step = QWidget()
        self._next_step.setLayout(step)
        row = beside(self._scale, self._next_step, spacing=18)
        row.setStretch(1, 1)
        self.column.addLayout(row)

    def show_words(self, head: str, words: ClipWords) -> None:
        """`head` says whose and of which moment."""
        is_other = words.id != self._id
        self._id = words.id
        self._head.setText(head.upper())
        self.text.show_text(words.words, anew=is_other)
        for key, pill in self._picked.items():
            pill.setChecked(key in words.picked)
        for number in range(FAR, THERE + 1):
            self._numbers.button(number).setChecked(words.scaling == number)
        if is_other or not self._step.hasFocus():
            self._step.setText(words.step)

    def show_scale(self, *, on: bool) -> None:
        """A child gives no number and no next step: nothing is counted of a child, and the words are the child's."""
        t = self._texts
        self._scale.setVisible(on)
        self._next_step.setVisible(on)
        self.text.setAccessibleName(t.tr("The parent's own words") if on else t.tr("The child's own words"))
        self.text.setPlaceholderText(t.tr("In the parent's own words") if on else t.tr("In the child's own words"))

    def show_saved(self, words: str) -> None:
        self._saved.setText(words)

    def commit(self) -> None:
        self.text.commit()
        self._on_step()

    def _pill(self, key: str, words: str) -> QPushButton:
        made = button(words, kind="pill")
        made.setCheckable(True)
        made.clicked.connect(self._on_picked)
        made.setProperty("key", key)
        return made

    def _number(self, number: int) -> QPushButton:
        made = button(str(number), kind="small")
        made.setCheckable(True)
        made.setFixedWidth(34)
        made.setAccessibleName(self._texts.tr("{n} of 10", n=number))
        self._numbers.addButton(made, number)
        return made

    def _on_picked(self, _on: Any = None) -> None:
        self.said.emit("picked", tuple(key for key, pill in self._picked.items() if pill.isChecked()))

    def _on_number(self, number: int) -> None:
        """Pressed once more it is taken back."""
        self.said.emit("scaling", number if self._numbers.button(number).isChecked() else None)

    def _on_step(self) -> None:
        if self._id:
            self.said.emit("step", self._step.text().strip())
