"""A film of a client of another controller, brought by a supervisee to own supervision: what it stands on.

It lies in a folder of the session that it is brought to (a `Case` with `session_id` and `brought`), as that session's
own recording does. Nobody's name is known here: the client has a code name, which is the folder's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.model.consent import Consent, ControllerDecision, Purpose
from app.model.supervision import SupervisionAgreement
from app.model.supervision_film import ControllersWord

#: who is on the film, as its doors ask for them: all of them together, by the code name
CLIENTS = "clients"


@dataclass(frozen=True, slots=True)
class Brought:
    """The controller's decision for supervision, and that the clients consent to it, as the bringer tells.

    `consented` is the day of the consents. `ends` is the last day of use, and never after the agreement's own.
    `withdrawn`: the decision or a consent was taken back on that day.
    """

    decision: ControllersWord
    consented: date
    ends: date
    withdrawn: date | None = None

    @property
    def begins(self) -> date:
        """From when on both hold."""
        return max(self.decision.day, self.consented)

    def stands_on(self, day: date) -> bool:
        """Whether the film may be taken in and used on `day`."""
        taken_back = self.withdrawn is not None and day >= self.withdrawn
        return self.decision.says and self.begins <= day <= self.ends and not taken_back


def last_day(agreement: SupervisionAgreement, brought: Brought) -> date:
    """The last day of use: an agreement that ends earlier than it was planned ends it, too."""
    return min(_days(brought.ends, agreement.end, agreement.ended))


def stands(agreement: SupervisionAgreement, brought: Brought, day: date) -> bool:
    """Whether it may be used on `day` in a supervision."""
    return brought.stands_on(day) and day <= last_day(agreement, brought) and agreement.ended is None


def as_consent(folder_id: str, agreement: SupervisionAgreement, brought: Brought) -> Consent:
    """What the clients said, as the doors of a film ask for it; only while the controller's decision stands too."""
    return Consent(
        f"{folder_id}/consent", folder_id, CLIENTS, Purpose.FILMING, brought.begins, last_day(agreement, brought),
        brought.withdrawn,
    )  # fmt: skip


def as_decision(folder_id: str, agreement: SupervisionAgreement, brought: Brought) -> ControllerDecision:
    """What the controller decided, as showing names what it stood on."""
    over = min(_days(last_day(agreement, brought) + timedelta(1), brought.withdrawn))
    word = brought.decision
    return ControllerDecision(
        f"{folder_id}/decision", folder_id, CLIENTS, Purpose.FILMING, brought.begins, word.decided_by, word.ground, over
    )


def _days(*days: date | None) -> Iterable[date]:
    return (day for day in days if day is not None)
