"""The pair's own codings: a third coding of the same meeting, of whatever kind and by whomever, is none of them."""

from dataclasses import replace
from datetime import date

import pytest

from app.casework.case_editor import CaseEditor
from app.casework.pair import awaited, own_header, own_headers, pair_ready
from app.clips.examples import offers
from app.comparing.comparison import comparison
from app.door import Door
from app.errors import NotAllowed
from app.model.change import Change, added
from app.model.coding import CodingHeader, CodingKind, CodingState
from app.model.consent import Purpose
from app.model.identity import new_id
from app.model.meeting import Stretch
from app.model.observation import Observation
from app.model.timecode import SECOND
from app.numbers.numbers import over_time
from app.office.desk import Waiting, desk
from app.statement.beginning import begin_statement
from app.statement.material import gather
from tests.material.agreed import agree
from tests.material.archives import SqlArchive
from tests.material.builders import A_DAY
from tests.material.house import MINUTE, Home, QuietArchive


@pytest.fixture(params=["memory", "sqlcipher"])
def home(request, qapp, tmp_path):
    if request.param == "memory":
        yield Home()
        return
    held = SqlArchive(tmp_path)
    yield Home(held=held)
    held.close()


def third(home: Home, store, kind: CodingKind, *, ready: bool, **more) -> CodingHeader:
    """A coding of a kind with one observation; the ids sort before those of the pair's own."""
    used = ("perusrunko", 1, "havainto", 1)
    whole = (Stretch(0, MINUTE),)
    first = "0" + new_id()[1:]
    head = CodingHeader(first, home.meeting.id, store.me, *used, covered=whole, kind=kind, **more)
    point = Observation(new_id(), head.id, "AS", "adult1", 3 * SECOND)
    store.apply("third", [added(head), added(point)])
    if ready:
        after = replace(head, state=CodingState.READY, ready_at=A_DAY, checksum="sum")
        store.apply("ready", [Change(head, after)], act="ready")
        return after
    return head


def test_a_coding_whose_coder_left_opens_at_the_next_sign_in(qapp) -> None:
    home = Home()
    home.code(home.a, [("6", 0)])
    home.a.close()
    home.code(home.b, [("6", 1)])
    assert (home.b.awaited(home.meeting.id), pair_ready(home.b, home.meeting.id)) == ((home.aino.id,), False)
    assert own_headers(home.b, home.meeting.id).keys() == {home.leena.id}
    with pytest.raises(NotAllowed) as caught:
        comparison(home.b, home.meeting.id)
    assert caught.value.key == "awaits-sign-in"
    home.held.open(home.aino.id)
    assert (home.b.awaited(home.meeting.id), pair_ready(home.b, home.meeting.id)) == ((), True)
    assert own_headers(home.b, home.meeting.id).keys() == {home.aino.id, home.leena.id}


def waits(home: Home, store) -> list[Waiting]:
    return [i.what for i in desk(store, QuietArchive(), 10**11, A_DAY).items]


def test_before_the_pair_is_ready_a_reference_changes_nothing_for_it(home) -> None:
    third(home, home.a, CodingKind.REFERENCE, ready=True)
    third(home, home.b, CodingKind.REFERENCE, ready=True)
    assert own_header(home.a, home.meeting.id) is None
    assert not pair_ready(home.a, home.meeting.id)
    assert waits(home, home.a) == waits(home, home.b) == [Waiting.CODE]
    home.code(home.a, [("q", 5)])
    assert own_headers(home.b, home.meeting.id) == {}
    assert waits(home, home.a) == [Waiting.WAIT_FOR_PARTNER]
    home.code(home.b, [("q", 5)])
    assert pair_ready(home.a, home.meeting.id)
    assert waits(home, home.a) == waits(home, home.b) == [Waiting.COMPARE, Waiting.CHOOSE_MOMENTS, Waiting.WRITE]


def test_what_is_compared_counted_and_written_is_the_pairs_own_first_reading(home) -> None:
    home.compare()
    (point_a, point_b) = (s.points for s in over_time(home.a, home.meeting.adult_id, home.meeting.child_id))
    alone = comparison(home.a, home.meeting.id)
    third(home, home.a, CodingKind.REFERENCE, ready=True)
    agree(home)
    for store in (home.a, home.b):
        third(home, store, CodingKind.OWN, ready=True, reading=2)
    for store in (home.a, home.b):
        found = comparison(store, home.meeting.id)
        assert (found.a, found.b, found.agreement) == (alone.a, alone.b, alone.agreement)
        assert set(own_headers(store, home.meeting.id).values()) == {alone.a.header, alone.b.header}
    series = over_time(home.a, home.meeting.adult_id, home.meeting.child_id)
    assert [s.points for s in series] == [point_a, point_b]
    statement = begin_statement(Door(home.a), home.texts, home.case_id, "en")
    assert gather(home.a, statement).compared[home.meeting.id].a == alone.a
    assert home.editor().coding.header == own_header(home.a, home.meeting.id) == alone.a.header


def test_an_example_is_taken_from_the_own_coding_alone(home) -> None:
    case = CaseEditor(home.a, home.texts, home.case_id)
    for person in case.file.persons:
        case.give_consent(person, Purpose.TRAINING, date(2026, 1, 1))
    home.compare()
    before = offers(home.a, ["AS"])
    third(home, home.a, CodingKind.COMMON_VIEW, ready=False)
    assert offers(home.a, ["AS"]) == before


def test_who_is_waited_for_is_told_as_a_worker_and_never_oneself(qapp) -> None:
    home = Home()
    home.code(home.a, [("6", 0)])
    assert awaited(home.b, home.meeting.id) == ()
    home.a.close()
    home.code(home.b, [("6", 1)])
    assert awaited(home.b, home.meeting.id) == (home.aino,)
