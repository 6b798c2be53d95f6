"""The second adult's list keeps the pattern of dimensions with other tasks; a list taken over says where it is from."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.casework.parallel import parallel, pattern
from app.casework.plans import PlanEditor
from app.i18n import Texts
from app.model.change import Change
from app.model.meeting import Meeting
from app.model.plan import planned
from app.schemes import library
from tests.material.house import Home

CARDS = library.task_cards()
lists = st.lists(st.sampled_from(CARDS), unique_by=lambda card: card.id, max_size=10)


@settings(max_examples=150)
@given(lists, st.sets(st.sampled_from([card.id for card in CARDS])))
def test_a_parallel_list_keeps_the_pattern_and_only_what_can_be_chosen(chosen, away) -> None:
    tasks = tuple(planned(card) for card in chosen)
    free = [card for card in CARDS if card.id not in away]
    made, lacking = parallel(tasks, free)
    assert pattern(made) == pattern([task for task in tasks if task not in lacking])
    ids = [task.task_id for task in made]
    assert len(set(ids)) == len(ids)
    assert not set(ids) & away
    assert {task.task_id for task in lacking} <= away
    if tasks and tasks[0].task_id not in away:
        assert made[0].task_id == tasks[0].task_id


@given(lists)
def test_a_task_comes_again_only_when_no_other_of_its_dimension_is_left(chosen) -> None:
    tasks = tuple(planned(card) for card in chosen)
    made, _ = parallel(tasks, CARDS)
    known = {task.task_id for task in tasks}
    for task in made[1:]:
        if task.task_id in known:
            others = [c for c in CARDS if pattern((c,)) == pattern((task,)) and c.id not in known]
            assert {c.id for c in others} <= {t.task_id for t in made}


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def bare(home: Home) -> PlanEditor:
    made = home.add_meeting(home.meeting.adult_id, day=4)
    home.a.apply("bare", [Change(made, replace(made, plan=()))])
    return PlanEditor(home.a, Texts("en"), made.id)


def test_a_list_is_taken_over_with_where_it_is_from_in_one_step(home: Home) -> None:
    plan = bare(home)
    assert plan.source() is None
    assert plan.same_as(home.meeting)
    assert plan.source() == home.a.get(Meeting, home.meeting.id)
    assert plan.parallel_to(home.meeting)
    assert (plan.meeting.arranged.taken_from, plan.meeting.arranged.parallel) == (home.meeting.id, True)
    assert pattern(plan.meeting.plan) == pattern(home.meeting.plan)
    assert plan.undo()
    assert plan.undo()
    assert plan.meeting.plan == ()
    assert plan.source() is None


def test_what_is_at_hand_is_gathered_once_with_the_tasks_that_need_it(home: Home) -> None:
    plan = bare(home)
    for task_id in ("S01", "N01", "S03"):
        assert plan.add(plan.card(task_id))
    old = replace(plan.meeting.plan[0], materials=None)  # planned before its materials were kept
    home.a.apply("old", [Change(plan.meeting, replace(plan.meeting, plan=(old, *plan.meeting.plan[1:], old)))])
    gathered = PlanEditor(home.a, Texts("en"), plan.meeting.id).materials()
    assert [(words.en, numbers) for words, numbers in gathered[:1]] == [("blocks", (1, 4))]
    assert [numbers for _, numbers in gathered][1:] == [(2,)]


def test_the_room_is_set_up_by_steps(home: Home) -> None:
    plan = bare(home)
    assert plan.arrange(seating="corner")
    assert plan.arrange(cameras=("in front", ""))
    kept = home.a.get(Meeting, plan.meeting.id).arranged
    assert (kept.seating, kept.cameras) == ("corner", ("in front", ""))
    assert plan.undo()
    assert plan.meeting.arranged.cameras == ()
