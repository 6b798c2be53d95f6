"""The talk right after filming with one adult: first where the child is, then the questions, each in its own words."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit

from app.filming.talk_after import TalkEditor, questions
from app.i18n import Texts
from widgets.forms.inputs import GrowingText
from widgets.look.parts import Card, label, stacked

#: typing is committed after so long a pause, in milliseconds
PAUSE = 500


class TalkForm(Card):
    """Everything is in the archive half a second after the last key, and at once when a field is left."""

    def __init__(self, texts: Texts, editor: TalkEditor, called: str) -> None:
        super().__init__(spacing=12, padding=20)
        self._editor, self._texts = editor, texts
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.commit)
        self.column.addWidget(label(texts.tr("Talk right after filming, {who}", who=called), "title"))
        words = texts.tr("Asked without the child listening. The words are this adult's own view, not an observation.")
        self.column.addWidget(label(words, "caption", wrap=True))
        self.where = QLineEdit(editor.talk.child_where)
        self.where.setAccessibleName(texts.tr("Where is the child?"))
        self.where.textEdited.connect(lambda _: self._timer.start())
        self.where.editingFinished.connect(self.commit)
        self.column.addLayout(stacked(label(texts.tr("Where is the child?"), "strong"), self.where, spacing=4))
        self.answers: dict[str, GrowingText] = {}
        for number, question in enumerate(questions(), start=1):
            name = f"{number}. {texts.words(question.text)}"
            made = GrowingText(least_lines=2)
            made.setAccessibleName(name)
            made.setPlainText(editor.answer(question.key))
            made.textChanged.connect(partial(self._timer.start, PAUSE))
            made.left.connect(self.commit)
            title = label(name, "strong", wrap=True)
            title.setBuddy(made)
            row = stacked(title, spacing=4)
            if question.note is not None:
                row.addWidget(label(texts.words(question.note), "caption"))
            row.addWidget(made)
            self.column.addLayout(row)
            self.answers[question.key] = made
        self._timer.stop()

    def commit(self) -> None:
        """What is typed goes to the archive."""
        self._timer.stop()
        if self.where.text().strip() != self._editor.talk.child_where:
            self._editor.say_where(self.where.text().strip())
        for key, made in self.answers.items():
            if made.toPlainText().strip() != self._editor.answer(key):
                self._editor.write_answer(key, made.toPlainText().strip())
