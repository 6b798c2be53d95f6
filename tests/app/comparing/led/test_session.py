"""Two archives walked together over a line: what one decides stands in both, and what crosses is nobody else's."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest

from app.comparing.comparison import look_at
from app.comparing.led.session import Stage
from app.comparing.led.values import View, point_of
from app.errors import AppError, LineError, NotAllowed
from app.model.decision import Answer, DisagreementKind, Verdict
from tests.drivers.led_seat import Seat
from tests.material.elsewhere import elsewhere
from tests.material.house import Home, opened
from tests.material.pressing import press
from tests.stand_ins.fake_line import Network

A_CODES = [("6", 0), ("q", 5), ("a", 12), ("q", 25), ("7", 30)]
B_CODES = [("6", 0), ("q", 5.4), ("d", 12.3), ("h", 33), ("7", 36)]


def seat(stack: ExitStack, qtbot, home: Home, store, network: Network) -> Seat:
    room = stack.enter_context(opened(home, store))
    return Seat(qtbot, room.space, home.meeting.id, network)


@pytest.fixture
def coded(qapp) -> Home:
    home = Home()
    home.code(home.a, A_CODES, value=5)
    home.code(home.b, B_CODES, value=2)
    return home


@pytest.fixture
def network() -> Network:
    return Network()


@pytest.fixture
def seats(coded, network, qtbot) -> Iterator[tuple[Seat, Seat]]:
    with ExitStack() as stack:
        a = seat(stack, qtbot, coded, coded.a, network)
        b = seat(stack, qtbot, coded, elsewhere(coded)[1], network)
        yield a, b
        a.session.close()
        b.session.close()


def calm(qtbot) -> None:
    qtbot.wait(5)


def equal(a: Seat, b: Seat) -> bool:
    return a.rulings() == b.rulings()


def test_what_who_leads_decides_stands_in_both_archives_under_the_same_name(seats, qtbot) -> None:
    a, b = seats
    a.meet(b)
    assert (a.walk.led_by, b.walk.led_by) == ("", "Aino")
    first = a.of(DisagreementKind.CODE)
    a.decide(first, Answer(Verdict.BOTH, reason="together"))
    qtbot.waitUntil(lambda: b.same(first).verdict == Verdict.BOTH)
    theirs = b.same(first)
    assert theirs.decided_by == b.walk.found.file.meeting.coders[0], "Aino decided it, as that archive knows her"
    assert equal(a, b)
    for seat in (a, b):
        assert [e.act for e in seat.space.store.audit_log() if e.act == "together"] == ["together"], (
            "the line is logged"
        )
    common = b.walk.common
    assert common is not None
    assert {o.part_id for o in common.origins.values()} == {*common.coding.observations, *common.coding.ratings}
    a.walk.editor.undo()
    qtbot.waitUntil(lambda: b.same(first).is_open)
    assert equal(a, b)
    assert not b.walk.editor.stack.canUndo(), "what came by the line is no step of one's own"


def test_all_of_it_is_pulled_in_one_step(seats) -> None:
    a, b = seats
    for d in a.walk.rows():
        a.decide(d, Answer(Verdict.A))
    told: list[frozenset[str]] = []
    b.walk.changed.connect(told.append)
    a.meet(b)
    assert equal(a, b)
    assert [len(ids) for ids in told] == [len(a.walk.decisions())]


def test_who_follows_does_not_decide_and_is_told_why(seats, qtbot) -> None:
    a, b = seats
    a.meet(b)
    refused: list[AppError] = []
    b.walk.refused.connect(refused.append)
    assert not b.decide(b.of(DisagreementKind.CODE), Answer(Verdict.A))
    assert [(e.key, e.values) for e in refused] == [("led-by-partner", {"name": "Aino"})]
    assert b.rulings() == a.rulings()


def test_either_takes_the_lead(seats, qtbot) -> None:
    a, b = seats
    a.meet(b)
    written: list[None] = []
    a.session.giving.connect(lambda: written.append(None))
    b.session.take_lead()
    qtbot.waitUntil(lambda: b.session.leads and a.session.is_following and a.session.end.is_following)
    assert written, "what was being typed was asked for first"
    first = b.of(DisagreementKind.STATE)
    b.decide(first, Answer(Verdict.B))
    qtbot.waitUntil(lambda: a.same(first).verdict == Verdict.B)
    a.session.take_lead()
    qtbot.waitUntil(lambda: a.session.leads and not b.session.leads)
    assert equal(a, b)


def test_after_a_break_the_others_decisions_are_proposals_and_none_is_lost(seats, qtbot) -> None:
    a, b = seats
    a.meet(b)
    code, state, rating = (a.of(k) for k in (DisagreementKind.CODE, DisagreementKind.STATE, DisagreementKind.RATING))
    a.decide(code, Answer(Verdict.A))
    qtbot.waitUntil(lambda: b.same(code).verdict == Verdict.A)
    a.session.line.cut()
    assert a.session.stage == b.session.stage == Stage.CUT
    assert [e.key for e in (*a.troubles, *b.troubles)] == ["led-cut", "led-cut"]
    assert b.walk.may_decide
    assert a.walk.may_decide
    b.decide(b.same(code), Answer(Verdict.B, reason="later"))
    b.decide(b.same(state), Answer(Verdict.B))
    a.decide(a.same(rating), Answer(Verdict.A))
    b.meet(a)  # whoever waits now
    qtbot.waitUntil(lambda: len(a.session.proposals()) == 2)
    assert a.session.leads
    assert {d.verdict for d in b.session.proposals()} == {Verdict.B}, "they stay in her own archive meanwhile"
    assert b.same(rating).verdict == Verdict.A
    assert a.session.take(a.same(code))
    qtbot.waitUntil(lambda: b.same(code).decided_by == b.walk.found.file.meeting.coders[0])
    assert (a.same(code).verdict, a.same(code).reason) == (Verdict.B, "later")
    a.session.keep(a.same(state))
    qtbot.waitUntil(lambda: b.same(state).is_open)
    assert equal(a, b)
    assert a.session.proposals() == b.session.proposals() == ()


def test_one_end_is_killed_and_comes_again_with_another_session(seats, qtbot) -> None:
    a, b = seats
    a.meet(b)
    first, second = a.walk.rows()[0], a.walk.rows()[1]
    a.decide(first, Answer(Verdict.A))
    qtbot.waitUntil(lambda: b.same(first).verdict == Verdict.A)
    b.session.close()
    qtbot.waitUntil(lambda: a.session.stage == Stage.CUT)
    b.decide(b.same(second), Answer(Verdict.B))
    b.begin()
    b.meet(a)
    assert a.session.leads, "who led is known to the one that is left"
    qtbot.waitUntil(lambda: len(a.session.proposals()) == 1)
    assert point_of(a.session.proposals()[0]) == point_of(second)


def test_the_view_of_who_leads_crosses_and_nobody_elses(seats, qtbot) -> None:
    a, b = seats
    a.meet(b)
    a.session.look(View("f" * 64, 1_000_000, playing=True))
    qtbot.waitUntil(lambda: bool(b.views))
    assert b.views[-1] == View("f" * 64, 1_000_000, playing=True)
    b.session.look(View("f" * 64, 2_000_000))
    calm(qtbot)
    assert a.views == []
    for n in range(50):
        a.session.look(View("f" * 64, n))
    qtbot.waitUntil(lambda: b.views[-1].time == 49)
    assert len(b.views) < 20, "the newest of several crosses"


def test_other_codings_are_refused_in_a_sentence_at_both(coded, network, qtbot) -> None:
    with ExitStack() as stack:
        a = seat(stack, qtbot, coded, coded.a, network)
        there, store = elsewhere(coded)
        key, mark = next((k, e) for k, e in there.entities.items() if type(e).__name__ == "Observation")
        there.entities[key] = replace(mark, note="somebody changed it")
        b = seat(stack, qtbot, coded, store, network)
        a.session.wait()
        b.join(a.session)
        qtbot.waitUntil(lambda: bool(a.troubles and b.troubles))
        assert a.troubles[0].key == b.troubles[0].key == "led-codings-differ"
        assert a.session.stage == b.session.stage == Stage.ALONE
        a.session.close()
        b.session.close()


def test_the_same_worker_at_both_is_refused(coded, network, qtbot) -> None:
    with ExitStack() as stack:
        a, b = (seat(stack, qtbot, coded, coded.a, network) for _ in range(2))
        a.session.wait()
        b.join(a.session)
        qtbot.waitUntil(lambda: bool(a.troubles and b.troubles))
        assert {e.key for e in (*a.troubles, *b.troubles)} == {"led-same-worker"}
        a.session.close()
        b.session.close()


def test_nonsense_ends_the_line_with_a_sentence(seats, qtbot) -> None:
    a, b = seats
    a.meet(b)
    before = a.rulings()
    a.session.line.send(b'{"is":"whole","term":1,"rulings":{"x":1}}')
    qtbot.waitUntil(lambda: bool(b.troubles))
    assert b.troubles[0].key == "led-nonsense"
    assert isinstance(b.troubles[0], LineError)
    assert b.session.stage == Stage.CUT
    assert b.rulings() == before


def test_only_codings_open_to_both_are_led(qapp, network) -> None:
    """While one of them is a draft there is no comparison, and so no session that could be asked to begin."""
    home = Home()
    home.code(home.a, A_CODES)
    press(home.editor(home.b), "q", 5_000_000)
    for store in (home.a, home.b):
        with pytest.raises(NotAllowed) as told:
            look_at(store, home.meeting.id)
        assert told.value.key == "not-both-ready"


def test_a_session_of_codings_that_wait_again_is_not_begun(seats, coded) -> None:
    a, _ = seats
    coded.held.released.clear()
    with pytest.raises(NotAllowed) as told:
        a.session.wait()
    assert told.value.key == "led-not-open"
    assert a.session.line is None


def test_no_word_of_a_session_holds_anything_of_a_coding_that_is_not_open(coded, network, qtbot) -> None:
    """A draft of another meeting, and own notes, lie in the same archives: no id, word or time of them crosses."""
    other = coded.add_meeting(coded.meeting.adult_id, day=9)
    editor = coded.editor(coded.a, other)
    for key, second in (("q", 7.123), ("a", 8.321)):
        press(editor, key, round(second * 1_000_000))
    mark = next(iter(editor.coding.observations.values()))
    with ExitStack() as stack:
        a = seat(stack, qtbot, coded, coded.a, network)
        b = seat(stack, qtbot, coded, elsewhere(coded)[1], network)
        a.meet(b)
        lines = (a.session.line, b.session.line)
        for d in a.walk.rows():
            a.decide(d, Answer(Verdict.A))
        b.session.take_lead()
        qtbot.waitUntil(lambda: b.session.leads)
        b.session.look(View("f" * 64, 5))
        calm(qtbot)
        words = [w for line in lines for w in line.sent]
        secrets = {editor.coding.header.id, other.id, mark.id, "7123000", "8321000", coded.aino.name, coded.leena.name}
        secrets |= {coded.aino.id, coded.leena.id, "Star 14", coded.case_id}
        # nor anything of the two open codings but what was decided of them
        found = a.walk.found
        secrets |= {o.id for c in (found.a, found.b) for o in c.observations.values()}
        assert words
        for word in words:
            assert json.loads(word)["is"] in {"hello", "whole", "decided", "proposed", "seen", "asked", "given"}
            assert [s for s in secrets if s in word.decode()] == []
        a.session.close()
        b.session.close()
