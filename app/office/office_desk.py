"""The desk of the whole office: who waits for what, deadlines, how much each pair has to do, what is to be erased.

It tells amounts and turns, never how well anybody works: pairs stand by name, and no worker has a figure. Of a coding
it knows no more than whether it is ready, as everybody does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import takewhile

from app.casework.films_due import films_due
from app.casework.retention import Why
from app.model.day import midnight
from app.model.people import Case, Worker
from app.model.request import Request
from app.model.retention import Rule
from app.model.units import RowCount
from app.office.desk import Item, Waiting, needs_of
from app.office.own_cases import OwnCases, cases_read
from app.ports import Store
from app.ports.overviews import CaseOver
from app.ports.pages import Days

#: so many cases are looked through at a time for what they wait for
CASES_AT_A_TIME: RowCount = 20
#: deadlines and erasures are told so far ahead
WEEKS = 4
AHEAD = timedelta(weeks=WEEKS)

#: of these the other one's line tells whose turn it is
_OTHERS_TURN = frozenset((Waiting.WAIT_FOR_PARTNER,))
#: what follows a meeting, and so has waited since then
_SINCE_MEETING = frozenset((Waiting.PLAN, Waiting.FILM, Waiting.FILM_ON, Waiting.TALK, Waiting.CODE))


@dataclass(frozen=True)
class Turn:
    """One line: what a case waits for, and whose turn it is (worker ids, nobody where it is the register-keeper's).

    `since` is from when it has waited, where that is known. `request` stands instead of `item` for what was asked.
    """

    case: Case
    who: tuple[str, ...]
    deadline: date | None
    item: Item | None = None
    request: Request | None = None
    since: date | None = None

    def days_left(self, today: date) -> int | None:
        """Whole days from `today` on, negative for what is late."""
        return None if self.deadline is None else (self.deadline - today).days

    def days_waited(self, today: date) -> int | None:
        """Whole days until `today`, where it is known since when."""
        return None if self.since is None else max((today - self.since).days, 0)


@dataclass(frozen=True)
class DueCase:
    """A case with the day by which it is to be answered."""

    case: Case
    due: date


@dataclass(frozen=True)
class PairWork:
    """How much a pair has to do; `names` in the order of the alphabet."""

    names: tuple[str, ...]
    cases: int
    meetings: int
    to_code: int
    drafts: int


@dataclass(frozen=True)
class CaseErasure:
    """So many films of a case that stand alike with the rule of retention."""

    case: Case
    why: Why
    day: date | None
    films: RowCount
    own_rule: Rule | None = None  # what the commission asked instead of the office's rule

    @property
    def is_kept(self) -> bool:
        """Whether a hold or a request keeps them, though their time is or would be over."""
        return self.why in (Why.BY_HOLD, Why.BY_REQUEST)


@dataclass(frozen=True)
class OfficeDesk:
    """Everything that the office's desk shows, as one value.

    `turns` are those of the cases that are due first; `has_more` of the others. `weeks` are Mondays with what is due in
    the week, `late` what was due before the first of them. `names` are those of the workers, by id.
    """

    turns: tuple[Turn, ...]
    has_more: bool
    open_cases: int
    late: tuple[DueCase, ...]
    weeks: tuple[tuple[date, tuple[DueCase, ...]], ...]
    pairs: tuple[PairWork, ...]
    for_erasure: tuple[CaseErasure, ...]
    names: tuple[tuple[str, str], ...]

    def named(self, worker_ids: Iterable[str]) -> tuple[str, ...]:
        names = dict(self.names)
        return tuple(names[i] for i in worker_ids if i in names)


def office_desk(store: Store, now: datetime, lines: RowCount) -> OfficeDesk:
    """The office at `now` (aware), with so many lines of who waits for what. Raises StoreError."""
    day = now.astimezone().date()
    cases = store.open_cases()
    turns, has_more = _turns(store, cases, day, lines)
    first = day - timedelta(days=day.weekday())
    late, weeks = _due(store, cases, first)
    names = {w.id: w.name for w in store.find(Worker)}
    return OfficeDesk(
        turns, has_more, len(cases), late, weeks, _pairs(store, first, names), _erasures(store, day),
        tuple(names.items()),
    )  # fmt: skip


# ── who waits for what ───────────────────────────────────────────────────────────────────────────────────────────────


def _turns(store: Store, cases: tuple[CaseOver, ...], day: date, lines: RowCount) -> tuple[tuple[Turn, ...], bool]:
    """What is due first, until there are enough: of the cases looked through, and of what was asked of the office.

    What was asked and is due later than the cases looked through stands with those that follow.
    """
    found, asked = list[Turn](), _asked(store, day)
    looked, last = 0, date.max
    while looked < len(cases) and len(found) < lines:
        some = cases[looked : looked + CASES_AT_A_TIME]
        looked += len(some)
        found += _of_cases(store, some, day)
    if looked < len(cases):
        last = cases[looked - 1].due or date.max
    found += (turn for turn in asked if turn.deadline is None or turn.deadline <= last)
    ordered = sorted(found, key=lambda turn: (turn.deadline or date.max, turn.case.code_name))
    return tuple(ordered[:lines]), looked < len(cases) or len(ordered) > lines


def _of_cases(store: Store, some: tuple[CaseOver, ...], day: date) -> Iterator[Turn]:
    """What each of some cases waits for, once however many wait for it."""
    held = {case.id: case for case in store.find(Case, id=tuple(c.case_id for c in some))}
    read = cases_read(store, "", tuple(held.values()))
    for over in some:
        case = held[over.case_id]
        found: dict[Item, list[str]] = {}
        for worker_id in _who_may(read, case):
            for item in needs_of(store, replace(read, me=worker_id), case):
                if item.what not in _OTHERS_TURN and (
                    item.meeting is not None or worker_id in (case.lead, case.partner)
                ):
                    found.setdefault(item, []).append(worker_id)
        for item, who in found.items():
            yield Turn(case, _whose(read, item, who), over.due, item, since=_since(item, day))


def _whose(read: OwnCases, item: Item, who: list[str]) -> tuple[str, ...]:
    """Both may be told that a coding is waited for; it opens when its own coder signs in."""
    is_shut = item.what == Waiting.WAIT_FOR_SIGN_IN and item.meeting is not None
    return read.pair(item.meeting).awaited if is_shut and item.meeting is not None else tuple(who)


def _who_may(read: OwnCases, case: Case) -> tuple[str, ...]:
    """The pair, and whoever else codes one of its meetings."""
    coders = (coder for meeting in read.meetings(case) for coder in meeting.coders)
    return tuple(dict.fromkeys(i for i in (case.lead, case.partner, *coders) if i))


def _since(item: Item, day: date) -> date | None:
    """From when something has waited, where everybody may know it: when a coding was made ready is nobody's yet."""
    if item.what == Waiting.APPROVE and item.statement is not None and item.statement.approvals:
        return max(a.at for a in item.statement.approvals).astimezone().date()
    held = item.meeting.held.astimezone().date() if item.meeting is not None else day
    return held if item.what in _SINCE_MEETING and held < day else None


def _asked(store: Store, day: date) -> Iterator[Turn]:
    """Requests that nobody has answered, or whose answer was not handed over, also about closed cases."""
    waiting = [r for r in store.find(Request, handed_on=None) if r.is_open and r.arrived <= day]
    if not waiting:
        return
    cases = {c.id: c for c in store.find(Case, id=tuple({r.case_id for r in waiting}))}
    for request in waiting:
        case = cases[request.case_id]
        who = tuple(i for i in (case.lead, case.partner) if i)
        yield Turn(case, who, request.due, request=request, since=request.arrived)


# ── deadlines, and how much there is ─────────────────────────────────────────────────────────────────────────────────


def _due(
    store: Store, cases: tuple[CaseOver, ...], first: date
) -> tuple[tuple[DueCase, ...], tuple[tuple[date, tuple[DueCase, ...]], ...]]:
    """What is late, and what is due in each of the weeks from a Monday on."""
    end = first + AHEAD
    near = [(c.case_id, c.due) for c in takewhile(lambda c: c.due is not None and c.due < end, cases)]
    held = {c.id: c for c in store.find(Case, id=tuple(key for key, _ in near))} if near else {}
    rows = [DueCase(held[key], due) for key, due in near if due is not None]
    mondays = [first + timedelta(weeks=n) for n in range(WEEKS)]
    weeks = tuple((m, tuple(r for r in rows if m <= r.due < m + timedelta(weeks=1))) for m in mondays)
    return tuple(r for r in rows if r.due < first), weeks


def _pairs(store: Store, first: date, names: dict[str, str]) -> tuple[PairWork, ...]:
    """By name, with the meetings of the week that begins on a Monday."""
    days = Days(midnight(first), midnight(first + timedelta(weeks=1)))
    rows = (
        PairWork(tuple(sorted(names[i] for i in (p.lead, p.partner) if i in names)), p.cases, p.meetings, p.to_code,
                 p.drafts)
        for p in store.work_of_pairs(days)
    )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: tuple(name.casefold() for name in row.names)))


def _erasures(store: Store, day: date) -> tuple[CaseErasure, ...]:
    """By case; the longest due first, what something keeps last."""
    found: dict[tuple[Case, Why, date | None], int] = {}
    own: dict[str, Rule | None] = {}
    for row in films_due(store, day, day + AHEAD):
        key = row.case, row.why, row.day
        found[key] = found.get(key, 0) + row.films
        own[row.case.id] = row.own_rule
    rows = [CaseErasure(*key, films, own.get(key[0].id)) for key, films in found.items()]
    return tuple(sorted(rows, key=lambda row: row.is_kept))
