"""Experience in numbers: what fewer than five chose is hidden, also by difference, and no child is in it."""

from dataclasses import replace
from datetime import date
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.feedback_form import FeedbackFrom
from app.model.service_feedback import FeedbackWay, FormGiven, ServiceFeedback
from app.office.experience import told_in
from app.services.feedback_forms import newest

CHOICES = [a.key for a in newest(FeedbackFrom.PARENT).questions[0].answers]


class Held:
    """A store that holds feedback and nothing else."""

    def __init__(self, feedback) -> None:
        self.feedback = feedback

    def find(self, _kind, **fields):
        return tuple(f for f in self.feedback if f.done == fields["done"] and f.who in fields["who"])


def filled(number: int, who: FeedbackFrom, choice: str, day=date(2026, 5, 5)) -> ServiceFeedback:
    question = newest(who).questions[0].key
    made = ServiceFeedback(str(number), "c", who.value, 1, who, "parenting", day, "fi", FeedbackWay.PAPER, "w")
    return replace(made, answers=(FormGiven(question, choice),), done=True)


def year_of(counts) -> Held:
    chosen = [choice for choice, count in zip(CHOICES, counts, strict=True) for _ in range(count)]
    return Held([filled(n, FeedbackFrom.PARENT, choice) for n, choice in enumerate(chosen)])


@settings(deadline=None)
@given(st.tuples(*(st.integers(0, 9) for _ in CHOICES)))
def test_nothing_hidden_can_be_worked_out_by_adding_and_subtracting(counts) -> None:
    told = told_in(year_of(counts), 2026)
    if not sum(counts):
        assert told == ()
        return
    (row,) = told[0].rows
    for shown, count in zip(row.counts, counts, strict=True):
        assert shown in (None, count)
        assert shown is None or shown == 0 or shown >= 5
    hidden = [count for shown, count in zip(row.counts, counts, strict=True) if shown is None]
    if row.total is None or not hidden:
        assert row.total is None or row.total == sum(counts) >= 5
        return
    left = row.total - sum(shown for shown in row.counts if shown is not None)
    possible = [way for way in product(range(left + 1), repeat=len(hidden)) if sum(way) == left]
    assert all(len({way[n] for way in possible}) > 1 for n in range(len(hidden)))


def test_a_year_tells_parents_and_orderers_apart_and_never_a_child() -> None:
    held = [filled(n, FeedbackFrom.PARENT, "fully") for n in range(6)]
    held += [filled(10 + n, FeedbackFrom.ORDERER, "mostly") for n in range(5)]
    held += [filled(20 + n, FeedbackFrom.CHILD, "sun") for n in range(9)]
    held += [filled(40 + n, FeedbackFrom.PARENT, "no", date(2025, 5, 5)) for n in range(7)]
    told = told_in(Held(held), 2026)
    assert [(t.who, t.rows[0].total, t.rows[0].counts) for t in told] == [
        (FeedbackFrom.PARENT, 6, (6, 0, 0, 0, 0)),
        (FeedbackFrom.ORDERER, 5, (0, 5, 0, 0, 0)),
    ]
