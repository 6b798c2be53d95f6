"""The recording of a session of supervision: behind its wall with all that is made of it, and begun by every yes."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.errors import StoreError
from app.model.change import Change, added, removed
from app.model.feedback import Clip
from app.model.filming import LiveMark, OpenRecording
from app.model.identity import new_id, timeless_id
from app.model.meeting import Meeting, Segment
from app.model.observation import MarkKind, Observation
from app.model.people import Case, Person, Role
from app.model.recording import Origin, Recording
from app.model.sought import Side
from app.model.statement import Statement
from app.model.stored import ExampleClip
from app.model.supervision import AgreementState
from app.model.utterance import Utterance, Voice
from app.ports.pages import Days
from tests.contracts.test_store import IDS, everything_offered, header, make_ready
from tests.contracts.test_supervision import SECRET, found_by, pair, refused  # noqa: F401
from tests.material.builders import A_DAY, facts, recording
from tests.material.supervision import agreement, all_say_yes, session, signed

#: of a time in films that stands nowhere else
MOMENT = 777_111


def agreed(pair, readers=()):  # noqa: F811
    """A signed agreement of A's with a session that everybody lets be recorded."""
    draft = agreement(IDS[0], readers=readers)
    met = session(draft, recording_consents=all_say_yes(draft, A_DAY.date()))
    pair.a.apply("x", [added(draft), added(met)])
    made = signed(draft)
    pair.a.apply("x", [Change(draft, made)])
    return made, met


def folder_of(met, **fields):
    return Case(new_id(), SECRET, "", session_id=met.id, **fields)


def meeting_in(folder):
    return Meeting(new_id(), folder.id, A_DAY, "", "", (IDS[0], ""), "recorded-session", place=SECRET)


def recorded(pair, readers=()):  # noqa: F811
    """One of everything that filming, coding and choosing leave of a session."""
    _, met = agreed(pair, readers)
    folder = folder_of(met)
    meeting = meeting_in(folder)
    film = recording(meeting.id)
    pair.a.apply(SECRET, [added(folder), added(meeting), Change(met, replace(met, recorded=True))])
    said = Utterance(timeless_id(), meeting.id, MOMENT, MOMENT + 5, Voice.OTHER, SECRET)
    clip = Clip(new_id(), film.id, meeting.id, IDS[0], MOMENT, MOMENT + 9, title=SECRET)
    rest = (film, Segment(new_id(), meeting.id, 1, MOMENT, MOMENT + 3), LiveMark(
        new_id(), meeting.id, MarkKind.IMPORTANT, MOMENT, SECRET), said, clip)  # fmt: skip
    pair.a.apply(SECRET, [*map(added, rest)])
    head = replace(header(pair), meeting_id=meeting.id)
    seen = Observation(new_id(), head.id, "q", "adult1", MOMENT, note=SECRET)
    pair.a.apply(SECRET, [added(head), added(seen)], act="create")
    for one in (folder, meeting, film):
        pair.a.note("view", type(one), one.id)
    return folder, meeting, *rest, head, seen


def test_a_colleague_finds_nothing_of_it_however_it_is_asked(pair):  # noqa: F811
    everything = recorded(pair)
    ids = [e.id for e in everything]
    for store in (pair.b, pair.c):
        text = everything_offered(store, [*ids, pair.case.id, pair.meeting.id])
        assert SECRET not in text
        assert str(MOMENT) not in text
        assert [i for i in ids if i in text] == []
        assert all(store.history(i) == () == store.audit_log(i) == store.audit_of_case(i) for i in ids)
        assert not store.has(Recording)
    mine = everything_offered(pair.a, ids)
    assert [i for i in ids if i not in mine] == []
    assert pair.a.audit_of_case(everything[0].id)


def test_whom_the_agreement_names_sees_the_film_but_no_draft_of_a_coding(pair):  # noqa: F811
    folder, meeting, film, *_, head, seen = recorded(pair, readers=(IDS[1],))
    assert pair.b.get(Case, folder.id) == folder
    assert pair.b.find(Recording, meeting_id=meeting.id) == (film,)
    assert pair.c.find(Recording) == ()
    make_ready(pair.a, head)
    assert seen.id not in everything_offered(pair.b, [head.id, seen.id])
    made = pair.a.find(type(signed(agreement(IDS[0]))))[0]
    pair.a.apply("x", [Change(made, replace(made, readers=()))])
    assert pair.b.find(Recording, meeting_id=meeting.id) == ()
    with pytest.raises(StoreError):
        pair.b.get(Case, folder.id)


def test_no_list_of_client_work_nor_the_search_knows_it_not_even_the_supervisors(pair):  # noqa: F811
    folder, meeting, film, *_ = recorded(pair)
    store, days = pair.a, Days(datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
    ever = date(9999, 1, 1)
    gone = replace(film, closed_from_use=A_DAY)
    store.apply("x", [Change(film, gone)])
    told = (
        store.find(Case), store.find(Meeting), store.cases(99), store.meetings(99), store.cases(99, mine=True),
        store.open_cases(), store.work_of_pairs(days), store.films_over(ever, ever), store.meetings(99, days=days),
        store.find(Case, closed=None), store.find(Meeting, kind=meeting.kind),
    )  # fmt: skip
    assert not [i for i in (folder.id, meeting.id) if i in repr(told)]
    assert [p.meetings for p in store.work_of_pairs(days)] == [1]
    assert store.find(Case) == (pair.case,)
    assert not store.is_code_name_taken(SECRET)
    assert store.find(Case, session_id=folder.session_id) == (folder,)
    assert store.find(Meeting, case_id=folder.id) == (meeting,)
    for side in Side:
        assert found_by(pair, 0, side) == ()
    assert pair.searches[0].rebuild(lambda _: None, lambda: False)
    assert found_by(pair, 0, Side.CLIENTS) == () == found_by(pair, 0, Side.SUPERVISION)


def test_nothing_is_recorded_or_taken_in_before_everybody_said_yes(pair):  # noqa: F811
    _, met = agreed(pair)
    folder = folder_of(met)
    meeting = meeting_in(folder)
    book = OpenRecording(new_id(), meeting.id, 1, "film.vau", A_DAY, 0)
    unsaid = replace(met, recording_consents=met.recording_consents[1:])
    for other in (unsaid, replace(met, recording_consents=())):
        pair.a.apply("x", [Change(met, other)])
        refused(pair.a, "recording-consent", added(folder))
        refused(pair.a, "recording-consent", Change(other, replace(other, recorded=True)))
        pair.a.apply("x", [Change(other, met)])
    refused(pair.b, "supervision-not-yours", added(folder))
    now = replace(met, recorded=True)
    pair.a.apply("x", [added(folder), added(meeting), Change(met, now)])
    refused(pair.a, "session-stays", added(folder_of(met)))
    refused(pair.a, "session-stays", removed(now))
    refused(pair.a, "session-stays", Change(now, replace(now, recorded=False)))
    refused(pair.a, "recording-consent", Change(now, replace(now, recording_consents=())))
    refused(pair.b, "supervision-not-yours", added(book))
    pair.a.apply("x", [added(book)])
    no = replace(now.recording_consents[1], given=False)
    taken_back = replace(now, recording_consents=(now.recording_consents[0], no, *now.recording_consents[2:]))
    pair.a.apply("x", [Change(now, taken_back)])
    film = Recording(new_id(), meeting.id, 1, "0" * 64, 9, 1, "x.vau", facts(), wrapped_key=b"k")
    refused(pair.a, "recording-consent", added(film))
    refused(pair.a, "recording-consent", added(replace(book, id=new_id())))
    # what was being filmed is no less there to be erased
    pair.a.apply("x", [removed(book), added(replace(film, origin=Origin.FILMED))])


def test_a_folder_holds_what_is_filmed_and_coded_and_nothing_of_client_work(pair):  # noqa: F811
    folder, meeting, film, *_ = recorded(pair)
    client = pair.a.get(Case, pair.case.id)
    for one in (
        Person(new_id(), folder.id, Role.OTHER_ADULT, "x"),
        Statement(new_id(), folder.id, new_id(), 1, "fi", "mim", A_DAY),
        ExampleClip(new_id(), "scheme", "q", film.id, 0, 5),
    ):
        refused(pair.a, "not-of-supervision", added(one))
    refused(pair.a, "not-of-supervision", Change(client, replace(client, session_id=folder.session_id)))
    refused(pair.a, "not-of-supervision", Change(folder, replace(folder, session_id="")))
    refused(pair.b, "supervision-not-yours", added(LiveMark(new_id(), meeting.id, MarkKind.IMPORTANT, 5)))


def test_one_who_was_not_there_is_not_asked_and_an_ended_agreement_records_nothing(pair):  # noqa: F811
    made, met = agreed(pair)
    over = replace(made, state=AgreementState.ENDED, ended=A_DAY.date())
    pair.a.apply("x", [Change(made, over)])
    refused(pair.a, "agreement-ended", added(folder_of(met)))


def test_nothing_comes_to_what_was_recorded_once_the_agreement_has_ended(pair):  # noqa: F811
    """What is closed from use at the end stays all there is."""
    made, met = agreed(pair)
    folder = folder_of(met)
    meeting = meeting_in(folder)
    pair.a.apply("x", [added(folder), added(meeting), Change(met, replace(met, recorded=True))])
    pair.a.apply("x", [Change(made, replace(made, state=AgreementState.ENDED, ended=A_DAY.date()))])
    refused(pair.a, "agreement-ended", added(recording(meeting.id)))
    refused(pair.a, "agreement-ended", added(OpenRecording(new_id(), meeting.id, 1, "film.vau", A_DAY, 0)))
