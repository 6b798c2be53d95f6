"""The line between two computers: the stand-in and the real one over this computer's own network."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from app.errors import LineError
from app.ports.line import MOST_BYTES, MOST_GUESSES, Line
from system.line.tcp_line import TcpLine
from tests.stand_ins.fake_line import Network


@dataclass
class Seat:
    """A line and what it told."""

    line: Line
    codes: list[str] = field(default_factory=list)
    joined: list[bool] = field(default_factory=list)
    words: list[bytes] = field(default_factory=list)
    ends: list[LineError | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.line.code_shown.connect(self.codes.append)
        self.line.joined.connect(self.joined.append)
        self.line.received.connect(lambda data: self.words.append(bytes(data)))
        self.line.ended.connect(self.ends.append)


@dataclass
class Place:
    new: Callable[[], Line]
    address: Callable[[Line], str]
    seats: list[Seat] = field(default_factory=list)

    def seat(self) -> Seat:
        self.seats.append(Seat(self.new()))
        return self.seats[-1]


@pytest.fixture(params=["fake", "tcp"])
def place(request, qapp) -> Iterator[Place]:
    if request.param == "fake":
        made = Place(Network().new_line, lambda line: line.address)
    else:
        made = Place(TcpLine, lambda line: f"127.0.0.1:{line.port}")
    yield made
    for seat in made.seats:
        seat.line.close()


@pytest.fixture
def pair(place, qtbot) -> tuple[Seat, Seat]:
    waits, joins = place.seat(), place.seat()
    waits.line.wait()
    joins.line.join(place.address(waits.line), waits.codes[-1])
    qtbot.waitUntil(lambda: bool(waits.joined and joins.joined))
    return waits, joins


def test_the_right_code_joins_two_and_nobody_listens_any_more(place, pair) -> None:
    waits, joins = pair
    assert (waits.joined, joins.joined) == ([True], [False])
    assert not waits.line.is_listening()
    assert not joins.line.is_listening()
    assert waits.ends == joins.ends == []


def test_it_listens_only_while_it_waits(place) -> None:
    one = place.seat()
    assert not one.line.is_listening()
    one.line.wait()
    assert one.line.is_listening()
    assert len(one.codes[-1]) == 6
    one.line.close()
    assert not one.line.is_listening()
    assert one.ends == [], "who closes it knows"


def test_words_come_whole_in_order_both_ways(pair, qtbot) -> None:
    waits, joins = pair
    said = [b"a", b"b" * 70_000, "ä".encode(), bytes(range(256))]
    for word in said:
        waits.line.send(word)
        joins.line.send(word[::-1])
    qtbot.waitUntil(lambda: len(waits.words) == len(joins.words) == len(said))
    assert joins.words == said
    assert waits.words == [w[::-1] for w in said]


def test_a_wrong_code_is_said_and_burned(place, qtbot) -> None:
    waits = place.seat()
    waits.line.wait()
    for number in range(MOST_GUESSES):
        used = waits.codes[-1]
        guesser = place.seat()
        guesser.line.join(place.address(waits.line), "999 999" if used != "999999" else "000 000")
        qtbot.waitUntil(lambda guesser=guesser: bool(guesser.ends))
        assert guesser.ends[0].key == "led-wrong-code"
        assert guesser.joined == []
        if number < MOST_GUESSES - 1:
            qtbot.waitUntil(lambda number=number: len(waits.codes) == number + 2)
            assert waits.line.is_listening()
    qtbot.waitUntil(lambda: bool(waits.ends))
    assert waits.ends[0].key == "led-guessed"
    assert not waits.line.is_listening()
    assert waits.joined == []


def test_after_a_wrong_code_only_the_new_one_opens(place, qtbot) -> None:
    waits = place.seat()
    waits.line.wait()
    guesser = place.seat()
    guesser.line.join(place.address(waits.line), "999999" if waits.codes[0] != "999999" else "000000")
    qtbot.waitUntil(lambda: len(waits.codes) == 2)
    joins = place.seat()
    joins.line.join(place.address(waits.line), waits.codes[1])
    qtbot.waitUntil(lambda: bool(joins.joined and waits.joined))


def test_what_can_be_no_address_and_no_code_is_said_at_once(place) -> None:
    for address, code, key in (("", "123456", "led-address"), ("10.0.0.1", "12345", "led-code-form")):
        with pytest.raises(LineError) as told:
            place.seat().line.join(address, code)
        assert told.value.key == key


def test_nobody_there_is_said(place, qtbot) -> None:
    waits = place.seat()
    waits.line.wait()
    address = place.address(waits.line)
    waits.line.close()
    joins = place.seat()
    joins.line.join(address, "123456")
    qtbot.waitUntil(lambda: bool(joins.ends), timeout=10_000)
    assert joins.ends[0].key == "led-not-there"


@pytest.mark.parametrize("who", [0, 1])
def test_when_one_goes_the_other_hears_it_once(pair, qtbot, who) -> None:
    pair[who].line.close()
    other = pair[1 - who]
    qtbot.waitUntil(lambda: bool(other.ends))
    assert [e.key for e in other.ends] == ["led-cut"]
    other.line.send(b"to nobody")
    pair[who].line.close()
    assert pair[who].ends == []


def test_a_word_that_is_too_long_is_not_sent(pair) -> None:
    with pytest.raises(LineError) as told:
        pair[0].line.send(bytes(MOST_BYTES + 1))
    assert told.value.key == "led-too-long"
