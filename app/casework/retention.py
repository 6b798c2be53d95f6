"""What is due to be erased by the rules of retention, what is not yet, and what keeps it. Nothing goes by itself."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

import resources
from app.casework.case_file import CaseFile, case_file
from app.casework.circumstances import died
from app.casework.requests import kept
from app.door import Door
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.change import Change, added, removed
from app.model.commission import Commission
from app.model.hold import Held
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.people import Case
from app.model.recording import Recording
from app.model.retention import COUNTED, MOST_MONTHS, CaseRule, Material, OfficeRule, Rule, Since, months_after
from app.model.statement import Statement
from app.ports import Store


class Why(StrEnum):
    """How it stands with material and its rule."""

    DUE = "due"
    CLOSED_FROM_USE = "closed-from-use"  # due whatever the rule: consent was withdrawn, or the child said no
    NOT_YET = "not-yet"
    NOT_COUNTED = "not-counted"  # what its period is counted from has not happened, or is not known here
    FOREVER = "forever"
    NOT_RETURNED = "not-returned"  # less than the law's period, and what is the controller's has not gone back
    BY_HOLD = "held-by-hold"
    BY_REQUEST = "held-by-request"


@dataclass(frozen=True, slots=True)
class Kept:
    """A film, or with none the whole case, with its rule; `day` is from when it is due, None where it is not known."""

    case: Case
    rule: Rule
    why: Why
    day: date | None = None
    meeting: Meeting | None = None
    film: Recording | None = None

    @property
    def is_due(self) -> bool:
        return self.why in (Why.DUE, Why.CLOSED_FROM_USE)


# ── rules ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads((resources.folder() / "texts" / "retention.toml").read_text("utf-8"))


def default_rule(material: Material) -> OfficeRule:
    """What holds until an office says otherwise; it is nowhere in the archive."""
    row = _content()[material]
    return OfficeRule("", material, Since(row["since"]), row["months"], material)


def periods() -> tuple[tuple[Since, int, str], ...]:
    """Periods of the National Archives for a case's documents: since what, how many months, and the source's key."""
    return tuple((Since(row["since"]), row["months"], row["key"]) for row in _content()["periods"])


def source_words(source: str, language: str) -> str:
    """Where a rule comes from: what the program knows in this language, own words as they were written."""
    known = {material.value: _content()[material] for material in Material}
    known |= {row["key"]: row for row in _content()["periods"]}
    return str(known[source][language]) if source in known else source


def least_rule(commission: Commission | None) -> tuple[Since, int]:
    """The shortest period of the law for the documents of a service task, child welfare's where it knows none."""
    rows = _content()["least"]
    task = "" if commission is None else commission.service_task
    row = next((row for row in rows if row["task"] == task), rows[0])
    return Since(row["since"]), row["months"]


def least_rule_of(store: Store, case_id: str) -> tuple[Since, int]:
    """`least_rule` of a case: by the commission that came last."""
    commissions = store.find(Commission, case_id=case_id)
    return least_rule(commissions[-1] if commissions else None)


def is_shorter(rule: Rule, least: tuple[Since, int]) -> bool:
    """Whether a rule for a case's documents may end before the law's period does; what cannot be compared may."""
    since, months = least
    if rule.since == Since.FOREVER or (rule.since == Since.BIRTH and rule.months >= MOST_MONTHS):
        return False
    return rule.since != since or rule.months < months


def office_rule(store: Store, material: Material) -> OfficeRule:
    """The office's rule for a material, or the one that comes with the program."""
    found = store.find(OfficeRule, material=material)
    return found[-1] if found else default_rule(material)


def case_rule(store: Store, case_id: str, material: Material) -> CaseRule | None:
    """What the case's commission asks instead, if anything."""
    found = store.find(CaseRule, case_id=case_id, material=material)
    return found[-1] if found else None


def rule_of(store: Store, case_id: str, material: Material) -> Rule:
    """The rule by which a material of a case is kept."""
    return case_rule(store, case_id, material) or office_rule(store, material)


def set_office_rule(door: Door, texts: Texts, rule: OfficeRule) -> None:
    """The office's own rule from now on. Raises NotAllowed(`rule-without-source`, `rule-not-counted`), StoreError."""
    _check(rule)
    held = door.store.find(OfficeRule, material=rule.material)
    change = Change(held[-1], replace(rule, id=held[-1].id)) if held else added(replace(rule, id=new_id()))
    door.write(texts.tr("Rule of retention changed"), [change])


def set_case_rule(door: Door, texts: Texts, rule: CaseRule) -> None:
    """What a case's commission asks, from now on. Raises as `set_office_rule`.

    Documents may be kept for less than the law's period only where the commission says that they go back to the
    controller, who keeps them then: else NotAllowed(`rule-shorter-than-law`).
    """
    _check(rule)
    commissions = door.store.find(Commission, case_id=rule.case_id)
    commission = commissions[-1] if commissions else None
    goes_back = commission is not None and commission.return_rule.strip()
    if rule.material == Material.CASE and is_shorter(rule, least_rule(commission)) and not goes_back:
        raise NotAllowed("rule-shorter-than-law")
    held = case_rule(door.store, rule.case_id, rule.material)
    change = added(replace(rule, id=new_id())) if held is None else Change(held, replace(rule, id=held.id))
    door.write(texts.tr("Rule of retention changed"), [change])


def drop_case_rule(door: Door, texts: Texts, case_id: str, material: Material) -> None:
    """The office's rule holds for the case again."""
    held = case_rule(door.store, case_id, material)
    if held is not None:
        door.write(texts.tr("Rule of retention changed"), [removed(held)])


def _check(rule: Rule) -> None:
    if not rule.source.strip():
        raise NotAllowed("rule-without-source")
    least = 0 if rule.since == Since.FOREVER else 1 if rule.material == Material.BACKUPS else 0
    if rule.since not in COUNTED[rule.material] or not least <= rule.months <= MOST_MONTHS:
        raise NotAllowed("rule-not-counted")


# ── what is kept, and until when ─────────────────────────────────────────────────────────────────────────────────────


def kept_films(store: Store, file: CaseFile, day: date) -> tuple[Kept, ...]:
    """Every film of a case that is not erased, with how it stands on `day`.

    A recorded session of supervision is kept by its agreement and not by these rules: until it is closed from use.
    So is what was brought to one, until its last day of use has passed.
    """
    rule = rule_of(store, file.case.id, Material.FILMS)
    asks = rule.since == Since.FINAL and file.meetings
    finals = finals_of(store.find(Statement, case_id=file.case.id)) if asks else {}
    found = []
    for meeting in file.meetings:
        begun = {Since.FINAL: finals.get(meeting.id), Since.CLOSED: file.case.closed}.get(rule.since)
        for film in store.find(Recording, meeting_id=meeting.id, erased=None):
            closed = film.closed_from_use
            since = None if closed is None else closed.astimezone().date()
            if file.case.is_folder and since is None:
                since = next((c.until for c in file.consents if c.until is not None and c.until < day), None)
                if since is None:
                    continue
            why, due = standing(rule, begun, day, kept(file, meeting.id), since)
            found.append(Kept(file.case, rule, why, due, meeting, film))
    return tuple(found)


def kept_case(store: Store, file: CaseFile, day: date) -> Kept:
    """The case as a whole. By a commission's rule that is shorter than the law's it waits until all went back."""
    rule = rule_of(store, file.case.id, Material.CASE)
    born = None if file.child is None else file.child.born
    death = None if file.child is None else died(file.circumstances, file.child.id)
    begun = {Since.CLOSED: file.case.closed, Since.BIRTH: born, Since.DEATH: death}.get(rule.since)
    why, due = standing(rule, begun, day, kept(file))
    is_own = isinstance(rule, CaseRule) and is_shorter(rule, least_rule(file.commission))
    if is_own and file.case.returned is None and why in (Why.DUE, Why.NOT_YET, Why.NOT_COUNTED):
        why = Why.NOT_RETURNED
    return Kept(file.case, rule, why, due)


def due(store: Store, files: Iterable[CaseFile], day: date) -> tuple[Kept, ...]:
    """What waits for its erasing in some cases: the longest due first."""
    rows: list[Kept] = []
    for file in files:
        rows += [*kept_films(store, file, day), kept_case(store, file, day)]
    return tuple(sorted((k for k in rows if k.is_due), key=lambda k: (k.day or day, k.case.code_name)))


def due_of_worker(store: Store, day: date) -> tuple[Kept, ...]:
    """The same over all cases of the signed-in worker, closed ones too."""
    me = store.me
    mine = {c.id: c for role in ("lead", "partner") for c in store.find(Case, **{role: me})}
    return due(store, (case_file(store, case_id) for case_id in sorted(mine)), day)


def standing(
    rule: Rule, begun: date | None, day: date, held: Held, closed: date | None = None
) -> tuple[Why, date | None]:
    """How something stands on `day` with its rule, whose period is counted from `begun`, and from when it is due."""
    until = None if begun is None or rule.since == Since.FOREVER else months_after(begun, rule.months)
    if held != Held.NO:
        return Why(held.value), until
    if closed is not None:
        return Why.CLOSED_FROM_USE, closed
    if rule.since == Since.FOREVER:
        return Why.FOREVER, None
    if until is None:
        return Why.NOT_COUNTED, None
    return (Why.DUE if until <= day else Why.NOT_YET), until


def finals_of(statements: Iterable[Statement]) -> dict[str, date]:
    """Of each meeting the day on which the newest version of every statement about it was final; none before.

    A note on the way, such as one of the feedback, ends nothing.
    """
    newest: dict[str, Statement] = {}
    for statement in sorted((s for s in statements if not s.is_note), key=lambda s: (s.version, s.id)):
        newest[statement.series] = statement
    days: dict[str, date] = {}
    open_yet: set[str] = set()
    for statement in newest.values():
        if not statement.is_final or statement.finalized is None:
            open_yet.update(statement.meetings)
            continue
        done = statement.finalized.astimezone().date()
        days |= {m: max(done, days.get(m, done)) for m in statement.meetings}
    return {meeting: day for meeting, day in days.items() if meeting not in open_yet}
