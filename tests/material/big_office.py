"""Ten years of an office, made up: cases with people, commissions, consents, meetings, codings and statements.

Rows are written by the store's own way of writing rows, without a journal, and the search's index is filled after. What
is said is of syllables: nobody has these names.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

import sqlalchemy as sa

from app.model.change import Entity, added
from app.model.coding import CodingHeader, CodingState
from app.model.commission import Commission
from app.model.consent import Consent, Purpose
from app.model.meeting import Meeting, Stretch
from app.model.observation import Observation
from app.model.people import Case, Person, Role, Worker
from app.model.rating import Rating
from app.model.recording import Recording
from app.model.statement import Paragraph, Run, Statement, StatementStage
from storage.store import entity_rows, search_filling, work_kept
from storage.store.database import Database
from tests.material.builders import final_of, recording
from tests.material.worked import WorkedCase, worked

#: the share of cases that are still open, and of observations with a note
OPEN, NOTED = 0.08, 0.05
MEETINGS, YEARS = 10, 10
#: from the beginning of a case until its statement is final, and until its film is erased
FINAL_AFTER, ERASED_AFTER = timedelta(days=100), timedelta(days=290)
_AT_A_TIME = 500  # cases
_SYLLABLES = [c + v for c in "kptsmnlrvhj" for v in ("a", "e", "i", "o", "u", "ä", "ö", "aa", "ii", "uo")]


@dataclass(frozen=True)
class Size:
    """How large the office is; `observations` are shared out among the first meetings, which their pairs have coded.

    `hours` is of how many years, this one the last, the workers have written down what they did.
    """

    cases: int
    workers: int
    observations: int
    hours: int = 0


BIG = Size(60_000, 250, 2_000_000)
#: one pair of the hundred: what a small office has
SMALL = Size(600, 3, 20_000)
#: one that counts its hours
WORKING = Size(60_000, 250, 0, 2)


class BigOffice:
    """Made anew it is the same, but for the worker who signs in, who leads each so many-th case."""

    def __init__(self, size: Size, me: str, today: date) -> None:
        self.size, self._today = size, today
        self._random = random.Random(4)
        self._worked: list[WorkedCase] = []
        self._words = ["".join(self._random.choices(_SYLLABLES, k=n % 3 + 2)) for n in range(5000)]
        self._weights = list(accumulate(1 / (n + 8) for n in range(5000)))
        self._stamp = int((datetime.now(UTC) - timedelta(days=365 * YEARS)).timestamp() * 1000)
        self._step = max(365 * YEARS * 86_400_000 // (size.cases * 60), 1)
        self.workers = [me, *(self._id() for _ in range(size.workers - 1))]

    def fill(self, database: Database) -> None:
        """Write it all, in pieces, and the index of the search."""
        with database.write() as connection:
            names = [Worker(i, f"Työntekijä {n}") for n, i in enumerate(self.workers)][1:]
            _write(connection, names)
        for first in range(0, self.size.cases, _AT_A_TIME):
            some = range(first, min(first + _AT_A_TIME, self.size.cases))
            with database.write() as connection:
                _write(connection, [e for number in some for e in self._case(number)])
        self._fill_hours(database)
        with database.write() as connection:
            search_filling.fill(connection, lambda _: None, lambda: False)
            connection.exec_driver_sql("ANALYZE")

    def _fill_hours(self, database: Database) -> None:
        year = self._today.year
        years = range(year + 1 - self.size.hours, year + 1)
        for entries in worked(self._worked, self.workers, years, self._id):
            with database.write() as connection:
                _write(connection, entries)
        if self.size.hours:
            with database.write() as connection:
                work_kept.fill(connection)

    def _id(self) -> str:
        """As ids are made, with the time at which it would have been."""
        self._stamp += self._step
        tail = self._random.getrandbits(74)
        value = self._stamp << 80 | 7 << 76 | (tail >> 62) << 64 | 2 << 62 | tail & ((1 << 62) - 1)
        return str(uuid.UUID(int=value))

    def _said(self, number: int) -> str:
        return " ".join(self._random.choices(self._words, cum_weights=self._weights, k=number))

    def _case(self, number: int) -> Iterator[Entity]:
        lead, partner = self._pair(number)
        begun = self._today - timedelta(days=int(365 * YEARS * (1 - number / self.size.cases)))
        is_open = number >= self.size.cases * (1 - OPEN)
        closed = None if is_open else min(begun + timedelta(days=200), self._today)
        name = f"{self._words[number % 997].capitalize()} {number}"
        case = Case(self._id(), name, lead, partner, begun, closed, keep_apart=number % 20 == 0)
        child = Person(self._id(), case.id, Role.CHILD, "lapsi", self._said(2).title(), born=begun - timedelta(3000))
        adults = [
            Person(self._id(), case.id, Role.BIRTH_PARENT, called, self._said(2).title()) for called in ("äiti", "isä")
        ]
        self._worked.append(WorkedCase(case.id, lead, partner, begun, closed or self._today))
        yield from (case, child, *adults)
        questions = tuple(f"{self._said(6).capitalize()}?" for _ in range(2))
        deadline = begun + timedelta(days=90)
        yield Commission(self._id(), case.id, self._said(2).title(), social_worker=self._said(2), ordered=begun,
                         deadline=deadline, questions=questions)  # fmt: skip
        for person in (child, *adults):
            yield Consent(self._id(), case.id, person.id, Purpose.FILMING, begun, explained_by=self._said(2).title())
        meetings = [self._meeting(case, child, adults[n % 2], begun, n, is_open=is_open) for n in range(MEETINGS)]
        yield from meetings
        yield from self._coded(meetings[0])
        yield self._film(meetings[0], begun)
        if not is_open:
            text = Statement(self._id(), case.id, self._id(), 1, "fi", "mim", _at(begun), StatementStage.DELIVERED,
                             tuple(m.id for m in meetings), finalized=_at(begun + FINAL_AFTER))  # fmt: skip
            yield from (text, replace(final_of(text.id), id=self._id()))
            for place in "ab":
                yield Paragraph(self._id(), text.id, "family", place, (Run(self._said(12)),))

    def _pair(self, number: int) -> tuple[str, str]:
        count = len(self.workers)
        first = number % count
        return self.workers[first], self.workers[(first + 1 + number // count % (count - 1)) % count]

    def _meeting(self, case: Case, child: Person, adult: Person, begun: date, number: int, *, is_open: bool) -> Meeting:
        day = self._today + timedelta(days=number - 5) if is_open else begun + timedelta(days=14 * number)
        held = _at(day) + timedelta(minutes=30 * self._random.randrange(16))
        coders = (case.lead, case.partner)
        return Meeting(self._id(), case.id, held, adult.id, child.id, coders, "mim", place=self._said(1).title())

    def _film(self, meeting: Meeting, begun: date) -> Recording:
        """Of most cases its shell: what is over is erased within some days."""
        film = replace(recording(meeting.id), id=self._id(), index=bytes(2000))
        erased = begun + ERASED_AFTER
        if erased > self._today:
            return film
        return replace(film, erased=_at(erased), erasure_id="made-up", container="", wrapped_key=b"", index=b"")

    def _coded(self, meeting: Meeting) -> Iterator[Entity]:
        """The pair's codings of a meeting, both ready and opened."""
        for coder in meeting.coders:
            head = CodingHeader(self._id(), meeting.id, coder, "core", 1, "sheet", 1, covered=(Stretch(0, 9_000_000),),
                                state=CodingState.READY, ready_at=meeting.held, checksum="sum")  # fmt: skip
            yield head
            for n in range(self.size.observations // self.size.cases // 2):
                note = self._said(4) if self._random.random() < NOTED else ""
                yield Observation(self._id(), head.id, "S1", "adult1", n * 100_000, note=note)
            yield Rating(self._id(), head.id, "item", 3, self._said(5))


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=UTC)


def _write(connection: sa.Connection, entities: list[Entity]) -> None:
    entity_rows.write(connection, [added(entity) for entity in entities], {})
