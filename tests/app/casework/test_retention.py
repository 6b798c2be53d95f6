"""Rules of retention: what is due, what is not yet and why, and what keeps it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.casework import requests, retention
from app.casework.case_editor import CaseEditor
from app.casework.case_file import case_file
from app.casework.closing import Step, close, mark
from app.casework.holds import end_hold, set_hold
from app.casework.retention import Why
from app.casework.retention_words import kept_words
from app.door import Door
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.change import Change, added
from app.model.circumstance import CircumstanceKind
from app.model.commission import Commission
from app.model.hold import Hold
from app.model.identity import new_id
from app.model.recording import Recording
from app.model.request import RequestKind
from app.model.retention import MOST_MONTHS, CaseRule, Material, OfficeRule, Since, months_after
from app.model.statement import Statement, StatementStage
from tests.material.house import Home

DAY = date(2026, 12, 1)
FINAL = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def stands(home, day=DAY) -> retention.Kept:
    (row,) = retention.kept_films(home.a, case_file(home.a, home.case_id), day)
    return row


def statement(home, **more) -> Statement:
    made = Statement(new_id(), home.case_id, new_id(), 1, "fi", "mim", FINAL, meetings=(home.meeting.id,))
    made = replace(made, **more)
    home.held.entities = {**home.held.entities, made.id: made}  # as if it had gone all its way
    return made


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, MOST_MONTHS))
def test_months_later_is_the_same_day_or_that_months_last(day, months) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(1)).day == 1)


def test_a_film_has_no_day_until_every_statement_about_it_is_final(home) -> None:
    assert stands(home).why == Why.NOT_COUNTED
    first = statement(home, stage=StatementStage.FINAL, finalized=FINAL)
    assert (stands(home, date(2026, 11, 30)).why, stands(home).day) == (Why.NOT_YET, DAY)
    assert stands(home).is_due
    # a correction is being written: nothing goes meanwhile
    statement(home, series=first.series, version=2)
    assert (stands(home).why, stands(home).day) == (Why.NOT_COUNTED, None)


def test_a_case_has_a_rule_of_its_own_and_the_office_another(home) -> None:
    door, t = Door(home.a), Texts("fi")
    assert retention.source_words(stands(home).rule.source, "fi").startswith("Työaineistoa")
    retention.set_office_rule(door, t, OfficeRule("", Material.FILMS, Since.CLOSED, 1, "toimiston päätös"))
    retention.set_office_rule(door, t, OfficeRule("", Material.FILMS, Since.CLOSED, 2, "toimiston päätös"))
    assert len(home.a.find(OfficeRule)) == 1
    close(door, t, case_file(home.a, home.case_id), date(2026, 10, 1), "syy")
    assert stands(home).day == DAY
    retention.set_case_rule(door, t, CaseRule("", home.case_id, Material.FILMS, Since.CLOSED, 12, "sopimus § 4"))
    assert (stands(home).why, stands(home).day) == (Why.NOT_YET, date(2027, 10, 1))
    retention.set_case_rule(door, t, CaseRule("", home.case_id, Material.FILMS, Since.FOREVER, 0, "päätös"))
    assert (stands(home).why, stands(home).day) == (Why.FOREVER, None)
    retention.drop_case_rule(door, t, home.case_id, Material.FILMS)
    assert stands(home).is_due


@pytest.mark.parametrize(
    ("rule", "key"),
    [
        (OfficeRule("", Material.FILMS, Since.FINAL, 1, " "), "rule-without-source"),
        (OfficeRule("", Material.FILMS, Since.DEATH, 1, "x"), "rule-not-counted"),
        (OfficeRule("", Material.BACKUPS, Since.MADE, 0, "x"), "rule-not-counted"),
        (OfficeRule("", Material.CASE, Since.CLOSED, MOST_MONTHS + 1, "x"), "rule-not-counted"),
    ],
)
def test_a_rule_says_what_it_counts_and_where_it_comes_from(home, rule, key) -> None:
    with pytest.raises(NotAllowed, match=key):
        retention.set_office_rule(Door(home.a), Texts("fi"), rule)
    assert home.a.find(OfficeRule) == ()


def test_a_hold_and_an_open_request_keep_what_is_due(home) -> None:
    statement(home, stage=StatementStage.FINAL, finalized=FINAL)
    door = Door(home.a)
    held = set_hold(door, home.texts, home.case_id, DAY, " valitus ", home.meeting.id)
    assert (stands(home).why, stands(home).day, stands(home).is_due) == (Why.BY_HOLD, DAY, False)
    end_hold(door, home.texts, home.a.get(Hold, held.id), DAY)
    home.a.apply("asked", [added(requests.asked(home.case_id, RequestKind.FILM, DAY, asked_by="isä"))])
    assert stands(home).why == Why.BY_REQUEST
    with pytest.raises(NotAllowed, match="hold-without-ground"):
        set_hold(door, home.texts, home.case_id, DAY, "  ")


def test_what_was_closed_from_use_is_due_at_once_and_an_erased_film_no_more(home) -> None:
    film = home.a.get(Recording, home.film.id)
    home.a.apply("closed", [Change(film, replace(film, closed_from_use=FINAL))])
    assert (stands(home).why, stands(home).day) == (Why.CLOSED_FROM_USE, FINAL.date())
    assert [k.film.id for k in retention.due_of_worker(home.a, DAY)] == [film.id]
    home.erase(home.a.get(Recording, film.id))
    assert retention.kept_films(home.a, case_file(home.a, home.case_id), DAY) == ()


def test_the_documents_of_a_case_go_by_a_rule_of_their_own(home) -> None:
    file = case_file(home.a, home.case_id)
    row = retention.kept_case(home.a, file, DAY)
    assert row.why == Why.NOT_COUNTED
    assert "ei ole merkitty kuolemaa" in kept_words(Texts("fi"), row)
    since, months, source = retention.periods()[1]
    rule = CaseRule("", home.case_id, Material.CASE, since, months, source)
    retention.set_case_rule(Door(home.a), Texts("fi"), rule)
    child = file.child
    home.a.apply("born", [Change(child, replace(child, born=date(2020, 2, 29)))])
    row = retention.kept_case(home.a, case_file(home.a, home.case_id), DAY)
    assert (row.why, row.day) == (Why.NOT_YET, date(2140, 2, 29))


def test_what_counts_from_a_death_is_due_where_the_death_is_on_record(home) -> None:
    people = CaseEditor(home.a, home.texts, home.case_id)
    people.change_circumstance(people.file.adults[0], CircumstanceKind.DEATH, "", date(2020, 1, 1))
    assert retention.kept_case(home.a, people.file, DAY).why == Why.NOT_COUNTED, "the rule is of the child"
    people.change_circumstance(people.file.child, CircumstanceKind.DEATH, "", date(2024, 11, 2))
    row = retention.kept_case(home.a, people.file, DAY)
    assert row.day == date(2026, 11, 2)
    assert [k.film for k in retention.due_of_worker(home.a, date(2026, 11, 2))] == [None]
    assert retention.due_of_worker(home.a, date(2026, 11, 1)) == ()
    people.end_circumstance(next(c for c in people.file.circumstances if c.person_id == people.file.child.id), DAY)
    assert retention.due_of_worker(home.a, date(2026, 11, 2)) == ()


def commissioned(home, **said) -> None:
    (was,) = home.a.find(Commission, case_id=home.case_id)
    home.a.apply("said", [Change(was, replace(was, **said))])


def test_a_commission_may_ask_less_than_the_law_only_where_documents_go_back(home) -> None:
    door, t = Door(home.a), home.texts
    short = CaseRule("", home.case_id, Material.CASE, Since.CLOSED, 6, "sopimus § 4")
    commissioned(home, service_task="families", return_rule="")
    with pytest.raises(NotAllowed, match="rule-shorter-than-law"):
        retention.set_case_rule(door, t, short)
    retention.set_case_rule(door, t, replace(short, months=360))
    commissioned(home, return_rule="all-back")
    retention.set_case_rule(door, t, short)
    file = case_file(home.a, home.case_id)
    close(door, t, file, date(2026, 5, 1), "syy")

    def standing():
        return retention.kept_case(home.a, case_file(home.a, home.case_id), DAY)

    assert (standing().why, standing().is_due) == (Why.NOT_RETURNED, False)
    mark(door, t, case_file(home.a, home.case_id).case, Step.RETURNED, date(2026, 5, 2))
    assert (standing().why, standing().day) == (Why.DUE, date(2026, 11, 1))
    assert [k.film for k in retention.due_of_worker(home.a, DAY)] == [None]


@pytest.mark.parametrize(
    ("since", "months", "task", "shorter"),
    [
        (Since.DEATH, 24, "child-welfare", False),
        (Since.DEATH, 23, "child-welfare", True),
        (Since.CLOSED, MOST_MONTHS, "child-welfare", True),
        (Since.FOREVER, 0, "child-welfare", False),
        (Since.BIRTH, MOST_MONTHS, "families", False),
        (Since.DEATH, 24, "families", True),
        (Since.BIRTH, 120 * 12 - 1, "family-law", True),
        (Since.DEATH, 24, "own words", False),
    ],
)
def test_what_is_shorter_than_the_laws_period(since, months, task, shorter) -> None:
    rule = CaseRule("", "case", Material.CASE, since, months, "x")
    assert retention.is_shorter(rule, retention.least_rule(Commission("", "case", service_task=task))) is shorter
