"""The rules of supervision: an agreement is its supervisor's, and its terms stay as they were signed.

A clip crosses the wall only with what it stands on.

Over values only. Who reads what is `reading_rules`; whether a consent stands is asked where a clip is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Protocol

from app.errors import NotAllowed
from app.model.change import Change, Entity
from app.model.hold import Held, held_back
from app.model.meeting import Outcome
from app.model.people import Case
from app.model.recorded_session import all_agree
from app.model.supervision import (
    OPEN_WHEN_SIGNED,
    AgreementState,
    Supervisee,
    SupervisionAgreement,
    SupervisionSession,
)
from app.model.supervision_course import GoalRating
from app.model.supervision_film import SHOWN, ClipUse, Reflection
from app.model.supervision_note import SupervisionNote, SupervisionNotebook
from storage.store.kept_rules import check_keeping
from storage.store.kinds import NOTED, SUPERVISED
from storage.store.refusing import refuse

_NEXT = {
    AgreementState.DRAFT: (AgreementState.DRAFT, AgreementState.SIGNED),
    AgreementState.SIGNED: (AgreementState.SIGNED, AgreementState.ENDED),
    AgreementState.ENDED: (AgreementState.ENDED,),
}


class SupervisionFacts(Protocol):
    """What these rules ask of the archive as it is before the step."""

    def agreement(self, agreement_id: str) -> SupervisionAgreement | None: ...
    def supervision_session(self, session_id: str) -> SupervisionSession | None: ...
    def clip_use(self, use_id: str) -> ClipUse | None: ...
    def folders(self, session_id: str) -> Sequence[Case]: ...  # where the recording of a session lies
    def keeper_of(self, notebook_id: str) -> str: ...  # the worker whose notes lie there; empty for none
    def agreement_of_notes(self, notebook_id: str) -> str: ...  # what the notes are to; empty for none


class SupervisionRules:
    """One step under examination, as far as it touches supervision."""

    def __init__(self, net: Mapping[str, Change], worker_id: str, facts: SupervisionFacts, act: str) -> None:
        self._net, self._worker, self._facts, self._act = net, worker_id, facts, act

    def check(self, change: Change) -> None:
        """Raises NotAllowed with the rule as its key."""
        if change.kind is SupervisionAgreement:
            self._check_agreement(change.before, change.after)
        elif change.kind in NOTED:
            self._check_noted(change)
        else:
            self._check_part(change)

    # the agreement

    def _check_agreement(self, before: Entity | None, after: Entity | None) -> None:
        for one in (before, after):
            refuse(isinstance(one, SupervisionAgreement) and one.supervisor != self._worker, "supervision-not-yours")
        if not isinstance(after, SupervisionAgreement):
            refuse(isinstance(before, SupervisionAgreement) and before.is_signed, "agreement-signed")
            return
        _check_sign_ins(after)
        gone = [s.id for s in after.supervisees if s.left is not None]
        refuse(any(after.worker_of(one) for one in gone), "supervision-sign-in")
        if not isinstance(before, SupervisionAgreement):
            refuse(after.state != AgreementState.DRAFT, "agreement-unsigned")
            return
        check_keeping(before.keeping, after.keeping)
        refuse(after.state not in _NEXT[before.state], "agreement-signed")
        signs = after.state == AgreementState.SIGNED
        refuse(signs and (not after.signed or not after.confidentiality.strip()), "agreement-unsigned")
        if before.is_signed:
            own = {f.name for f in fields(SupervisionAgreement)} - OPEN_WHEN_SIGNED
            refuse(any(getattr(before, name) != getattr(after, name) for name in own), "agreement-signed")
            _check_supervisees(before.supervisees, after.supervisees)

    # what is of it

    def _check_part(self, change: Change) -> None:
        before, after = change.before, change.after
        agreement_id = _agreement_of(change.entity)
        refuse(before is not None and after is not None and _agreement_of(before) != agreement_id, "moved")
        agreement = self._agreement(agreement_id)
        # what is another's and what is not there look the same
        if agreement is None or not agreement.is_read_by(self._worker):
            raise NotAllowed("supervision-not-yours")
        if isinstance(change.entity, GoalRating | Reflection):
            self._check_own_word(before, after, agreement)
            return
        is_own_showing = self._act == SHOWN and _only_shows(before, after, agreement, self._worker)
        refuse(agreement.supervisor != self._worker and not is_own_showing, "supervision-not-yours")
        if isinstance(change.entity, SupervisionSession):
            self._check_session(before, after, agreement)
        elif isinstance(change.entity, ClipUse):
            self._check_use(before, after)

    def _check_session(self, before: Entity | None, after: Entity | None, agreement: SupervisionAgreement) -> None:
        """Before the agreement is signed there is but the exploratory meeting; what took place stays on record."""
        was = before if isinstance(before, SupervisionSession) else None
        if not isinstance(after, SupervisionSession):
            refuse(was is not None and (not was.is_open or bool(self._facts.folders(was.id))), "session-stays")
            return
        refuse(was is None and agreement.state == AgreementState.ENDED, "agreement-ended")
        becomes = after.is_held and (was is None or not was.is_held)
        refuse(becomes and not agreement.is_signed and not after.exploratory, "agreement-unsigned")
        refuse(after.outcome == Outcome.CANCELLED and after.cancelled_on is None, "cancelled-when")
        self._check_recorded(was, after, agreement)

    def _check_recorded(
        self, was: SupervisionSession | None, after: SupervisionSession, agreement: SupervisionAgreement
    ) -> None:
        """Recording begins with everybody's yes; from then on who was asked stays asked, also one who takes it back."""
        if was is None or not was.recorded:
            now = self._net.get(agreement.id)
            held = agreement if now is None or not isinstance(now.after, SupervisionAgreement) else now.after
            refuse(after.recorded and not all_agree(held, after), "recording-consent")
            return
        own = [held for held in self._facts.folders(after.id) if held.brought is None]
        refuse(not after.recorded and bool(own), "session-stays")
        said = {c.who for c in was.recording_consents}
        refuse(after.recorded and not said <= {c.who for c in after.recording_consents}, "recording-consent")

    def _check_own_word(self, before: Entity | None, after: Entity | None, agreement: SupervisionAgreement) -> None:
        """A rating and a mark are their writer's; they are of what is there."""
        for one in (before, after):
            refuse(isinstance(one, GoalRating | Reflection) and one.by != self._worker, "supervision-word-of-another")
        if isinstance(after, GoalRating):
            named = agreement.goal(after.goal_id), agreement.supervisee(after.supervisee_id)
            refuse(None in named, "moved")
            self._refuse_for_other(agreement, after.supervisee_id)
        if isinstance(after, Reflection):
            use = self._use(after.use_id)
            refuse(use is None or use.agreement_id != agreement.id, "moved")
            refuse(agreement.supervisee(after.author) is None, "moved")
            self._refuse_for_other(agreement, after.author)

    def _refuse_for_other(self, agreement: SupervisionAgreement, supervisee_id: str) -> None:
        """At an own sign-in a supervisee speaks for that one alone; at the supervisor's, for those in the room."""
        is_own = agreement.is_own_of(self._worker, supervisee_id)
        refuse(self._worker != agreement.supervisor and not is_own, "supervision-word-of-another")

    def _check_use(self, before: Entity | None, after: Entity | None) -> None:
        """A showing is said once, by who shows, in its own act, with what it stands on; and it stays said."""
        was = before.shown if isinstance(before, ClipUse) else ()
        if not isinstance(after, ClipUse):
            refuse(bool(was), "showing-stays")
            return
        session = self._session(after.session_id)
        refuse(session is None or session.agreement_id != after.agreement_id, "moved")
        if isinstance(before, ClipUse):
            refuse((before.clip_id, before.session_id) != (after.clip_id, after.session_id), "moved")
        refuse(after.shown[: len(was)] != was, "showing-stays")
        new = after.shown[len(was) :]
        refuse(bool(new) and self._act != SHOWN, "showing-is-no-edit")
        refuse(any(not one.stands_on or one.by != self._worker for one in new), "showing-without-consent")

    # own notes

    def _check_noted(self, change: Change) -> None:
        before, after = change.before, change.after
        if isinstance(change.entity, SupervisionNotebook):
            for one in (before, after):
                refuse(isinstance(one, SupervisionNotebook) and one.keeper != self._worker, "supervision-not-yours")
            agreement = self._agreement(change.entity.agreement_id)
            is_mine = agreement is not None and agreement.supervisor == self._worker
            refuse(after is not None and not is_mine, "supervision-not-yours")
            refuse(before is not None and after is not None, "moved")
            if after is None:
                _refuse_held(agreement)
            return
        assert isinstance(change.entity, SupervisionNote)
        keeper = self._facts.keeper_of(change.entity.notebook_id) or self._new_keeper(change.entity.notebook_id)
        refuse(keeper != self._worker, "supervision-not-yours")
        refuse(isinstance(before, SupervisionNote) and before.notebook_id != change.entity.notebook_id, "moved")
        if after is None:
            _refuse_held(self._agreement(self._facts.agreement_of_notes(change.entity.notebook_id)))

    # what is there, or comes in the same step

    def _new_keeper(self, notebook_id: str) -> str:
        change = self._net.get(notebook_id)
        found = None if change is None else change.after
        return found.keeper if isinstance(found, SupervisionNotebook) else ""

    def _agreement(self, agreement_id: str) -> SupervisionAgreement | None:
        found = self._facts.agreement(agreement_id) or self._added(agreement_id)
        return found if isinstance(found, SupervisionAgreement) else None

    def _session(self, session_id: str) -> SupervisionSession | None:
        found = self._facts.supervision_session(session_id) or self._added(session_id)
        return found if isinstance(found, SupervisionSession) else None

    def _use(self, use_id: str) -> ClipUse | None:
        found = self._facts.clip_use(use_id) or self._added(use_id)
        return found if isinstance(found, ClipUse) else None

    def _added(self, entity_id: str) -> Entity | None:
        change = self._net.get(entity_id)
        return None if change is None else change.after


def _agreement_of(entity: Entity) -> str:
    assert isinstance(entity, SUPERVISED)
    return entity.id if isinstance(entity, SupervisionAgreement) else entity.agreement_id


def _check_sign_ins(agreement: SupervisionAgreement) -> None:
    """Each is of one supervisee and one worker, who is not the supervisor; a reader finds the whole besides."""
    parts = [one.partition("/") for one in agreement.sign_ins]
    workers, people = [worker for worker, _, _ in parts], [who for _, _, who in parts]
    twice = len(set(workers)) < len(workers) or len(set(people)) < len(people)
    known = all(agreement.supervisee(who) is not None for who in people) and all(workers)
    refuse(twice or not known or agreement.supervisor in workers, "supervision-sign-in")


def _only_shows(before: Entity | None, after: Entity | None, agreement: SupervisionAgreement, worker_id: str) -> bool:
    """Whether a supervisee with an own sign-in looks at the own clip, and nothing else becomes of it."""
    if not isinstance(before, ClipUse) or not isinstance(after, ClipUse):
        return False
    return agreement.is_own_of(worker_id, before.asker) and replace(after, shown=before.shown) == before


def _refuse_held(agreement: SupervisionAgreement | None) -> None:
    """Own notes are erased at will, but not what somebody has asked to see or a hold keeps."""
    why = Held.NO if agreement is None else held_back(agreement.keeping)
    refuse(why != Held.NO, why.value)


def _check_supervisees(before: tuple[Supervisee, ...], after: tuple[Supervisee, ...]) -> None:
    """Who signed stays named: one comes, one leaves, on a day."""
    now = {s.id: s for s in after}
    for was in before:
        held = now.get(was.id)
        is_same = held is not None and replace(held, left=was.left) == was
        refuse(not is_same, "agreement-signed")
