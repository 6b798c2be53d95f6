"""Tasks that are left out of a plan: none gets in without a reason, and a beginning leaves them out and tells."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.casework.case_file import case_file
from app.casework.exclusions import why_words
from app.casework.own_tasks import OwnTasks
from app.casework.plans import PlanEditor
from app.i18n import Texts
from app.model.change import Change, added
from app.model.circumstance import Circumstance, CircumstanceKind
from app.model.exclusions import Ground
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.schemes import library
from tests.material.house import Home

KIND = CircumstanceKind
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def tell(home: Home, kind: KIND, value: str, person_id: str, until: date | None = None) -> None:
    row = Circumstance(new_id(), home.case_id, person_id, kind, value, LONG_AGO, until)
    home.a.apply("told", [added(row)])


def editor(home: Home) -> PlanEditor:
    """Of a meeting with nothing filmed and nothing planned."""
    made = home.add_meeting(home.meeting.adult_id, day=4)
    home.meeting = replace(made, plan=())
    home.a.apply("bare", [Change(made, home.meeting)])
    return PlanEditor(home.a, Texts("en"), home.meeting.id)


def grounds(plan: PlanEditor, card_id: str) -> set[Ground]:
    return {why.ground for card, whys in plan.left_out() for why in whys if card.id == card_id}


def test_a_safety_fact_leaves_out_the_tasks_with_its_tag_and_says_whose_it_is(home: Home) -> None:
    plan = editor(home)
    assert "N01" in {card.id for card in plan.available()}
    tell(home, KIND.SAFETY, "lotion", home.meeting.child_id)
    assert "N01" not in {card.id for card in plan.available()}
    card, why = next(row for row in plan.left_out() if row[0].id == "N01")
    file = case_file(home.a, home.case_id)
    assert why_words(Texts("fi"), file, card, why) == f"rasva, allergiat: {file.person(home.meeting.child_id).called}"


def test_what_held_before_the_meeting_or_of_somebody_else_leaves_nothing_out(home: Home) -> None:
    plan = editor(home)
    tell(home, KIND.SAFETY, "lotion", home.meeting.child_id, until=date(2021, 1, 1))
    tell(home, KIND.SAFETY, "lotion", "somebody else")
    tell(home, KIND.SAFETY, "cats", home.meeting.child_id)
    assert grounds(plan, "N01") == set()


def test_a_contact_restriction_hides_the_separation(home: Home) -> None:
    plan = editor(home)
    tell(home, KIND.RESTRICTION, "supervised", home.meeting.adult_id)
    assert grounds(plan, "R01") == {Ground.RESTRICTION}
    assert grounds(plan, "S01") == set()


def test_a_toddler_is_not_parted_from_the_adult_by_default(home: Home) -> None:
    plan = editor(home)
    assert plan.edit(age_group="T")
    assert grounds(plan, "R01") == {Ground.TODDLER}
    assert plan.add(plan.card("R01"), despite="asked for by the family")


def test_one_that_is_left_out_is_taken_with_a_reason_only(home: Home) -> None:
    plan, said = editor(home), []
    plan.refused.connect(said.append)
    tell(home, KIND.SAFETY, "lotion", home.meeting.child_id)
    card = plan.card("N01")
    assert not plan.add(card)
    assert not plan.add(card, despite="  ")
    assert [error.key for error in said] == ["task-left-out"] * 2
    assert plan.add(card, despite="own lotion from home")
    assert plan.meeting.plan[0].despite == "own lotion from home"
    assert plan.now_against() == {}


def test_what_comes_up_after_the_planning_is_told_until_it_is_kept_with_a_reason(home: Home) -> None:
    plan = editor(home)
    assert plan.add(plan.card("S01"))
    assert plan.add(plan.card("R01"))
    tell(home, KIND.RESTRICTION, "no-contact", home.meeting.child_id)
    assert set(plan.now_against()) == {2}
    assert not plan.keep(2, "")
    assert not plan.keep(3, "there is none")
    assert plan.keep(2, "agreed with the social worker")
    assert plan.now_against() == {}


def test_the_workers_leave_a_task_out_with_their_reason_and_let_it_back(home: Home) -> None:
    plan, said = editor(home), []
    plan.refused.connect(said.append)
    assert not plan.leave_out("S01", " ")
    assert plan.leave_out("S01", "blocks were thrown the last time")
    assert plan.leave_out("S01", "blocks frighten")
    assert grounds(plan, "S01") == {Ground.BY_HAND}
    assert home.a.get(Meeting, home.meeting.id).arranged.reason("S01") == "blocks frighten"
    assert plan.let_back("S01")
    assert grounds(plan, "S01") == set()
    assert [error.key for error in said] == ["leaving-out-without-reason"]


def test_a_beginning_leaves_out_what_is_unsafe_and_takes_another_age_with_its_reason(home: Home) -> None:
    plan = editor(home)
    for task_id in ("S01", "N01"):
        assert plan.add(plan.card(task_id))
    assert plan.add(plan.card("E05"), despite="young for the age")
    assert plan.save_template("first")
    (template,) = plan.templates()
    assert {task.despite for task in template.tasks} == {""}, "a reason tells of a client"
    plan.undo()
    tell(home, KIND.SAFETY, "lotion", home.meeting.child_id)
    home.a.apply("again", [Change(plan.meeting, replace(plan.meeting, plan=()))])
    other = PlanEditor(home.a, Texts("en"), home.meeting.id)
    assert other.begin_from(template)
    assert [(t.task_id, t.despite) for t in other.meeting.plan] == [("S01", ""), ("E05", "from the template first")]
    assert [t.task_id for t in other.skipped] == ["N01"]


cards = st.sampled_from([card.id for card in library.task_cards()])
facts = st.sampled_from(["lotion", "touch", "food", "separation", "restriction"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(cards, facts, st.tuples(cards, st.just("reason"))), max_size=12))
def test_nothing_left_out_is_ever_added_without_a_reason(qapp, steps) -> None:
    home = Home()
    plan = editor(home)
    for step in steps:
        if isinstance(step, tuple):
            plan.add(plan.card(step[0]), despite=step[1])
        elif step in {card.id for card in library.task_cards()}:
            was_out = bool(grounds(plan, step))
            if step not in {task.task_id for task in plan.meeting.plan}:
                assert plan.add(plan.card(step)) is not was_out
        elif step == "restriction":
            tell(home, KIND.RESTRICTION, "supervised", home.meeting.adult_id)
        else:
            tell(home, KIND.SAFETY, step, home.meeting.child_id)
        left_out = {card.id for card, _ in plan.left_out()}
        assert not left_out & {card.id for card in plan.available()}
        told = set(plan.now_against())
        for number, task in enumerate(plan.meeting.plan, start=1):
            assert number not in told or not task.despite


def test_an_own_task_that_is_gone_is_asked_for_its_own_tags_still(home: Home) -> None:
    tasks = OwnTasks(home.a, Texts("en"))
    assert tasks.add(name="Cream", ages=(home.meeting.age_group,), safety=("lotion",))
    plan = editor(home)
    assert plan.add(plan.available()[0])
    assert tasks.remove(tasks.tasks()[0])
    tell(home, KIND.SAFETY, "lotion", home.meeting.child_id)
    assert set(plan.now_against()) == {1}
