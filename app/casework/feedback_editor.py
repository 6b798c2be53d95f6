"""The part of a case's editor by which feedback on a service is begun, answered and finished."""

from __future__ import annotations

from app.casework import service_feedback
from app.casework.goals_editor import GoalsEditor
from app.casework.service_feedback import Asked
from app.i18n import today
from app.model.change import Change, added, removed
from app.model.service_feedback import FormGiven, ServiceFeedback


class ServiceFeedbackEditor(GoalsEditor):
    """Each answer is a step; once a form is finished it stays as it was given."""

    def begin_feedback(self, asked: Asked) -> ServiceFeedback | None:
        """A form with nothing answered yet. Refused (None) without a service, and for a child with nobody near."""
        made: list[ServiceFeedback] = []

        def make() -> list[Change]:
            made.append(service_feedback.begun(self.file.case.id, self._store.me, asked, today()))
            return [added(made[0])]

        return made[0] if self._attempt(self.texts.tr("Feedback begun"), make) else None

    def answer_feedback(self, feedback_id: str, answer: FormGiven) -> bool:
        """One answer, or none any more."""
        held = self._store.get(ServiceFeedback, feedback_id)
        return self.do(self.texts.tr("Feedback answered"), *service_feedback.answered(held, answer))

    def finish_feedback(self, feedback_id: str) -> bool:
        """It stays as it was given."""
        held = self._store.get(ServiceFeedback, feedback_id)
        return self.do(self.texts.tr("Feedback finished"), service_feedback.done(held))

    def remove_feedback(self, feedback: ServiceFeedback) -> bool:
        """It can be taken back while the case is open."""
        return self.do(self.texts.tr("Feedback removed"), removed(feedback))
