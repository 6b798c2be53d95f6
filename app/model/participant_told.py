"""What a participant told of a group, a training or a consultation: a row among the forms of that work, of nobody.

The work has no case and keeps its participants by codes or not at all, so a form is told by no name and no code. Its
row is read as every filled form is (`ServiceFeedback`), of no case and typed by nobody.
"""

from __future__ import annotations

import re
from datetime import date

from app.model.feedback_form import FeedbackFrom
from app.model.service_feedback import FeedbackWay, FormGiven, ServiceFeedback
from app.model.service_work import FormRow, FormValue
from app.model.words import LANGUAGES

#: the rows are of this form, which no template defines: it comes with the program
TOLD = "participants-told"
_ABOUT = ("day", "done", "form", "language", "version", "way")
#: before the key of a question, so that it is never one of the words above
_OF = "q."
_KEY = re.compile(r"[a-z][a-z0-9-]*")


def told_row(feedback: ServiceFeedback, work_id: str) -> FormRow:
    """A form as a row of the work that it is of."""
    about = {
        "day": feedback.day.isoformat(), "form": feedback.form_id, "language": feedback.language,
        "version": str(feedback.form_version), "way": feedback.way.value, **({"done": "yes"} if feedback.done else {}),
    }  # fmt: skip
    chosen = {_OF + given.question: given.choice for given in feedback.answers if given.choice}
    written = [FormValue(_OF + given.question, given.words) for given in feedback.answers if given.words]
    return FormRow(
        feedback.id, work_id, TOLD,
        written=tuple(sorted(written, key=lambda value: value.field)), picked=tuple(sorted((about | chosen).items())),
    )  # fmt: skip


def told_of(row: FormRow) -> ServiceFeedback:
    """The form that a row holds. Raises ValueError for a row that holds anything else."""
    picked = dict(row.picked)
    if row.form != TOLD or picked.get("done", "yes") != "yes" or picked.get("language") not in LANGUAGES:
        raise ValueError(row.form)
    chosen = [(name, key) for name, key in row.picked if name not in _ABOUT]
    found = ServiceFeedback(
        row.id, "", _key(picked.get("form", "")), int(picked.get("version", "")), FeedbackFrom.PARTICIPANT, "",
        date.fromisoformat(picked.get("day", "")), picked["language"], FeedbackWay(picked.get("way", "")), "",
        answers=(
            *(FormGiven(_question(name), choice=_key(key)) for name, key in chosen),
            *(FormGiven(_question(value.field), words=value.text) for value in row.written),
        ), done="done" in picked,
    )  # fmt: skip
    if told_row(found, row.work_id) != row:
        raise ValueError(row.form)
    return found


def is_told(row: FormRow) -> bool:
    """Whether a row holds a form that a participant finished."""
    return row.form == TOLD and ("done", "yes") in row.picked


def _question(name: str) -> str:
    if not name.startswith(_OF):
        raise ValueError(name)
    return _key(name.removeprefix(_OF))


def _key(word: str) -> str:
    """What is chosen is a key of the form: nobody's name fits where words are not asked."""
    if not _KEY.fullmatch(word):
        raise ValueError(word)
    return word
