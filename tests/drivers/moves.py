"""Every kind of move of a player through a film of the corpus, and what stood on the screen after it.

What is right is known from how the film was made, and never asked of the program's own index: a film that is parted
wrongly, or whose times are wrong, shows here.
"""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from app.ports import Picture
from app.ports.player import ScrubPart
from tests.drivers.stage import Screen, is_at_rest, until
from tests.material.corpus.kind import Kind
from tests.material.films import read_number
from video.playing.player import FilmPlayer

SECOND = 1_000_000
#: of what was filmed
RATES, BACKWARD = (0.1, 0.5, 1.0, 2.0, 4.0), (-1.0, -4.0)
#: by name; what passes before a picture comes to rest is "on the way"
MOVES = {
    "jump", "step on", "step back", "to a mark", "drag", "play", "play back", "stop", "begin and end", "on the way",
}  # fmt: skip


@dataclass
class Tally:
    """How often a move was asked for and how often the right picture came, by the move's name; `wrong` in words."""

    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def count(self, move: str, *, right: bool, said: str = "") -> None:
        self.asked[move] += 1
        self.right[move] += right
        if not right:
            self.wrong.append(f"{move}: {said}")

    def add(self, other: "Tally") -> None:
        self.asked += other.asked
        self.right += other.right
        self.wrong += other.wrong


class Traveller:
    """Drives a player with one film open and looks at every picture at the moment at which it is said to be on."""

    def __init__(self, player: FilmPlayer, screen: Screen, kind: Kind) -> None:
        assert kind.times is not None
        self.player, self.screen, self.kind, self.times = player, screen, kind, kind.times
        self.tally = Tally()
        self._move, self._seen = "open", 0
        self._chance = random.Random(kind.name)
        player.shown.connect(self.look)

    @property
    def last(self) -> int:
        return len(self.times) - 1

    def look(self, _camera: int = 1, _picture: object = None) -> None:
        self._seen += 1
        self.judge(self._move)

    def judge(self, move: str, position: int | None = None) -> None:
        """Count the picture that is on: it shows what it is said to be, at its time, and is the one at `position`."""
        on, told = self.screen.on, self.player.shown_on()
        if on is None or told is None:
            self.tally.count(move, right=False, said="nothing on")
            return
        if on.number in self.kind.hurt or (position is not None and position in self.kind.hurt):
            return
        right = self._is_itself(on, told[1]) and (position is None or on.number == position)
        number = read_number(on.pixels)
        self.tally.count(move, right=right, said=f"{position} asked, {on.number} told, {number} seen, time {told[1]}")

    def _is_itself(self, on: Picture, told: int) -> bool:
        if on.number > self.last or read_number(on.pixels) != self.kind.numbers[on.number]:
            return False
        return on.time == told == self.player.shown_at() and abs(told - self.times[on.number]) <= self.kind.within

    def _rests(self, position: int, move: str) -> None:
        """Wait for the full picture to stay on, and count it as the move's."""
        until(lambda: is_at_rest(self.player, self.screen))
        self.judge(move, position)

    def _moment(self, position: int) -> int:
        """A time within a picture, off its edges by more than containers round."""
        begin = self.times[position]
        end = self.times[position + 1] if position < self.last else begin + 40_000
        return begin + (end - begin) // 2

    def _here(self) -> int:
        on = self.screen.on
        return 0 if on is None else on.number

    # the moves

    def jumps(self, count: int = 4) -> None:
        for _ in range(count):
            position = self._chance.randrange(len(self.times))
            self._to(self._moment(position), position, "jump")
        for leap in (-SECOND, SECOND):
            position = self.kind.at(self.times[self._here()] + leap)
            self._to(self._moment(position), position, "jump")

    def _to(self, time: int, position: int, move: str) -> None:
        self._move = "on the way"
        self.player.seek(time)
        self._rests(position, move)

    def to_the_ends(self) -> None:
        self._to(self.player.start(), 0, "begin and end")
        self._step(-1, 0, "begin and end")
        self._to(self.player.end(), self.last, "begin and end")
        self._step(1, self.last, "begin and end")

    def steps(self) -> None:
        position = self._chance.randrange(len(self.times))
        self._to(self._moment(position), position, "jump")
        for by in (1, 1, -1, -1, -1, 1):
            position = min(max(position + by, 0), self.last)
            self._step(by, position, "step on" if by > 0 else "step back")

    def _step(self, by: int, position: int, move: str) -> None:
        self._move = "on the way"
        self.player.step(by)
        self._rests(position, move)

    def marks(self) -> None:
        """Two moments are marked where they are seen; going back to a mark shows the picture that was marked."""
        marked: list[tuple[int, int]] = []
        for _ in range(2):
            position = self._chance.randrange(len(self.times))
            self._to(self._moment(position), position, "jump")
            told = self.player.shown_at()
            assert told is not None
            marked.append((told, position))
        for time, position in (*marked, *marked[::-1]):
            self._to(time, position, "to a mark")

    def drags(self) -> None:
        self._move = "drag"
        position = 0
        for _ in range(10):
            position = self._chance.randrange(len(self.times))
            self.player.seek(self._moment(position), dragging=True)
            self._events(lambda: False, 0.003)
        self._rests(position, "drag")

    def plays(self) -> None:
        for rate in RATES:
            self._from_the_middle()
            self.player.set_rate(rate)
            self.player.play()
            self._watch("play")
        self.player.set_rate(1.0)
        for rate in BACKWARD:
            self._from_the_middle()
            self.player.shuttle(rate)
            self._watch("play back")

    def _from_the_middle(self) -> None:
        """Or from before what is not whole."""
        position = min([len(self.times) // 2, *(max(p - 12, 0) for p in self.kind.hurt)])
        self._to(self._moment(position), position, "jump")

    def _watch(self, move: str, pictures: int = 3) -> None:
        """Some pictures as they pass, and the one at which it stops."""
        self._move, goal = move, self._seen + pictures
        until(lambda: self._seen >= goal or not self.player.is_playing())
        self.player.pause()
        until(lambda: is_at_rest(self.player, self.screen))
        self.judge("stop")

    @staticmethod
    def _events(holds: Callable[[], object], seconds: float) -> None:
        try:
            until(holds, seconds)
        except AssertionError:
            return

    def everything(self) -> None:
        for moves in (self.jumps, self.steps, self.marks, self.drags, self.plays):
            moves()
        if not self.kind.shorter:  # of one that was cut off nobody knows where it ends
            self.to_the_ends()


def travelled(player: FilmPlayer, screen: Screen, kind: Kind, copy: Callable[[], tuple[ScrubPart, ...]]) -> Tally:
    """Every move through an opened film, before it has a small copy and with it."""
    traveller = Traveller(player, screen, kind)
    traveller.everything()
    for part in copy():
        player.add_scrub("a", part)
    traveller.everything()
    player.shown.disconnect(traveller.look)
    return traveller.tally
