"""Own tasks: made, worded anew and removed by steps; plans are made of them and keep their wording."""

from dataclasses import replace

import pytest

from app.casework.own_tasks import OwnTasks, own_cards
from app.casework.plans import PlanEditor
from app.i18n import Texts
from app.model.plan import TaskWording
from tests.material.house import Home


@pytest.fixture
def home(qapp) -> Home:
    return Home()


def test_an_own_task_is_chosen_as_any_other_and_a_plan_keeps_its_wording(home: Home) -> None:
    tasks = OwnTasks(home.a, Texts("fi"))
    assert tasks.add(name="Maja", text="Rakentakaa maja", ages=(home.meeting.age_group,), dimensions=("S",))
    (own,) = tasks.tasks()
    assert own_cards(home.a)[0].id == own.id
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


def test_each_language_says_its_own_words_and_the_others_what_is_for_all(home: Home) -> None:
    tasks = OwnTasks(home.a, Texts("fi"))
    words = (TaskWording("sv", "Koja", "", "filt"),)
    assert tasks.add(name="Maja", text="Rakentakaa", ages=("K",), dimensions=("S", "N"), main="N", wordings=words)
    card = own_cards(home.a)[0]
    assert (card.name.fi, card.name.sv, card.text.sv) == ("Maja", "Koja", "Rakentakaa")
    assert card.materials is not None
    assert (card.materials.sv, card.materials.fi) == ("filt", "")
    assert card.dimensions == ("N", "S"), "what it asks for most comes first"


def test_one_that_is_put_aside_is_offered_for_no_plan_until_it_is_taken_into_use(home: Home) -> None:
    tasks = OwnTasks(home.a, Texts("en"))
    assert tasks.add(name="Hut", ages=("K",))
    assert tasks.put_aside(tasks.tasks()[0], aside=True)
    (own,) = tasks.tasks()
    assert own.id not in {card.id for card in own_cards(home.a)}
    assert own.version == 1, "its words are the same"
    assert tasks.put_aside(own, aside=False)
    assert own_cards(home.a)[0].id == own.id


def test_what_was_said_before_is_kept_as_a_version(home: Home) -> None:
    tasks = OwnTasks(home.a, Texts("en"))
    assert tasks.add(name="Hut", text="Build", ages=("K",))
    assert tasks.edit(tasks.tasks()[0], text="Build a hut")
    assert tasks.edit(tasks.tasks()[0], text="Build a hut"), "nothing changed"
    assert tasks.edit(tasks.tasks()[0], name="Den")
    (own,) = tasks.tasks()
    assert own.version == 3
    assert [(one.version, one.name, one.text) for one in own.earlier] == [
        (1, "Hut", "Build"),
        (2, "Hut", "Build a hut"),
    ]
    assert {one.changed_by for one in own.earlier} == {home.aino.id}


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
