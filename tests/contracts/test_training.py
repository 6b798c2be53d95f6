"""Training by the store: nobody but its coder ever reads a training coding or its figures, whatever is asked."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.errors import NotAllowed
from app.model.change import Change, added, removed
from app.model.coding import Coding, CodingHeader, CodingKind, CodingState
from app.model.common_view import CommonCoding, CommonView, Confirmation
from app.model.exchange import SentCoding
from app.model.identity import new_id
from app.model.observation import Mark, MarkKind, Observation
from app.model.people import Case
from app.model.private_note import NoteKind, PrivateNote
from app.model.rating import Rating
from app.model.stored import StoredContent
from app.model.training import Measured, Reference, TrainingFigure, TrainingResult, named, result_id
from storage.erasing import belongings
from storage.store.tables import TABLES, sealed_coding
from tests.contracts.test_store import IDS, both_codings_ready, everything_offered, header, make_ready, refused
from tests.material.archives import Pair, SqlArchive
from tests.material.builders import A_DAY
from tests.stand_ins.fakes import MemoryArchive

A, B, C = IDS


@pytest.fixture(params=["memory", "sqlcipher"])
def pair(request, tmp_path):
    held = MemoryArchive() if request.param == "memory" else SqlArchive(tmp_path)
    stores = [held.open(i) for i in IDS]
    found = Pair(*stores)
    found.begin(IDS)
    yield found
    (held if request.param == "sqlcipher" else stores[0]).close()


def common_view(pair):
    """Both codings are ready and the pair has begun a common view without a difference."""
    both = both_codings_ready(pair)
    head = header(pair, kind=CodingKind.COMMON_VIEW)
    view = CommonView(new_id(), head.id, *(h.id for h in both), 1, 1, 1)
    pair.a.apply("begun", [added(head), added(view)], act="create")
    return CommonCoding(Coding(head), view, {}, {})


def confirm(pair, common):
    """Both confirm it; how it is then."""
    for worker, store in ((A, pair.a), (B, pair.b)):
        changes = common.confirmed(worker, A_DAY, (A, B))
        store.apply("confirmed", changes, act="confirmed")
        common = common.apply(changes)
    return common


def in_force(pair):
    """A reference that both stand behind; with its common view."""
    common = confirm(pair, common_view(pair))
    first = named(common.header, A, A_DAY)
    pair.a.apply("named", [added(first)])
    both = first.confirmed(B, A_DAY)
    pair.b.apply("confirmed", [Change(first, both)])
    return common, both


def trained(pair, store, coder):
    """A training coding in which everything says CANARY, ready, and what it came to."""
    head = header(pair, coder, kind=CodingKind.TRAINING, checksum="CANARY-sum")
    parts = (
        Observation(new_id(), head.id, "CANARY-code", "adult1", 777_111, note="CANARY-note"),
        Mark(new_id(), head.id, MarkKind.ASK, 777_222, "CANARY-ask"),
        Rating(new_id(), head.id, "CANARY-item", 4, "CANARY-reason"),
        PrivateNote(new_id(), head.id, NoteKind.IMPRESSION, text="CANARY-impression"),
    )
    store.apply("CANARY-label", [added(head), *map(added, parts)], act="create")
    store.note("view", CodingHeader, head.id, "CANARY detail")
    return head, parts


def figures_of(head, worker):
    figure = TrainingFigure(Measured.STATE, "dyad", 0.777, 0.7771, 0.7772, 0.7773, 777)
    return TrainingResult(
        result_id(head.id), worker, head.id, datetime.now(UTC), "CANARY-scheme", 777, 777, 777, (figure,)
    )


def test_nobody_but_its_coder_ever_reads_a_training_coding_or_its_figures(pair):
    in_force(pair)
    # the lead of the case, the work partner, and who has nothing to do with it: each trains, each looks
    stores = (pair.a, pair.b, pair.c)
    made = [trained(pair, store, n) for n, store in enumerate(stores)]
    ids = [e.id for head, parts in made for e in (head, *parts)]
    ids += [pair.meeting.id, *IDS, *(result_id(head.id) for head, _ in made)]
    while_it_is_coded = [everything_offered(store, ids) for store in stores]
    for store, (head, _), worker in zip(stores, made, IDS, strict=True):
        ready, result = make_ready(store, head), figures_of(head, worker)
        store.apply("CANARY-figures", [added(result)])
        assert store.find(TrainingResult) == (result,)
        assert store.find(CodingHeader, kind=CodingKind.TRAINING) == (ready,)
    when_it_is_ready = [everything_offered(store, ids) for store in stores]
    for n, (head, parts) in enumerate(made):
        for m in range(len(stores)):
            for said in (while_it_is_coded[m], when_it_is_ready[m]):
                assert [e.id in said for e in (head, *parts)] == [n == m] * (1 + len(parts))
            assert (result_id(head.id) in when_it_is_ready[m]) == (n == m), "not even that there are figures"
    assert all("CANARY-label" in said for said in when_it_is_ready)


def test_a_training_coding_is_no_ones_of_the_pair(pair):
    _, reference = in_force(pair)
    states = pair.a.coding_states(pair.meeting.id)
    head, _ = trained(pair, pair.a, 0)
    make_ready(pair.a, head)
    assert pair.a.coding_states(pair.meeting.id) == states
    assert pair.b.awaited(pair.meeting.id) == ()
    assert len(pair.b.find(CodingHeader, kind=CodingKind.OWN)) == 2
    refused(pair.a, "coding-exists", added(header(pair, kind=CodingKind.TRAINING)))
    again = header(pair, kind=CodingKind.TRAINING, reading=2)
    pair.a.apply("the film once more, after half a year", [added(again)])
    assert pair.b.get(Reference, reference.id) == reference


def test_nothing_is_coded_against_what_is_no_reference_in_force(pair):
    training = header(pair, 2, kind=CodingKind.TRAINING)
    refused(pair.c, "no-reference", added(training))
    common = confirm(pair, common_view(pair))
    refused(pair.c, "no-reference", added(training))
    first = named(common.header, A, A_DAY)
    pair.a.apply("named", [added(first)])
    refused(pair.c, "no-reference", added(training))
    both = first.confirmed(B, A_DAY)
    pair.b.apply("confirmed", [Change(first, both)])
    back = common.taken_back(B)
    pair.b.apply("the common view is confirmed no longer", back)
    refused(pair.c, "no-reference", added(training))
    pair.b.apply("and is again", common.apply(back).confirmed(B, A_DAY, (A, B)))
    with pytest.raises(AssertionError, match="as the reference was"):
        pair.c.apply("x", [added(replace(training, scheme_version=2))])
    pair.c.apply("begun", [added(training)])
    with pytest.raises(AssertionError, match="as the reference was"):
        pair.c.apply("x", [Change(training, replace(training, scheme_id="another"))])


def test_what_was_ready_for_learning_stays_and_nobody_else_changes_it(pair):
    in_force(pair)
    head, (point, *_) = trained(pair, pair.c, 2)
    refused(pair.a, "coding-not-yours", removed(point))
    ready = make_ready(pair.c, head)
    refused(pair.c, "training-ready", Change(ready, head))
    refused(pair.c, "coding-ready", removed(point))
    result = figures_of(head, C)
    refused(pair.a, "training-not-yours", added(result))
    pair.c.apply("figures", [added(result)])
    refused(pair.c, "training-figures-fixed", Change(result, replace(result, tasks=9)))
    pair.c.apply("a worker's own figures may go", [removed(result)])


def test_a_reference_is_what_both_have_confirmed_and_each_only_for_oneself(pair):
    common = common_view(pair)
    refused(pair.a, "reference-not-confirmed-view", added(named(common.header, A, A_DAY)))
    common = confirm(pair, common)
    first = named(common.header, A, A_DAY)
    refused(pair.c, "not-a-coder", added(named(common.header, C, A_DAY)))
    refused(pair.b, "reference-of-another", added(first))
    refused(pair.a, "reference-of-another", added(first.confirmed(B, A_DAY)))
    refused(pair.a, "reference-not-confirmed-view", added(replace(first, checksum="another")))
    own = pair.a.find(CodingHeader, kind=CodingKind.OWN)[0]
    refused(pair.a, "reference-not-confirmed-view", added(named(own, A, A_DAY)))
    pair.a.apply("named", [added(first)])
    refused(pair.a, "reference-fixed", Change(first, replace(first, scheme_version=2)))
    refused(pair.a, "reference-of-another", Change(first, first.confirmed(B, A_DAY)))
    refused(pair.a, "reference-of-another", Change(first, first.confirmed_as(())))
    both = first.confirmed(B, A_DAY)
    pair.b.apply("confirmed", [Change(first, both)])
    refused(pair.b, "reference-of-another", Change(both, both.confirmed_as((Confirmation(B, A_DAY),))))
    refused(pair.c, "not-a-coder", removed(both))
    pair.b.apply("either of the two ends it", [removed(both)])
    with pytest.raises(NotAllowed):
        pair.b.apply("and no undo gives the other's word", [added(both)])


def test_training_keeps_no_version_of_a_scheme_from_going(pair):
    in_force(pair)
    unused = StoredContent("scheme/own/1", "scheme", "own", 1, "text")
    pair.c.apply("kept", [added(unused)])
    trained(pair, pair.c, 2)
    pair.c.apply("gone", [removed(unused)])


def test_it_stays_sealed_when_its_coder_signs_in_again(tmp_path):
    held = SqlArchive(tmp_path)
    pair = Pair(*(held.open(i) for i in IDS))
    pair.begin(IDS)
    in_force(pair)
    head, _ = trained(pair, pair.c, 2)
    make_ready(pair.c, head)
    pair.c.leave()
    again = held.open(C)
    assert again.release_due() == ()
    assert again.find(CodingHeader, coder=C) != ()
    assert "CANARY" not in everything_offered(pair.a, [head.id])
    held.close()


def test_ready_is_what_was_looked_at_here_too(pair):
    in_force(pair)
    head, _ = trained(pair, pair.c, 2)
    refused(pair.c, "not-covered", Change(head, replace(head, state=CodingState.READY, covered=())))


def test_a_training_coding_goes_to_no_other_computer(pair):
    in_force(pair)
    head, _ = trained(pair, pair.a, 0)
    make_ready(pair.a, head)
    sent = SentCoding(new_id(), pair.meeting.id, head.id, B, "said", A_DAY)
    refused(pair.a, "coding-not-yours", added(sent))


def test_a_case_that_is_erased_takes_its_reference_and_leaves_each_workers_figures():
    gone = belongings.below(TABLES[Case], "of-a-case")
    assert TABLES[Reference] in gone
    assert sealed_coding in gone, "and with it what was coded for learning"
    assert TABLES[TrainingResult] not in gone
