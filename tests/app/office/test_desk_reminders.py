"""What comes up by itself on the desk; and that its cost does not grow with the cases' number or the office's."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.casework.case_file import case_file
from app.casework.requests import answered, asked, handed_over
from app.model.change import Change, added
from app.model.circumstance import Circumstance, CircumstanceKind
from app.model.consent import Consent, Purpose
from app.model.identity import new_id
from app.model.people import Case, Person, Role
from app.model.request import Reply, RequestKind
from app.office.desk import desk
from app.office.own_cases import OwnCases, own_cases
from app.office.own_reminders import consents_that_end
from tests.material.house import Home, QuietArchive

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
DAY = date(2026, 11, 3)


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def shown(home, store=None, at=NOON):
    return desk(store or home.a, QuietArchive(), 10**11, at)


def consent(home, until, purpose=Purpose.FEEDBACK, **more) -> Consent:
    child = case_file(home.a, home.case_id).child
    made = Consent(new_id(), home.case_id, child.id, purpose, date(2026, 1, 1), until, **more)
    home.a.apply("consent", [added(made)])
    return made


def test_a_consent_is_told_of_from_two_weeks_before_until_two_weeks_after(home) -> None:
    consent(home, DAY)
    consent(home, DAY, Purpose.TRAINING)
    (line,) = shown(home).consents
    assert (line.case.id, line.until) == (home.case_id, DAY)
    assert set(line.purposes) == {Purpose.FEEDBACK, Purpose.TRAINING}
    for days, told in ((-15, 0), (-14, 1), (14, 1), (15, 0)):
        assert len(shown(home, at=NOON + timedelta(days=days)).consents) == told, days


def test_what_was_given_anew_or_taken_back_is_not_told_of(home) -> None:
    old = consent(home, DAY)
    anew = consent(home, None)
    assert shown(home).consents == ()
    home.a.apply("x", [Change(anew, replace(anew, until=DAY - timedelta(days=2)))])
    assert [line.until for line in shown(home).consents] == [DAY]
    home.a.apply("x", [Change(old, replace(old, withdrawn=DAY))])
    assert [line.until for line in shown(home).consents] == []


@given(st.lists(st.tuples(st.integers(-20, 20) | st.none(), st.booleans()), max_size=5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_line_stands_exactly_for_a_last_word_that_ends(days) -> None:
    """Of one person and purpose at most one line, and none while something valid goes on beyond it."""
    case, child = Case("c", "Name", "w"), Person("p", "c", Role.CHILD, "lapsi")
    held = [
        Consent(f"{n}", "c", "p", Purpose.FEEDBACK, date(2026, 1, 1),
                None if d is None else DAY + timedelta(days=d), DAY if gone else None)
        for n, (d, gone) in enumerate(days)
    ]  # fmt: skip

    class Held:
        def find(self, _kind, **fields):
            def fits(value, wanted):
                return value in wanted if isinstance(wanted, tuple) else value == wanted

            return tuple(c for c in held if all(fits(getattr(c, k), v) for k, v in fields.items()))

    lines = consents_that_end(Held(), OwnCases("w", (case,), {"p": child}), DAY)
    assert len(lines) <= 1
    for line in lines:
        assert abs((line.until - DAY).days) <= 14
        going_on = [c for c in held if c.withdrawn is None and (c.until is None or c.until > line.until)]
        assert going_on == []


def test_a_request_stands_until_it_is_answered_and_handed_over_also_of_a_closed_case(home) -> None:
    made = asked(home.case_id, RequestKind.LOG, DAY, asked_by="the mother")
    home.a.apply("request", [added(made)])
    case = home.a.get(Case, home.case_id)
    home.a.apply("close", [Change(case, replace(case, closed=DAY))])
    for store in (home.a, home.b):
        (line,) = shown(home, store).requests
        assert (line.request, line.request.due) == (made, date(2026, 12, 3))
    given_ = answered(made, Reply.GIVEN, DAY, "the county")
    home.a.apply("answer", [given_])
    assert len(shown(home).requests) == 1
    home.a.apply("hand", [handed_over(given_.after, DAY, "on paper")])
    assert shown(home).requests == ()


def test_a_request_of_another_pairs_case_is_not_mine(home) -> None:
    other = Case(new_id(), "Other 1", home.leena.id)
    home.b.apply("x", [added(other), added(asked(other.id, RequestKind.FILM, DAY, asked_by="somebody"))])
    assert shown(home).requests == ()
    assert len(shown(home, home.b).requests) == 1


def test_a_child_who_turns_twelve_is_a_quiet_line(home) -> None:
    child = case_file(home.a, home.case_id).child
    home.a.apply("born", [Change(child, replace(child, born=date(2014, 11, 10)))])
    (line,) = shown(home).ages
    assert (line.age, line.on) == (12, date(2026, 11, 10))
    assert shown(home).code_name(line.case_id) == "Star 14"


def test_today_tells_no_place_that_is_hidden(home) -> None:
    meeting = home.meeting
    home.a.apply("place", [Change(meeting, replace(meeting, place="Room 2"))])
    (row,) = shown(home).today
    assert (row.place, row.partner) == ("Room 2", home.leena.name)
    file = case_file(home.a, home.case_id)
    home.a.apply("hide", [added(Circumstance(
        new_id(), home.case_id, file.child.id, CircumstanceKind.NON_DISCLOSURE, "", DAY))])  # fmt: skip
    (row,) = shown(home).today
    assert row.place == ""


class Counting:
    """A store that counts what it is asked."""

    def __init__(self, store) -> None:
        self._store, self.asked = store, 0

    def __getattr__(self, name):
        self.asked += 1
        return getattr(self._store, name)


def test_as_much_is_asked_with_many_cases_as_with_one(home) -> None:
    one = Counting(home.a)
    shown(home, one)
    for number in range(20):
        case = Case(new_id(), f"Own {number}", home.aino.id, home.leena.id)
        adult = Person(new_id(), case.id, Role.BIRTH_PARENT, "mother")
        child = Person(new_id(), case.id, Role.CHILD, "child")
        met = replace(home.meeting, id=new_id(), case_id=case.id, adult_id=adult.id, child_id=child.id)
        home.a.apply("x", [added(e) for e in (case, adult, child, met)])
    many = Counting(home.a)
    assert len(shown(home, many).today) == 21
    assert many.asked <= one.asked + 2
    assert len(own_cases(home.b).cases) == 21
