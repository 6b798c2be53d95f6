"""What a guest reads and writes, held by the fake and by the real store: the meeting of the pass, and nothing else.

Every kind that is kept and every way to read are walked: what is new is found out by the walk itself.
"""

import inspect
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app import ports
from app.errors import NotAllowed, StaleChange, StoreError
from app.model import guests
from app.model.change import Change, added, removed
from app.model.circumstance import Circumstance, CircumstanceKind
from app.model.coding import CodingHeader, CodingKind, CodingState
from app.model.consent import Consent, ControllerDecision, Purpose
from app.model.day import local_day
from app.model.guests import BARED, REACH, GuestPass, GuestRole, Sight, shown
from app.model.identity import new_id
from app.model.meeting import Meeting, Segment, SetAside, Stretch
from app.model.observation import Observation
from app.model.people import Case, Person, Role, Worker
from app.model.recording import Recording
from app.model.sought import Side
from app.model.stored import StoredContent
from app.ports.pages import Days
from storage.store.kinds import KINDS, NOTED
from tests.contracts.test_store import by_file, header, make_ready, one_of_everything, refused
from tests.material.archives import Pair, SqlArchive
from tests.material.builders import meeting, recording
from tests.stand_ins.fakes import MemoryArchive

IDS = tuple(new_id() for _ in range(3))
GUEST = new_id()
#: in every text of what is not the guest's to read
SECRET = "hidden-word"
#: how the walk asks each way to read of the port `Store`; a new one has none and is found by that
ASKED = {
    "get": lambda s, e: [_got(s, e)],
    "find": lambda s, e: [*s.find(type(e)), *s.find(type(e), id=e.id)],
    "has": lambda s, e: [s.has(type(e), id=e.id)] if not _is_coding(type(e)) else [],
    "is_code_name_taken": lambda s, e: [s.is_code_name_taken(getattr(e, "code_name", SECRET))],
    "coding_states": lambda s, e: [s.coding_states(_meeting_of(e))],
    "awaited": lambda s, e: [s.awaited(_meeting_of(e))],
    "pairs_of": lambda s, e: [s.pairs_of([_meeting_of(e)])],
    "films_of": lambda s, e: [s.films_of([_meeting_of(e)])],
    "films_kept": lambda s, e: [i for i in s.films_kept() if i == e.id],
    "history": lambda s, e: [*s.history(e.id)],
    "audit_log": lambda s, e: [*s.audit_log(e.id)],
    "audit_of_case": lambda s, e: [*s.audit_of_case(e.id)] if isinstance(e, Case) else [],
}
#: of these nothing is told but the worker itself: each is asked once
ASKED_ONCE = {
    "worker": lambda s: [s.worker],
    "me": lambda s: [],
    "finals_without_document": lambda s: [*s.finals_without_document()],
    "cases": lambda s: [*s.cases(99), *s.cases(99, mine=True)],
    "meetings": lambda s: [*s.meetings(99), *s.meetings(99, mine=True)],
    "verify": lambda s: [*s.verify()],
    "audit_log": lambda s: [*s.audit_log()],
    "films_over": lambda s: [*s.films_over(date(9999, 1, 1), date(9999, 1, 1))],
    "open_cases": lambda s: [*s.open_cases()],
    "year_of_work": lambda s: [s.year_of_work(2026, side).work for side in Side],
    "work_between": lambda s: [s.work_between(date(2026, 1, 1), date(2026, 3, 31), Side.CLIENTS).work],
    "billable": lambda s: [*s.billable(Side.CLIENTS, "Tekaistu")],
    "customers_of_year": lambda s: [*s.customers_of_year(2026, Side.CLIENTS)],
    "months_of_work": lambda s: [*s.months_of_work(date(2000, 1, 1), date(2100, 1, 1))],
    "years_of_work": lambda s: [*s.years_of_work()],
    "work_of_pairs": lambda s: [
        *s.work_of_pairs(Days(datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)))
    ],
}
#: what of the port is no reading
NO_READING = {"apply", "note", "close"}


def _is_coding(kind):
    return "coding_id" in {f.name for f in fields(kind)} or kind is CodingHeader or kind in NOTED


def _got(store, entity):
    try:
        return store.get(type(entity), entity.id)
    except StoreError:
        return None


def _meeting_of(entity):
    return entity.id if isinstance(entity, Meeting) else getattr(entity, "meeting_id", "")


@pytest.fixture(params=["memory", "sqlcipher"])
def house(request, tmp_path):
    """A pair and a third worker with one of everything of a case, and a guest with a pass for another meeting."""
    held = MemoryArchive() if request.param == "memory" else SqlArchive(tmp_path)
    stores = [held.open(i) for i in IDS]
    pair = Pair(*stores)
    pair.begin(IDS)
    # test_store makes its things with ids of its own workers
    yield pair, held
    stores[0].close() if request.param == "memory" else held.close()


def given(pair, role=GuestRole.SUBSTITUTE, until=None, coders=None, **more):
    """A guest with a pass to a meeting of a case of its own, in the second coder's place; the meeting."""
    case = Case(new_id(), "Haapa", IDS[0], IDS[1], note=SECRET, opened=date(2026, 1, 1))
    child = Person(new_id(), case.id, Role.CHILD, "lapsi", SECRET, date(2020, 1, 1), note=SECRET)
    adult = Person(new_id(), case.id, Role.BIRTH_PARENT, "äiti", SECRET)
    aunt = Person(new_id(), case.id, Role.RELATIVE, SECRET, SECRET)
    met = meeting(case.id, adult.id, child.id, coders or (IDS[0], GUEST))
    worker = Worker(GUEST, "Vieras", guest=True)
    last = until or local_day() + timedelta(days=30)
    made = GuestPass(new_id(), met.id, GUEST, role, last, IDS[0], datetime.now(UTC), **more)
    film = recording(met.id)
    consents = [
        Consent(new_id(), case.id, child.id, purpose, date(2026, 1, 1), given_by_other=SECRET, explained_by=SECRET)
        for purpose in (Purpose.FILMING, Purpose.RESEARCH)
    ]
    decided = ControllerDecision(new_id(), case.id, adult.id, Purpose.FILMING, date(2026, 1, 1), SECRET, SECRET)
    fact = Circumstance(new_id(), case.id, child.id, CircumstanceKind.CUSTODY, SECRET, date(2026, 1, 1))
    things = (case, child, adult, aunt, met, worker, film, *consents, decided, fact)
    pair.a.apply("all", [added(e) for e in things], act="create")
    pair.a.apply("pass", [added(made)], act="guest-pass-given")
    return met, made


def words_of(value):
    """Every text in a value, however deep."""
    if isinstance(value, str):
        return [value]
    if is_dataclass(value):
        return [w for f in fields(value) for w in words_of(getattr(value, f.name))]
    if isinstance(value, dict):
        return [w for pair in value.items() for one in pair for w in words_of(one)]
    if isinstance(value, list | tuple | set | frozenset):
        return [w for one in value for w in words_of(one)]
    return []


def assert_nothing_hidden(found, hidden, where):
    told = set(words_of(found))
    assert not told & hidden, (where, told & hidden)
    assert not any(SECRET in word for word in told), where


def test_a_guest_is_not_told_where_a_meeting_is_held_and_changes_nothing_of_it(house):
    """Beginning to code writes the meeting, of which the guest does not read all."""
    pair, held = house
    met, _ = given(pair)
    at_home = replace(met, place="Salokuja 3")
    pair.a.apply("x", [Change(met, at_home)])
    guest = held.open(GUEST)
    read = guest.get(Meeting, met.id)
    assert read.place == ""
    assert guest.find(Meeting, place="Salokuja 3") == ()
    guest.apply("agreed", [Change(read, replace(read, scheme="scheme/core/1"))])
    assert pair.a.get(Meeting, met.id) == replace(at_home, scheme="scheme/core/1")
    with pytest.raises(StaleChange):
        guest.apply("agreed", [Change(read, replace(read, instrument="instrument/x/1"))])
    guest.close()


def test_a_guest_is_not_told_in_which_room_a_camera_stood(house):
    """That no place may be told stands in what no guest reads."""
    pair, held = house
    met, _ = given(pair)
    film = replace(recording(met.id), stood="Salokuja 3, olohuone")
    pair.a.apply("x", [added(film)])
    guest = held.open(GUEST)
    assert guest.get(Recording, film.id) == replace(film, stood="")
    assert guest.find(Recording, id=film.id) == (replace(film, stood=""),)
    assert guest.find(Recording, stood=film.stood) == ()
    assert pair.a.get(Recording, film.id) == film
    guest.close()


def test_every_way_to_read_is_walked():
    """Whoever adds a way to read says here how a guest is kept from the rest."""
    there = {n for n, _ in inspect.getmembers(ports.Store) if not n.startswith("_")}
    assert there - NO_READING == {*ASKED, *ASKED_ONCE}


def test_every_kind_is_named_or_is_not_there_for_guests():
    """A kind that `REACH` does not name is not shown, whatever it holds."""
    open_to_all = Sight(GUEST, {}, *([frozenset()] * 6))
    assert set(REACH) <= {k.entity for k in KINDS}
    assert set(BARED) <= set(REACH)
    for kind in {k.entity for k in KINDS} - set(REACH):
        assert shown(object.__new__(kind), open_to_all) is None


def test_a_guest_reads_nothing_of_what_is_outside_the_meeting(house, monkeypatch):
    pair, held = house
    monkeypatch.setattr("tests.contracts.test_store.IDS", IDS)
    met, made = given(pair)
    everything = one_of_everything(pair)
    for some in by_file(everything):
        pair.a.apply("some", [added(e) for e in some])
    outside = [e for e in everything if not isinstance(e, StoredContent) and type(e).__name__ != "ContentTerms"]
    outside += [pair.case, pair.child, pair.adult, pair.meeting, pair.workers[2]]
    hidden = {e.id for e in outside}
    guest = held.open(GUEST)
    for entity in (*everything, *outside, met, pair.a.get(Case, met.case_id)):
        for name, ask in ASKED.items():
            found = ask(guest, entity)
            assert_nothing_hidden(found, hidden, (name, type(entity).__name__))
            assert entity.id not in hidden or not any(x is True for x in found), (name, type(entity).__name__)
    for name, once in ASKED_ONCE.items():
        assert_nothing_hidden(once(guest), hidden, name)
    assert [m.id for m in guest.meetings(9)] == [met.id]
    assert guest.get(Meeting, met.id).plan == met.plan
    assert {p.called for p in guest.find(Person)} == {"lapsi", "äiti"}
    assert [c.purpose for c in guest.find(Consent)] == [Purpose.FILMING]
    assert guest.find(Person, name=SECRET) == guest.find(Case, note=SECRET) == ()
    assert guest.find(GuestPass) == (made,)
    assert {w.name for w in guest.find(Worker)} == {"Vieras", "Aino"}


def test_a_guest_writes_the_own_coding_and_nothing_else(house, monkeypatch):
    pair, held = house
    monkeypatch.setattr("tests.contracts.test_store.IDS", IDS)
    met, made = given(pair)
    guest = held.open(GUEST)
    for entity in one_of_everything(pair):
        if not isinstance(entity, StoredContent):
            refused(guest, "guest-only-codes", added(entity))
    case, film = guest.get(Case, met.case_id), guest.find(type(recording(met.id)))[0]
    refused(guest, "guest-only-codes", Change(case, replace(case, lead=GUEST)))
    refused(guest, "guest-only-codes", removed(film))
    refused(guest, "guest-only-codes", Change(met, replace(met, place="x")))
    refused(guest, "guest-only-codes", Change(made, replace(made, until=made.until + timedelta(days=9))))
    me = guest.worker
    refused(guest, "guest-only-codes", Change(me, replace(me, guest=False)))
    refused(pair.a, "guest-stays", Change(me, replace(me, guest=False)))
    head = CodingHeader(new_id(), met.id, GUEST, "core", 1, "sheet", 1, covered=(Stretch(0, 1_000_000),))
    guest.apply("begun", [added(head), added(Observation(new_id(), head.id, "S1", "adult1", 5))])
    guest.apply("task", [added(Segment(new_id(), met.id, 1, 0, 1_000_000))])
    guest.apply("agreed", [Change(met, replace(met, scheme="scheme/core/1"))])
    make_ready(guest, head)
    assert pair.a.coding_states(met.id) == {GUEST: CodingState.READY}
    assert guest.find(CodingHeader)[0].id == head.id
    assert guest.history(head.id)


def test_a_guest_reads_nothing_of_the_others_coding_also_when_both_are_ready(house):
    pair, held = house
    met, _ = given(pair)
    guest = held.open(GUEST)
    heads = [
        CodingHeader(new_id(), met.id, i, "core", 1, "sheet", 1, covered=(Stretch(0, 9),)) for i in (IDS[0], GUEST)
    ]
    for store, head in zip((pair.a, guest), heads, strict=True):
        seen = Observation(new_id(), head.id, "S1", "adult1", 1)
        store.apply("begun", [added(head), added(seen)])
        pair.a.apply("task", [added(Segment(new_id(), met.id, 1, 0, 5))]) if store is pair.a else None
    for store, head in zip((pair.a, guest), heads, strict=True):
        make_ready(store, head)
    assert {h.id for h in pair.a.find(CodingHeader, meeting_id=met.id)} == {h.id for h in heads}
    assert [h.id for h in guest.find(CodingHeader)] == [heads[1].id]
    assert {o.coding_id for o in guest.find(Observation)} == {heads[1].id}
    assert guest.history(heads[0].id) == ()


def test_after_the_last_day_nothing_is_read_and_nothing_is_written(house, monkeypatch):
    pair, held = house
    met, made = given(pair)
    guest = held.open(GUEST)
    head = CodingHeader(new_id(), met.id, GUEST, "core", 1, "sheet", 1)
    guest.apply("begun", [added(head)])
    day = made.until + timedelta(days=1)
    for module in ("tests.stand_ins.fakes", "storage.store.sql_store"):
        monkeypatch.setattr(f"{module}.local_day", lambda: day)
    assert guest.find(Meeting) == guest.find(CodingHeader) == guest.meetings(9) == guest.cases(9) == ()
    assert guest.worker.name == "Vieras"
    refused(guest, "guest-over", Change(head, replace(head, covered=(Stretch(0, 5),))))


def test_who_has_the_meeting_gives_prolongs_and_ends_a_pass(house):
    pair, _ = house
    _, made = given(pair)
    today = local_day()
    other = replace(made, id=new_id(), given_by=IDS[2])
    refused(pair.c, "pass-not-yours", added(other))
    refused(pair.a, "pass-not-yours", added(replace(made, id=new_id(), given_by=IDS[1])))
    refused(
        pair.a, "pass-too-long", added(replace(made, id=new_id(), until=today + guests.LONGEST + timedelta(days=1)))
    )
    refused(pair.a, "pass-over", added(replace(made, id=new_id(), until=today - timedelta(days=1))))
    refused(pair.a, "pass-for-no-guest", added(replace(made, id=new_id(), worker_id=IDS[2])))
    refused(pair.a, "pass-not-as-role", added(replace(made, id=new_id(), role=GuestRole.STUDENT)))
    refused(pair.a, "pass-stays", removed(made))
    refused(pair.a, "pass-stays", Change(made, replace(made, role=GuestRole.COUNTY)))
    refused(pair.c, "pass-not-yours", Change(made, replace(made, ended=datetime.now(UTC))))
    longer = replace(made, until=made.until + timedelta(days=9))
    pair.b.apply("longer", [Change(made, longer)], act="guest-pass-prolonged")
    over = replace(longer, ended=datetime.now(UTC))
    pair.a.apply("ended", [Change(longer, over)], act="guest-pass-ended")
    refused(pair.a, "pass-stays", Change(over, longer))
    assert [e.act for e in pair.a.audit_log(made.id)] == [
        "guest-pass-given",
        "guest-pass-prolonged",
        "guest-pass-ended",
    ]


def test_a_student_is_never_one_of_the_pair(house):
    pair, held = house
    met, made = given(pair, GuestRole.STUDENT, coders=IDS[:2])
    student = held.open(GUEST)
    for kind in (CodingKind.OWN, CodingKind.REFERENCE, CodingKind.COMMON_VIEW):
        refused(
            student, "guest-only-codes", added(CodingHeader(new_id(), met.id, GUEST, "core", 1, "sheet", 1, kind=kind))
        )
    refused(student, "guest-only-codes", added(Segment(new_id(), met.id, 1, 0, 9)))
    # learning needs a reference that the pair has named
    training = CodingHeader(new_id(), met.id, GUEST, "core", 1, "sheet", 1, kind=CodingKind.TRAINING)
    refused(student, "no-reference", added(training))
    assert pair.a.coding_states(met.id) == {}
    assert made.role not in guests.OF_THE_PAIR


# in an absent coder's place


def in_place(pair, met, gone, come, by=IDS[0]):
    coders = tuple(come if c == gone else c for c in met.coders)
    kept = (s for s in met.set_aside if s.coder != come)
    return replace(met, coders=coders, set_aside=(*kept, SetAside(gone, come, by, local_day())))


@pytest.mark.parametrize("ready", [False, True])
def test_what_the_absent_coder_began_waits_sealed_unread_and_uncounted(house, monkeypatch, ready):
    pair, _ = house
    monkeypatch.setattr("tests.contracts.test_store.IDS", IDS)
    pair.a.apply("task", [added(Segment(new_id(), pair.meeting.id, 1, 0, 900_000))])
    theirs, mine = header(pair, 1), header(pair, 0)
    pair.b.apply("begun", [added(theirs), added(Observation(new_id(), theirs.id, "S1", "adult1", 1, note=SECRET))])
    pair.a.apply("begun", [added(mine)])
    if ready:
        theirs = make_ready(pair.b, theirs)
    met = pair.meeting
    refused(pair.a, "coders-fixed", Change(met, replace(met, coders=(IDS[0], IDS[2]))))
    refused(pair.c, "pass-not-yours", Change(met, in_place(pair, met, IDS[1], IDS[2], IDS[2])))
    after = in_place(pair, met, IDS[1], IDS[2])
    pair.a.apply("in place", [Change(met, after)], act="put-in-place")
    assert pair.a.coding_states(met.id) == {IDS[0]: CodingState.DRAFT}
    refused(pair.a, "coders-fixed", Change(after, replace(after, set_aside=())))
    refused(pair.b, "coding-set-aside", removed(theirs))
    third = CodingHeader(new_id(), met.id, IDS[2], "core", 1, "sheet", 1, covered=(Stretch(0, 1_000_000),))
    pair.c.apply("begun", [added(third)])
    make_ready(pair.c, third)
    if ready:  # two are ready, and yet not the two of the pair
        assert pair.a.find(CodingHeader, coder=IDS[2]) == pair.c.find(CodingHeader, coder=IDS[1]) == ()
    assert pair.a.pairs_of([met.id])[met.id].states == {IDS[0]: CodingState.DRAFT, IDS[2]: CodingState.READY}
    make_ready(pair.a, mine)
    for store in (pair.a, pair.c):
        assert {h.coder for h in store.find(CodingHeader, kind=CodingKind.OWN)} == {IDS[0], IDS[2]}
        assert not any(SECRET in w for o in store.find(Observation) for w in words_of(o))
        assert store.history(theirs.id) == ()
    assert pair.b.get(CodingHeader, theirs.id).coder == IDS[1]
    assert {h.coder for h in pair.b.find(CodingHeader)} == set(IDS)
    assert pair.a.awaited(met.id) == ()
    refused(pair.a, "substitute-too-late", Change(after, in_place(pair, after, IDS[2], IDS[1])))


def test_who_comes_back_before_the_other_began_goes_on(house, monkeypatch):
    pair, _ = house
    monkeypatch.setattr("tests.contracts.test_store.IDS", IDS)
    theirs = header(pair, 1)
    pair.b.apply("begun", [added(theirs)])
    met = pair.meeting
    after = in_place(pair, met, IDS[1], IDS[2])
    pair.a.apply("in place", [Change(met, after)])
    pair.a.apply("back", [Change(after, met)])
    assert pair.b.coding_states(met.id) == {IDS[1]: CodingState.DRAFT}


def test_two_ready_codings_that_are_open_already_stay_the_pairs(house, monkeypatch):
    pair, _ = house
    monkeypatch.setattr("tests.contracts.test_store.IDS", IDS)
    pair.a.apply("task", [added(Segment(new_id(), pair.meeting.id, 1, 0, 900_000))])
    for store, place in ((pair.a, 0), (pair.b, 1)):
        head = header(pair, place)
        store.apply("begun", [added(head)])
        make_ready(store, head)
    met = pair.meeting
    with pytest.raises(NotAllowed, match="substitute-too-late"):
        pair.a.apply("x", [Change(met, in_place(pair, met, IDS[1], IDS[2]))])
