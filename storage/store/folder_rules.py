"""The rules of the folder in which the recording of a session of supervision lies: whose it is, and what lies in it.

Nothing is recorded or taken in before everybody has said yes or once the agreement has ended, no film that was brought
without its controller's decision or after its last day, and nothing of client work ever lies there. Over values and
the day alone; who reads it is `reading_rules`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from app.model import brought
from app.model.change import Change, Entity
from app.model.day import local_day
from app.model.exchange import PartnerCoding, SentCoding
from app.model.filming import OpenRecording, Talk
from app.model.guests import GuestPass
from app.model.meeting import Meeting
from app.model.package import TakenPackage
from app.model.people import Case
from app.model.recorded_session import all_agree
from app.model.recording import Recording
from app.model.reliability_sample import ReliabilitySample
from app.model.stored import ExampleClip
from app.model.supervision import AgreementState, SupervisionAgreement, SupervisionSession
from app.model.training import Reference
from storage.store.coding_rows import CODED
from storage.store.kinds import is_of_cases, kind_of
from storage.store.refusing import refuse

#: what would take a film, or what was coded of it, out of the folder: to others, or into client work
_OF_CLIENT_WORK = (
    TakenPackage, SentCoding, PartnerCoding, GuestPass, ReliabilitySample, Reference, ExampleClip, Talk,
)  # fmt: skip


class FolderFacts(Protocol):
    """What these rules ask of the archive as it is before the step."""

    def agreement(self, agreement_id: str) -> SupervisionAgreement | None: ...
    def supervision_session(self, session_id: str) -> SupervisionSession | None: ...
    def folders(self, session_id: str) -> Sequence[Case]: ...
    def folder_above(self, entity: Entity, added: Mapping[str, Change] | None = None) -> Case | None: ...


class FolderRules:
    """One step under examination, as far as it touches folders. What the step adds counts as there."""

    def __init__(self, net: Mapping[str, Change], worker_id: str, facts: FolderFacts) -> None:
        self._net, self._worker, self._facts = net, worker_id, facts

    def check(self, change: Change) -> None:
        """Raises NotAllowed. Parts of a coding are their coder's, and are asked nothing here."""
        if change.kind is Case:
            self._check_folder(change.before, change.after)
        elif is_of_cases(change.kind) and change.kind not in CODED:
            folder = self._facts.folder_above(change.entity, self._net)
            if folder is not None:
                self._check_within(change, folder)

    def _check_folder(self, before: Entity | None, after: Entity | None) -> None:
        was, now = (one.session_id if isinstance(one, Case) else "" for one in (before, after))
        if not was and not now:
            return
        # a case never becomes a folder, nor the other way; what is recorded is erased with its certificate
        refuse(before is not None and was != now, "not-of-supervision")
        refuse(not now, "not-of-supervision")
        agreement, session = self._of(now)
        refuse(agreement is None or session is None or agreement.supervisor != self._worker, "supervision-not-yours")
        assert agreement is not None
        assert session is not None
        assert isinstance(after, Case)
        refuse(bool(after.bringer) != (after.brought is not None), "brought-undecided")
        if isinstance(before, Case):
            refuse(before.bringer != after.bringer, "not-of-supervision")
        if after.brought is not None:
            _check_brought(before, after, after.brought, agreement)
        elif before is None:
            refuse(any(held.brought is None for held in self._facts.folders(now)), "session-stays")
            is_open = agreement.state == AgreementState.SIGNED or (session.exploratory and not agreement.is_signed)
            refuse(not is_open, "agreement-ended" if agreement.is_signed else "agreement-unsigned")
            refuse(not all_agree(agreement, session), "recording-consent")

    def _check_within(self, change: Change, folder: Case) -> None:
        refuse(kind_of(change.kind).parent_kind is Case and change.kind is not Meeting, "not-of-supervision")
        refuse(change.kind in _OF_CLIENT_WORK, "not-of-supervision")
        agreement, session = self._of(folder.session_id)
        is_there = agreement is not None and session is not None and agreement.is_read_whole_by(self._worker)
        refuse(not is_there, "supervision-not-yours")
        assert agreement is not None
        assert session is not None
        after = change.after if change.before is None else None
        begins = isinstance(after, OpenRecording) or (isinstance(after, Recording) and after.is_from_outside)
        refuse(begins and agreement.state == AgreementState.ENDED, "agreement-ended")
        if folder.brought is None:
            refuse(begins and not all_agree(agreement, session), "recording-consent")
            return
        # it is a supervisee's to bring and the supervisor's to keep; nothing is filmed there
        refuse(agreement.supervisor != self._worker, "supervision-not-yours")
        refuse(isinstance(change.entity, OpenRecording), "not-of-supervision")
        now = self._net.get(folder.id)
        held = folder.brought if now is None or not isinstance(now.after, Case) else now.after.brought
        refuse(
            begins and (held is None or not brought.stands(agreement, held, local_day())),
            "brought-undecided",
        )

    def _of(self, session_id: str) -> tuple[SupervisionAgreement | None, SupervisionSession | None]:
        """The session as it is after the step, and its agreement."""
        change = self._net.get(session_id)
        session = self._facts.supervision_session(session_id) if change is None else change.after
        if not isinstance(session, SupervisionSession):
            return None, None
        held = self._net.get(session.agreement_id)
        agreement = self._facts.agreement(session.agreement_id) if held is None else held.after
        return (agreement if isinstance(agreement, SupervisionAgreement) else None), session


def _check_brought(before: Entity | None, after: Case, held: brought.Brought, agreement: SupervisionAgreement) -> None:
    """A brought film is one supervisee's, by the controller's decision; from then on that is only taken back."""
    was = before.brought if isinstance(before, Case) else None
    if was is not None:
        taken_back = replace(was, withdrawn=held.withdrawn)
        refuse(held != taken_back or (was.withdrawn is not None and held != was), "brought-stays")
        return
    refuse(agreement.state != AgreementState.SIGNED, "agreement-ended" if agreement.is_signed else "agreement-unsigned")
    refuse(agreement.supervisee(after.bringer) is None or not after.code_name.strip(), "brought-undecided")
    refuse(not held.decision.says or held.withdrawn is not None, "brought-undecided")
    refuse(held.ends != brought.last_day(agreement, held) or held.ends < held.begins, "brought-too-long")
