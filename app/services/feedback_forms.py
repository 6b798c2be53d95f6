"""The short feedback forms that come with the program, every version of each."""

from __future__ import annotations

from functools import cache

import resources
from app.errors import InputError
from app.model.feedback_form import FeedbackForm, FeedbackFrom, read_feedback_form
from app.model.service_feedback import ServiceFeedback


@cache
def forms() -> tuple[FeedbackForm, ...]:
    """Every form that there is or was, by the name of its file."""
    files = sorted((resources.folder() / "services" / "feedback").glob("*.toml"))
    return tuple(read_feedback_form(path.read_text("utf-8")) for path in files)


def newest(who: FeedbackFrom) -> FeedbackForm:
    """What is filled now."""
    return max((form for form in forms() if form.who == who), key=lambda form: form.version)


def form_of(feedback: ServiceFeedback) -> FeedbackForm:
    """The form that was filled. Raises InputError(`feedback-form-unknown`) for one of a newer program."""
    wanted = (feedback.form_id, feedback.form_version)
    found = next((form for form in forms() if (form.id, form.version) == wanted), None)
    if found is None:
        raise InputError("feedback-form-unknown", form=feedback.form_id)
    return found
