"""Erasing what is of no case: what is refused, what goes, and the wall; by the fakes and by the real archive."""

from dataclasses import replace
from datetime import date

import pytest

from app.erasing.films import why_kept
from app.errors import NotAllowed, StoreError
from app.model.brought import Brought
from app.model.change import Change, added, removed
from app.model.erasure import Erasure, FilmOrder, Ground, Whole, WholeOrder
from app.model.hold import Held, Keeping
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.people import Case, Worker
from app.model.recording import Origin, Recording
from app.model.service_work import FormRow, FormValue, ServiceWork
from app.model.supervision import AgreementState, SupervisionAgreement, SupervisionSession
from app.model.supervision_film import ControllersWord
from app.model.supervision_note import SupervisionNotebook
from app.model.template import Belongs
from storage.store.kinds import NOTED, SUPERVISED
from tests.contracts.test_erasing import (
    go_on,
    ground,  # noqa: F401  the same archives with their door
    nothing,
)
from tests.material import templates
from tests.material.builders import recording
from tests.material.supervision import agreement, session, supervised

DAY = date(2026, 11, 2)


def order(thing, words="sanottu") -> WholeOrder:
    whole = Whole.SUPERVISION if isinstance(thing, SupervisionAgreement) else Whole.SERVICE
    return WholeOrder(whole, thing.id, Ground.OTHER, words)


def refused(place, key, thing, words="sanottu") -> None:
    with pytest.raises(NotAllowed) as caught:
        place.erasing.whole(order(thing, words), nothing, go_on)
    assert caught.value.key == key
    assert place.store.find(type(thing), id=thing.id) == (thing,)


def test_a_supervision_that_ended_goes_whole_and_no_other(ground) -> None:  # noqa: F811
    store = ground.store
    made, parts = supervised(store)
    other, others = supervised(store)
    taken = session(made)
    store.apply("taken away", [added(taken)])
    store.apply("taken away", [removed(taken)])
    refused(ground, "supervision-not-ended", made)
    over = replace(made, state=AgreementState.ENDED, ended=DAY)
    store.apply("over", [Change(made, over)])
    refused(ground, "erasure-needs-ground", over, " ")
    certificate = ground.erasing.whole(order(over), nothing, go_on)
    assert (certificate.whole, certificate.is_of_case, certificate.case_id) == (Whole.SUPERVISION, False, over.id)
    assert (certificate.alone, certificate.films) == (True, ())
    rows = {row.kind: row for row in certificate.rows}
    assert rows["supervision_agreement"].ids == (over.id,)
    assert rows["supervision_session"].count == 1
    for kind in (*SUPERVISED, *NOTED):
        left = {one.id for one in store.find(kind)}
        assert left == {one.id for one in (other, *others) if isinstance(one, kind)}, kind
    for gone in (over, taken, *(p for p in parts if type(p) not in NOTED)):
        assert store.history(gone.id) == ()
    assert store.history(other.id) != ()
    assert [e.act for e in store.audit_log(over.id)][-1] == "erased"
    (change,) = ground.erasing.finish(nothing, go_on)
    assert store.find(Erasure) == (change.after,)
    assert change.after.finished is not None
    with pytest.raises(StoreError, match="not-found"):
        ground.erasing.whole(order(over), nothing, go_on)


def test_recordings_of_its_sessions_go_first_and_their_folders_with_it(ground) -> None:  # noqa: F811
    store = ground.store
    made, parts = supervised(store)
    (met,) = (p for p in parts if isinstance(p, SupervisionSession))
    folder = Case(new_id(), "x", "", session_id=met.id)
    meeting = Meeting(new_id(), folder.id, met.at, "", "", (store.me, ""), "recorded-session")
    film = recording(meeting.id)
    word = ControllersWord("Esimerkkilä", "Malli", DAY, "päätös 4")
    lent = replace(folder, id=new_id(), bringer="o1", brought=Brought(word, DAY, date(2027, 1, 31)))
    there = replace(meeting, id=new_id(), case_id=lent.id, kind="brought-film")
    shown = replace(recording(there.id), origin=Origin.FILMED)  # what is taken in is asked for its last day
    store.apply("recorded", [added(one) for one in (folder, meeting, film, lent, there, shown)])
    over = replace(made, state=AgreementState.ENDED, ended=DAY)
    store.apply("over", [Change(made, over)])
    refused(ground, "supervision-has-recordings", over)
    asked = Keeping(Held.BY_REQUEST, DAY, store.me, "pyynt\u00f6 n\u00e4hd\u00e4 tallenne")
    store.apply("asked", [Change(over, kept := replace(over, keeping=(asked,)))])
    assert why_kept(store, film) == Held.BY_REQUEST
    with pytest.raises(NotAllowed, match="held-by-request"):
        ground.erasing.film(FilmOrder(film.id, Ground.WITHDRAWN, "sanottu"), go_on)
    over = replace(kept, keeping=(replace(asked, ended=DAY, answer="katsottu"),))
    store.apply("answered", [Change(kept, over)])
    ground.erasing.film(FilmOrder(film.id, Ground.WITHDRAWN, "sanottu"), go_on)
    refused(ground, "supervision-has-recordings", over)
    ground.erasing.film(FilmOrder(shown.id, Ground.WITHDRAWN, "sanottu"), go_on)
    certificate = ground.erasing.whole(order(over), nothing, go_on)
    rows = {row.kind: row for row in certificate.rows}
    assert set(rows["client_case"].ids) == {folder.id, lent.id}
    assert (certificate.whole, certificate.is_of_case, certificate.is_of_film) == (Whole.SUPERVISION, False, False)
    assert (rows["meeting"].count, rows["recording"].count) == (2, 2)
    assert store.find(Case, session_id=met.id) == () == store.find(Recording, meeting_id=meeting.id)
    assert store.history(folder.id) == store.history(meeting.id) == store.history(film.id) == ()


@pytest.mark.parametrize("why", [Held.BY_HOLD, Held.BY_REQUEST])
def test_what_is_held_or_asked_about_stays(ground, why) -> None:  # noqa: F811
    store = ground.store
    made, parts = supervised(store)
    over = replace(made, state=AgreementState.ENDED, ended=DAY)
    held = replace(over, keeping=(Keeping(why, DAY, store.me, "valitus"),))
    work = templates.begun(store, templates.template(Belongs.GROUP))
    closed = replace(work, closed=DAY)
    kept = replace(closed, keeping=held.keeping)
    store.apply("held", [Change(made, held), Change(work, kept)])
    for gone in ([p for p in parts if isinstance(p, k)] for k in NOTED):
        with pytest.raises(NotAllowed, match=why.value):
            store.apply("own notes", [removed(p) for p in gone])
    for thing in (held, kept):
        refused(ground, why.value, thing)
        (held_by,) = thing.keeping
        for bad in ((), (replace(held_by, ground="muu"),), (held_by, replace(held_by, ground=" "))):
            with pytest.raises(NotAllowed, match="hold-"):
                store.apply("x", [Change(thing, replace(thing, keeping=bad))])
        free = replace(thing, keeping=(replace(held_by, ended=DAY, answer="annettu"),))
        store.apply("let go", [Change(thing, free)])
        with pytest.raises(NotAllowed, match="hold-stays"):
            store.apply("x", [Change(free, thing)])
        ground.erasing.whole(order(free), nothing, go_on)
        assert store.find(type(thing)) == ()


def test_a_service_of_no_case_goes_with_what_was_filled_in(ground) -> None:  # noqa: F811
    store = ground.store
    of_case = templates.begun(store, templates.template(Belongs.CASE), ground.meeting.case_id)
    work = templates.begun(store, templates.template(Belongs.PROFESSIONAL), called="Koulutus")
    row, gone = (FormRow(new_id(), work.id, "sheet", written=(FormValue("line", x),)) for x in ("sana", "pois"))
    store.apply("filled", [added(row)])
    store.apply("other", [Change(row, replace(row, written=(FormValue("line", "toinen"),)))])
    refused(ground, "service-not-ended", work)
    refused(ground, "service-kept-by-case", of_case)
    closed = replace(work, closed=DAY)
    store.apply("closed", [Change(work, closed)])
    certificate = ground.erasing.whole(order(closed), nothing, go_on)
    assert {r.kind: r.count for r in certificate.rows} == {"service_work": 1, "form_row": 1}
    assert store.find(ServiceWork) == (of_case,)
    assert store.history(work.id) == store.history(row.id) == store.history(gone.id) == ()


def test_two_confirm_it_where_there_are_two(ground) -> None:  # noqa: F811
    made, _ = supervised(ground.store)
    over = replace(made, state=AgreementState.ENDED, ended=DAY)
    ground.store.apply("over", [Change(made, over)])
    ground.company()
    refused(ground, "erasure-needs-second", over)
    ground.erasing.confirmed(second := new_id(), over.id)
    assert ground.erasing.whole(order(over), nothing, go_on).second_id == second


def test_another_supervisors_is_not_there(ground) -> None:  # noqa: F811
    """Nobody learns of it, but whom it names as a reader once its supervisor has left."""
    store, leena = ground.store, Worker(new_id(), "Leena")
    store.apply("leena", [added(leena)])
    made = agreement(store.me, readers=(leena.id,))
    assert made.is_erased_by(store.me, supervisor_left=False)
    assert not made.is_erased_by(leena.id, supervisor_left=False)
    assert made.is_erased_by(leena.id, supervisor_left=True)
    assert not made.is_erased_by(new_id(), supervisor_left=True)
    supervised_too = replace(made, sign_ins=made.signing_in("o1", leena.id))
    assert not supervised_too.is_erased_by(leena.id, supervisor_left=True)
    assert store.find(SupervisionNotebook) == ()
