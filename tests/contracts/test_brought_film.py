"""A film of another controller's client: by that one's decision alone, and for the supervisor and its bringer only."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.errors import StoreError
from app.i18n import today
from app.model.brought import Brought
from app.model.change import Change, added
from app.model.feedback import Clip
from app.model.filming import OpenRecording
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.people import Case, Person, Role
from app.model.recording import Recording
from app.model.sought import Side
from app.model.supervision import AgreementState, sign_in
from app.model.supervision_film import ControllersWord
from tests.contracts.test_store import IDS, everything_offered
from tests.contracts.test_supervision import SECRET, found_by, pair, refused  # noqa: F401
from tests.material.builders import A_DAY, recording
from tests.material.supervision import agreement, session, signed

WORD = ControllersWord(f"Esimerkkilä {SECRET}", "Malli Päättäjä", date(2026, 1, 2), "päätös 4")
FAR = date(2099, 12, 31)


def said(**fields) -> Brought:
    return Brought(**{"decision": WORD, "consented": date(2026, 1, 3), "ends": FAR, **fields})


def agreed(pair, **fields):  # noqa: F811
    """A signed agreement of A's with one session; `o1` signs in as B, and C reads it whole."""
    draft = agreement(IDS[0], readers=(IDS[2],), sign_ins=(sign_in(IDS[1], "o1"),), end=FAR, **fields)
    met = session(draft)
    pair.a.apply("x", [added(draft), added(met)])
    made = signed(draft)
    pair.a.apply("x", [Change(draft, made)])
    return made, met


def folder_of(met, held=None, **fields):
    return Case(new_id(), SECRET, "", session_id=met.id, **{"bringer": "o1", "brought": held or said(), **fields})


def meeting_in(folder):
    return Meeting(new_id(), folder.id, A_DAY, "", "", (IDS[0], ""), "brought-film", place=SECRET)


def brought(pair):  # noqa: F811
    made, met = agreed(pair)
    folder = folder_of(met)
    meeting = meeting_in(folder)
    film = recording(meeting.id)
    pair.a.apply(SECRET, [added(folder), added(meeting), added(film)])
    clip = Clip(new_id(), film.id, meeting.id, IDS[0], 0, 9, title=SECRET)
    pair.a.apply(SECRET, [added(clip)])
    return made, met, folder, meeting, film, clip


def test_it_is_there_for_the_supervisor_and_its_bringer_and_for_no_reader_list_or_search(pair):  # noqa: F811
    made, met, folder, meeting, film, clip = brought(pair)
    ids = [folder.id, meeting.id, film.id, clip.id]
    for one in (folder, meeting, film):
        pair.a.note("view", type(one), one.id)
    pair.a.note("played", Recording, film.id, "played=0-9;where=supervision;to=others")
    text = everything_offered(pair.c, [*ids, pair.case.id])
    assert "played=0-9" not in text
    assert [i for i in ids if i in text] == []
    assert all(pair.c.history(i) == () == pair.c.audit_log(i) == pair.c.audit_of_case(i) for i in ids)
    assert pair.c.find(Case, session_id=met.id) == () == pair.c.find(Recording, meeting_id=meeting.id)
    assert (pair.b.get(Case, folder.id), pair.b.find(Recording, meeting_id=meeting.id)) == (folder, (film,))
    assert pair.b.history(folder.id) == (), "what was done of it is the supervisor's to read"
    assert pair.a.history(folder.id)
    assert "played" in {row.act for row in pair.a.audit_of_case(folder.id)}
    assert "played" not in {row.act for row in (*pair.b.audit_log(film.id), *pair.b.audit_of_case(folder.id))}
    assert folder.id not in repr((pair.a.find(Case), pair.a.cases(99), pair.a.find(Meeting), pair.a.meetings(99)))
    assert all(found_by(pair, 0, side) == () for side in Side)
    now = replace(made, sign_ins=())
    pair.a.apply("x", [Change(made, now)])
    assert pair.b.find(Recording, meeting_id=meeting.id) == ()
    with pytest.raises(StoreError):
        pair.b.get(Case, folder.id)


def test_nothing_is_taken_in_without_the_controllers_decision_and_the_consents_of_today(pair):  # noqa: F811
    _, met = agreed(pair)
    for lacking in (
        folder_of(met, said(decision=replace(WORD, ground=" "))),
        folder_of(met, said(withdrawn=today())),
        folder_of(met, bringer="nobody"),
        replace(folder_of(met), code_name=" "),
        replace(folder_of(met), bringer=""),
        replace(folder_of(met), brought=None),
    ):
        refused(pair.a, "brought-undecided", added(lacking))
    refused(pair.a, "brought-too-long", added(folder_of(met, said(ends=FAR + timedelta(1)))))
    refused(pair.a, "brought-too-long", added(folder_of(met, said(ends=date(2026, 1, 1)))))
    for other in (pair.b, pair.c):
        refused(other, "supervision-not-yours", added(folder_of(met)))
    past, later = (folder_of(met, said(**f)) for f in ({"ends": date(2026, 1, 4)}, {"consented": date(2099, 1, 1)}))
    for folder in (past, later):
        meeting = meeting_in(folder)
        pair.a.apply("x", [added(folder), added(meeting)])
        refused(pair.a, "brought-undecided", added(recording(meeting.id)))


def test_what_it_stands_on_is_only_taken_back_and_then_nothing_more_is_taken_in(pair):  # noqa: F811
    made, met, folder, meeting, *_ = brought(pair)
    refused(pair.a, "brought-stays", Change(folder, replace(folder, brought=said(consented=date(2026, 1, 5)))))
    refused(pair.a, "not-of-supervision", Change(folder, replace(folder, bringer="o2")))
    refused(pair.a, "not-of-supervision", added(OpenRecording(new_id(), meeting.id, 1, "film.vau", A_DAY, 0)))
    refused(pair.a, "not-of-supervision", added(Person(new_id(), folder.id, Role.OTHER_ADULT, "x")))
    refused(pair.c, "supervision-not-yours", added(recording(meeting.id)))
    back = replace(folder, brought=said(withdrawn=today()))
    pair.a.apply("x", [Change(folder, back)])
    refused(pair.a, "brought-stays", Change(back, folder))
    refused(pair.a, "brought-undecided", added(recording(meeting.id)))
    other = folder_of(met)
    pair.a.apply("x", [added(other), added(meeting_in(other))])
    over = replace(made, state=AgreementState.ENDED, ended=A_DAY.date())
    pair.a.apply("x", [Change(made, over)])
    refused(pair.a, "agreement-ended", added(folder_of(met)))
