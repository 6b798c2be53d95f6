"""Consents: how one is given, taken back or decided past; and whether a film may be made or used on a day.

The second is one rule that the doors ask and the screens show.

Being filmed is voluntary co-operation (domain 4.9). A filmed person's own *no* is absolute. Every other gap, a guardian
who cannot be reached or who disagrees, has one way on: the controller's decision, which says who decided, when and on
what ground.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from app.casework.case_file import CaseFile, case_file
from app.errors import ConsentMissing, NotAllowed
from app.model.change import Change, added
from app.model.consent import Consent, ConsentForm, ControllerDecision, Purpose
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.people import Interpreter, Person, Role
from app.ports import Store

#: whose consent a guardian gives and takes back: that is no word of their own
_SPOKEN_FOR = (Role.CHILD, Role.SIBLING)
#: who is a parent to the child
_PARENTS = frozenset(
    (Role.BIRTH_PARENT, Role.FOSTER_PARENT, Role.ADOPTIVE_PARENT, Role.KINSHIP_FOSTER_PARENT, Role.STEP_PARENT)
)


class Standing(StrEnum):
    """How it stands with one person and one purpose."""

    GIVEN = "given"
    DECIDED = "decided"  # the controller's decision stands in for the consent
    LACKING = "lacking"
    WITHDRAWN = "withdrawn"  # an adult's own word: nobody's decision goes past it


@dataclass(frozen=True, slots=True)
class Permission:
    """How it stands with everybody on the film, each person once, in the order child, adult, others."""

    purpose: Purpose
    day: date
    given: tuple[Person, ...] = ()
    decided: tuple[Person, ...] = ()
    lacking: tuple[Person, ...] = ()
    withdrawn: tuple[Person, ...] = ()
    child_says_no: bool = False  # on that day, to being filmed: no consent or decision goes past it

    @property
    def granted(self) -> int:
        """How many consents there are, or decisions in their place."""
        return len(self.given) + len(self.decided)

    @property
    def persons(self) -> int:
        """How many people are asked."""
        return self.granted + len(self.lacking) + len(self.withdrawn)

    @property
    def is_given(self) -> bool:
        """Whether it may be done; never when nobody is known to be on the film."""
        return 0 < self.granted == self.persons and not self.child_says_no

    def refusal(self) -> ConsentMissing:
        """Why it may not be done. Names nobody: the screens do, where it may be read."""
        if self.child_says_no:
            return ConsentMissing("child-said-no")
        if self.withdrawn:
            return ConsentMissing("consent-withdrawn")
        return ConsentMissing(given=self.granted, all=self.persons)


def permits(case: CaseFile, meeting: Meeting, purpose: Purpose, day: date) -> Permission:
    """Whether the film of a meeting may be made (`Purpose.FILMING`) or used for a purpose on `day`."""
    found: dict[Standing, list[Person]] = {standing: [] for standing in Standing}
    for person in filmed_persons(case, meeting):
        found[stands(case, person, purpose, day)].append(person)
    says_no = purpose == Purpose.FILMING and childs_word(meeting, day) == "no"
    given, decided, lacking, withdrawn = (tuple(persons) for persons in found.values())
    return Permission(purpose, day, given, decided, lacking, withdrawn, child_says_no=says_no)


def demand(store: Store, meeting: Meeting, purpose: Purpose, day: date) -> None:
    """Raises ConsentMissing when the film of a meeting may not be made or used for a purpose on `day`."""
    permission = permits(case_file(store, meeting.case_id), meeting, purpose, day)
    if not permission.is_given:
        raise permission.refusal()


def stands(case: CaseFile, person: Person, purpose: Purpose, day: date) -> Standing:
    """How it stands with a person's consent to a purpose on `day`."""
    if case.consent(person.id, purpose, day) is not None:
        return Standing.GIVEN
    if person.role not in _SPOKEN_FOR and took_back(case, person, purpose, day):
        return Standing.WITHDRAWN
    return Standing.DECIDED if case.decision(person.id, purpose, day) is not None else Standing.LACKING


def took_back(case: CaseFile, person: Person, purpose: Purpose, day: date) -> bool:
    """Whether the last word on a person's consent, own or of who speaks for them, was to withdraw it."""
    of_all = [c for c in case.consents if c.person_id == person.id and c.purpose == purpose]
    own = [c for c in of_all if c.given <= day or (c.withdrawn is not None and c.withdrawn <= day)]
    gone = [c for c in own if c.withdrawn is not None and c.withdrawn <= day]
    return any(all(c is last or last.takes_back(c, day) for c in own) for last in gone)


def took_back_filming(case: CaseFile, meeting: Meeting, day: date) -> bool:
    """Whether the last word of anybody on the film, or of who speaks for them, was to take back the consent to it."""
    return any(took_back(case, person, Purpose.FILMING, day) for person in filmed_persons(case, meeting))


def filmed_persons(case: CaseFile, meeting: Meeting) -> tuple[Person, ...]:
    """Everybody who is on the film: the child, the adult, and others named for this meeting.

    Of a recorded session of supervision everybody who took part.
    """
    if case.case.is_folder:
        return case.persons
    found = [case.person(i) for i in (meeting.child_id, meeting.adult_id, *meeting.others)]
    return tuple(dict.fromkeys(p for p in found if p is not None))


def childs_word(meeting: Meeting, day: date) -> str:
    """What the child said on this very day: `yes`, `no` or nothing yet."""
    return meeting.child_said if meeting.child_said_on == day else ""


# on record


def given(person: Person, purpose: Purpose, day: date, **fields: Any) -> Consent:
    """A person's consent from `day` on."""
    return Consent(new_id(), person.case_id, person.id, purpose, day, **fields)


@dataclass(frozen=True, slots=True)
class Signed:
    """What one signed form says: for which purposes, from which day to which, who explained it.

    `given_by` are the ids of those who gave it for a child, the child's own among them when it spoke for itself;
    `given_by_other` says in words who else did.
    """

    purposes: tuple[Purpose, ...]
    given: date
    until: date | None = None
    form_version: str = ""
    explained_by: str = ""
    given_by: tuple[str, ...] = ()
    given_by_other: str = ""


def is_parent(person: Person) -> bool:
    """Whether somebody is a parent to the child, or decides for it."""
    return person.guardian or person.role in _PARENTS


def is_spoken_for(person: Person) -> bool:
    """Whether somebody else gives and takes back this person's consents."""
    return person.role in _SPOKEN_FOR


def signed(person: Person, form: Signed, photographs: Sequence[ConsentForm] = ()) -> tuple[Change, ...]:
    """All that one form gives, as one step: a consent a purpose, and the pages on which they stand.

    Raises NotAllowed: `consent-without-purpose`, `consent-ends-before`, and of a child `consent-without-giver`.
    """
    if not form.purposes:
        raise NotAllowed("consent-without-purpose")
    if form.until is not None and form.until < form.given:
        raise NotAllowed("consent-ends-before")
    other = form.given_by_other.strip()
    if is_spoken_for(person) and not form.given_by and not other:
        raise NotAllowed("consent-without-giver")
    pages = tuple(photograph.id for photograph in photographs)
    consents = (
        given(
            person,
            purpose,
            form.given,
            until=form.until,
            form_version=form.form_version.strip(),
            explained_by=form.explained_by.strip(),
            given_by=form.given_by,
            given_by_other=other,
            forms=pages,
        )
        for purpose in form.purposes
    )
    return (*map(added, photographs), *map(added, consents))


def demand_given_since(case: CaseFile, changes: Sequence[Change], day: date) -> None:
    """A form of before a withdrawal gives nothing any more, on whatever day it is recorded.

    Raises NotAllowed(`consent-withdrawn-since`).
    """
    new = [c.after for c in changes if isinstance(c.after, Consent)]
    if any(held.takes_back(one, day) for held in case.consents for one in new):
        raise NotAllowed("consent-withdrawn-since")


def last_words(case: CaseFile, person_id: str, purpose: Purpose, day: date) -> tuple[Consent, ...]:
    """A person's consents to a purpose, the one that tells how it stands last: one in force, else the last word."""
    held = {c.id for c in case.in_force(person_id, purpose, day)}
    own = [c for c in case.consents if c.person_id == person_id and c.purpose == purpose]
    gone = {c.id for c in own if any(o.takes_back(c, day) for o in own)}
    return tuple(sorted(own, key=lambda c: (c.id in held, c.id not in gone, c.given, c.id)))


def guardians_left(case: CaseFile, given_by: Sequence[str]) -> tuple[Person, ...]:
    """Guardians who are not among those that gave a consent for the child: where custody is joint, each is asked."""
    is_own_word = any(p.is_child and p.id in given_by for p in case.persons)
    return () if is_own_word else tuple(p for p in case.guardians if p.id not in given_by)


def on_same_form(case: CaseFile, consent: Consent) -> tuple[Consent, ...]:
    """The person's consents of the same day and form: a photograph of one is one of all."""
    facts = (consent.person_id, consent.given, consent.form_version, consent.forms)
    return tuple(c for c in case.consents if (c.person_id, c.given, c.form_version, c.forms) == facts)


def photographed(case: CaseFile, consent: Consent, photographs: Sequence[ConsentForm]) -> tuple[Change, ...]:
    """Pages photographed after the consents were recorded, as one step."""
    pages = tuple(photograph.id for photograph in photographs)
    edits = (Change(c, replace(c, forms=(*c.forms, *pages))) for c in on_same_form(case, consent))
    return (*map(added, photographs), *edits)


def withdrawn(consent: Consent, day: date) -> Change:
    """The date is set and the consent stays on record."""
    return Change(consent, replace(consent, withdrawn=day))


def decided(person: Person, purpose: Purpose, day: date, decided_by: str, ground: str) -> ControllerDecision:
    """The controller's decision in place of a consent that cannot be had.

    Raises NotAllowed(`decision-without-ground`) without who decided and why.
    """
    who, why = decided_by.strip(), ground.strip()
    if not who or not why:
        raise NotAllowed("decision-without-ground")
    return ControllerDecision(new_id(), person.case_id, person.id, purpose, day, who, why)


def ended(decision: ControllerDecision, day: date) -> Change:
    """A decision no longer holds from `day` on, and stays on record."""
    return Change(decision, replace(decision, ended=day))


# at a glance


def is_needed(case: CaseFile, purpose: Purpose) -> bool:
    """Whether a purpose can concern the people of a case at all: another parent, or an interpreter, has to be there."""
    if purpose == Purpose.OTHER_PARENT:
        return len([p for p in case.adults if is_parent(p)]) > 1
    if purpose == Purpose.INTERPRETER:
        return any(p.interpreter != Interpreter.NONE for p in case.persons)  # whoever it is for sees all on the film
    return True


def childs_last_word(case: CaseFile) -> tuple[date, str] | None:
    """The newest day on which the child was asked before filming, and what it said."""
    said = [(m.child_said_on, m.child_said) for m in case.meetings if m.child_said_on is not None and m.child_said]
    return max(said, default=None)
