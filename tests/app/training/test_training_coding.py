"""A worker codes a reference film alone: begun only against what may be used, counted once, seen by nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.casework.case_editor import CaseEditor
from app.casework.consents import withdrawn
from app.casework.pair import own_headers
from app.casework.reference_films import (
    HALF_A_YEAR,
    Standing,
    demand_reference,
    due_since,
    ending,
    naming,
    reference_film,
    reference_films,
    usable,
)
from app.comparing.common_view.editor import CommonViewEditor
from app.comparing.common_view.reading import common_header
from app.comparing.comparison import comparison
from app.comparing.quality.gathering import gathered
from app.door import Door
from app.errors import ConsentMissing, NotAllowed
from app.i18n import now, today
from app.model.change import Change, added
from app.model.coding import CodingHeader, CodingKind, CodingState
from app.model.consent import Consent, Purpose
from app.model.decision import Answer, Verdict
from app.model.guests import GuestPass, GuestRole
from app.model.identity import new_id
from app.model.people import Worker
from app.model.stored import ContentKind, ContentTerms, terms_id
from app.model.training import Measured, Reference, TrainingResult
from app.numbers.numbers import over_time
from app.statement.beginning import begin_statement
from app.statement.material import gather
from app.training.codes import code_sentences
from app.training.coding import (
    begin_training,
    compared_with_reference,
    draft_of,
    keep_result,
    keep_uncounted,
    own_codings,
    result_of,
)
from tests.material.archives import SqlArchive
from tests.material.builders import A_DAY
from tests.material.house import LONG_AGO, Home
from tests.material.trained import common_view, consents, learning_home, train


@pytest.fixture(params=["memory", "sqlcipher"])
def home(request, qapp, tmp_path):
    if request.param == "memory":
        yield learning_home()
        return
    held = SqlArchive(tmp_path)
    yield learning_home(held)
    held.close()


@pytest.fixture
def small(qapp):
    return learning_home()


def begin(home, store=None) -> CodingHeader:
    return begin_training(Door(store or home.c), home.texts, home.meeting.id)


def test_it_is_begun_as_the_reference_was_and_gone_on_with(home) -> None:
    header = begin(home)
    common = home.c.get(CodingHeader, demand_reference(home.c, home.meeting.id, today()).reference.coding_id)
    assert (header.kind, header.coder, header.reading) == (CodingKind.TRAINING, home.third.id, 1)
    assert (header.scheme_id, header.scheme_version) == (common.scheme_id, common.scheme_version)
    assert header.chosen == common.chosen
    assert begin(home) == header == draft_of(home.c, home.meeting.id)
    assert own_codings(home.a, home.meeting.id) == ()
    assert len(own_headers(home.c, home.meeting.id)) == 2, "none of the pair's"


def test_what_it_came_to_is_kept_once_and_for_its_coder_alone(home) -> None:
    ready = train(home, home.c)
    found = compared_with_reference(home.c, home.texts, ready)
    assert found.b.header.kind == CodingKind.COMMON_VIEW
    assert found.coders == ("Own coding", "Reference coding")
    result = keep_result(Door(home.c), home.texts, ready, found)
    assert keep_result(Door(home.c), home.texts, ready, found) == result == result_of(home.c, ready)
    assert (result.worker_id, result.tasks, result.own) == (home.third.id, 3, False)
    assert result.observations == len(found.a.observations)
    state = result.figure(Measured.STATE, "dyad")
    (row,) = (r for r in found.agreement.time_based if r.group and r.person == "dyad")
    assert state is not None
    assert (state.share, state.kappa, state.span) == (row.percent, row.kappa, None), "three tasks have no interval"
    assert home.a.find(TrainingResult) == home.b.find(TrainingResult) == ()
    again = begin(home)
    assert again.reading == 2, "the film may be coded anew"


def test_the_pairs_figures_numbers_and_statement_are_as_they_were(home) -> None:
    before = comparison(home.a, home.meeting.id).agreement
    people = home.meeting.adult_id, home.meeting.child_id
    series = over_time(home.c, *people)
    office = gathered(home.a)
    keep = train(home, home.c)
    keep_result(Door(home.c), home.texts, keep, compared_with_reference(home.c, home.texts, keep))
    assert comparison(home.a, home.meeting.id).agreement == before
    assert comparison(home.c, home.meeting.id).agreement == before
    assert over_time(home.c, *people) == series
    for store in (home.a, home.c):
        assert (gathered(store).coded, gathered(store).meetings) == (office.coded, office.meetings)
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    for store in (home.a, home.c):
        assert keep.id not in repr(gather(store, statement))


def test_a_reference_needs_everybodys_consent_each_time_it_is_opened(small) -> None:
    ready = train(small, small.c)
    keep_result(Door(small.c), small.texts, ready, compared_with_reference(small.c, small.texts, ready))
    begin(small)
    (consent, *_) = small.a.find(Consent, purpose=Purpose.REFERENCE_FILM)
    small.a.apply("withdrawn", [withdrawn(consent, today())])
    assert [f.standing for f in reference_films(small.c, today())] == [Standing.NO_CONSENT]
    for act in (lambda: begin(small), lambda: compared_with_reference(small.c, small.texts, ready)):
        with pytest.raises(ConsentMissing):
            act()
    assert usable(small.c, today()) == ()
    assert len(small.c.find(TrainingResult)) == 1, "the own figures stay"


def test_a_student_of_another_house_codes_only_while_everybody_consents_to_training(small) -> None:
    guest = Worker(new_id(), "Vieras Esimerkki", guest=True)
    until = today() + timedelta(days=30)
    held = GuestPass(new_id(), small.meeting.id, guest.id, GuestRole.STUDENT, until, small.aino.id, now())
    small.a.apply("guest", [added(guest), added(held)], act="guest-pass-given")
    student = small.held.open(guest.id)
    with pytest.raises(ConsentMissing):
        begin(small, student)
    editor = CaseEditor(small.a, small.texts, small.case_id)
    for person in editor.file.persons:
        editor.give_consent(person, Purpose.TRAINING, LONG_AGO)
    header = begin(small, student)
    assert (header.coder, header.kind) == (guest.id, CodingKind.TRAINING)
    consent = next(c for c in small.a.find(Consent, purpose=Purpose.TRAINING))
    small.a.apply("withdrawn", [withdrawn(consent, today())])
    with pytest.raises(ConsentMissing):
        begin(small, student)
    assert begin(small).kind == CodingKind.TRAINING, "who trains in the house asks for no such consent"


def test_it_falls_with_its_film_and_the_figures_stay(small) -> None:
    ready = train(small, small.c)
    keep_result(Door(small.c), small.texts, ready, compared_with_reference(small.c, small.texts, ready))
    small.erase(small.film)
    assert [f.standing for f in reference_films(small.c, today())] == [Standing.NO_FILM]
    with pytest.raises(NotAllowed) as told:
        begin(small)
    assert told.value.key == "no-reference"
    assert len(small.c.find(TrainingResult)) == 1


def test_a_common_view_decided_anew_is_another_one(small) -> None:
    header = common_header(small.a, small.meeting.id)
    editor = CommonViewEditor(small.a, small.texts, header)
    d = next(iter(editor.common.decisions.values()))
    assert editor.decide(d.id, Answer(Verdict.B, reason="x"))
    assert [f.standing for f in reference_films(small.c, today())] == [Standing.CHANGED]
    common_view(small)
    assert [f.standing for f in reference_films(small.c, today())] == [Standing.CHANGED], "named as it was before"
    with pytest.raises(NotAllowed):
        begin(small)


def test_named_by_one_it_waits_for_the_other(qapp) -> None:
    home = Home()
    home.compare()
    common = common_view(home)
    with pytest.raises(ConsentMissing):
        naming(home.a, common, A_DAY)
    consents(home)
    home.a.apply("named", [naming(home.a, common, A_DAY)])
    film = reference_film(home.a, home.meeting.id, today())
    assert film is not None
    assert film.standing == Standing.UNCONFIRMED
    home.b.apply("ended", [ending(film.reference)])
    assert home.a.find(Reference) == ()


def test_who_made_the_reference_may_code_it_again_and_it_is_said(small) -> None:
    ready = train(small, small.a, presses=(("6", 0.0), ("q", 5.0), ("a", 12.0), ("q", 25.0), ("7", 30.0)))
    result = keep_result(Door(small.a), small.texts, ready, compared_with_reference(small.a, small.texts, ready))
    assert result.own
    assert comparison(small.b, small.meeting.id).a.header.kind == CodingKind.OWN


def test_what_was_not_counted_when_the_program_ended_is_counted_later(small) -> None:
    ready = train(small, small.c)
    keep_uncounted(Door(small.c), small.texts, usable(small.c, today()))
    assert result_of(small.c, ready) is not None
    assert ready.state == CodingState.READY


def test_code_by_code_in_words(small) -> None:
    ready = train(small, small.c)
    said = code_sentences(small.texts, compared_with_reference(small.c, small.texts, ready))
    assert any("only the reference 1" in s for s in said), said
    assert any(s.startswith("Marked alike every time") or ": alike" in s for s in said)


def test_a_worker_without_permission_for_the_scheme_begins_nothing(small) -> None:
    reference = small.c.find(Reference)[0]
    terms = ContentTerms(
        terms_id(ContentKind.SCHEME, reference.scheme_id), ContentKind.SCHEME, reference.scheme_id,
        workers=(small.aino.id, small.leena.id),
    )  # fmt: skip
    small.a.apply("terms", [added(terms)])
    with pytest.raises(NotAllowed) as told:
        begin(small)
    assert told.value.key == "content-not-permitted"
    small.a.apply("retired", [Change(terms, replace(terms, workers=(), retired=True))])
    assert begin(small).coder == small.third.id


def test_half_a_year_without_a_reference_film_is_due_and_without_one_nothing_is(small) -> None:
    begun = small.c.find(Reference)[0].since.astimezone().date()
    assert due_since(small.c, begun + HALF_A_YEAR - timedelta(days=1)) is None
    assert due_since(small.c, begun + HALF_A_YEAR) == begun
    ready = train(small, small.c)
    keep_result(Door(small.c), small.texts, ready, compared_with_reference(small.c, small.texts, ready))
    assert due_since(small.c, today()) is None
    assert due_since(small.c, today() + HALF_A_YEAR) == today()
    assert due_since(small.a, today() + HALF_A_YEAR) == begun, "nobody learns for another"
    small.a.apply("ended", [ending(small.a.find(Reference)[0])])
    assert due_since(small.c, today() + HALF_A_YEAR) is None
