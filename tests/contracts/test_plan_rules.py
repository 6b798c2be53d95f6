"""What stands against a task holds for every door: the store takes none into a plan without its reason."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import NotAllowed
from app.model.change import Change, added
from app.model.circumstance import Circumstance, CircumstanceKind
from app.model.exclusions import reasons, unsaid
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.plan import Arrangement, LeftOut, PlannedTask
from app.model.words import Words
from tests.contracts.test_store import IDS
from tests.material.archives import Pair, SqlArchive
from tests.material.builders import meeting as bare_meeting
from tests.stand_ins.fakes import MemoryArchive

LOTION = PlannedTask("N01", Words("rasva", "salva", "lotion"), Words("", "", ""), ("N",), ("lotion",), ages=("K",))
APART = PlannedTask("R01", Words("ero", "separation", "apart"), Words("", "", ""), ("R",), ("separation",), ages=("K",))
BABY = PlannedTask("S06", Words("puku", "plagg", "garment"), Words("", "", ""), ("S",), ages=("I",))
REASON = "agreed with the family"


@pytest.fixture(params=["memory", "sqlcipher"])
def pair(request, tmp_path):
    held = MemoryArchive() if request.param == "memory" else SqlArchive(tmp_path)
    stores = [held.open(i) for i in IDS]
    found = Pair(*stores)
    found.begin(IDS)
    found.meeting = store_meeting(found, replace(found.meeting, plan=(), age_group="K"))
    yield found
    (held if request.param == "sqlcipher" else stores[0]).close()


def store_meeting(pair, after, act="edit"):
    before = pair.a.get(Meeting, after.id)
    pair.a.apply("plan", [Change(before, after)], act=act)
    return after


def tell(pair, kind, value, person_id):
    row = Circumstance(new_id(), pair.meeting.case_id, person_id, kind, value, date(2020, 1, 1))
    pair.a.apply("told", [added(row)])
    return row


def refuses(pair, after, key="task-left-out"):
    with pytest.raises(NotAllowed, match=key):
        store_meeting(pair, after)
    assert pair.a.get(Meeting, after.id) == pair.meeting
    return True


def test_no_door_brings_what_safety_stands_against_without_a_reason(pair):
    tell(pair, CircumstanceKind.SAFETY, "lotion", pair.meeting.child_id)
    assert refuses(pair, replace(pair.meeting, plan=(LOTION,)))
    assert refuses(pair, replace(pair.meeting, plan=(replace(LOTION, despite="  "),)))
    kept = store_meeting(pair, replace(pair.meeting, plan=(replace(LOTION, despite=REASON),)))
    assert pair.a.get(Meeting, kept.id).plan[0].despite == REASON


def test_nor_one_of_another_age_a_separation_with_a_toddler_or_under_a_restriction(pair):
    assert refuses(pair, replace(pair.meeting, plan=(BABY,)))
    assert refuses(pair, replace(pair.meeting, age_group="T", plan=(replace(APART, ages=("T",)),)))
    tell(pair, CircumstanceKind.RESTRICTION, "supervised", pair.meeting.adult_id)
    assert refuses(pair, replace(pair.meeting, plan=(APART,)))


def test_nor_in_the_same_step_in_which_the_fact_is_told(pair):
    row = Circumstance(
        new_id(), pair.meeting.case_id, pair.meeting.child_id, CircumstanceKind.SAFETY, "lotion", date(2020, 1, 1)
    )
    both = [added(row), Change(pair.meeting, replace(pair.meeting, plan=(LOTION,)))]
    with pytest.raises(NotAllowed, match="task-left-out"):
        pair.a.apply("both", both)
    assert pair.a.find(Circumstance) == ()


def test_nothing_is_left_out_by_hand_without_a_reason_nor_taken_against_it(pair):
    by_hand = Arrangement(left_out=(LeftOut("N01", "  "),))
    assert refuses(pair, replace(pair.meeting, arranged=by_hand), "leaving-out-without-reason")
    pair.meeting = store_meeting(pair, replace(pair.meeting, arranged=Arrangement(left_out=(LeftOut("N01", REASON),))))
    assert refuses(pair, replace(pair.meeting, plan=(LOTION,)))


def test_what_comes_up_after_planning_stands_and_a_reason_can_be_taken_back_but_not_taken_away(pair):
    pair.meeting = store_meeting(pair, replace(pair.meeting, plan=(LOTION,)))
    tell(pair, CircumstanceKind.SAFETY, "lotion", pair.meeting.child_id)
    planned = pair.meeting
    pair.meeting = store_meeting(pair, replace(planned, plan=(replace(LOTION, despite=REASON),)))
    assert store_meeting(pair, planned) == planned, "the step back is free: the screen tells what stands against it"
    pair.meeting = store_meeting(pair, replace(planned, plan=()))
    assert store_meeting(pair, planned) == planned
    pair.meeting = store_meeting(pair, replace(planned, plan=(replace(APART, despite=REASON),)))
    assert refuses(pair, replace(pair.meeting, plan=(LOTION, APART)))


def test_a_reason_that_was_given_at_the_beginning_cannot_be_emptied(pair):
    tell(pair, CircumstanceKind.SAFETY, "lotion", pair.meeting.child_id)
    pair.meeting = store_meeting(pair, replace(pair.meeting, plan=(replace(LOTION, despite=REASON),)))
    assert refuses(pair, replace(pair.meeting, plan=(LOTION,)))


TASKS = st.lists(
    st.builds(
        replace,
        st.sampled_from([LOTION, APART, BABY]),
        despite=st.sampled_from(["", " ", REASON]),
    ),
    unique_by=lambda task: task.task_id,
    max_size=3,
).map(tuple)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    had=TASKS, plan=TASKS, facts=st.sets(st.sampled_from(["lotion", "separation", "touch"])), age=st.sampled_from("ITK")
)
def test_what_is_unsaid_is_new_or_lost_its_reason_and_something_stands_against_it(had, plan, facts, age):
    meeting = replace(bare_meeting("case", "adult", "child", IDS[:2]), age_group=age)
    rows = [
        Circumstance(tag, meeting.case_id, meeting.child_id, CircumstanceKind.SAFETY, tag, date(2020, 1, 1))
        for tag in facts
    ]
    found = {task.task_id for task, _ in unsaid(replace(meeting, plan=had), replace(meeting, plan=plan), rows)}
    for task in plan:
        stood = next((t for t in had if t.task_id == task.task_id), None)
        is_against = bool(reasons(rows, meeting, task.task_id, task.ages, task.safety))
        is_free = bool(task.despite.strip()) or (stood is not None and not stood.despite)
        assert (task.task_id in found) == (is_against and not is_free)
