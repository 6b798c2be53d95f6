"""What you see is the frame you code: the number in the picture on the screen is the one that the player tells.

Every kind of film, after every kind of move: the number is read back from the pixels that the sink was given, or from
those of a window.
"""

import random
from functools import partial

import pytest

from app.i18n import Texts
from app.model.recording import Viewing
from tests.drivers.stage import Screen, is_at_rest, pixels_of, reel, scrub_parts, until
from tests.material.films import KINDS, Clip, read_number
from video.open.frame_index import build_index
from video.playing.player import FilmPlayer
from widgets.films.picture import PictureView

SECOND = 1_000_000


class Witness:
    """Looks at every picture at the moment at which it is said to be on, and drives the player to rest."""

    def __init__(self, qtbot, player: FilmPlayer, screen: Screen, path, clip: Clip) -> None:
        self.player, self.screen, self.clip = player, screen, clip
        self.times = build_index(path).times.tolist()
        self.wrong: list[str] = []
        self.seen = 0
        self._qtbot = qtbot
        player.shown.connect(self.look)

    def look(self, _camera: int = 1, _picture: object = None) -> None:
        self.seen += 1
        picture, told = self.screen.on, self.player.shown_on()
        assert picture is not None
        number = read_number(picture.pixels)
        right = self.clip.numbers[picture.number]
        claim = "a", self.times[picture.number]
        if number != right or told != claim or picture.time != claim[1] or self.player.shown_at() != claim[1]:
            self.wrong.append(f"{number} on, {right} right, told {told}, picture {picture.number} at {picture.time}")

    def rests_at(self, position: int) -> None:
        """The full picture of a position is on and stays on."""
        until(lambda: self.player.position() == self.times[position] and is_at_rest(self.player, self.screen))
        self.look()

    def until(self, count: int) -> None:
        """So many pictures more."""
        goal = self.seen + count
        until(lambda: self.seen >= goal or not self.player.is_playing())

    def stops(self) -> None:
        """Pauses: what was on stays on; where the film's end came first, that does."""
        paused = self.player.is_playing()
        self.player.pause()
        on = self.screen.on
        assert on is not None
        self.rests_at(on.number if paused else self.at(self.player._wanted))

    def at(self, time: int) -> int:
        return min(max(sum(t <= time for t in self.times) - 1, 0), len(self.times) - 1)


def seeks_and_steps(witness: Witness, chance: random.Random) -> None:
    player, last = witness.player, len(witness.times) - 1
    for _ in range(4):
        time = chance.randrange(witness.times[-1] + 1)
        player.seek(time)
        witness.rests_at(witness.at(time))
    for step in (1, 1, -1, -1, -1):
        here = witness.at(player.position())
        player.step(step)
        witness.rests_at(min(max(here + step, 0), last))
    for leap in (-SECOND, SECOND):
        time = player.position() + leap
        player.seek(time)
        witness.rests_at(witness.at(time))
    player.seek(player.end())
    witness.rests_at(last)
    player.step(1)
    witness.rests_at(last)


def drags(witness: Witness, chance: random.Random) -> None:
    for _ in range(12):
        time = chance.randrange(witness.times[-1] + 1)
        witness.player.seek(time, dragging=True)
        witness._qtbot.wait(4)
    witness.rests_at(witness.at(time))


def plays(witness: Witness) -> None:
    player, middle = witness.player, witness.times[len(witness.times) // 2]
    player.seek(middle)
    for rate in (4.0, -8.0, -1.0, 0.5):
        player.shuttle(rate)
        witness.until(4)
        witness.stops()
    player.seek(middle)
    player.play()
    witness.until(3)
    player.set_rate(2.0)
    witness.until(3)
    witness.stops()
    player.set_loop(middle, middle + 200_000, 100_000)
    player.play()
    witness.until(12)
    player.clear_loop()
    player.set_rate(1.0)
    witness.stops()


@pytest.mark.parametrize("kind", KINDS)
def test_the_right_frame_after_every_move(players, film, qtbot, monkeypatch, hurry, kind: str) -> None:
    monkeypatch.setattr("video.playing.picture_reader.REST", 0.01)  # the same way, sooner
    hurry(4)
    path, clip = film(kind)
    player, screen = players(path)
    chance = random.Random(kind)
    witness = Witness(qtbot, player, screen, path, clip)
    seeks_and_steps(witness, chance)
    drags(witness, chance)
    plays(witness)
    for part in scrub_parts(path, length=SECOND):
        player.add_scrub("a", part)
    seeks_and_steps(witness, chance)
    drags(witness, chance)
    plays(witness)
    assert not witness.wrong
    assert witness.seen > 100


def test_the_small_picture_is_at_once_and_the_full_one_when_it_rests(players, film, qtbot) -> None:
    large = Clip(frames=60, gop=50, b_frames=2, scale=8)
    path, clip = film(large)
    player, screen = players(reel(path, scrub=scrub_parts(path)))
    witness = Witness(qtbot, player, screen, path, clip)
    witness.rests_at(0)
    screen.given.clear()
    player.seek(1_800_000)
    qtbot.waitUntil(lambda: len(screen.pictures) == 2, timeout=5000)
    small, full = screen.pictures
    assert (small.number, full.number) == (45, 45)
    assert small.width < full.width == 192 * 8
    screen.given.clear()
    for _ in range(20):
        player.step(-1)
    witness.rests_at(25)
    assert screen.pictures[-2].number == screen.pictures[-1].number == 25
    assert not witness.wrong


def test_a_drag_without_a_copy_shows_the_keyframe_first(players, film, qtbot) -> None:
    path, clip = film(Clip(frames=300, gop=100, b_frames=2))
    player, screen = players(path)
    witness = Witness(qtbot, player, screen, path, clip)
    screen.given.clear()
    player.seek(290 * 40_000, dragging=True)
    witness.rests_at(290)
    assert [p.number for p in screen.pictures] == [200, 290]
    assert not witness.wrong


@pytest.mark.parametrize("viewing", [Viewing(turn=90), Viewing(turn=180), Viewing(turn=270), Viewing(contrast=0.6)])
def test_a_viewing_changes_no_number(players, film, qtbot, viewing: Viewing) -> None:
    path, clip = film("h264-b")
    player, screen = players(path)
    player.set_viewing("a", viewing)

    def is_turned_to(position: int) -> bool:
        return screen.on.number == position and _upright(screen.on, viewing) is not None

    for position in (7, 31):
        player.seek(position * 40_000)
        qtbot.waitUntil(partial(is_turned_to, position), timeout=5000)
        assert read_number(_upright(screen.on, viewing)) == clip.numbers[position]
    assert player.shown_on() == ("a", 31 * 40_000)


def _upright(picture, viewing: Viewing):
    import numpy as np

    turned = np.rot90(picture.pixels, viewing.turn // 90)
    return turned if turned.shape[:2] == (128, 192) else None


@pytest.mark.parametrize("kind", ["h264-b", "variable", "turned-90", "edit-list", "23.976", "vp9"])
def test_the_pixels_of_the_window_are_the_picture_told(players, film, qtbot, kind: str) -> None:
    path, clip = film(kind)
    player, _ = players(path)
    times = build_index(path).times.tolist()
    view = PictureView(Texts("fi"))
    qtbot.addWidget(view)
    view.resize(480, 320)
    view.show()
    player.set_sink(1, view.show_picture)
    chance = random.Random(kind)

    def number_on_screen() -> int:
        return read_number(pixels_of(view, view.picture))

    def agrees() -> bool:
        told = player.shown_on()
        return told is not None and number_on_screen() == clip.numbers[times.index(told[1])]

    for turn in range(8):
        player.seek(chance.randrange(times[-1])) if turn % 2 else player.step(chance.choice((-3, -1, 1, 2)))
        with qtbot.waitSignal(player.shown, timeout=5000):
            pass
        assert agrees()
    player.play()
    for _ in range(6):
        with qtbot.waitSignal(player.shown, timeout=5000):
            pass
        assert agrees()
    player.pause()
    player.shuttle(-2.0)
    with qtbot.waitSignal(player.shown, timeout=5000):
        pass
    assert agrees()
