"""What participants told of a group, a training or a consultation: filled one after another, read one at a time."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.casework.feedback_papers import file_name, save_empty
from app.casework.service_feedback import told
from app.errors import AppError
from app.i18n import NAMES, Texts, today
from app.model.feedback_form import FeedbackFrom
from app.model.service_feedback import FeedbackWay, ServiceFeedback
from app.services.feedback_forms import newest
from app.works.editor import WorkEditor
from app.works.participants import Manner, Telling, empty, given, remove
from app.works.work_file import title
from app.workspace import Workspace
from widgets.folding import size_to_fit
from widgets.forms.date_field import DateField
from widgets.forms.file_dialogs import PDF, FileDialogs
from widgets.forms.form import columns, named
from widgets.forms.inputs import Choice
from widgets.look.look import Look
from widgets.look.parts import Card, beside, button, clear, hairline, label, primary_button, scrolled, stacked
from widgets.service_feedback.answering_view import AnsweringView


class ParticipantsDialog(QDialog):
    """Forms of one piece of work; what is closed is only read."""

    def __init__(self, parent: QWidget, space: Workspace, look: Look, editor: WorkEditor) -> None:
        super().__init__(parent)
        self._space, self._look, self._editor, self._texts = space, look, editor, space.texts
        t = space.texts
        self.setWindowTitle(t.tr("Participants' feedback"))
        self.language = Choice(list(NAMES.items()))
        self.language.set_value(editor.work.language)
        self.way = Choice(
            [(FeedbackWay.HERE, t.tr("On this screen, now")), (FeedbackWay.PAPER, t.tr("Typed in from paper"))]
        )
        self.way.set_value(FeedbackWay.HERE)
        self.day = DateField(t, t.tr("Day"))
        self.day.set_value(today())
        self.day.line.textChanged.connect(lambda _: self._tell())
        self.start = primary_button(t.tr("Open the form"), self.fill)
        self.print = button(t.tr("Print it empty…"), self._print)
        self._asks = QWidget()
        self._asks.setLayout(
            stacked(
                columns(named(t.tr("Language"), self.language), named(t.tr("How"), self.way), self.day),
                beside(self.start, self.print, None),
                spacing=10,
            )
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.card = Card(spacing=0, padding=0)
        self.card.column.addLayout(self._list)
        self.none = label(t.tr("No form is filled yet."), "muted")
        inside = QWidget()
        inside.setLayout(stacked(self.none, self.card, None))
        note = t.tr("The forms follow one another until one is left with Esc. No name and no code is asked.")
        counted = t.tr("Choices are counted for the office as experience; words never are.")
        self._note = label(note, "muted", wrap=True)
        self.setLayout(
            stacked(
                self._note, self._asks, label(counted, "caption", wrap=True), scrolled(inside),
                beside(None, button(t.tr("Close"), self.accept)),
                spacing=12, margins=(20, 20, 20, 20),
            )
        )  # fmt: skip
        size_to_fit(self, 640, 560)
        self.refresh()

    def refresh(self) -> None:
        """Show what the work holds."""
        work, found = self._editor.work, given(self._editor.file)
        self._asks.setVisible(work.is_open)
        if not work.is_open:
            self._note.setText(self._texts.tr("The service has ended. Open it again to take more forms."))
        clear(self._list)
        for number, feedback in enumerate(found):
            if number:
                self._list.addWidget(hairline())
            self._list.addWidget(self._row(feedback))
        self.none.setVisible(not found)
        self.card.setVisible(bool(found))
        self._tell()

    def _tell(self) -> None:
        day = None if self.day.is_wrong() else self.day.value()
        self.start.setEnabled(day is not None and day <= today())

    def _row(self, feedback: ServiceFeedback) -> QWidget:
        t = self._texts
        way = t.tr("typed in from paper") if feedback.way == FeedbackWay.PAPER else t.tr("on the screen")
        name = t.tr("A participant") if feedback.done else t.tr("{who}, not finished", who=t.tr("A participant"))
        about = f"{t.date(feedback.day)} · {way}"
        answers = self._answers(feedback)
        answers.hide()
        acts = [button(t.tr("Read"), lambda: answers.setVisible(answers.isHidden()))]
        if self._editor.work.is_open:
            if not feedback.done:
                acts.append(button(t.tr("Go on…"), partial(self._fill_one, feedback)))
            acts.append(button(t.tr("Remove"), partial(self._remove, feedback), "quiet"))
        for act in acts:
            act.setAutoDefault(False)
            act.setAccessibleName(f"{act.text()} {name} {about}")
        head = beside(stacked(label(name, "strong"), label(about, "muted", wrap=True), spacing=2), *acts)
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

    def fill(self) -> None:
        """One after another: each finished form is followed by an empty one, for the next who sits down."""
        while self._fill_one(empty(self._manner(), today())):
            pass

    def _manner(self) -> Manner:
        return Manner(self.day.value(), self.language.value(), self.way.value())

    def _fill_one(self, feedback: ServiceFeedback) -> bool:
        """Over the whole screen for whoever tells; typed in from paper in a window. False where it was left."""
        view = self.view_of(feedback)
        if feedback.way == FeedbackWay.HERE:
            view.over_all()
        else:
            view.exec()
        is_done = view.result() == QDialog.DialogCode.Accepted
        view.deleteLater()
        self.refresh()
        return is_done

    def view_of(self, feedback: ServiceFeedback) -> AnsweringView:
        """The form to be filled."""
        telling = Telling(self._editor, feedback)
        return AnsweringView(feedback, self._look, self._space.preferences, telling.answer, telling.finish, self)

    def _remove(self, feedback: ServiceFeedback) -> None:
        remove(self._editor, feedback)
        self.refresh()

    def _print(self) -> None:
        t, form = self._texts, newest(FeedbackFrom.PARTICIPANT)
        path = FileDialogs(self).save(t.tr("Save as PDF"), file_name(form, self.language.value()), PDF)
        if path is None:
            return
        try:
            self._save(path)
        except AppError as error:
            self._space.notices.trouble(error)
        else:
            self._space.notices.done(t.tr("The paper is written."))

    def _save(self, path: Path) -> None:
        language = self.language.value()
        service = Texts(language).words(title(self._space.store, self._editor.file))
        save_empty(path, newest(FeedbackFrom.PARTICIPANT), service, language, today())
