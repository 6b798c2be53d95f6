"""The open cases of the signed-in worker as the desk looks at them: each kind of thing asked for once, for all of them.

What this costs grows with the worker's own open cases, and not with what the office has.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from operator import attrgetter

from app.model.coding import SECOND_READING
from app.model.commission import Commission
from app.model.feedback import FeedbackTalk
from app.model.filming import FilmingEvent, Happening, OpenRecording, Talk
from app.model.independence import both_ready
from app.model.meeting import Meeting
from app.model.partner_key import PartnerKey
from app.model.people import Case, Interpreter, Person
from app.model.statement import Statement
from app.ports import Store
from app.ports.glances import FilmGlance, PairGlance

_NOBODY = PairGlance({})


@dataclass(frozen=True)
class OwnCases:
    """Cases by code name, and what of each and of its meetings the desk asks."""

    me: str
    cases: tuple[Case, ...] = ()
    persons: dict[str, Person] = field(default_factory=dict)
    commissions: dict[str, Commission] = field(default_factory=dict)  # by case
    statements: dict[str, Statement] = field(default_factory=dict)  # the newest version, by case
    notes: dict[str, tuple[Statement, ...]] = field(default_factory=dict)  # the newest version of each, by case
    by_case: dict[str, tuple[Meeting, ...]] = field(default_factory=dict)
    films: dict[str, tuple[FilmGlance, ...]] = field(default_factory=dict)  # these and the next are by meeting
    half_filmed: frozenset[str] = frozenset()
    talked: frozenset[str] = frozenset()
    pairs: dict[str, PairGlance] = field(default_factory=dict)
    again: dict[str, PairGlance] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()  # workers who code on another computer, with this one
    feedback: dict[str, tuple[FeedbackTalk, ...]] = field(default_factory=dict)  # feedback talks, by case

    def meetings(self, case: Case) -> tuple[Meeting, ...]:
        """Those that are filmed, or are to be, by time."""
        return tuple(m for m in self.every_meeting(case) if m.is_filmed)

    def every_meeting(self, case: Case) -> tuple[Meeting, ...]:
        """Also those that are not filmed, by time."""
        return self.by_case.get(case.id, ())

    def has_films(self, meeting: Meeting) -> bool:
        """Whether any may be looked at."""
        return any(not film.closed_from_use for film in self.films.get(meeting.id, ()))

    def has_any_film(self, meeting: Meeting) -> bool:
        """Also those that wait for their erasure; one that was erased is as if it had not been made."""
        return meeting.id in self.films

    def pair(self, meeting: Meeting) -> PairGlance:
        return self.pairs.get(meeting.id, _NOBODY)

    def second(self, meeting: Meeting) -> PairGlance:
        return self.again.get(meeting.id, _NOBODY)

    def called(self, meeting: Meeting) -> str:
        """The word for the adult of a meeting."""
        adult = self.persons.get(meeting.adult_id)
        return adult.called if adult else ""

    def is_interpreted(self, meeting: Meeting) -> bool:
        """Whether somebody in a meeting needs an interpreter."""
        people = (self.persons.get(i) for i in meeting.people)
        return any(p is not None and p.interpreter != Interpreter.NONE for p in people)


def open_cases(store: Store) -> tuple[Case, ...]:
    """Those of whose pair the store's worker is, by their making."""
    return _open_cases(store, store.me)


def _open_cases(store: Store, me: str) -> tuple[Case, ...]:
    held = (*store.find(Case, lead=me, closed=None), *store.find(Case, partner=me, closed=None))
    return tuple(sorted({case.id: case for case in held}.values(), key=attrgetter("id")))


def own_cases(store: Store) -> OwnCases:
    """Raises StoreError."""
    me = store.me
    return cases_read(store, me, _open_cases(store, me))


def cases_read(store: Store, me: str, cases: tuple[Case, ...]) -> OwnCases:
    """Some cases as a worker's desk looks at them; `me` is empty where they are looked at for no one worker."""
    if not cases:
        return OwnCases(me)
    ids = tuple(case.id for case in cases)
    meetings = sorted(store.find(Meeting, case_id=ids), key=attrgetter("held", "id"))
    held = tuple(meeting.id for meeting in meetings)
    statements = sorted(store.find(Statement, case_id=ids), key=attrgetter("version"))
    keys = store.find(PartnerKey, worker_id=me) if me else ()
    pairs = store.pairs_of(held)
    ready = [meeting_id for meeting_id, pair in pairs.items() if both_ready(pair.states)]
    by_case = defaultdict(list)
    for meeting in meetings:
        by_case[meeting.case_id].append(meeting)
    feedback = defaultdict(list)
    for talk in store.find(FeedbackTalk, case_id=ids):
        feedback[talk.case_id].append(talk)
    return OwnCases(
        me,
        cases,
        {p.id: p for p in store.find(Person, case_id=ids)},
        {c.case_id: c for c in store.find(Commission, case_id=ids)},
        {s.case_id: s for s in statements if not s.is_note},
        _notes(statements),
        {case_id: tuple(some) for case_id, some in by_case.items()},
        store.films_of(held),
        _half_filmed(store, held),
        frozenset(talk.meeting_id for talk in store.find(Talk, meeting_id=held)),
        pairs,
        store.pairs_of(ready, SECOND_READING) if ready else {},
        frozenset(key.person_id for key in keys),
        {case_id: tuple(some) for case_id, some in feedback.items()},
    )


def _notes(statements: list[Statement]) -> dict[str, tuple[Statement, ...]]:
    """Notes on the way by case, each by its newest version; `statements` are in the order of their versions."""
    newest = {s.series: s for s in statements if s.is_note}
    found: dict[str, tuple[Statement, ...]] = defaultdict(tuple)
    for note in newest.values():
        found[note.case_id] += (note,)
    return dict(found)


def _half_filmed(store: Store, meeting_ids: tuple[str, ...]) -> frozenset[str]:
    """Meetings whose filming was paused or cut off and has not gone on."""
    cut = (Happening.PAUSE, Happening.RESCUED)
    events = store.find(FilmingEvent, meeting_id=meeting_ids, kind=cut, end=None)
    books = store.find(OpenRecording, meeting_id=meeting_ids)
    return frozenset((*(e.meeting_id for e in events), *(b.meeting_id for b in books)))
