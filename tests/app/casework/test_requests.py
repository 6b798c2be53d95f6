"""Requests about a case and holds on it: their dates, what an answer has to say, and what they keep."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.casework import requests
from app.errors import NotAllowed
from app.model.hold import Held, held
from app.model.identity import new_id
from app.model.request import Reply, RequestKind, a_month_after

CASE, WORKER, DAY = new_id(), new_id(), date(2026, 1, 31)


def request():
    return requests.asked(CASE, RequestKind.OWN_DATA, DAY, asked_by=" äidin avustaja ")


@pytest.mark.parametrize(
    ("day", "month_later"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 12, 15), date(2027, 1, 15)),
        (date(2026, 2, 28), date(2026, 3, 28)),
    ],
)
def test_a_month_is_the_same_day_of_the_next(day, month_later) -> None:
    assert a_month_after(day) == month_later


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_a_month_is_never_longer_than_31_days_and_never_passes_over_a_month(day) -> None:
    later = a_month_after(day)
    assert timedelta(28) <= later - day <= timedelta(31)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == 1


def test_somebody_asks_and_has_an_answer_within_a_month() -> None:
    assert request().asked_by == "äidin avustaja"
    assert request().due == date(2026, 2, 28)
    with pytest.raises(NotAllowed, match="request-without-asker"):
        requests.asked(CASE, RequestKind.LOG, DAY, asked_by="  ")


def test_an_answer_says_who_decided_and_what_was_left_out_why_and_whom_to_turn_to() -> None:
    asked = request()
    refusals = {
        "request-answered-before": (Reply.GIVEN, date(2026, 1, 30), "kunta"),
        "request-without-decider": (Reply.GIVEN, DAY, " "),
        "request-without-reason": (Reply.REFUSED, DAY, "kunta", "toisen asiat"),
    }
    for key, said in refusals.items():
        with pytest.raises(NotAllowed, match=key):
            requests.answered(asked, *said)
    done = requests.answered(asked, Reply.REFUSED, DAY, "kunta", "toisen asiat, § 11", "tietosuojavaltuutettu").after
    assert not done.is_open
    assert not requests.answered(asked, Reply.TAKEN_BACK, DAY, "").after.is_open


def test_what_was_granted_is_open_until_it_is_handed_over() -> None:
    asked = request()
    with pytest.raises(NotAllowed, match="request-not-granted"):
        requests.handed_over(asked, DAY, "tuloste")
    granted = requests.answered(asked, Reply.GIVEN, DAY, "kunta").after
    assert granted.is_open
    with pytest.raises(NotAllowed, match="request-without-what"):
        requests.handed_over(granted, DAY, " ")
    assert not requests.handed_over(granted, DAY, "tuloste käteen").after.is_open


def test_a_hold_of_one_meeting_keeps_it_and_the_whole_case_and_no_other_meeting() -> None:
    one = requests.hold(CASE, WORKER, DAY, "valitus", "m1")
    assert (held("m1", [one], []), held("", [one], []), held("m2", [one], [])) == (Held.BY_HOLD, Held.BY_HOLD, Held.NO)
    assert held("m2", [requests.hold(CASE, WORKER, DAY, "valitus")], []) == Held.BY_HOLD
    over = requests.ended(one, date(2025, 1, 1)).after
    assert over.ended == DAY, "never before it began"
    assert held("m1", [over], []) == Held.NO
    with pytest.raises(NotAllowed, match="hold-without-ground"):
        requests.hold(CASE, WORKER, DAY, " ")
