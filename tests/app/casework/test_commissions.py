"""A commission's way from the first call to its end, and the marks of its questions."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.casework.commissions import NEXT, anew, marked_beyond, moved, next_states, with_questions
from app.errors import NotAllowed
from app.model.commission import Commission, CommissionState
from app.model.identity import new_id

S, DAY, WORKER = CommissionState, date(2026, 10, 6), new_id()
EMPTY = Commission(new_id(), new_id())


def test_it_goes_from_the_first_call_to_its_end_and_tells_who_and_when() -> None:
    c = moved(EMPTY, S.FIRST_CALL, DAY, WORKER, " leading social worker called ")
    c = moved(c, S.ACCEPTED, DAY + timedelta(3), WORKER)
    c = moved(c, S.ENDED, DAY + timedelta(90), WORKER)
    assert [s.state for s in c.steps] == [S.FIRST_CALL, S.ACCEPTED, S.ENDED]
    assert (c.steps[0].by, c.steps[0].words) == (WORKER, "leading social worker called")
    assert c.state == S.ENDED
    assert not next_states(c)


def test_another_follows_only_when_one_is_over_and_asks_its_own_questions() -> None:
    accepted = moved(replace(EMPTY, commissioner="County", questions=("One?",)), S.ACCEPTED, DAY, WORKER)
    with pytest.raises(NotAllowed, match="commission-not-over"):
        anew(accepted, DAY)
    after = anew(moved(accepted, S.ENDED, DAY, WORKER), DAY)
    assert (after.commissioner, after.questions, after.steps, after.ordered) == ("County", (), (), DAY)
    assert after.id != accepted.id


def test_the_earlier_deadline_counts_until_it_is_over() -> None:
    c = replace(EMPTY, deadline=DAY + timedelta(9), law_deadline=DAY + timedelta(3))
    assert (EMPTY.due, c.due) == (None, c.law_deadline)
    assert moved(c, S.REFUSED, DAY, WORKER, "no room").due is None
    accepted = moved(c, S.ACCEPTED, DAY, WORKER)
    assert (accepted.due, moved(accepted, S.ENDED, DAY, WORKER).due) == (c.law_deadline, None)


def test_what_is_out_of_order_is_refused() -> None:
    accepted = moved(EMPTY, S.ACCEPTED, DAY, WORKER)
    refusals = {
        "commission-step-out-of-order": (EMPTY, S.ENDED, DAY),
        "commission-step-before": (accepted, S.ENDED, DAY - timedelta(1)),
        "commission-refused-without-reason": (EMPTY, S.REFUSED, DAY),
    }
    for key, (commission, state, day) in refusals.items():
        with pytest.raises(NotAllowed, match=key):
            moved(commission, state, day, WORKER, " ")


@given(st.lists(st.tuples(st.sampled_from(list(S)), st.integers(-2, 5)), max_size=8))
def test_the_steps_on_record_are_always_in_order(tried) -> None:
    c, day = EMPTY, DAY
    for state, later in tried:
        day += timedelta(later)
        before = c
        try:
            c = moved(c, state, day, WORKER, "x")
        except NotAllowed:
            assert c == before
    states = [None, *(s.state for s in c.steps)]
    assert all(after in NEXT[before] for before, after in pairwise(states) if after)
    assert [s.day for s in c.steps] == sorted(s.day for s in c.steps)


def test_a_mark_stays_with_its_question_through_new_words_and_places() -> None:
    c = replace(EMPTY, questions=("One?", "Two?", "Three?"))
    c = marked_beyond(c, "Two?", beyond=True).after
    assert with_questions(c, ("One?", "Two, then?", "Three?"))["beyond"] == ("Two, then?",)
    assert with_questions(c, ("Two?", "One?", "Three?"))["beyond"] == ("Two?",)
    assert with_questions(c, ("One?", "Three?"))["beyond"] == ()
    assert marked_beyond(c, "Two?", beyond=False).after.beyond == ()


@given(
    st.lists(st.sampled_from("abcd"), max_size=4),
    st.lists(st.sampled_from("abcd"), max_size=4),
    st.sets(st.sampled_from("abcd")),
)
def test_only_what_is_asked_is_marked(before, after, marked) -> None:
    c = replace(EMPTY, questions=tuple(before), beyond=tuple(q for q in before if q in marked))
    assert set(with_questions(c, tuple(after))["beyond"]) <= set(after)
