"""The wall: nothing of supervision is read from client work or by a colleague, nor the other way; in every store."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import NotAllowed, StoreError
from app.model.change import Change, added, removed
from app.model.identity import new_id
from app.model.meeting import Meeting, Outcome
from app.model.people import Case
from app.model.sought import Side, Sought
from app.model.supervision import (
    AgreementState,
    RecordingConsent,
    Supervisee,
    SupervisionAgreement,
    SupervisionGoal,
    SupervisionSession,
    sign_in,
)
from app.model.supervision_course import GoalRating, Phase, SupervisionEvaluation
from app.model.supervision_film import SHOWN, ClipUse, Reflection, Shared, Shown
from app.model.supervision_note import SupervisionNote, SupervisionNotebook
from storage.store.kinds import KINDS, NOTED, SUPERVISED
from storage.store.sql_search import SqlSearch
from tests.contracts.test_store import IDS, everything_offered
from tests.material.archives import Pair, SqlArchive
from tests.material.builders import A_DAY
from tests.material.supervision import agreement, all_say_yes, everything_of_supervision, session, signed
from tests.stand_ins.fake_search import MemorySearch
from tests.stand_ins.fakes import MemoryArchive

#: in every text of supervision, and nowhere else
SECRET = "kanarialintu"


@pytest.fixture(params=["memory", "sqlcipher"])
def pair(request, tmp_path):
    if request.param == "memory":
        archive = MemoryArchive()
        found = Pair(*(archive.open(i) for i in IDS))
        found.searches = [MemorySearch(store) for store in (found.a, found.b, found.c)]
        close = found.a.close
    else:
        held = SqlArchive(tmp_path)
        found = Pair(*(held.open(i) for i in IDS))
        found.searches = [SqlSearch(held.database, i) for i in IDS]
        close = held.close
    found.begin(IDS)
    yield found
    close()


def refused(store, key, *changes, act="edit"):
    with pytest.raises(NotAllowed) as caught:
        store.apply("x", changes, act=act)
    assert caught.value.key == key


def begun(pair, reader="", **fields):
    """A signed agreement of A's with one of everything in it, each text with the secret in it."""
    made, met, rating, evaluation, use, mark, book, note = everything_of_supervision(IDS[0], reader)
    made = replace(made, title=SECRET, state=AgreementState.DRAFT, **fields)
    said = (
        replace(met, question=SECRET, agreed=SECRET),
        rating,
        replace(evaluation, words=SECRET),
        replace(use, question=SECRET),
        replace(mark, words=SECRET),
    )
    pair.a.apply(SECRET, [added(made), *map(added, said)])
    pair.a.apply(SECRET, [added(book), added(replace(note, text=SECRET))])
    after = replace(said[0], agreed=f"{SECRET} {SECRET}")
    pair.a.apply(SECRET, [Change(said[0], after)])
    for one in (made, after, use):
        pair.a.note("view", type(one), one.id)
    return made, after, *said[1:], book, replace(note, text=SECRET)


def found_by(pair, number, side):
    return pair.searches[number].find(Sought(SECRET, side=side), 20)


def test_a_colleague_finds_nothing_of_it_however_it_is_asked(pair):
    everything = begun(pair)
    ids = [e.id for e in everything]
    for store in (pair.b, pair.c):
        text = everything_offered(store, [*ids, pair.case.id, pair.meeting.id])
        assert SECRET not in text
        assert [i for i in ids if i in text] == []
        assert not any(store.has(kind) for kind in SUPERVISED)
        assert all(store.history(i) == () == store.audit_log(i) for i in ids)
    for number in (1, 2):
        assert found_by(pair, number, Side.SUPERVISION) == () == found_by(pair, number, Side.CLIENTS)
    mine = everything_offered(pair.a, ids)
    assert [i for i in ids if i not in mine] == []


def test_whom_the_agreement_names_reads_it_but_never_the_own_notes(pair):
    made, met, *_, mark, book, note = begun(pair, IDS[2])
    assert pair.c.find(SupervisionAgreement) == (made,)
    assert pair.c.find(SupervisionSession) == (met,)
    assert {f.id for f in found_by(pair, 2, Side.SUPERVISION)} >= {made.id, met.id}
    assert pair.c.history(met.id)
    assert pair.c.find(Reflection) == (), "shared with the supervisor alone"
    for kind in NOTED:
        assert pair.c.find(kind) == ()
    assert note.text not in repr(pair.c.history(note.id))
    assert pair.a.find(SupervisionNote) == (note,)
    assert pair.a.find(SupervisionNotebook) == (book,)
    shared = replace(mark, shared=Shared.GROUP)
    pair.a.apply("x", [Change(mark, shared)])
    assert pair.c.find(Reflection) == (shared,)
    assert pair.c.history(mark.id) == (), "how it came to be is its writer's"
    pair.a.apply("x", [Change(made, replace(made, readers=()))])
    assert pair.c.find(SupervisionAgreement) == () == pair.c.find(Reflection)
    assert found_by(pair, 2, Side.SUPERVISION) == ()


def test_each_side_of_the_wall_is_searched_by_itself_and_nothing_is_of_a_case(pair):
    everything = begun(pair)
    case = pair.a.get(Case, pair.case.id)
    pair.a.apply("x", [Change(case, replace(case, note=SECRET))])
    assert [f.kind for f in found_by(pair, 0, Side.CLIENTS)] == [Case]
    found = found_by(pair, 0, Side.SUPERVISION)
    assert {f.kind for f in found} == {SupervisionAgreement, SupervisionSession, SupervisionEvaluation, ClipUse}
    assert {(f.case_id, f.meeting_id, f.person_id) for f in found} == {("", "", "")}
    assert pair.searches[0].again([(f.kind, f.id) for f in found]) == ()
    ids = {e.id for e in everything}
    assert not {e.object_id for e in pair.a.audit_of_case(pair.case.id)} & ids
    before = found
    assert pair.searches[0].rebuild(lambda _: None, lambda: False)
    assert {(f.kind, f.id) for f in found_by(pair, 0, Side.SUPERVISION)} == {(f.kind, f.id) for f in before}
    assert found_by(pair, 1, Side.SUPERVISION) == ()


KIND = st.sampled_from([kind.entity for kind in KINDS])
NAMED = st.sampled_from(["id", "agreement_id", "case_id", "meeting_id", "coding_id", "session_id"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(asked=st.lists(st.tuples(KIND, NAMED), min_size=1, max_size=8), who=st.integers(0, 2))
def test_no_read_of_client_work_gives_anything_of_supervision_and_the_other_way(pair, asked, who):
    store = (pair.a, pair.b, pair.c)[who]
    if not pair.a.has(SupervisionAgreement):
        pair.told = begun(pair)
    ids = (*(e.id for e in pair.told), pair.case.id, pair.meeting.id, pair.child.id, pair.adult.id)
    for kind, name in asked:
        if name not in getattr(kind, "__slots__", ()):
            continue
        found = store.find(kind, **{name: ids})
        beyond = kind in SUPERVISED or kind in NOTED
        assert beyond or SECRET not in repr(found)
        assert not beyond or who == 0 or found == ()
        if beyond:
            texts = repr(found)
            assert not any(i in texts for i in (pair.case.id, pair.meeting.id, pair.child.id, pair.adult.id))


# what is written


def test_an_agreement_is_its_supervisors_and_stays_as_it_was_signed(pair):
    made = agreement(IDS[0])
    refused(pair.b, "supervision-not-yours", added(made))
    refused(pair.a, "agreement-unsigned", added(signed(made)))
    pair.a.apply("x", [added(made)])
    refused(pair.b, "supervision-not-yours", Change(made, replace(made, title="toinen")))
    refused(pair.a, "supervision-not-yours", Change(made, replace(made, supervisor=IDS[1])))
    refused(pair.a, "agreement-unsigned", Change(made, replace(made, state=AgreementState.SIGNED)))
    refused(pair.a, "agreement-signed", Change(made, replace(made, state=AgreementState.ENDED)))
    silent = replace(signed(made), confidentiality=" ")
    refused(pair.a, "agreement-unsigned", Change(made, silent))
    now = signed(made)
    pair.a.apply("x", [Change(made, now)])
    refused(pair.a, "agreement-signed", removed(now))
    for other in (
        replace(now, price=9),
        replace(now, goals=(SupervisionGoal("g1", "toinen"),)),
        replace(now, payer_sees=()),
        replace(now, state=AgreementState.DRAFT),
        replace(now, supervisees=now.supervisees[1:]),
        replace(now, supervisees=(replace(now.supervisees[0], called="toinen"), *now.supervisees[1:])),
    ):
        refused(pair.a, "agreement-signed", Change(now, other))
    gone = replace(now.supervisees[0], left=date(2026, 5, 1))
    grown = replace(now, supervisees=(gone, *now.supervisees[1:], Supervisee("o4", "Uusi")), readers=(IDS[1],))
    pair.a.apply("x", [Change(now, grown)])
    over = replace(grown, state=AgreementState.ENDED, ended=date(2026, 6, 1), ending="kiitos")
    pair.a.apply("x", [Change(grown, over)])
    refused(pair.a, "agreement-signed", Change(over, replace(over, state=AgreementState.SIGNED)))
    refused(pair.a, "agreement-ended", added(session(over)))


def test_a_session_is_held_under_a_signed_agreement_and_stays_on_record(pair):
    made = agreement(IDS[0], readers=(IDS[1],))
    met, exploring = session(made), session(made, exploratory=True)
    pair.a.apply("x", [added(made), added(met), added(exploring)])
    refused(pair.b, "supervision-not-yours", added(session(made)))
    refused(pair.c, "supervision-not-yours", added(session(made)))
    refused(pair.a, "agreement-unsigned", Change(met, replace(met, outcome=Outcome.HELD)))
    explored = replace(exploring, outcome=Outcome.HELD)
    pair.a.apply("x", [Change(exploring, explored)])
    refused(pair.a, "session-stays", removed(explored))
    pair.a.apply("x", [Change(made, signed(made))])
    refused(pair.a, "cancelled-when", Change(met, replace(met, outcome=Outcome.CANCELLED)))
    day = A_DAY.date()
    yes, no = RecordingConsent("o1", True, day), RecordingConsent("o2", False, day)
    refused(pair.a, "recording-consent", Change(met, replace(met, recorded=True)))
    refused(pair.a, "recording-consent", Change(met, replace(met, recorded=True, recording_consents=(yes, no))))
    refused(pair.a, "recording-consent", Change(met, replace(met, recorded=True, recording_consents=(yes,))))
    everybody = all_say_yes(made, day)
    pair.a.apply("x", [Change(met, replace(met, outcome=Outcome.HELD, recorded=True, recording_consents=everybody))])


def test_a_rating_and_a_mark_are_ones_own(pair):
    people = (Supervisee("o1", "Yksi"), Supervisee("o2", "Kaksi"))
    made = agreement(IDS[0], supervisees=people, sign_ins=(sign_in(IDS[1], "o1"),))
    met = session(made)
    use = ClipUse(new_id(), made.id, met.id, "clip", "o1")
    pair.a.apply("x", [added(made), added(met), added(use)])

    def rating(who, by, **fields):
        return replace(GoalRating(new_id(), made.id, "g1", who, Phase.START, 3, A_DAY.date(), by), **fields)

    own = rating("o1", IDS[1])
    pair.b.apply("x", [added(own)])
    refused(pair.b, "supervision-word-of-another", added(rating("o2", IDS[1])))
    refused(pair.b, "supervision-word-of-another", added(rating("o2", IDS[0])))
    refused(pair.a, "supervision-word-of-another", Change(own, replace(own, value=5)))
    refused(pair.c, "supervision-not-yours", added(rating("o1", IDS[2])))
    refused(pair.a, "moved", added(rating("o2", IDS[0], goal_id="none")))
    pair.a.apply("x", [added(rating("o2", IDS[0]))])
    mark = Reflection(new_id(), made.id, use.id, 5, "o1", IDS[1], words="katse")
    pair.b.apply("x", [added(mark)])
    assert pair.a.find(Reflection) == (), "private: not even the supervisor's"
    shared = replace(mark, shared=Shared.SUPERVISOR)
    pair.b.apply("x", [Change(mark, shared)])
    assert pair.a.find(Reflection) == (shared,)
    refused(pair.a, "supervision-word-of-another", Change(shared, replace(shared, words="toinen")))
    refused(pair.b, "moved", added(replace(mark, id=new_id(), use_id="none")))


def test_a_supervisee_with_an_own_sign_in_finds_what_is_everybodys_and_the_own(pair):
    """Of the others' clips, numbers and private marks nothing, however it is asked, and of own notes nothing at all."""
    made, met, rating, evaluation, use, mark, book, note = begun(pair, sign_ins=(sign_in(IDS[1], "o2"),))
    assert {rating.supervisee_id, use.asker, mark.author} == {"o1"}
    own = ClipUse(new_id(), made.id, met.id, "clip", "o2", "oma kysymys")
    number = GoalRating(new_id(), made.id, "g1", "o2", Phase.START, 3, A_DAY.date(), IDS[0])
    pair.a.apply("x", [added(own), added(number)])
    store = pair.b
    assert store.find(SupervisionAgreement) == (made,)
    assert store.find(SupervisionSession) == (met,)
    assert store.find(SupervisionEvaluation) == (evaluation,)
    assert store.find(ClipUse) == (own,)
    assert store.find(GoalRating) == (number,)
    assert store.find(Reflection) == ()
    for kind in NOTED:
        assert store.find(kind) == ()
    for hidden in (rating, use, mark, book, note):
        with pytest.raises(StoreError):
            store.get(type(hidden), hidden.id)
    # how it came to be, the log and the search are for who finds the whole
    text = everything_offered(store, [e.id for e in (rating, use, mark, book, note)])
    assert not any(one.id in text for one in (rating, use, mark, book, note))
    assert all(store.history(one.id) == () for one in (made, met, use, rating, own))
    assert found_by(pair, 1, Side.SUPERVISION) == ()
    shared = replace(mark, shared=Shared.GROUP)
    pair.a.apply("x", [Change(mark, shared)])
    assert store.find(Reflection) == (shared,)
    # the own clip is looked at, and nothing else becomes of it
    shown = replace(own, shown=(Shown(A_DAY, IDS[1], ("consent",)),))
    refused(store, "supervision-not-yours", Change(own, shown))
    refused(store, "supervision-not-yours", Change(own, replace(shown, question="toinen")), act=SHOWN)
    refused(store, "supervision-not-yours", added(session(made)))
    refused(store, "supervision-not-yours", Change(made, replace(made, title="toinen")))
    store.apply("x", [Change(own, shown)], act=SHOWN)
    refused(pair.a, "supervision-sign-in", Change(made, replace(made, sign_ins=(sign_in(IDS[0], "o1"),))))
    refused(pair.a, "supervision-sign-in", Change(made, replace(made, sign_ins=(sign_in(IDS[1], "none"),))))
    left = replace(made, supervisees=tuple(replace(s, left=A_DAY.date()) for s in made.supervisees))
    refused(pair.a, "supervision-sign-in", Change(made, left))
    reads = replace(made, readers=(IDS[1],))
    pair.a.apply("x", [Change(made, reads)])
    assert {one.id for one in store.find(ClipUse)} == {use.id, own.id}, "named as a reader besides, one finds the whole"
    gone = replace(made, sign_ins=())
    pair.a.apply("x", [Change(reads, made)])
    pair.a.apply("x", [Change(made, gone)])
    assert not any(store.has(kind) for kind in SUPERVISED)


def test_a_showing_says_what_it_stood_on_and_stays_said(pair):
    made, other = agreement(IDS[0]), agreement(IDS[0])
    met = session(made)
    use = ClipUse(new_id(), made.id, met.id, "clip", "o1")
    pair.a.apply("x", [added(made), added(other), added(met)])
    refused(pair.a, "moved", added(replace(use, agreement_id=other.id)))
    pair.a.apply("x", [added(use)])
    shown = replace(use, shown=(Shown(A_DAY, IDS[0], ("consent",)),))
    refused(pair.a, "showing-is-no-edit", Change(use, shown))
    for silent in (Shown(A_DAY, IDS[0], ()), Shown(A_DAY, IDS[1], ("consent",))):
        refused(pair.a, "showing-without-consent", Change(use, replace(use, shown=(silent,))), act=SHOWN)
    pair.a.apply("x", [Change(use, shown)], act=SHOWN)
    refused(pair.a, "showing-stays", Change(shown, use), act=SHOWN)
    refused(pair.a, "showing-stays", removed(shown))
    refused(pair.a, "moved", Change(shown, replace(shown, clip_id="other")))
    pair.a.apply("x", [Change(shown, replace(shown, takeaway="odotan"))])


def test_own_notes_lie_with_their_keeper_and_go_with_their_words(pair):
    made = agreement(IDS[0], readers=(IDS[1],))
    pair.a.apply("x", [added(made)])
    refused(pair.b, "supervision-not-yours", added(SupervisionNotebook(new_id(), made.id, IDS[1])))
    refused(pair.a, "supervision-not-yours", added(SupervisionNotebook(new_id(), made.id, IDS[1])))
    book = SupervisionNotebook(new_id(), made.id, IDS[0])
    notes = [SupervisionNote(new_id(), book.id, text=f"{SECRET} {n}") for n in range(3)]
    pair.a.apply("x", [added(book), added(notes[0])])
    pair.a.apply("x", [added(notes[1])])
    pair.a.apply("x", [added(notes[2])])
    assert pair.a.find(SupervisionNote, notebook_id=book.id) == tuple(notes)
    assert pair.a.get(SupervisionNote, notes[1].id) == notes[1]
    later = replace(notes[0], text="muu", written=date(2026, 1, 1))
    pair.a.apply("x", [Change(notes[0], later)])
    told = pair.a.history(later.id)
    assert told
    assert SECRET not in repr(told)
    pair.a.apply("x", [removed(later), removed(notes[1])], act="supervision-notes-erased")
    assert pair.a.find(SupervisionNote) == (notes[2],)
    pair.a.apply("x", [removed(notes[2]), removed(book)], act="supervision-notes-erased")
    assert pair.a.find(SupervisionNotebook) == () == pair.a.find(SupervisionNote)
    with pytest.raises(StoreError):
        pair.a.get(SupervisionNote, notes[2].id)
    # and a new one can be begun
    pair.a.apply("x", [added(SupervisionNotebook(new_id(), made.id, IDS[0]))])


def test_a_draft_goes_whole_with_what_is_of_it(pair):
    made = agreement(IDS[0])
    met = session(made, at=A_DAY + timedelta(days=7))
    pair.a.apply("x", [added(made), added(met)])
    pair.a.apply("x", [removed(met), removed(made)])
    assert pair.a.find(SupervisionAgreement) == () == pair.a.find(SupervisionSession)
    assert pair.a.find(Meeting) == (pair.meeting,)
