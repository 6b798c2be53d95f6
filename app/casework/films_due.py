"""Films that are due to be erased, soon or now, over many cases at once: what a desk tells of them.

The rule is that of `retention`, asked of no more films than may be due.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar, cast

from app.casework.retention import Why, finals_of, office_rule, standing
from app.model.change import Entity
from app.model.hold import Hold, held
from app.model.meeting import Meeting
from app.model.people import Case
from app.model.request import Request
from app.model.retention import CaseRule, Material, Rule, Since, months_after
from app.model.statement import Statement
from app.ports import Store
from app.ports.overviews import FilmOver

E = TypeVar("E", bound=Entity)

#: months end on different days: so much more than a period is looked at
_SLACK = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class FilmsDue:
    """So many films of a meeting that stand alike: due from `day` on, or kept though they are or would be.

    `day` is None where something keeps films whose period cannot be counted.
    """

    case: Case
    meeting: Meeting
    why: Why
    day: date | None
    films: int
    own_rule: Rule | None = None  # what the commission asked instead of the office's rule

    @property
    def is_due(self) -> bool:
        return self.why in (Why.DUE, Why.CLOSED_FROM_USE)


def films_due(store: Store, day: date, until: date | None = None, *, mine: bool = False) -> tuple[FilmsDue, ...]:
    """Films that are due on `day` or will be by `until`, and those that a hold or a request keeps until then.

    `mine`: in cases of the signed-in worker, closed ones too. The longest due first. Raises StoreError.
    """
    last = day if until is None else until
    office = office_rule(store, Material.FILMS)
    own: dict[str, Rule] = {rule.case_id: rule for rule in store.find(CaseRule, material=Material.FILMS)}
    rules = (office, *own.values())
    may = store.films_over(_by(rules, Since.FINAL, last), _by(rules, Since.CLOSED, last), mine=mine)
    if not may:
        return ()
    ids = tuple({film.case_id for film in may})
    cases = {case.id: case for case in store.find(Case, id=ids)}
    meetings = {m.id: m for m in store.find(Meeting, id=tuple({f.meeting_id for f in may}))}
    finals = {key: finals_of(some) for key, some in _by_case(store.find(Statement, case_id=ids)).items()}
    holds, requests = _by_case(store.find(Hold, case_id=ids)), _by_case(store.find(Request, case_id=ids))

    def stands(film: FilmOver) -> tuple[Why, date | None]:
        case, rule = cases[film.case_id], own.get(film.case_id, office)
        begun = {Since.FINAL: finals.get(case.id, {}).get(film.meeting_id), Since.CLOSED: case.closed}.get(rule.since)
        keeps = held(film.meeting_id, holds[case.id], requests[case.id])
        closed = _day_of(film.closed_from_use)
        why, due = standing(rule, begun, day, keeps, closed)
        return why, closed if due is None else due

    found = Counter((film.meeting_id, *stands(film)) for film in may)
    rows = (
        FilmsDue(cases[(at := meetings[meeting_id]).case_id], at, why, due, number, own.get(at.case_id))
        for (meeting_id, why, due), number in found.items()
        if due is not None and (due <= last or why == Why.CLOSED_FROM_USE)
    )
    return tuple(
        sorted(rows, key=lambda row: (day if row.day is None else row.day, row.case.code_name, row.meeting.id))
    )


def _day_of(moment: datetime | None) -> date | None:
    return None if moment is None else moment.astimezone().date()


def _by(rules: Iterable[Rule], since: Since, last: date) -> date | None:
    """The last day from which a period of any of these rules, counted from such a day, is over by `last`."""
    months = [rule.months for rule in rules if rule.since == since]
    return months_after(last, -min(months)) + _SLACK if months else None


def _by_case(rows: Iterable[E]) -> defaultdict[str, list[E]]:
    found: defaultdict[str, list[E]] = defaultdict(list)
    for row in rows:
        found[cast("Any", row).case_id].append(row)
    return found
