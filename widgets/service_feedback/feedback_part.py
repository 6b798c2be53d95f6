"""*Palaute palvelusta*: what was told in this case, each form by itself; nothing of it is summed here."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.casework.case_editor import CaseEditor
from app.casework.feedback_papers import file_name, save_empty
from app.casework.service_feedback import Asked, feedback_of, told
from app.errors import AppError
from app.i18n import today
from app.model.feedback_form import FeedbackFrom
from app.model.service_feedback import FeedbackWay, FormGiven, ServiceFeedback
from app.services.feedback_forms import newest
from app.vocabulary import StatementTexts
from app.workspace import Workspace
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.look.look import Look
from widgets.look.parts import Card, beside, button, clear, hairline, label, section_label, stacked
from widgets.service_feedback.answering_view import AnsweringView
from widgets.service_feedback.begin_form import BeginForm
from widgets.service_feedback.teller_words import teller_word


class FeedbackPart(QWidget):
    """Made anew with what changes in the case."""

    def __init__(self, space: Workspace, look: Look) -> None:
        super().__init__()
        self._space, self._look, self._texts = space, look, space.texts
        self._editor: CaseEditor | None = None
        t = space.texts
        self.gather = button(t.tr("Gather feedback…"), self._open_form)
        self.form = BeginForm(t, self._begin, self._print, self._close_form)
        self.form.hide()
        self.none = label(t.tr("No feedback yet. It is asked after a service."), "muted", wrap=True)
        self.card = Card(spacing=0, padding=0)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.card.column.addLayout(self._list)
        note = label(
            t.tr("Feedback is experience. It does not show by itself what the service brought about."),
            "caption",
            wrap=True,
        )
        self.opened: dict[str, QWidget] = {}
        title = section_label(t.tr("Feedback on the service"))
        self.setLayout(stacked(title, beside(self.gather, None), self.form, self.none, self.card, note, spacing=14))

    @property
    def editor(self) -> CaseEditor:
        assert self._editor is not None, "only what is shown is changed"
        return self._editor

    def show_case(self, editor: CaseEditor, *, anew: bool) -> None:
        self._editor = editor
        if anew:
            self.form.hide()
        found = feedback_of(self._space.store, editor.file.case.id)
        clear(self._list)
        self.opened = {}
        for number, feedback in enumerate(found):
            if number:
                self._list.addWidget(hairline())
            self._list.addWidget(self._row(feedback))
        self.none.setVisible(not found)
        self.card.setVisible(bool(found))

    def _row(self, feedback: ServiceFeedback) -> QWidget:
        t, words = self._texts, StatementTexts(self._texts.language)
        who = teller_word(t, feedback.who)
        way = t.tr("typed in from paper") if feedback.way == FeedbackWay.PAPER else t.tr("on the screen")
        near = t.tr("near: {who}", who=feedback.near) if feedback.near else ""
        said = (words.said("assessments", feedback.service), t.date(feedback.day), way, near)
        about = " · ".join(part for part in said if part)
        title = who if feedback.done else t.tr("{who}, not finished", who=who)
        answers = self._answers(feedback)
        answers.setVisible(not feedback.done)
        self.opened[feedback.id] = answers
        acts = []
        if feedback.by == self._space.store.me:
            if not feedback.done:
                acts.append(button(t.tr("Go on…"), partial(self._fill, feedback)))
            acts.append(button(t.tr("Remove"), partial(self._remove, feedback), "quiet"))
        if feedback.done:
            acts.insert(0, button(t.tr("Read"), lambda: answers.setVisible(answers.isHidden())))
        for act in acts:
            act.setAccessibleName(f"{act.text()} {title} {about}")
        head = beside(stacked(label(title, "strong"), label(about, "muted", wrap=True), spacing=2), *acts)
        head.setStretch(0, 1)
        row = QWidget()
        row.setLayout(stacked(head, answers, spacing=8, margins=(18, 12, 18, 12)))
        return row

    def _answers(self, feedback: ServiceFeedback) -> QWidget:
        holder = QWidget()
        rows = [
            stacked(label(asked, "caption", wrap=True), label(said, wrap=True), spacing=0)
            for asked, said in told(self._texts, feedback)
        ]
        holder.setLayout(stacked(*rows, spacing=8))
        return holder

    # acts

    def _open_form(self) -> None:
        if self._editor is not None:
            self.form.begin(self._editor.file, self._texts.language)

    def ask(self, who: FeedbackFrom, service: str) -> None:
        """Open the form for one who is asked about a service."""
        self._open_form()
        self.form.ask(who, service)

    def _close_form(self) -> None:
        self.form.hide()
        self.gather.setFocus()

    def _begin(self, asked: Asked) -> bool:
        made = self._editor.begin_feedback(asked) if self._editor is not None else None
        if made is None:
            return False
        self._close_form()
        self._fill(made)
        return True

    def _fill(self, feedback: ServiceFeedback) -> None:
        """Over the whole screen for whom it is of; typed in from paper in a window."""
        view = self.view_of(feedback)
        if feedback.way == FeedbackWay.HERE:
            view.over_all()
        else:
            view.exec()
        self.gather.setFocus()

    def view_of(self, feedback: ServiceFeedback) -> AnsweringView:
        """The form to be filled."""
        editor, key = self.editor, feedback.id

        def answer(given: FormGiven) -> bool:
            return editor.answer_feedback(key, given)

        return AnsweringView(
            feedback, self._look, self._space.preferences, answer, lambda: editor.finish_feedback(key), self.window()
        )

    def _remove(self, feedback: ServiceFeedback) -> None:
        if self._editor is not None:
            self._editor.remove_feedback(feedback)

    def _print(self, asked: Asked) -> None:
        t, form = self._texts, newest(asked.who)
        path = FileDialogs(self).save(t.tr("Save as PDF"), file_name(form, asked.language), PDF)
        if path is None:
            return
        service = StatementTexts(asked.language).said("assessments", asked.service)
        try:
            save_empty(path, form, service, asked.language, today())
        except AppError as error:
            self._space.notices.trouble(error)
        else:
            self._space.notices.done(t.tr("The paper is written."))
