"""Goals: from words to levels, a review each month, how each ended; and what the scale may be called."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.casework import goals
from app.casework.case_editor import CaseEditor
from app.casework.goals import GoalCourse
from app.errors import NotAllowed
from app.i18n import today
from app.model.goal import Goal, GoalOf, GoalReview, GoalState, is_goal_attainment_scaling
from app.model.identity import new_id
from app.model.people import Role, Training, TrainingPurpose, Worker
from tests.material.house import Home

DAY = date(2026, 1, 31)
WORDS = ("a", "b", "c", "d", "e")


@pytest.fixture
def home(qapp) -> Home:
    return Home("fi")


@pytest.fixture
def editor(home) -> CaseEditor:
    return CaseEditor(home.a, home.texts, home.case_id)


def test_from_words_to_levels_to_a_review_and_back(home, editor) -> None:
    said = []
    editor.refused.connect(lambda error: said.append(error.key))
    assert editor.set_goal("  ") is None
    goal = editor.set_goal("Nukun omassa sängyssä", whose=GoalOf.CHILD)
    for place, words in enumerate(WORDS):
        goal = editor.goals()[0].goal
        assert editor.write_level(goal, place, words)
    (course,) = editor.goals()
    assert course.goal.has_scale
    held = GoalReview(new_id(), goal.id, today(), home.aino.id, own_level=2, worker_level=1)
    for wrong in (
        replace(held, own_level=None, worker_level=None),
        replace(held, day=today() + timedelta(days=1)),
        replace(held, day=today() - timedelta(days=1)),
    ):
        assert not editor.record_review(course, wrong)
    assert editor.record_review(course, held)
    assert not editor.end_goal(course.goal, GoalState.REACHED, today(), " ")
    assert not editor.end_goal(course.goal, GoalState.CLOSED, today() - timedelta(days=1), "x")
    assert editor.end_goal(course.goal, GoalState.REACHED, today(), "Nukkuu joka yö")
    (over,) = editor.goals()
    assert (over.due, over.last) == (None, held)
    assert said == [
        "goal-without-words", "review-says-nothing", "review-of-tomorrow", "review-before-goal", "goal-end-unsaid",
        "goal-ended-before",
    ]  # fmt: skip
    assert editor.undo()
    assert editor.goals()[0].goal.is_open
    assert editor.remove_goal(editor.goals()[0])
    assert editor.goals() == ()
    assert editor.undo()
    assert editor.goals()[0].reviews == (held,)


def test_whoever_is_named_in_a_goal_stays_in_the_case(editor) -> None:
    aunt = editor.add_person(Role.RELATIVE, "täti")
    goal = editor.set_goal("Autan iltaisin", whose=GoalOf.GROWN_UP, person_id=aunt.id)
    assert goals.usually_present(editor.file, goal) == (aunt.id,)
    assert not editor.remove_person(aunt)
    assert editor.change_goal(goal, person_id="")
    assert editor.remove_person(aunt)


@given(st.lists(st.dates(DAY, date(2027, 1, 1)), max_size=6))
def test_a_goal_is_looked_at_again_a_month_after_the_last_time(days) -> None:
    goal = Goal("g", "c", DAY, "w", "x")
    course = GoalCourse(goal, tuple(GoalReview(str(n), "g", day, "w") for n, day in enumerate(sorted(days))))
    last = max(days, default=DAY)
    assert last + timedelta(days=28) <= course.due <= last + timedelta(days=31)
    assert course.is_due(course.due)
    assert not course.is_due(course.due - timedelta(days=1))
    assert GoalCourse(replace(goal, state=GoalState.CLOSED, ended=DAY)).due is None


def test_open_goals_come_first_and_those_of_some_cases_are_read_together(home, editor) -> None:
    first, second = (editor.set_goal(words) for words in ("yksi", "kaksi"))
    editor.end_goal(first, GoalState.CLOSED, today(), "")
    assert [c.goal.id for c in editor.goals()] == [second.id, first.id]
    case_id = editor.file.case.id
    found = goals.open_courses(home.a, (case_id, "nobody"))
    assert {key: [c.goal.id for c in value] for key, value in found.items()} == {case_id: [second.id]}


def test_it_is_called_goal_attainment_scaling_only_with_proof_of_each_of_the_pair() -> None:
    purpose = TrainingPurpose.OTHER_CLIENT_WORK
    proven = Worker("a", "A", trainings=(Training("gas", purpose, proof="todistus 12"),))
    without = Worker("b", "B", trainings=(Training("GAS", purpose, proof="  "),))
    other = Worker("c", "C", trainings=(Training("MIM", purpose, proof="no 5"),))
    assert is_goal_attainment_scaling((proven,))
    assert is_goal_attainment_scaling((proven, replace(proven, id="d")))
    for pair in ((), (proven, without), (other, proven), (without,)):
        assert not is_goal_attainment_scaling(pair)


def test_only_what_was_written_of_a_level_makes_levels() -> None:
    goal = Goal("g", "c", DAY, "w", "x")
    held = replace(goal, levels=goals.with_level(goal, 3, " neljä "))
    assert held.levels == ("", "", "", "neljä", "")
    assert not held.has_scale
    assert (held.level(3), held.level(0), held.level(None), held.level(9)) == ("neljä", "", "", "")
    assert goals.with_level(held, 3, " ") == ()


def test_a_goal_that_is_reached_says_how() -> None:
    with pytest.raises(NotAllowed, match="goal-end-unsaid"):
        goals.ended(Goal("g", "c", DAY, "w", "x"), GoalState.REACHED, DAY, "")
