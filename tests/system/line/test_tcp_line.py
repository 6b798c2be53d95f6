"""The real line: sealed, confirmed before anything is said, listening only while it waits, and hard to talk into."""

import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import LineError
from app.ports.line import MOST_BYTES, MOST_GUESSES
from system.line import addresses, tcp_line
from system.line.handshake import Handshake
from system.line.sealing import Frames, Sealing, framed
from system.line.tcp_line import TcpLine
from tests.drivers.listening import listening_ports
from tests.drivers.relay import Relay


class Seat:
    def __init__(self) -> None:
        self.line = TcpLine()
        self.codes, self.joined, self.words, self.ends = [], [], [], []
        self.line.code_shown.connect(self.codes.append)
        self.line.joined.connect(self.joined.append)
        self.line.received.connect(lambda data: self.words.append(bytes(data)))
        self.line.ended.connect(self.ends.append)


@pytest.fixture
def seats(qapp) -> Iterator[tuple[Seat, Seat]]:
    made = Seat(), Seat()
    yield made
    for seat in made:
        seat.line.close()


@pytest.fixture
def wire(seats) -> Iterator[Relay]:
    """Between the one that waits and the other."""
    seats[0].line.wait()
    made = Relay(seats[0].line.port)
    yield made
    for seat in seats:
        seat.line.close()
    made.close()


def meet(seats, wire, qtbot) -> None:
    seats[1].line.join(wire.address, seats[0].codes[-1])
    qtbot.waitUntil(lambda: bool(seats[0].joined and seats[1].joined))


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_nothing_listens_before_it_waits_nor_after_somebody_came_nor_after_it_ended(seats, qtbot) -> None:
    before = listening_ports()
    waits, joins = seats
    assert listening_ports() == before
    waits.line.wait()
    assert listening_ports() - before == {waits.line.port}
    joins.line.join(f"127.0.0.1:{waits.line.port}", waits.codes[-1])
    assert len(listening_ports() - before) == 1, "who joins listens to nobody"
    qtbot.waitUntil(lambda: bool(joins.joined))
    assert listening_ports() == before
    waits.line.close()
    assert listening_ports() == before
    again = Seat()
    again.line.wait()
    again.line.close()
    assert listening_ports() == before


def test_what_crosses_is_sealed_and_never_the_same_twice(seats, wire, qtbot) -> None:
    meet(seats, wire, qtbot)
    for _ in range(2):
        seats[0].line.send(b"CANARY-decision" * 4)
        seats[1].line.send(b"CANARY-decision" * 4)
    qtbot.waitUntil(lambda: len(seats[0].words) == len(seats[1].words) == 2)
    crossed = b"".join(wire.passed)
    assert b"CANARY" not in crossed
    assert seats[0].codes[-1].encode() not in crossed
    pieces = [crossed[n : n + 16] for n in range(len(crossed) - 16)]
    assert len(set(pieces)) == len(pieces)


def test_what_was_changed_on_the_way_ends_the_line_and_is_not_told(seats, wire, qtbot) -> None:
    meet(seats, wire, qtbot)
    wire.change = lambda data: data[:-1] + bytes([data[-1] ^ 1])
    seats[1].line.send(b"CANARY")
    qtbot.waitUntil(lambda: bool(seats[0].ends))
    assert seats[0].ends[0].key == "led-changed"
    assert seats[0].words == []


def test_a_cut_wire_is_told_at_both(seats, wire, qtbot) -> None:
    meet(seats, wire, qtbot)
    wire.cut()
    qtbot.waitUntil(lambda: bool(seats[0].ends and seats[1].ends))
    assert [e.key for s in seats for e in s.ends] == ["led-cut", "led-cut"]


def test_the_other_program_is_killed(seats, qtbot) -> None:
    waits = seats[0]
    waits.line.wait()
    port, code = str(waits.line.port), waits.codes[-1]
    other = subprocess.Popen([sys.executable, "-m", "tests.drivers.line_child", port, code])
    qtbot.waitUntil(lambda: waits.words == [b"here"], timeout=30_000)
    other.kill()
    other.wait(10)
    qtbot.waitUntil(lambda: bool(waits.ends))
    assert [e.key for e in waits.ends] == ["led-cut"]
    assert not waits.line.is_listening()


def test_a_wire_on_which_nothing_comes_any_more_is_cut(seats, wire, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(tcp_line, "SILENT", 200)
    meet(seats, wire, qtbot)
    wire.change = lambda _data: b""  # the cable is out: no end is told, nothing arrives
    qtbot.waitUntil(lambda: bool(seats[0].ends and seats[1].ends))
    assert {e.key for s in seats for e in s.ends} == {"led-cut"}


def is_shut(one: socket.socket) -> bool:
    """Whether the other side has let it go."""
    try:
        return one.recv(100) == b""
    except BlockingIOError:
        return False
    except ConnectionResetError:
        return True


@pytest.mark.parametrize(
    "said",
    [b"GET / HTTP/1.1\r\n\r\n", framed(b"x" * 33), framed(b""), bytes(300), b"\xff" * 8, framed(b"A" + bytes(32))],
)
def test_nonsense_instead_of_a_code_lets_nobody_in_and_it_waits_on(seats, qtbot, said) -> None:
    waits, joins = seats
    waits.line.wait()
    with socket.create_connection(("127.0.0.1", waits.line.port)) as stranger:
        stranger.sendall(said)
        stranger.setblocking(False)
        qtbot.waitUntil(lambda: is_shut(stranger))
    qtbot.waitUntil(lambda: waits.line.stage.value == "waiting")
    assert waits.joined == []
    joins.line.join(f"127.0.0.1:{waits.line.port}", waits.codes[-1])
    qtbot.waitUntil(lambda: bool(joins.joined))


def test_who_breaks_off_after_a_guess_has_used_it(seats, qtbot) -> None:
    """A guesser that asks for the other's half and goes learns nothing, and the code is another one."""
    waits = seats[0]
    waits.line.wait()
    for _ in range(MOST_GUESSES):
        port, number = waits.line.port, len(waits.codes)
        with socket.create_connection(("127.0.0.1", port)) as stranger:
            stranger.sendall(framed(Handshake("000000", waits=False).hello))
            qtbot.waitUntil(lambda: waits.line.stage.value == "confirming")
        qtbot.waitUntil(lambda number=number: len(waits.codes) > number or bool(waits.ends))
    assert len(set(waits.codes)) == len(waits.codes) == MOST_GUESSES
    assert waits.ends[0].key == "led-guessed"


def test_only_one_comes_in(seats, qtbot) -> None:
    waits, joins = seats
    waits.line.wait()
    port = waits.line.port
    joins.line.join(f"127.0.0.1:{port}", waits.codes[-1])
    qtbot.waitUntil(lambda: bool(joins.joined))
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=2)


def test_only_near_computers_are_gone_to() -> None:
    assert addresses.read(" 192.168.1.20 ") == ("192.168.1.20", addresses.PORT)
    assert addresses.read("10.0.0.7:5000") == ("10.0.0.7", 5000)
    for wrong in ("8.8.8.8", "example.org", "10.0.0.1:99999", "10.0.0.1:x", "::1", "256.1.1.1", ""):
        with pytest.raises(LineError) as told:
            addresses.read(wrong)
        assert told.value.key == "led-address", wrong


# the parts


def shaken(a: str, b: str) -> tuple[Handshake, Handshake]:
    waits, joins = Handshake(a, waits=True), Handshake(b, waits=False)
    waits.meet(joins.hello)
    joins.meet(waits.hello)
    return waits, joins


def test_the_same_code_gives_both_a_key_for_each_way() -> None:
    waits, joins = shaken("123456", "123456")
    mine, theirs = waits.confirm(joins.confirmation), joins.confirm(waits.confirmation)
    assert (mine.outward, mine.inward) == (theirs.inward, theirs.outward)
    assert mine.outward != mine.inward
    other = shaken("123456", "123456")
    assert other[0].confirm(other[1].confirmation).outward != mine.outward, "each run has keys of its own"


def test_another_code_is_found_out_at_either_side() -> None:
    waits, joins = shaken("123456", "123457")
    for one, other in ((waits, joins), (joins, waits)):
        with pytest.raises(LineError) as told:
            one.confirm(other.confirmation)
        assert told.value.key == "led-wrong-code"


def test_a_proof_sent_back_is_no_proof() -> None:
    waits, _ = shaken("123456", "123456")
    with pytest.raises(LineError):
        waits.confirm(waits.confirmation)


@given(st.binary(max_size=80))
def test_no_bytes_instead_of_a_hello_are_a_bug(said) -> None:
    hand = Handshake("123456", waits=True)
    with pytest.raises(LineError):
        hand.meet(said)


@given(st.lists(st.binary(max_size=200), max_size=8), st.data())
def test_frames_come_whole_however_they_are_cut(messages, data) -> None:
    stream, frames, got = b"".join(map(framed, messages)), Frames(200), []
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        got += frames.take(stream[:size])
        stream = stream[size:]
    assert got == messages


def test_a_length_that_is_too_long_is_refused_before_anything_is_kept() -> None:
    with pytest.raises(LineError) as told:
        list(Frames(MOST_BYTES).take((MOST_BYTES + 17).to_bytes(4)))
    assert told.value.key == "led-nonsense"


@pytest.mark.parametrize("order", [[1], [0, 0], [2], [0, 2]])
def test_what_was_left_out_repeated_or_moved_does_not_open(order) -> None:
    key = bytes(32)
    out, back = Sealing(key), Sealing(key)
    sealed = [out.seal(bytes([n])) for n in range(3)]
    *before, last = order
    for n in before:
        back.open(sealed[n])
    with pytest.raises(LineError) as told:
        back.open(sealed[last])
    assert told.value.key == "led-changed"
