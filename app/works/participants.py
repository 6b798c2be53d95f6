"""How participants of a group, a training or a consultation tell of it: each a short form, one after another.

Nobody's name and no code is asked. A form is in the archive from its first answer on, and stays as it was given once it
is finished.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.errors import NotAllowed
from app.model.change import Change, added, removed
from app.model.feedback_form import FeedbackFrom
from app.model.identity import new_id
from app.model.participant_told import TOLD, told_of, told_row
from app.model.service_feedback import FeedbackWay, FormGiven, ServiceFeedback
from app.services.feedback_forms import newest
from app.works.editor import WorkEditor
from app.works.work_file import WorkFile


@dataclass(frozen=True, slots=True)
class Manner:
    """What is the same of the forms that are filled one after another."""

    day: date
    language: str
    way: FeedbackWay


def given(file: WorkFile) -> tuple[ServiceFeedback, ...]:
    """The forms of a piece of work, those that were not finished first, then the newest."""
    found = [told_of(row) for row in file.rows if row.form == TOLD]
    newest_first = sorted(found, key=lambda f: (f.day, f.id), reverse=True)
    return tuple(sorted(newest_first, key=lambda f: f.done))


def empty(manner: Manner, today: date) -> ServiceFeedback:
    """The next one's form; nothing of it is in the archive yet. Raises NotAllowed(`feedback-of-tomorrow`)."""
    if manner.day > today:
        raise NotAllowed("feedback-of-tomorrow")
    form = newest(FeedbackFrom.PARTICIPANT)
    return ServiceFeedback(
        new_id(), "", form.id, form.version, FeedbackFrom.PARTICIPANT, "", manner.day, manner.language, manner.way, ""
    )


class Telling:
    """One form while it is filled. False is what was refused; the editor has said why."""

    def __init__(self, editor: WorkEditor, feedback: ServiceFeedback) -> None:
        self._editor, self.feedback = editor, feedback

    def answer(self, answer: FormGiven) -> bool:
        """One answer, or none any more."""
        kept = FormGiven(answer.question, answer.choice, answer.words.strip())
        after = self.feedback.answering(kept)
        if after.answer(kept.question) == self.feedback.answer(kept.question):
            return True
        return self._keep(after, self._editor.texts.tr("Feedback answered"))

    def finish(self) -> bool:
        """It stays as it was given, also when every question was passed over: that is an answer, too."""
        return self._keep(replace(self.feedback, done=True), self._editor.texts.tr("Feedback finished"))

    def _keep(self, after: ServiceFeedback, label: str) -> bool:
        before = self._editor.file.row(after.id)
        row = told_row(after, self._editor.work.id)
        change = added(row) if before is None else Change(before, row)
        if not self._editor.do(label, change):
            return False
        self.feedback = after
        return True


def remove(editor: WorkEditor, feedback: ServiceFeedback) -> bool:
    """It can be taken back while the work is open."""
    row = editor.file.row(feedback.id)
    return row is None or editor.do(editor.texts.tr("Feedback removed"), removed(row))
