"""The one way across the wall: a client's clip is shown in supervision by the client's consent, asked as it is shown.

Own supervision stands on the consent for that (4), supervision of people of another house on the one for training (5),
each of everybody on the film. Of an outside supervision the client's controller has decided as well. Every showing is
told in the case's own log.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.casework.case_file import CaseFile, case_file
from app.casework.consents import Permission
from app.casework.film_use import PURPOSES, Use, permission
from app.clips.covering import coverings_of
from app.clips.permitted import films_of
from app.errors import NotAllowed
from app.films.reels import reel
from app.model.cover import Covering
from app.model.feedback import Clip
from app.model.independence import both_ready
from app.model.meeting import Meeting
from app.model.package import TakenPackage
from app.model.recording import Recording
from app.model.supervision import Supervisee, SupervisionAgreement, SupervisionSession
from app.model.supervision_film import SHOWN, ClipUse
from app.ports import MediaVault, Store
from app.ports.player import Reel


class Bar(StrEnum):
    """Why a clip may not be shown in supervision, the weightiest first."""

    FILM_GONE = "clip-film-gone"  # the clip or its film is erased, or closed from use
    HIDDEN = "clip-hidden"  # a worker said that it must not be shown
    CODING = "clip-coding-open"  # one codes the film alone, who may be in the room
    WITHDRAWN = "consent-withdrawn"
    CONSENT = "consent-missing"
    CONTROLLER = "clip-controller-undecided"
    STOPPED = "clip-stopped"
    UNCOVERED = "clip-not-covered"


@dataclass(frozen=True)
class Judged:
    """How it stands with one clip: what bars it, and the ids of the consents and decisions that it stands on."""

    bar: Bar | None
    stands_on: tuple[str, ...] = ()
    permission: Permission | None = None

    @property
    def may_be_shown(self) -> bool:
        return self.bar is None


def use_of(store: Store, agreement: SupervisionAgreement, case: CaseFile) -> Use:
    """As what a clip is shown to these supervisees.

    One of a session of their own that was recorded stands on everybody's yes to that, one of a film that was brought to
    them on what was told with it; no other supervision's ever does, for nobody has consented to its leaving.
    """
    session_id = case.case.session_id
    if session_id and store.has(SupervisionSession, id=session_id, agreement_id=agreement.id):
        return Use.LOOK_AT
    return Use.OUTSIDE_SUPERVISION if agreement.outside else Use.SUPERVISION


def judged(store: Store, agreement: SupervisionAgreement, use: ClipUse, day: date) -> Judged:
    """Whether the clip may be shown on `day`: read anew each time, for a consent may have been withdrawn since."""
    clip = clip_of(store, use)
    if clip is None or not films_of(store, clip):
        return Judged(Bar.FILM_GONE)
    meeting = store.get(Meeting, clip.meeting_id)
    case = case_file(store, meeting.case_id)
    is_partners = bool(store.find(TakenPackage, meeting_id=meeting.id))
    shown_as = use_of(store, agreement, case)
    found = permission(case, meeting, shown_as, day, from_partner=is_partners)
    stands_on = _stands_on(case, found, shown_as, day)
    return Judged(_bar(store, agreement, use, clip, case, found), stands_on, found)


def _bar(
    store: Store, agreement: SupervisionAgreement, use: ClipUse, clip: Clip, case: CaseFile, found: Permission
) -> Bar | None:
    # who codes a recorded session alone keeps nothing from anybody
    is_of_pair = all(store.get(Meeting, clip.meeting_id).coders)
    states = store.coding_states(clip.meeting_id) if is_of_pair else {}
    refused = None if found.is_given else found.refusal()
    bars = (
        (Bar.HIDDEN, clip.hidden),
        (Bar.CODING, bool(states) and not both_ready(states)),
        (Bar.WITHDRAWN, refused is not None and refused.key == Bar.WITHDRAWN),
        (Bar.CONSENT, refused is not None),
        (Bar.CONTROLLER, needs_controller(agreement, case) and (use.decision is None or not use.decision.says)),
        (Bar.STOPPED, use.stopped),
    )
    first = next((bar for bar, holds in bars if holds), None)
    if first is None and use.covered and not all(cover.may_leave for _, cover in coverings_of(store, clip)):
        return Bar.UNCOVERED
    return first


def clip_of(store: Store, use: ClipUse) -> Clip | None:
    """The clip that was brought; None where it is gone, or its case is not the worker's to open."""
    return next(iter(store.find(Clip, id=use.clip_id)), None)


def controller_of(store: Store, clip: Clip) -> str:
    """Whose register the client on a clip is in, as its commission says; empty where nothing is said."""
    commission = case_file(store, store.get(Meeting, clip.meeting_id).case_id).commission
    return "" if commission is None else commission.controller


def needs_controller(agreement: SupervisionAgreement, case: CaseFile) -> bool:
    """Whether another controller's decision is asked: its client is shown to people of another house."""
    return agreement.outside and case.commission is not None and bool(case.commission.controller.strip())


def _stands_on(case: CaseFile, found: Permission, use: Use, day: date) -> tuple[str, ...]:
    """The consents, and decisions in their place, of everybody on the film to every purpose that is asked."""
    held = [case.consent(p.id, purpose, day) for p in found.given for purpose in PURPOSES[use]]
    decided = [case.decision(p.id, purpose, day) for p in (*found.given, *found.decided) for purpose in PURPOSES[use]]
    return tuple(dict.fromkeys(one.id for one in (*held, *decided) if one is not None))


def demand_shown(store: Store, agreement: SupervisionAgreement, use: ClipUse, day: date) -> tuple[str, ...]:
    """The same as a door asks it; returns what it stands on. Raises ConsentMissing, NotAllowed with the `Bar`."""
    found = judged(store, agreement, use, day)
    if found.bar in (Bar.CONSENT, Bar.WITHDRAWN):
        assert found.permission is not None
        raise found.permission.refusal()
    if found.bar is not None or not found.stands_on:
        raise NotAllowed((found.bar or Bar.CONSENT).value)
    return found.stands_on


def note_shown(store: Store, agreement: SupervisionAgreement, use: ClipUse) -> None:
    """Tell the case's log that its clip is being shown: of the clip, and of its films, whose rows outlive it."""
    clip = store.get(Clip, use.clip_id)
    case = case_file(store, store.get(Meeting, clip.meeting_id).case_id)
    said = f"use={use_of(store, agreement, case).value};showing={len(use.shown) + 1}"
    store.note(SHOWN, Clip, clip.id, said)
    for one in films_of(store, clip):
        store.note(SHOWN, Recording, one.id, f"{said};clip={clip.id}")


def shown_reels(
    store: Store, media: MediaVault, agreement: SupervisionAgreement, use: ClipUse, day: date
) -> tuple[Reel, ...]:
    """The film or films of a clip for showing it in supervision: the one way to them, once the showing is on record.

    Of a clip that is shown covered those that its covers are of, upright as these lie.
    Raises ConsentMissing, NotAllowed as `demand_shown`, and `showing-unsaid` before `SupervisionEditor.show`.
    """
    demand_shown(store, agreement, use, day)
    if not use.shown:
        raise NotAllowed("showing-unsaid")
    clip, covers = store.get(Clip, use.clip_id), shown_coverings(store, use)
    if covers is None:
        return tuple(reel(store, media, film) for film in films_of(store, clip))
    found = (reel(store, media, film) for film in films_of(store, clip) if film.id in covers)
    return tuple(replace(one, viewing=replace(one.viewing, turn=0)) for one in found)


def shown_coverings(store: Store, use: ClipUse) -> Mapping[str, Covering] | None:
    """What covers a clip while it is shown, by the film of each camera; None where it is shown as it was filmed."""
    if not use.covered:
        return None
    return {side.film.id: covering for side, covering in coverings_of(store, store.get(Clip, use.clip_id))}


def film_to_cover(store: Store, clip: Clip) -> Recording | None:
    """Of a clip's cameras the first with something still to be looked at, else its own; None when its film is gone."""
    sides = coverings_of(store, clip) if films_of(store, clip) else ()
    lacking = (side.film for side, covering in sides if not covering.may_leave)
    return next(lacking, sides[0][0].film if sides else None)


def candidates(store: Store, agreement: SupervisionAgreement, case_id: str, day: date) -> tuple[Clip, ...]:
    """Clips of a case that its consents let be shown in this supervision; of all others nothing is told."""
    case = case_file(store, case_id)
    found: list[Clip] = []
    for meeting in case.meetings:
        is_partners = bool(store.find(TakenPackage, meeting_id=meeting.id))
        if permission(case, meeting, use_of(store, agreement, case), day, from_partner=is_partners).is_given:
            found += [c for c in store.find(Clip, meeting_id=meeting.id) if not c.hidden and films_of(store, c)]
    return tuple(found)


# the order of speaking


@dataclass(frozen=True, slots=True)
class Rounds:
    """Who speaks: whose clip it is first, then each in turn, round after round; anybody may stop it at any moment."""

    speakers: tuple[Supervisee, ...]
    turn: int = 1
    at: int = 0
    stopped: bool = False

    @property
    def speaker(self) -> Supervisee | None:
        """Whose turn it is; nobody's once it was stopped."""
        return self.speakers[self.at] if self.speakers and not self.stopped else None

    def next(self) -> Rounds:
        """The next one speaks; after the last a new round begins with the first."""
        if self.stopped or not self.speakers:
            return self
        at = self.at + 1
        return replace(self, at=at) if at < len(self.speakers) else replace(self, at=0, turn=self.turn + 1)

    def stop(self) -> Rounds:
        """*Seis*: the film stops, and nobody has to say why."""
        return replace(self, stopped=True)


def rounds(agreement: SupervisionAgreement, use: ClipUse, present: Iterable[str]) -> Rounds:
    """The order for a clip: the asker, then the others who are there, as the agreement names them."""
    there = set(present)
    everybody = [s for s in agreement.supervisees if s.id in there or s.id == use.asker]
    return Rounds(tuple(sorted(everybody, key=lambda s: s.id != use.asker)))
