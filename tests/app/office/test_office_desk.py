"""The office's desk: whose turn it is over all cases, by deadline; amounts by pair, nothing of a draft."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.casework.requests import asked, hold
from app.casework.retention import Why
from app.coding.opening import begin
from app.door import Door
from app.model.change import Change, added
from app.model.commission import Commission
from app.model.identity import new_id
from app.model.people import Case
from app.model.request import RequestKind
from app.office.desk import Waiting
from app.office.office_desk import CASES_AT_A_TIME, PairWork, office_desk
from app.statement.beginning import begin_statement
from app.statement.editor import StatementEditor
from tests.material.builders import recording
from tests.material.house import Home
from tests.material.office import add_worker
from tests.material.written import whole

MONDAY = date(2026, 11, 30)
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def turns(home, store=None) -> list[tuple[object, tuple[str, ...]]]:
    found = office_desk(store or home.a, NOON, 99)
    return [(t.item.what if t.item else t.request.kind, found.named(t.who)) for t in found.turns]


def test_each_thing_is_told_once_with_whose_turn_it_is(home) -> None:
    both = "Aino Esimerkki", "Leena Malli"
    _, third = add_worker(home, "Omar Keksitty")
    assert turns(home, third) == [(Waiting.CODE, both)]
    home.code(home.a, [("q", 5)])
    assert turns(home) == turns(home, third) == [(Waiting.CODE, both[1:])]
    home.code(home.b, [("q", 5)])
    assert turns(home, third) == [(Waiting.COMPARE, both), (Waiting.WRITE, both)]
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    whole(StatementEditor(home.a, home.texts, statement.id)).ask_for_check()
    (check,) = [t for t in office_desk(third, NOON, 99).turns if t.item.what == Waiting.APPROVE]
    assert check.who == (home.leena.id,)
    assert check.since is not None


def test_a_coding_that_somebody_has_begun_changes_no_line(home) -> None:
    _, third = add_worker(home, "Omar Keksitty")

    def told() -> list[object]:
        found = [office_desk(store, NOON, 99) for store in (third, home.b)]
        return [[(t.who, t.since, t.deadline, t.item.what) for t in desk.turns] for desk in found] + [
            (desk.pairs, desk.weeks, desk.late, desk.for_erasure) for desk in found
        ]

    before = told()
    begin(Door(home.a), home.texts, home.meeting.id)
    assert told() == before


def more_cases(home, number: int, lead: str, partner: str = "") -> list[Case]:
    """Each a day later due than the one before, from the Sunday on, with a film to be coded."""
    cases = [Case(new_id(), f"Case {n:03}", lead, partner) for n in range(number)]
    rows: list[object] = []
    for n, case in enumerate(cases):
        met = replace(home.meeting, id=new_id(), case_id=case.id, coders=(lead, partner))
        order = Commission(new_id(), case.id, deadline=MONDAY + timedelta(days=n - 1))
        rows += [case, met, order, recording(met.id)]
    home.a.apply("cases", [added(row) for row in rows])
    return cases


def test_lines_come_by_deadline_however_many_are_shown(home) -> None:
    cases = more_cases(home, CASES_AT_A_TIME + 5, home.aino.id, home.leena.id)
    home.a.apply("asked", [added(replace(asked(cases[0].id, RequestKind.LOG, MONDAY, asked_by="x"),
                                         due=MONDAY + timedelta(days=9)))])  # fmt: skip
    whole_list = office_desk(home.a, NOON, 999)
    days = [t.deadline or date.max for t in whole_list.turns]
    assert days == sorted(days)
    assert len(days) == len(cases) + 2  # the request, and the home's own case, for which nobody waits
    assert not whole_list.has_more
    for lines in (1, 5, CASES_AT_A_TIME, CASES_AT_A_TIME + 4):
        some = office_desk(home.a, NOON, lines)
        assert some.turns == whole_list.turns[:lines]
        assert some.has_more
    assert whole_list.open_cases == len(cases) + 1


def test_deadlines_stand_in_their_weeks_and_what_is_late_apart(home) -> None:
    cases = more_cases(home, 40, home.aino.id)
    found = office_desk(home.a, NOON, 1)
    assert [row.case for row in found.late] == cases[:1]
    assert [monday for monday, _ in found.weeks] == [MONDAY + timedelta(weeks=n) for n in range(4)]
    assert [row.case for _, week in found.weeks for row in week] == cases[1:29]
    assert all(monday <= row.due < monday + timedelta(weeks=1) for monday, week in found.weeks for row in week)


def test_pairs_stand_by_name_with_amounts_and_nothing_of_quality(home) -> None:
    omar, _ = add_worker(home, "Omar Keksitty")
    more_cases(home, 2, omar.id, home.aino.id)
    more_cases(home, 1, home.aino.id, omar.id)
    found = office_desk(home.b, NOON, 9)
    assert [(p.names, p.cases, p.to_code) for p in found.pairs] == [
        (("Aino Esimerkki", "Leena Malli"), 1, 1), (("Aino Esimerkki", "Omar Keksitty"), 3, 3),
    ]  # fmt: skip
    assert {f.name for f in fields(PairWork)} == {"names", "cases", "meetings", "to_code", "drafts"}


def test_what_is_to_be_erased_and_what_is_kept_stand_by_case(home) -> None:
    film = home.film
    home.a.apply("shut", [Change(film, replace(film, closed_from_use=NOON - timedelta(days=3)))])
    (row,) = office_desk(home.b, NOON, 9).for_erasure
    assert (row.why, row.day, row.films, row.is_kept) == (Why.CLOSED_FROM_USE, date(2026, 11, 27), 1, False)
    home.a.apply("hold", [added(hold(home.case_id, home.aino.id, MONDAY, "appeal"))])
    (row,) = office_desk(home.b, NOON, 9).for_erasure
    assert (row.why, row.is_kept) == (Why.BY_HOLD, True)
