"""A session of supervision that is recorded: whose word is asked, and the consents that its film stands on.

Its film lies in a folder (a `Case` with the session's id), as every film lies under a case: so filming, taking in,
coding and erasing are those of every film. Who is on it and what each has said is read from the session alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.model.consent import Consent, Purpose
from app.model.people import Person, Role
from app.model.supervision import SUPERVISOR, RecordingConsent, SupervisionAgreement, SupervisionSession


def word_of(session: SupervisionSession, who: str) -> RecordingConsent | None:
    """What one has said to the recording; None for one who was not asked yet."""
    return next((c for c in session.recording_consents if c.who == who), None)


def asked(agreement: SupervisionAgreement, session: SupervisionSession) -> tuple[str, ...]:
    """Whose word the recording needs: the supervisor, and whose session it is.

    One who was not there is not on it and is not asked; whoever has said something to it counts all the same.
    """
    away = {a.supervisee_id for a in session.attendance if not a.was_there}
    there = agreement.there_on(session.at.astimezone().date())
    named = [s.id for s in agreement.supervisees if s in there and s.id not in away]
    said = {c.who for c in session.recording_consents}
    return (SUPERVISOR, *(s.id for s in agreement.supervisees if s.id in named or s.id in said))


def all_agree(agreement: SupervisionAgreement, session: SupervisionSession) -> bool:
    """Whether everybody who is asked has said yes; never where nobody is supervised."""
    words = [word_of(session, who) for who in asked(agreement, session)]
    return len(words) > 1 and all(word is not None and word.given for word in words)


def people(
    folder_id: str, agreement: SupervisionAgreement, session: SupervisionSession, supervisor: str
) -> tuple[Person, ...]:
    """Everybody on the film, as its doors ask for them; `supervisor` is what that one is called."""
    called: Mapping[str, str] = {SUPERVISOR: supervisor, **{s.id: s.called for s in agreement.supervisees}}
    return tuple(Person(who, folder_id, Role.OTHER_ADULT, called[who]) for who in asked(agreement, session))


def consents(folder_id: str, session: SupervisionSession) -> tuple[Consent, ...]:
    """What each has said, as consents to be filmed; a word that was taken back is one that was withdrawn."""
    return tuple(
        Consent(
            f"{session.id}/{c.who}",
            folder_id,
            c.who,
            Purpose.FILMING,
            c.day,
            withdrawn=None if c.given else c.day,
        )
        for c in session.recording_consents
    )
