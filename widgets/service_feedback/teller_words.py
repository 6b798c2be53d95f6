"""What those are called who tell how a service was."""

from __future__ import annotations

from app.i18n import Texts
from app.model.feedback_form import FeedbackFrom


def teller_word(t: Texts, who: FeedbackFrom) -> str:
    return {
        FeedbackFrom.CHILD: t.tr("The child"),
        FeedbackFrom.PARENT: t.tr("A parent or another adult"),
        FeedbackFrom.ORDERER: t.tr("The orderer"),
        FeedbackFrom.PARTICIPANT: t.tr("Participants"),
    }[who]
