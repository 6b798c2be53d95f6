"""Feedback in every store: whoever opened it answers for it, and once it is done it stays as it was given."""

from dataclasses import replace
from datetime import date

import pytest

from app.errors import NotAllowed
from app.model.change import Change, added, removed
from app.model.feedback_form import FeedbackFrom
from app.model.identity import new_id
from app.model.service_feedback import FeedbackWay, FormGiven, ServiceFeedback
from tests.contracts.test_store import IDS, pair

__all__ = ["pair"]


def refused(store, key, *changes) -> None:
    with pytest.raises(NotAllowed) as caught:
        store.apply("x", changes)
    assert caught.value.key == key


def test_what_was_given_stays_and_is_its_openers_to_take_away(pair):
    begun = ServiceFeedback(
        new_id(), pair.case.id, "parent", 1, FeedbackFrom.PARENT, "parenting", date(2026, 11, 3), "fi",
        FeedbackWay.HERE, IDS[0],
    )  # fmt: skip
    refused(pair.b, "feedback-of-another", added(begun))
    pair.a.apply("x", [added(begun)])
    said = begun.answering(FormGiven("heard", "fully"))
    refused(pair.b, "feedback-of-another", Change(begun, said))
    pair.a.apply("x", [Change(begun, said)])
    done = replace(said, done=True)
    pair.a.apply("x", [Change(said, done)])
    refused(pair.a, "feedback-fixed", Change(done, done.answering(FormGiven("heard", "no"))))
    for other in ({"who": FeedbackFrom.ORDERER}, {"service": "x"}, {"day": date(2026, 1, 1)}, {"near": "täti"}):
        refused(pair.a, "feedback-fixed", Change(done, replace(done, **other)))
    refused(pair.b, "feedback-of-another", removed(done))
    assert pair.b.find(ServiceFeedback, case_id=pair.case.id) == (done,)
    pair.a.apply("x", [removed(done)])
    assert pair.a.find(ServiceFeedback) == ()
