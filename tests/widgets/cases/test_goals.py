"""*Tavoitteet*: a goal set in words, its five sentences, reviews side by side, its end; by hand as a worker does it."""

from datetime import date, timedelta

import pytest

from app.i18n import today
from app.model.goal import GoalOf, GoalReview, GoalSource, GoalState
from app.model.identity import new_id
from app.model.people import Role
from widgets.forms.file_dialogs import FileDialogs
from widgets.numbers.chart_view import ChartView

LEVELS = ("every night awake", "now and then", "half of the nights", "most nights", "every night")


@pytest.fixture
def case_id(house) -> str:
    return house.case()


def pick(choice, value) -> None:
    choice.set_value(value)
    choice.activated.emit(choice.currentIndex())


def goal_with_levels(house, case_id):
    return house.editor(case_id).set_goal("I sleep in my own bed", levels=LEVELS, began=0, wished=3)


def test_from_a_plan_to_a_goal_with_its_sentences(house, show, qtbot, case_id) -> None:
    section = show(case_id=case_id, part="goals").goals
    assert section.none.isVisible()
    assert not section.paper.isVisible()
    section.new.click()
    section.form.save.click()
    assert house.said, "a goal needs words"
    section.form.words.setPlainText("I sleep in my own bed")
    pick(section.form.source, GoalSource.CARE_PLAN)
    section.form.dated.line.setText("5.1.2026")
    section.form.save.click()
    (course,) = house.editor(case_id).goals()
    assert (course.goal.source, course.goal.plan_date) == (GoalSource.CARE_PLAN, date(2026, 1, 5))
    card = section.cards[course.goal.id]
    assert not card.details.isHidden(), "its sentences are written next"
    fields = card.details.form.widgets
    for place, words in enumerate(LEVELS):
        fields[f"level{place}"].setText(words)
        fields[f"level{place}"].editingFinished.emit()
    pick(fields["began"], 0)
    pick(fields["wished"], 3)
    (course,) = house.editor(case_id).goals()
    assert course.goal.levels == LEVELS
    assert (course.goal.began, course.goal.wished) == (0, 3)


def test_two_views_are_recorded_side_by_side_and_a_wrong_one_is_corrected(house, show, case_id) -> None:
    goal = goal_with_levels(house, case_id)
    section = show(case_id=case_id, part="goals").goals
    card = section.cards[goal.id]
    card.review.click()
    form = card.reviewing
    child = house.file(case_id).child
    assert form.people[child.id].isChecked()
    form.save.click()
    assert house.said, "a review says something"
    pick(form.own_level, 2)
    pick(form.worker_level, 1)
    form.own_words.setPlainText("almost")
    form.who.setText("own worker")
    form.save.click()
    (review,) = house.editor(case_id).goals()[0].reviews
    assert (review.own_level, review.worker_level, review.own_words, review.who) == (2, 1, "almost", "own worker")
    assert review.present == (child.id,)
    assert len(card.findChildren(ChartView)) == 1
    card.edits[review.id].click()
    assert card.reviewing.own_level.value() == 2
    pick(card.reviewing.own_level, 3)
    card.reviewing.save.click()
    (review,) = house.editor(case_id).goals()[0].reviews
    assert (review.own_level, review.worker_level) == (3, 1)
    card.edits[review.id].click()
    card.reviewing.remove.click()
    assert house.editor(case_id).goals()[0].reviews == ()
    assert card.findChildren(ChartView) == []


def test_a_sentence_that_was_chosen_comes_back_when_it_is_changed(house, show, case_id) -> None:
    goal = goal_with_levels(house, case_id)
    editor = house.editor(case_id)
    made = GoalReview(new_id(), goal.id, today(), house.me.id, own_level=2)
    assert editor.record_review(editor.goals()[0], made)
    section = show(case_id=case_id, part="goals").goals
    card = section.cards[goal.id]
    card.open_details()
    line = card.details.form.widgets["level2"]
    line.setText("another sentence")
    line.editingFinished.emit()
    assert line.text() == LEVELS[2]
    assert house.said


def test_a_goal_ends_in_words_and_is_opened_again(house, show, case_id) -> None:
    goal = goal_with_levels(house, case_id)
    section = show(case_id=case_id, part="goals").goals
    card = section.cards[goal.id]
    card.end.click()
    card.ending.save.click()
    assert house.said, "how it was reached is told in words"
    card.ending.words.setPlainText("sleeps every night")
    card.ending.save.click()
    (course,) = house.editor(case_id).goals()
    assert (course.goal.state, course.goal.ended_words) == (GoalState.REACHED, "sleeps every night")
    assert "sleeps every night" in card.about.text()
    assert not card.review.isVisible()
    card.again.click()
    assert house.editor(case_id).goals()[0].goal.is_open
    assert card.review.isVisible()


def test_a_review_that_is_due_is_said_in_words(house, show, case_id) -> None:
    editor = house.editor(case_id)
    long_ago = today() - timedelta(days=40)
    goal = editor.set_goal("I sleep in my own bed", set_on=long_ago)
    card = show(case_id=case_id, part="goals").goals.cards[goal.id]
    assert card.due.text().startswith("Monthly review due since")
    assert card.due.property("kind") == "strong"


def test_which_adult_is_asked_only_of_an_adults_goal(house, show, case_id) -> None:
    goal = house.editor(case_id).set_goal("I read in the evening")
    card = show(case_id=case_id, part="goals").goals.cards[goal.id]
    card.open_details()
    who = card.details.form.widgets["person_id"]
    assert not who.isVisible()
    pick(card.details.form.widgets["whose"], GoalOf.GROWN_UP)
    assert who.isVisible()
    adult = house.file(case_id).adults[0]
    pick(who, adult.id)
    assert house.editor(case_id).goals()[0].goal.person_id == adult.id
    pick(card.details.form.widgets["whose"], GoalOf.CHILD)
    assert house.editor(case_id).goals()[0].goal.person_id == ""


def test_a_paper_asks_whom_it_is_for_where_adults_are_kept_apart(house, show, case_id, tmp_path, monkeypatch) -> None:
    goal_with_levels(house, case_id)
    editor = house.editor(case_id)
    other = editor.add_person(Role.BIRTH_PARENT, "father")
    editor.keep_apart(editor.file.adults[0], other, apart=True)
    monkeypatch.setattr(FileDialogs, "save", lambda _self, _title, name, _kinds: tmp_path / name)
    section = show(case_id=case_id, part="goals").goals
    section.paper.click()
    assert list(tmp_path.iterdir()) == []
    assert house.said
    section.reader.set_value(other.id)
    section.paper.click()
    (made,) = tmp_path.iterdir()
    assert made.read_bytes().startswith(b"%PDF")
    assert made.name.startswith("Star 14 goals and their course")
