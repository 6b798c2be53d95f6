"""A family's meeting: who does each task, on the plan and on the film, where each sits, and nobody who is not there."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.casework.case_editor import CaseEditor
from app.casework.people_called import not_everybody
from app.casework.plan_papers import cards, checklist
from app.casework.plans import PlanEditor
from app.door import Door
from app.errors import NotAllowed
from app.i18n import Texts
from app.model.change import Change
from app.model.consent import Purpose
from app.model.meeting import Segment, taking_part
from app.model.people import Role
from app.model.plan import PlanTemplate, Seat
from app.statement.beginning import begin_statement
from app.statement.passages import passages
from tests.material.house import Home

DAY = date(2026, 11, 25)


@pytest.fixture
def home(qapp) -> Home:
    return Home("fi")


def family(home: Home) -> PlanEditor:
    """The meeting that is on the film, with a second adult and a sibling."""
    editor = CaseEditor(home.a, home.texts, home.case_id)
    father = editor.add_person(Role.BIRTH_PARENT, "isä")
    sister = editor.add_person(Role.SIBLING, "sisko")
    for person in (father, sister):
        editor.give_consent(person, Purpose.FILMING, date(2020, 1, 1))
    plan = PlanEditor(home.a, Texts("fi"), home.meeting.id)
    assert plan.edit(others=(father.id, sister.id))
    assert plan.meeting.is_of_family
    return plan


def unmarked(home: Home) -> PlanEditor:
    others = family(home).meeting.others
    made = home.add_meeting(home.meeting.adult_id, day=4)
    plan = PlanEditor(home.a, Texts("fi"), made.id)
    assert plan.edit(others=others)
    return plan


def test_everybody_does_a_task_until_somebody_is_named(home: Home) -> None:
    plan = unmarked(home)
    adult, child, father, sister = plan.meeting.people
    assert plan.doing(1) == (adult, child, father, sister)
    assert plan.take_part(1, (sister, child))
    assert (plan.doing(1), plan.meeting.plan[0].people) == ((child, sister), (child, sister))
    assert plan.take_part(1, plan.meeting.people)
    assert plan.meeting.plan[0].people == ()
    said = []
    plan.refused.connect(said.append)
    assert not plan.take_part(1, ())
    assert [error.key for error in said] == ["task-without-people"]


def test_of_a_task_on_the_film_it_is_said_who_did_it_there_and_the_plan_stays(home: Home) -> None:
    plan = family(home)
    adult, child, *_ = plan.meeting.people
    assert plan.take_part(2, (adult, child))
    assert plan.meeting.plan[1].people == ()
    (segment,) = home.a.find(Segment, meeting_id=home.meeting.id, number=2)
    assert segment.people == (adult, child)
    assert taking_part(plan.meeting, 2, segment) == (adult, child)
    case = plan.case()
    assert not_everybody(case, plan.meeting, 2, (segment,)) == ", ".join(case.person(i).called for i in (adult, child))
    assert not_everybody(case, plan.meeting, 1) == ""
    assert plan.undo()
    assert plan.doing(2) == plan.meeting.people


def test_who_comes_no_more_does_nothing_and_has_no_seat(home: Home) -> None:
    plan = unmarked(home)
    _, child, father, sister = plan.meeting.people
    assert plan.take_part(1, (child, father))
    assert plan.seat(father, "pöydän päässä")
    assert plan.seat(sister, " matolla ")
    assert plan.meeting.arranged.seats == (Seat(father, "pöydän päässä"), Seat(sister, "matolla"))
    assert plan.edit(others=(sister,))
    assert plan.meeting.plan[0].people == (child,)
    assert plan.meeting.arranged.seats == (Seat(sister, "matolla"),)
    assert plan.undo()
    assert plan.meeting.arranged.seat(father) == "pöydän päässä"


def test_no_door_names_somebody_who_is_not_at_the_meeting(home: Home) -> None:
    plan = unmarked(home)
    stranger = CaseEditor(home.a, home.texts, home.case_id).add_person(Role.RELATIVE, "täti").id
    meeting = plan.meeting
    named = replace(meeting.plan[0], people=(stranger,))
    seated = replace(meeting.arranged, seats=(Seat(stranger, "ovella"),))
    for wrong in (replace(meeting, plan=(named,)), replace(meeting, arranged=seated)):
        with pytest.raises(NotAllowed, match="task-people-not-there"):
            home.a.apply("x", [Change(meeting, wrong)])
    assert plan.take_part(1, meeting.others)
    with pytest.raises(NotAllowed, match="task-people-not-there"):
        home.a.apply("x", [Change(plan.meeting, replace(plan.meeting, others=()))])
    (segment,) = home.a.find(Segment, meeting_id=home.meeting.id, number=1)
    with pytest.raises(NotAllowed, match="task-people-not-there"):
        home.a.apply("x", [Change(segment, replace(segment, people=(stranger,)))])


def test_a_template_names_nobody_and_the_same_list_keeps_who_is_there(home: Home) -> None:
    plan = unmarked(home)
    _, child, father, sister = plan.meeting.people
    assert plan.take_part(1, (child, father, sister))
    assert plan.save_template("Perhe")
    assert all(task.people == () for template in home.a.find(PlanTemplate) for task in template.tasks)
    other = PlanEditor(home.a, Texts("fi"), home.add_meeting(home.meeting.adult_id, day=6).id)
    assert other.edit(others=(sister,))
    assert other.same_as(plan.meeting)
    assert other.meeting.plan[0].people == (child, sister)


def test_papers_and_the_statement_say_who_did_what_and_cards_name_nobody(home: Home) -> None:
    plan = family(home)
    adult, child, *_ = plan.meeting.people
    assert plan.take_part(1, (adult, child))
    assert plan.seat(child, "äidin vieressä")
    made = checklist(plan, home.texts, DAY)
    head, first, *_ = made.sections[0].parts[0].tables[0].cells
    case = plan.case()
    both = ", ".join(case.person(i).called for i in (adult, child))
    assert (head[1], first[1]) == ("Mukana", both)
    assert (f"Paikka: {case.person(child).called}", "äidin vieressä") in made.facts
    assert both not in str(cards(plan, home.texts))
    home.code(home.a, [("6", 0)])
    home.code(home.b, [("6", 0)])
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "fi")
    tables = [row for p in passages(home.a, statement) if p.source.startswith("tasks/") for row in p.cells]
    assert any(f"({both})" in cell for row in tables for cell in row)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 3), st.sets(st.integers(0, 3))), max_size=6), st.sets(st.integers(0, 1)))
def test_whoever_is_named_is_there_whatever_is_done(home: Home, steps, coming) -> None:
    plan = unmarked(home)
    people, others = plan.meeting.people, plan.meeting.others
    for number, chosen in steps:
        assert plan.take_part(number, [people[n] for n in chosen]) is bool(chosen)
        if chosen:
            assert set(plan.doing(number)) == {people[n] for n in chosen}
    assert plan.edit(others=tuple(others[n] for n in coming))
    for number in range(1, len(plan.meeting.plan) + 1):
        assert plan.doing(number)
        assert set(plan.doing(number)) <= set(plan.meeting.people)
