"""Goals and their reviews in every store: what a review chose keeps its words, what is over stays as it ended."""

from dataclasses import replace
from datetime import date

import pytest

from app.errors import NotAllowed
from app.model.change import Change, added, removed
from app.model.goal import Goal, GoalReview, GoalState
from app.model.identity import new_id
from tests.contracts.test_store import IDS, pair

__all__ = ["pair"]

DAY, LATER = date(2026, 6, 1), date(2026, 7, 1)
WORDS = ("a", "b", "c", "d", "e")


@pytest.fixture
def goal(pair) -> Goal:
    made = Goal(new_id(), pair.case.id, DAY, IDS[0], "Nukun omassa sängyssä", levels=WORDS)
    pair.a.apply("x", [added(made)])
    return made


def refused(store, key, *changes) -> None:
    with pytest.raises(NotAllowed) as caught:
        store.apply("x", changes)
    assert caught.value.key == key


def review(pair, goal, **more) -> GoalReview:
    made = GoalReview(new_id(), goal.id, LATER, **({"by": IDS[0], "own_level": 2, "worker_level": 1} | more))
    (pair.a if made.by == IDS[0] else pair.b).apply("x", [added(made)])
    return made


def test_a_sentence_that_a_review_has_chosen_stays(pair, goal):
    review(pair, goal)
    for place in (1, 2):
        other = (*WORDS[:place], "muu", *WORDS[place + 1 :])
        refused(pair.b, "goal-level-chosen", Change(goal, replace(goal, levels=other)))
    refused(pair.b, "goal-level-chosen", Change(goal, replace(goal, levels=())))
    after = replace(goal, levels=("muu", *WORDS[1:]))
    pair.b.apply("x", [Change(goal, after)])
    assert pair.a.get(Goal, goal.id) == after


def test_a_review_chooses_only_what_has_a_sentence(pair, goal):
    bare = Goal(new_id(), pair.case.id, DAY, IDS[0], "x", levels=("a", "", "c", "d", "e"))
    pair.a.apply("x", [added(bare)])
    for own, worker in ((1, None), (None, 1), (5, None), (-1, 0)):
        made = GoalReview(new_id(), bare.id, LATER, IDS[0], own_level=own, worker_level=worker)
        refused(pair.a, "goal-level-missing", added(made))
    refused(pair.a, "goal-levels", Change(goal, replace(goal, levels=("a",))))
    refused(pair.a, "goal-levels", Change(goal, replace(goal, began=5)))


def test_a_goal_with_reviews_goes_only_with_them_and_what_a_worker_wrote_only_that_worker_changes(pair, goal):
    held = review(pair, goal)
    refused(pair.a, "goal-reviewed", removed(goal))
    refused(pair.b, "review-of-another", removed(held), removed(goal))
    refused(pair.b, "review-of-another", Change(held, replace(held, worker_words="muuta")))
    refused(pair.b, "review-of-another", Change(held, replace(held, by=IDS[1])))
    refused(pair.b, "review-of-another", added(replace(held, id=new_id())))
    said = replace(held, own_words="melkein")
    pair.b.apply("x", [Change(held, said)])  # the child's own words may be written by either
    pair.a.apply("x", [removed(said), removed(goal)])
    assert pair.a.find(Goal) == pair.a.find(GoalReview) == ()
    pair.a.apply("undo", [added(goal), added(said)])
    assert pair.b.find(GoalReview, goal_id=goal.id) == (said,)


def test_what_is_over_stays_as_it_ended_until_it_is_opened_again(pair, goal):
    held = review(pair, goal)
    refused(pair.a, "goal-end-unsaid", Change(goal, replace(goal, state=GoalState.REACHED, ended=LATER)))
    refused(pair.a, "goal-end-unsaid", Change(goal, replace(goal, state=GoalState.CLOSED)))
    over = replace(goal, state=GoalState.REACHED, ended=LATER, ended_words="Nukkuu joka yö")
    pair.a.apply("x", [Change(goal, over)])
    refused(pair.a, "goal-over", Change(over, replace(over, words="muu")))
    refused(pair.a, "goal-over", Change(held, replace(held, own_level=0)))
    refused(pair.a, "goal-over", removed(held))
    refused(pair.a, "goal-over", added(replace(held, id=new_id())))
    pair.b.apply("x", [Change(over, goal)])
    pair.a.apply("x", [Change(held, replace(held, own_level=0))])
