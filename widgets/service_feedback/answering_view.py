"""One question at a time over the whole screen: large, with nothing else of the case on it.

Whom it is of answers; a grown-up may be near a child and does not answer. Each answer is in the archive when it is
chosen, and what was not finished can be gone on with.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QDialog, QStackedWidget, QWidget

from app.i18n import Texts
from app.model.feedback_form import FormQuestion, QuestionKind
from app.model.service_feedback import FormGiven, ServiceFeedback
from app.services.feedback_forms import form_of
from app.settings.preferences import Preferences
from widgets.cover import cover_from
from widgets.folding import size_to_fit
from widgets.forms.inputs import GrowingText
from widgets.look.look import Look
from widgets.look.parts import beside, button, label, primary_button, scrolled, stacked
from widgets.service_feedback.answer_buttons import AnswerButton

#: pixels: of the question's letters, of a line of text
LETTERS, WIDEST = 30, 880


class AnsweringView(QDialog):
    """`answer(given)` keeps one answer and `finish()` all of them; each says whether it was taken."""

    def __init__(
        self,
        feedback: ServiceFeedback,
        look: Look,
        preferences: Preferences,
        answer: Callable[[FormGiven], bool],
        finish: Callable[[], bool],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._texts, self._look = Texts(feedback.language), look
        self._answer, self._finish = answer, finish
        self.form = form_of(feedback)
        self.setObjectName("page")
        self.setWindowTitle(self._texts.words(self.form.title))
        self.answers: dict[str, list[AnswerButton]] = {}
        self.fields: dict[str, GrowingText] = {}
        self._groups: list[QButtonGroup] = []
        t = self._texts
        self.pages = QStackedWidget()
        self.pages.addWidget(self._page(t.words(self.form.title), self._said(t.words(self.form.opening))))
        for question in self.form.questions:
            self.pages.addWidget(self._question(question, feedback.answer(question.key)))
        self.pages.addWidget(self._page(t.words(self.form.closing), self._said("")))
        self.place = label("", "muted")
        self.back = button(t.tr("Back"), lambda: self._go(-1))
        self.forth = primary_button(t.tr("Begin"), lambda: self._go(1))
        foot = beside(self.back, None, self.place, None, self.forth, spacing=12, margins=(40, 16, 40, 28))
        self.setLayout(stacked(scrolled(self.pages), foot, spacing=0))
        cover_from(self, parent.window(), preferences)
        self.finished.connect(lambda _: self._keep_words())
        size_to_fit(self, 1100, 760)
        self._show(0)

    def over_all(self) -> None:
        """Until it is done nothing else is on the screen."""
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.exec()

    # the pages

    def _page(self, title: str, below: QWidget) -> QWidget:
        heading = label(title, wrap=True)
        heading.setStyleSheet(f"QLabel {{ font-size: {LETTERS}px; font-weight: 600; }}")
        heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        made = QWidget()
        column = stacked(None, heading, below, None, spacing=32, margins=(40, 24, 40, 24))
        made.setLayout(column)
        return made

    def _said(self, words: str) -> QWidget:
        made = label(words, wrap=True)
        made.setStyleSheet("QLabel { font-size: 20px; }")
        made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return made

    def _question(self, question: FormQuestion, given: FormGiven) -> QWidget:
        words = self._texts.words(question.text)
        if question.kind == QuestionKind.WORDS:
            field = GrowingText(4)
            field.setPlainText(given.words)
            field.setAccessibleName(words)
            field.setStyleSheet("QPlainTextEdit { font-size: 20px; }")
            field.setMaximumWidth(WIDEST)
            field.left.connect(self._keep_words)
            self.fields[question.key] = field
            holder = QWidget()
            row = beside(None, field, None)
            row.setStretch(1, 10)
            holder.setLayout(row)
            return self._page(words, holder)
        return self._page(words, self._choices(question, given))

    def _choices(self, question: FormQuestion, given: FormGiven) -> QWidget:
        """The pictures in one row, and what has none below them; words alone one below another."""
        group = QButtonGroup(self)
        group.setExclusive(False)
        self._groups.append(group)
        made = [AnswerButton(a.key, self._texts.words(a.words), a.picture, self._look) for a in question.answers]
        self.answers[question.key] = made
        for answer in made:
            answer.setChecked(answer.key == given.choice)
            answer.clicked.connect(lambda _=False, a=answer: self._on_chosen(question.key, a))
        pictured = [b for b, a in zip(made, question.answers, strict=True) if a.picture]
        plain = [b for b, a in zip(made, question.answers, strict=True) if not a.picture]
        holder = QWidget()
        rows = [self._row(*pictured), self._row(*plain)] if pictured else [self._row(answer) for answer in plain]
        holder.setLayout(stacked(*rows, spacing=20 if pictured else 12))
        return holder

    def _row(self, *answers: AnswerButton) -> QWidget:
        holder = QWidget()
        holder.setLayout(beside(None, *answers, None, spacing=16))
        return holder

    def _on_chosen(self, question: str, chosen: AnswerButton) -> None:
        key = chosen.key if chosen.isChecked() else ""
        if not self._answer(FormGiven(question, key)):
            chosen.setChecked(not chosen.isChecked())
            return
        for other in self.answers[question]:
            other.setChecked(other is chosen and bool(key))
        self._tell()

    # going on

    @property
    def shown(self) -> FormQuestion | None:
        """The question on the screen; None before the first and after the last."""
        number = self.pages.currentIndex() - 1
        return self.form.questions[number] if 0 <= number < len(self.form.questions) else None

    def _go(self, by: int) -> None:
        self._keep_words()
        last = self.pages.count() - 1
        if by > 0 and self.pages.currentIndex() == last:
            if self._finish():
                self.accept()
            return
        self._show(min(max(self.pages.currentIndex() + by, 0), last))

    def _show(self, number: int) -> None:
        self.pages.setCurrentIndex(number)
        self._tell()
        question = self.shown
        if question is None:
            self.forth.setFocus()
        elif question.key in self.fields:
            self.fields[question.key].setFocus()
        else:
            self.answers[question.key][0].setFocus()

    def _tell(self) -> None:
        """What the buttons say here: an answer that was not given is passed over."""
        t, question, last = self._texts, self.shown, self.pages.count() - 1
        number = self.pages.currentIndex()
        self.back.setVisible(number > 0)
        self.place.setText(t.tr("{n} of {all}", n=number, all=last - 1) if question is not None else "")
        if number == 0:
            self.forth.setText(t.tr("Begin"))
        elif number == last:
            self.forth.setText(t.tr("That was all"))
        else:
            self.forth.setText(t.tr("Next") if self._has_answer(question) else t.tr("Skip"))

    def _has_answer(self, question: FormQuestion | None) -> bool:
        if question is None or question.key in self.fields:
            return True
        return any(b.isChecked() for b in self.answers[question.key])

    def _keep_words(self) -> None:
        for key, field in self.fields.items():
            self._answer(FormGiven(key, words=field.toPlainText()))
