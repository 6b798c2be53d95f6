"""Own tasks: made, worded anew and removed by steps; plans are made of them and keep their wording."""

from dataclasses import replace

import pytest

from app.casework.own_tasks import OwnTasks, task_cards
from app.casework.plans import PlanEditor
from app.i18n import Texts
from tests.material.house import Home


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def test_an_own_task_is_chosen_as_any_other_and_a_plan_keeps_its_wording(home: Home) -> None:
    tasks = OwnTasks(home.a, Texts("fi"))
    assert tasks.add(name="Maja", text="Rakentakaa maja", ages=(home.meeting.age_group,), dimensions=("S",))
    (own,) = tasks.tasks()
    assert task_cards(home.a)[0].id == own.id
    plan = PlanEditor(home.a, Texts("sv"), home.meeting.id)
    card = plan.card(own.id)
    assert card in plan.available()
    assert plan.add(card)
    assert tasks.edit(own, name="Peittomaja")
    assert Texts("sv").words(plan.meeting.plan[-1].name) == "Maja"
    assert tasks.remove(tasks.tasks()[0])
    assert tasks.tasks() == ()
    tasks.undo()
    tasks.undo()
    assert tasks.tasks() == (own,)


def test_a_task_without_a_name_or_for_nobody_is_refused_with_a_word(home: Home) -> None:
    tasks, said = OwnTasks(home.a, Texts("en")), []
    tasks.refused.connect(said.append)
    assert not tasks.add(name=" ", ages=("K",))
    assert not tasks.add(name="Hut")
    assert [error.key for error in said] == ["own-task-name", "own-task-age"]
    assert tasks.tasks() == ()
    assert tasks.add(name="Hut", ages=("K",))
    (own,) = tasks.tasks()
    assert not tasks.edit(own, ages=())
    assert tasks.tasks() == (replace(own),)
