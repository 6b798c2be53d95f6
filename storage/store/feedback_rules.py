"""Feedback on a service stays as it was given; who opened or typed it answers for that alone."""

from __future__ import annotations

from dataclasses import replace

from app.errors import NotAllowed
from app.model.change import Change
from app.model.feedback_form import FeedbackFrom
from app.model.participant_told import told_of
from app.model.service_feedback import ServiceFeedback
from app.model.service_work import FormRow
from app.model.template import Belongs, Template
from storage.store.refusing import refuse


def check_feedback(change: Change, worker_id: str) -> None:
    """Raises NotAllowed: `feedback-of-another`, `feedback-fixed`."""
    before, after = change.before, change.after
    for held in (before, after):
        refuse(isinstance(held, ServiceFeedback) and held.by != worker_id, "feedback-of-another")
    if isinstance(before, ServiceFeedback) and isinstance(after, ServiceFeedback):
        other = replace(after, answers=before.answers, done=before.done)
        refuse(other != before, "feedback-fixed")
        refuse(before.done and after.done and after.answers != before.answers, "feedback-fixed")


def check_told(template: Template, before: FormRow | None, after: FormRow) -> None:
    """A participant's form, a row of work that is of no case.

    Raises NotAllowed: `service-not-in-template`, `service-value`, `feedback-fixed`.
    """
    asks = FeedbackFrom.PARTICIPANT in template.feedback and template.belongs != Belongs.CASE
    refuse(not asks, "service-not-in-template")
    try:
        now = told_of(after)
        was = now if before is None else told_of(before)
    except ValueError as error:
        raise NotAllowed("service-value") from error
    refuse(replace(now, answers=was.answers, done=was.done) != was, "feedback-fixed")
    refuse(was.done and now.done and now.answers != was.answers, "feedback-fixed")
