"""Whether the films of a meeting may be used now: one rule that every door asks and every list marks.

A film stands on the consents of everybody on it, or on the controller's decisions in their place. Without them, and at
once when one is withdrawn or ends, it is neither shown, coded, quoted nor handed over; it stays in the archive, for
keeping and erasing are the controller's to decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, cast

from app.casework.case_file import CaseFile, of_session
from app.casework.consents import Permission, filmed_persons, permits, took_back
from app.model.consent import Consent, ControllerDecision, Purpose
from app.model.meeting import Meeting
from app.model.package import TakenPackage
from app.model.people import Case, Person
from app.model.recording import Recording
from app.ports import Store

#: so long before its last day a consent is told to end
SOON = timedelta(days=30)


class Use(StrEnum):
    """What is done with a film that is in the archive, or with what was made of it."""

    LOOK_AT = "look-at"  # shown in coding, comparing, second pass, walking together, aligning
    CODE = "code"
    QUOTE = "quote"  # what was said on it
    EVIDENCE = "evidence"  # of a statement
    FEEDBACK = "feedback"  # a moment of it shown to a parent
    SUPERVISION = "supervision"  # taken to the workers' own supervision
    OUTSIDE_SUPERVISION = "outside-supervision"  # shown in supervision to people of another house
    COMMISSIONER = "commissioner"  # handed to who commissioned the work
    EXAMPLE = "example"  # a clip beside a code
    REFERENCE = "reference"  # coded by others of the house who train
    STUDENT = "student"  # coded by somebody of another house who trains


#: the purposes of which each use asks everybody on the film (domain 4.9)
PURPOSES: Mapping[Use, tuple[Purpose, ...]] = {
    Use.LOOK_AT: (Purpose.FILMING,),
    Use.CODE: (Purpose.FILMING,),
    Use.QUOTE: (Purpose.FILMING,),
    Use.EVIDENCE: (Purpose.FILMING,),
    Use.FEEDBACK: (Purpose.FILMING, Purpose.FEEDBACK),
    Use.SUPERVISION: (Purpose.FILMING, Purpose.OWN_SUPERVISION),
    Use.OUTSIDE_SUPERVISION: (Purpose.FILMING, Purpose.TRAINING),
    Use.COMMISSIONER: (Purpose.FILMING, Purpose.COMMISSIONER),
    Use.EXAMPLE: (Purpose.FILMING, Purpose.TRAINING),
    Use.REFERENCE: (Purpose.FILMING, Purpose.REFERENCE_FILM),
    Use.STUDENT: (Purpose.FILMING, Purpose.REFERENCE_FILM, Purpose.TRAINING),
}


class Mark(StrEnum):
    """How it stands with the films of a meeting, as a list says it."""

    IN_FORCE = "in-force"
    ENDS = "ends"  # in force, and not for long
    LACKING = "lacking"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class FilmMark:
    """The mark, with the last day of what ends soon."""

    mark: Mark
    ends: date | None = None

    @property
    def blocks(self) -> bool:
        return self.mark in (Mark.LACKING, Mark.WITHDRAWN)


def asked(store: Store, case_id: str) -> CaseFile:
    """Of a case what consents are asked of, and no more. Raises StoreError(`not-found`)."""
    return _asked(store, (store.get(Case, case_id).id,))[case_id]


def permission(case: CaseFile, meeting: Meeting, use: Use, day: date, *, from_partner: bool = False) -> Permission:
    """Whether a film that is there may be used so; of several purposes the first that is not given.

    What the child says today is of filming today and closes no earlier film. `from_partner`: the film came in a
    package, and its consents are in the partner's archive; here only what was withdrawn is known.
    """
    found = [replace(permits(case, meeting, purpose, day), child_says_no=False) for purpose in PURPOSES[use]]
    if from_partner and not case.consents and PURPOSES[use] == (Purpose.FILMING,):
        return replace(found[0], given=filmed_persons(case, meeting), lacking=())
    return next((p for p in found if not p.is_given), found[-1])


def permission_for(store: Store, meeting_id: str, use: Use, day: date) -> Permission:
    """The same, read from the archive. Raises StoreError(`not-found`)."""
    meeting = store.get(Meeting, meeting_id)
    is_partners = bool(store.find(TakenPackage, meeting_id=meeting_id))
    return permission(asked(store, meeting.case_id), meeting, use, day, from_partner=is_partners)


def may_be_used(store: Store, meeting_id: str, day: date, use: Use = Use.LOOK_AT) -> bool:
    """Whether the films of a meeting may be used so on `day`."""
    return permission_for(store, meeting_id, use, day).is_given


def demand_use(store: Store, meeting_id: str, use: Use, day: date) -> None:
    """The same as a door asks it. Raises ConsentMissing."""
    found = permission_for(store, meeting_id, use, day)
    if not found.is_given:
        raise found.refusal()


# marks


def film_mark(case: CaseFile, meeting: Meeting, day: date, *, from_partner: bool = False) -> FilmMark:
    """How it stands with the films of a meeting."""
    found = permission(case, meeting, Use.LOOK_AT, day, from_partner=from_partner)
    if not found.is_given:
        gone = any(took_back(case, p, Purpose.FILMING, day) for p in (*found.lacking, *found.withdrawn))
        return FilmMark(Mark.WITHDRAWN if gone else Mark.LACKING)
    return _ending([_last_day(case, p, Purpose.FILMING, day) for p in found.given], day)


def film_marks(store: Store, meetings: Iterable[Meeting], day: date) -> dict[str, FilmMark]:
    """The marks of many meetings, by their ids; their cases are read together."""
    held = tuple(meetings)
    if not held:
        return {}
    cases = _asked(store, tuple({m.case_id for m in held}))
    taken = {p.meeting_id for p in store.find(TakenPackage, meeting_id=tuple(m.id for m in held))}
    return {m.id: film_mark(cases[m.case_id], m, day, from_partner=m.id in taken) for m in held}


def marks_of_meeting(store: Store, meeting_id: str, day: date) -> dict[str, FilmMark]:
    """The mark of one meeting, by its id; nothing for one that is not there."""
    return film_marks(store, store.find(Meeting, id=meeting_id), day)


def _asked(store: Store, case_ids: tuple[str, ...]) -> dict[str, CaseFile]:
    files = {c.id: CaseFile(c) for c in store.find(Case, id=case_ids)}
    for kind, name in ((Person, "everybody"), (Consent, "consents"), (ControllerDecision, "decisions")):
        found: dict[str, list[Any]] = {}
        for one in store.find(kind, case_id=case_ids):
            found.setdefault(cast("Any", one).case_id, []).append(one)
        for case_id, rows in found.items():
            more: dict[str, Any] = {name: tuple(rows)}
            files[case_id] = replace(files[case_id], **more)
    return {case_id: of_session(store, file) for case_id, file in files.items()}


def person_mark(case: CaseFile, person: Person, purpose: Purpose, day: date) -> FilmMark:
    """How it stands with one person's consent to a purpose."""
    if case.consent(person.id, purpose, day) is not None:
        return _ending([_last_day(case, person, purpose, day)], day)
    if took_back(case, person, purpose, day):
        return FilmMark(Mark.WITHDRAWN)
    is_decided = case.decision(person.id, purpose, day) is not None
    return FilmMark(Mark.IN_FORCE if is_decided else Mark.LACKING)


def is_asked(case: CaseFile, person: Person) -> bool:
    """Whether anybody asks for a person's consent to be filmed: who is in a filmed meeting, or was asked before.

    The case is asked with all its filmed meetings. A sibling who only lives in the family is asked for nothing.
    """
    on_record = [(c.person_id, c.purpose) for c in case.consents] + [(d.person_id, d.purpose) for d in case.decisions]
    return (person.id, Purpose.FILMING) in on_record or any(person.id in m.people for m in case.meetings)


def marks_of_cases(store: Store, case_ids: tuple[str, ...], day: date) -> dict[str, FilmMark | None]:
    """The heaviest mark of each case's films, None where nobody is filmed; however many, each kind is read once.

    A talk without a camera asks nobody, nor does a filming that was called off before there was a film.
    """
    held = [m for m in (store.find(Meeting, case_id=case_ids) if case_ids else ()) if m.is_filmed]
    called_off = tuple(m.id for m in held if not m.takes_place)
    begun = {r.meeting_id for r in store.find(Recording, meeting_id=called_off)} if called_off else set()
    meetings = [m for m in held if m.takes_place or m.id in begun]
    order, found = list(Mark), dict[str, FilmMark | None](dict.fromkeys(case_ids))
    marks = film_marks(store, meetings, day)
    for meeting in meetings:
        mark, before = marks[meeting.id], found[meeting.case_id]
        if before is None or order.index(mark.mark) > order.index(before.mark):
            found[meeting.case_id] = mark
    return found


def person_marks(store: Store, persons: Iterable[Person], day: date) -> dict[str, FilmMark]:
    """How it stands with the consents of many people to be filmed, by their ids; of who `is_asked` for none nothing."""
    held = tuple(p for p in persons if not p.network_only)
    if not held:
        return {}
    ids = tuple({p.case_id for p in held})
    cases = _asked(store, ids)
    for meeting in store.find(Meeting, case_id=ids):
        case = cases[meeting.case_id]
        cases[meeting.case_id] = replace(case, every_meeting=(*case.every_meeting, meeting))
    asked_for = [p for p in held if is_asked(cases[p.case_id], p)]
    return {p.id: person_mark(cases[p.case_id], p, Purpose.FILMING, day) for p in asked_for}


def _last_day(case: CaseFile, person: Person, purpose: Purpose, day: date) -> date | None:
    """The last day of a person's consent in force; None for one without end."""
    ends = [c.until for c in case.in_force(person.id, purpose, day)]
    return None if not ends or None in ends else max(d for d in ends if d is not None)


def _ending(days: Iterable[date | None], day: date) -> FilmMark:
    ends = min((d for d in days if d is not None), default=None)
    return FilmMark(Mark.ENDS, ends) if ends is not None and ends - day <= SOON else FilmMark(Mark.IN_FORCE)


# what ends


def ending(
    consents: Iterable[Consent], day: date, before: timedelta = SOON, after: timedelta = timedelta(0)
) -> tuple[Consent, ...]:
    """Those whose last day is near and that nothing follows: who has consented anew, or taken it back, is not told of.

    Told from `before` a last day until `after` it; the first to end first.
    """
    held = tuple(consents)
    first, last = day - after, day + before
    near = ((c.until, c) for c in held if c.withdrawn is None and c.until is not None and first <= c.until <= last)
    found = [(until, c) for until, c in near if not any(_follows(other, c) for other in held)]
    found.sort(key=lambda row: (row[0], row[1].person_id, list(Purpose).index(row[1].purpose)))
    return tuple(c for _, c in found)


def _follows(other: Consent, consent: Consent) -> bool:
    """Whether another word of the same person on the same purpose is the last one."""
    same = (other.person_id, other.purpose) == (consent.person_id, consent.purpose)
    if not same or other.id == consent.id or consent.until is None:
        return False
    if other.withdrawn is not None and other.withdrawn >= consent.given:
        return True
    return (
        other.until is None or other.until > consent.until or (other.until == consent.until and other.id > consent.id)
    )
