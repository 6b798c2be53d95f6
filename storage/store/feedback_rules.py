"""Feedback on a service stays as it was given; who opened or typed it answers for that alone."""

from __future__ import annotations

from dataclasses import replace

from app.model.change import Change
from app.model.service_feedback import ServiceFeedback
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
