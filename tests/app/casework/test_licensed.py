"""Licensed content: taken in with every fault by its line, planned by who may, printed with whose it is, and gone."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.casework import licensed
from app.casework.licensed import LicensedShelf, wording
from app.casework.plan_papers import cards, checklist, envelopes
from app.casework.plans import PlanEditor
from app.errors import InputError, NotAllowed
from app.i18n import Texts
from app.model.change import Change, added, removed
from app.model.identity import new_id
from app.model.licensed import LicensedPackage
from app.model.licensed_file import KnownKeys, UnreadablePackage, read_package
from app.model.people import Worker
from app.model.plan import NOTHING, PlannedTask, PlanTemplate, balance
from app.model.stored import ContentKind, StoredContent
from app.model.toml_lines import line_of
from app.schemes import library
from tests.material.house import Home
from tests.material.licensed import PACKAGE, PLANTED

DAY = date(2026, 11, 25)
KNOWN = KnownKeys("SENCR", "PITKAF", ("touch", "food"))


@pytest.fixture
def home(qapp) -> Home:
    return Home("fi")


def shelf_of(home: Home, store=None) -> LicensedShelf:
    return LicensedShelf(store or home.a, Texts("fi"))


def plan_of(home: Home, store=None) -> PlanEditor:
    made = home.add_meeting(home.meeting.adult_id, day=4)
    home.a.apply("bare", [Change(made, replace(made, plan=()))])
    return PlanEditor(store or home.a, Texts("fi"), made.id)


def problems(text: str) -> list[tuple[str, int]]:
    with pytest.raises(UnreadablePackage, match="licensed-file-wrong") as caught:
        read_package(text, KNOWN)
    return [(p.key, p.values["line"]) for p in caught.value.problems]


def at(text: str, words: str) -> int:
    """On which line of a text some words stand first."""
    return next(n for n, line in enumerate(text.splitlines(), start=1) if words in line)


# the file


def test_every_fault_is_told_with_its_line() -> None:
    text = PACKAGE.replace('licence = "L-1"', "").replace('"S", "C"', '"S", "Q"').replace('ages = ["T"]', "ages = 3")
    assert problems(text) == [
        ("scheme-field-missing", 1),
        ("scheme-value-unknown", at(text, '"Q"')),
        ("scheme-wrong-kind", at(text, "ages = 3")),
    ]


def test_an_id_is_no_hiding_place_for_words_and_stands_once() -> None:
    text = PACKAGE.replace('id = "A1"', 'id = "squeak"')
    assert problems(text) == [("licensed-task-id", at(text, "squeak"))]
    twice = PACKAGE.replace('id = "A2"', 'id = "A1"')
    second = [n for n, line in enumerate(twice.splitlines(), start=1) if line == 'id = "A1"'][1]
    assert problems(twice) == [("scheme-twice", second)]


def test_faults_within_a_form_and_of_the_text_itself_are_told_too() -> None:
    text = PACKAGE.replace('actor = "adult"', 'actor = "dog"').replace("weights = [3, 1]", "weights = [0, 1]")
    assert problems(text) == [("licensed-weights", at(text, "weights")), ("scheme-value-unknown", at(text, "dog"))]
    broken = PACKAGE.replace("version = 1", "version = ", 1)
    assert problems(broken) == [("licensed-not-toml", at(broken, "version ="))]
    assert problems("") == [("scheme-field-missing", 1)] * 6


@given(before=st.integers(0, 5), tasks=st.integers(1, 6), wrong=st.data())
def test_the_line_is_that_of_the_task_wherever_it_stands(before, tasks, wrong) -> None:
    which = wrong.draw(st.integers(1, tasks))
    rows = ["# a comment"] * before
    for number in range(1, tasks + 1):
        rows += ["[[tasks]]", f'id = "A{number}"', 'text = """', "[[tasks]]", 'id = "B9"', '"""', f"name = {number}"]
    text = "\n".join(rows)
    assert text.splitlines()[line_of(text, f"tasks[A{which}].name") - 1] == f"name = {which}"
    assert text.splitlines()[line_of(text, f"tasks[A{which}]", "ages") - 1] == "[[tasks]]"


# the package


def test_a_package_comes_with_its_tasks_and_its_form_for_who_took_it_in(home: Home) -> None:
    taken = shelf_of(home).take_in(
        PACKAGE.replace("expires", f'users = ["{home.b.worker.name}", "Ei Kukaan"]\nexpires')
    )
    assert taken is not None
    (held,) = home.a.find(LicensedPackage)
    assert (held, taken.strangers, taken.is_renewed) == (taken.package, ("Ei Kukaan",), False)
    assert set(held.workers) == {home.a.worker.id, home.b.worker.id}
    assert held.taken_by == home.a.worker.id
    terms = library.terms_of(home.a, ContentKind.INSTRUMENT, "tekaistu-lomake")
    assert (terms.licensed, terms.licence, terms.expires) == (True, "L-1", date(2030, 1, 31))
    assert "tekaistu-lomake" in {p.id for p in library.offered(home.a, ContentKind.INSTRUMENT, DAY)}
    assert "tekaistu-lomake" not in {p.id for p in library.offered(home.a, ContentKind.INSTRUMENT, date(2031, 1, 1))}


def test_the_same_again_renews_the_licence_and_other_words_are_another_version(home: Home) -> None:
    shelf = shelf_of(home)
    assert shelf.take_in(PACKAGE)
    renewed = shelf.take_in(PACKAGE.replace("2030-01-31", "2035-01-31"))
    assert renewed is not None
    assert renewed.is_renewed
    assert library.terms_of(home.a, ContentKind.INSTRUMENT, "tekaistu-lomake").expires == date(2035, 1, 31)
    with pytest.raises(InputError, match="licensed-version-differs"):
        shelf.take_in(PACKAGE.replace("zirkuttaa", "zurkuttaa"))
    newer = PACKAGE.replace("version = 1", "version = 2", 1).replace("zirkuttaa", "zurkuttaa")
    assert shelf.take_in(newer)
    assert [(p.version, p.aside) for p in shelf.packages()] == [(2, False), (1, True)]
    with pytest.raises(InputError, match="licensed-older"):
        shelf.take_in(PACKAGE)


def test_a_form_of_that_name_with_other_words_is_refused_whole(home: Home) -> None:
    shelf = shelf_of(home)
    assert shelf.take_in(PACKAGE)
    other = PACKAGE.replace('key = "tekaistu"', 'key = "toinen"').replace('name = "Tekaistu', 'name = "Toinen')
    other = other.replace('actor = "adult"', 'actor = "child"')
    with pytest.raises(InputError, match="licensed-form-differs"):
        shelf.take_in(other)
    assert len(home.a.find(LicensedPackage)) == 1


def test_what_was_taken_in_stays_as_it_is(home: Home) -> None:
    shelf = shelf_of(home)
    assert shelf.take_in(PACKAGE)
    (held,) = shelf.packages()
    with pytest.raises(NotAllowed, match="licensed-fixed"):
        home.a.apply("words", [Change(held, replace(held, tasks=held.tasks[:1]))])
    assert all(word not in str(entry) for entry in home.a.history(held.id) for word in PLANTED)


# plans


def test_a_plan_has_a_neutral_name_and_shows_the_words_to_who_may_see_them(home: Home) -> None:
    assert shelf_of(home).take_in(PACKAGE)
    plan = plan_of(home)
    card = plan.card("tekaistu/A1")
    assert card in plan.available()
    assert plan.add(card)
    (task,) = plan.meeting.plan
    assert (task.name.fi, task.text, task.materials) == ("Lisensoitu tehtävä A1", NOTHING, None)
    assert (task.dimensions, task.weights, task.ages) == (("S", "C"), (3, 1), ("K",))
    assert plan.shown()[0].text.fi == "ZORKKI zirkuttaa"
    theirs = PlanEditor(home.b, Texts("fi"), plan.meeting.id)
    assert theirs.shown() == theirs.meeting.plan
    assert theirs.card("tekaistu/A1") is None
    assert dict(balance(plan.meeting.plan)) == {"S": 0.75, "C": 0.25}


def test_no_door_plans_what_is_not_permitted_not_here_or_with_its_words(home: Home) -> None:
    assert shelf_of(home).take_in(PACKAGE)
    plan = plan_of(home)
    assert plan.add(plan.card("tekaistu/A1"))
    (task,), other = plan.meeting.plan, plan_of(home)
    for store, wrong, key in (
        (home.b, task, "licensed-not-offered"),
        (home.a, replace(task, task_id="tekaistu/A9"), "licensed-not-here"),
        (home.a, replace(task, package="licensed/ei/1"), "licensed-not-here"),
        (home.a, replace(task, text=task.name), "licensed-stays"),
    ):
        with pytest.raises(NotAllowed, match=key):
            store.apply("plan", [Change(other.meeting, replace(other.meeting, plan=(wrong,)))])
    with pytest.raises(NotAllowed, match="licensed-stays"):
        home.a.apply("t", [added(PlanTemplate(new_id(), "x", home.a.worker.id, "K", (replace(task, text=task.name),)))])


def expire(home: Home) -> LicensedPackage:
    (held,) = home.a.find(LicensedPackage)
    after = replace(held, expires=date(2026, 1, 31))
    home.a.apply("ended", [Change(held, after)])
    return after


def test_an_ended_licence_is_chosen_no_more_and_a_plan_keeps_its_record(home: Home) -> None:
    assert shelf_of(home).take_in(PACKAGE)
    plan = plan_of(home)
    assert plan.add(plan.card("tekaistu/A1"))
    ended = expire(home)
    assert plan.ended_licences() == (ended,)
    assert plan.without_licence() == (1,)
    assert plan.shown()[0].name.fi == "ZORKKI", "who was there can read what was asked"
    other = plan_of(home)
    assert other.card("tekaistu/A1") is None
    assert other.same_as(plan.meeting)
    assert (other.meeting.plan, [task.task_id for task in other.skipped]) == ((), ["tekaistu/A1"])
    with pytest.raises(NotAllowed, match="licensed-not-offered"):
        home.a.apply("plan", [Change(other.meeting, replace(other.meeting, plan=plan.meeting.plan))])


def test_papers_say_whose_words_they_have_and_none_is_printed_without_a_licence(home: Home) -> None:
    assert shelf_of(home).take_in(PACKAGE)
    plan = plan_of(home)
    assert plan.add(plan.card("S01"))
    assert plan.add(plan.card("tekaistu/A1"))
    t, line = Texts("fi"), "© Oikeudet Oy, lisenssi L-1"
    own, theirs = cards(plan, t)
    assert (own.foot, theirs.foot, theirs.text) == ("", line, "ZORKKI zirkuttaa")
    assert line in envelopes(plan, t)[1].foot
    assert any(line in said for said in checklist(plan, t, DAY).sections[0].parts[0].before)
    expire(home)
    with pytest.raises(NotAllowed, match="licensed-not-printed"):
        cards(plan, t)
    for paper in (envelopes(plan, t), checklist(plan, t, DAY)):
        assert "ZORK" not in str(paper)


def test_removed_is_gone_and_what_a_plan_uses_is_put_aside(home: Home) -> None:
    shelf = shelf_of(home)
    assert shelf.take_in(PACKAGE)
    assert shelf.remove(shelf.packages()[0])
    assert home.a.find(LicensedPackage) == ()
    assert [c for c in home.a.find(StoredContent) if "ZORK" in c.text] == []
    assert shelf.take_in(PACKAGE)
    plan = plan_of(home)
    assert plan.add(plan.card("tekaistu/A1"))
    assert not shelf.remove(shelf.packages()[0])
    (held,) = shelf.packages()
    assert held.aside
    assert wording(home.a, plan.meeting.plan[0]) is not None
    assert licensed.cards(home.a, DAY) == ()
    with pytest.raises(NotAllowed, match="licensed-in-use"):
        home.a.apply("away", [removed(held)])
    assert shelf.offer_again(held)
    assert licensed.cards(home.a, DAY)


def test_who_may_use_it_is_chosen_worker_by_worker(home: Home) -> None:
    shelf = shelf_of(home)
    assert shelf.take_in(PACKAGE)
    assert licensed.cards(home.b, DAY) == ()
    assert shelf.permit(shelf.packages()[0], home.b.worker.id, on=True)
    assert licensed.cards(home.b, DAY)
    assert home.b.worker.id in library.terms_of(home.a, ContentKind.INSTRUMENT, "tekaistu-lomake").workers
    assert shelf.undo()
    assert licensed.cards(home.b, DAY) == ()
    assert home.a.find(Worker)


@given(
    st.lists(
        st.integers(1, 4).flatmap(
            lambda n: st.tuples(
                st.permutations("SENC").map(lambda d: tuple(d[:n])),
                st.just(()) | st.lists(st.integers(1, 10), min_size=n, max_size=n).map(tuple),
            )
        ),
        max_size=9,
    )
)
def test_the_balance_of_a_plan_adds_up_to_the_whole(rows) -> None:
    tasks = tuple(PlannedTask(str(n), NOTHING, NOTHING, d, weights=w) for n, (d, w) in enumerate(rows))
    made = balance(tasks)
    assert sum(share for _, share in made) == pytest.approx(1 if rows else 0)
    assert [share for _, share in made] == sorted((share for _, share in made), reverse=True)
    assert {d for d, _ in made} == {d for dims, _ in rows for d in dims}
