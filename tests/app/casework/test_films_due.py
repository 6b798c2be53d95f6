"""Films that are due, over many cases at once: as the rule of retention says of each case alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.casework.case_file import case_file
from app.casework.films_due import films_due
from app.casework.requests import hold
from app.casework.retention import Why, drop_case_rule, kept_films, set_case_rule
from app.casework.retention_words import own_rule_words
from app.door import Door
from app.i18n import Texts
from app.model.change import Change, added
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.people import Case
from app.model.retention import CaseRule, Material, OfficeRule, Since
from app.model.statement import Statement, StatementStage
from tests.material.builders import recording
from tests.material.finals import walked
from tests.material.house import Home

TODAY = date(2026, 11, 30)
AT = datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def home(qapp) -> Home:
    return Home()


def final(home, case_id: str, meetings: tuple[str, ...], at: datetime) -> Statement:
    made = Statement(new_id(), case_id, new_id(), 1, "fi", "mim", at, StatementStage.FINAL, meetings, finalized=at)
    return walked(home.a, made)


def test_a_film_is_told_of_from_its_day_on_in_open_and_closed_cases() -> None:
    home = Home()
    final(home, home.case_id, (home.meeting.id,), datetime(2026, 5, 30, 12, tzinfo=UTC))
    assert films_due(home.a, date(2026, 11, 29), mine=True) == ()
    (soon,) = films_due(home.a, date(2026, 11, 1), date(2026, 11, 30))
    assert (soon.why, soon.day, soon.films, soon.is_due) == (Why.NOT_YET, TODAY, 1, False)
    (now,) = films_due(home.b, TODAY, mine=True)
    assert (now.why, now.day, now.is_due) == (Why.DUE, TODAY, True)
    assert now.own_rule is None, "the office's rule is the usual and is not told"
    own = CaseRule("", home.case_id, Material.FILMS, Since.FINAL, 2, "sopimus § 4")
    set_case_rule(Door(home.a), home.texts, own)
    (now,) = films_due(home.b, TODAY, mine=True)
    words = own_rule_words(Texts("fi"), now.own_rule)
    assert now.day == date(2026, 7, 30)
    assert words == "2 kuukautta lausunnon valmistumisesta, toimeksiannon oman säännön mukaan"
    drop_case_rule(Door(home.a), home.texts, home.case_id, Material.FILMS)
    case = home.a.get(Case, home.case_id)
    home.a.apply("closed", [Change(case, replace(case, closed=TODAY))])
    assert len(films_due(home.b, TODAY, mine=True)) == 1
    home.a.apply("hold", [added(hold(home.case_id, home.aino.id, TODAY, "valitus"))])
    (kept,) = films_due(home.a, TODAY)
    assert (kept.why, kept.day, kept.is_due) == (Why.BY_HOLD, TODAY, False)


RULES = st.tuples(st.sampled_from((Since.FINAL, Since.CLOSED, Since.FOREVER)), st.integers(0, 12))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_it_is_what_each_case_says_alone(home, data) -> None:
    """Any rules, days, holds and films closed from use; and soon as well as now."""
    store, days = home.a, st.integers(0, 500).map(lambda n: AT - timedelta(days=n))
    for rule in (*store.find(OfficeRule), *store.find(CaseRule)):
        store.apply("gone", [Change(rule, None)])
    since, months = data.draw(RULES)
    store.apply("rule", [added(OfficeRule(new_id(), Material.FILMS, since, months, "x"))])
    case = Case(new_id(), f"Case {new_id()}", home.aino.id, home.leena.id)
    if data.draw(st.booleans()):
        case = replace(case, closed=data.draw(days).date())
    met = [replace(home.meeting, id=new_id(), case_id=case.id) for _ in range(2)]
    films = [recording(data.draw(st.sampled_from(met)).id) for _ in range(3)]
    films = [replace(f, closed_from_use=data.draw(st.none() | days)) for f in films]
    store.apply("case", [added(e) for e in (case, *met, *films)])
    if data.draw(st.booleans()):
        final(home, case.id, tuple(m.id for m in met[: data.draw(st.integers(1, 2))]), data.draw(days))
    if data.draw(st.booleans()):
        since, months = data.draw(RULES)
        store.apply("rule", [added(CaseRule(new_id(), case.id, Material.FILMS, since, months, "x"))])
    if data.draw(st.booleans()):
        store.apply(
            "hold", [added(hold(case.id, home.aino.id, TODAY, "valitus", data.draw(st.sampled_from(["", met[0].id]))))]
        )
    until = TODAY + timedelta(days=data.draw(st.sampled_from((0, 28))))
    rows = [row for row in films_due(store, TODAY, until) if row.case.id == case.id]
    one_by_one: dict[tuple[Meeting | None, Why, date | None], int] = {}
    for row in kept_films(store, case_file(store, case.id), TODAY):
        assert row.film is not None
        closed = row.film.closed_from_use
        day = row.day or (None if closed is None else closed.astimezone().date())
        if day is not None and (day <= until or row.why == Why.CLOSED_FROM_USE):
            one_by_one[row.meeting, row.why, day] = one_by_one.get((row.meeting, row.why, day), 0) + 1
    assert {(row.meeting, row.why, row.day): row.films for row in rows} == one_by_one
