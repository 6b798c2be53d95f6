"""What holds of the people of a case on a day; a change ends what held before, and asks what else must be looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from app.casework.case_file import CaseFile
from app.errors import NotAllowed
from app.i18n import today
from app.model.change import Change, added
from app.model.circumstance import ONE_AT_A_TIME, WORDLESS, Circumstance, CircumstanceKind
from app.model.identity import new_id
from app.model.people import Person

#: what a change asks to be looked at, by the keys of `circumstance_checks` in the pick-lists
CHECKS = {
    CircumstanceKind.STATUS: ("adults", "consents", "restrictions", "social-worker", "places", "child-told"),
    CircumstanceKind.PLACEMENT: ("adults", "consents", "restrictions", "apart", "places", "plan", "child-told"),
    CircumstanceKind.CUSTODY: ("consents", "restrictions", "child-told"),
    CircumstanceKind.SOCIAL_WORKER: ("social-worker",),
    CircumstanceKind.TRUSTEE: ("consents",),
    CircumstanceKind.RESTRICTION: ("apart", "places", "plan"),
    CircumstanceKind.SAFETY: ("plan",),
    CircumstanceKind.SUPPORT: ("plan",),
    CircumstanceKind.NON_DISCLOSURE: ("places",),
    CircumstanceKind.DEATH: ("adults", "consents", "plan"),
}
#: with these nothing was settled before, however new the row is
_ALWAYS = frozenset(
    (
        CircumstanceKind.RESTRICTION,
        CircumstanceKind.SAFETY,
        CircumstanceKind.SUPPORT,
        CircumstanceKind.NON_DISCLOSURE,
        CircumstanceKind.DEATH,
    )
)
EMERGENCY = "emergency-placement"


def holding(case: CaseFile, day: date, *kinds: CircumstanceKind, person_id: str = "") -> tuple[Circumstance, ...]:
    """What holds on `day`, of some kinds (all when left out) and of one person or all."""
    return tuple(
        row
        for row in in_order(case.circumstances)
        if row.holds_on(day) and (not kinds or row.kind in kinds) and person_id in ("", row.person_id)
    )


def in_order(rows: Iterable[Circumstance]) -> tuple[Circumstance, ...]:
    """By kind, and of each the earliest first."""
    kinds = list(CircumstanceKind)
    return tuple(sorted(rows, key=lambda row: (kinds.index(row.kind), row.since, row.id)))


def changed(case: CaseFile, person: Person, kind: CircumstanceKind, value: str, since: date) -> tuple[Change, ...]:
    """`value` holds from `since` on, as one step; what held on the days before stays as it was.

    Of what a person has one at a time the earlier one ends, and the new one ends where a later one begins; of a death
    the last word is the only one. Raises NotAllowed: `circumstance-empty` without words where the kind needs them,
    `death-to-come`.
    """
    words = "" if kind == CircumstanceKind.DEATH else value.strip()
    if not words and kind not in WORDLESS:
        raise NotAllowed("circumstance-empty")
    if kind == CircumstanceKind.DEATH and since > today():
        raise NotAllowed("death-to-come")
    row = Circumstance(new_id(), case.case.id, person.id, kind, words, since)
    if kind == CircumstanceKind.DEATH:
        before = (c for c in case.circumstances if _is_death(c, person.id))
        return (*(Change(c, replace(c, until=c.since)) for c in before), added(row))
    if kind not in ONE_AT_A_TIME:
        return (added(row),)
    others = [c for c in case.circumstances if (c.person_id, c.kind) == (person.id, kind)]
    ends = [Change(c, replace(c, until=since)) for c in others if c.holds_on(since)]
    later = min((c.since for c in others if c.since > since), default=None)
    return (*ends, added(replace(row, until=later)))


def died(rows: Iterable[Circumstance], person_id: str) -> date | None:
    """The day on which a person died, as far as it is recorded."""
    return next((row.since for row in rows if _is_death(row, person_id)), None)


def _is_death(row: Circumstance, person_id: str) -> bool:
    return (row.person_id, row.kind, row.until) == (person_id, CircumstanceKind.DEATH, None)


def ended(row: Circumstance, day: date) -> Change:
    """It holds no longer from `day` on; a death that is said not to be so holds on no day at all.

    Raises NotAllowed(`circumstance-ends-before`) for a day before it began.
    """
    if row.kind == CircumstanceKind.DEATH:
        return Change(row, replace(row, until=row.since))
    if day < row.since:
        raise NotAllowed("circumstance-ends-before")
    return Change(row, replace(row, until=day))


def unchecked(case: CaseFile, row: Circumstance) -> tuple[str, ...]:
    """What the change asked to be looked at and nobody has; nothing of what was there from the beginning."""
    return tuple(key for key in checks_of(case, row) if key not in row.checked)


def checks_of(case: CaseFile, row: Circumstance) -> tuple[str, ...]:
    """The checklist of a row: of a change, a restriction, and an emergency placement, which is one by itself."""
    earlier = any(
        (c.person_id, c.kind) == (row.person_id, row.kind) and (c.since, c.id) < (row.since, row.id)
        for c in case.circumstances
    )
    if row.kind == CircumstanceKind.DEATH and case.child is not None and row.person_id == case.child.id:
        return ()
    return CHECKS[row.kind] if earlier or row.kind in _ALWAYS or row.value == EMERGENCY else ()


def checked(row: Circumstance, key: str, *, done: bool) -> Change:
    """Somebody has looked at one thing of the checklist, or takes that back."""
    keys = tuple(k for k in row.checked if k != key) + ((key,) if done else ())
    return Change(row, replace(row, checked=keys))
