"""The contract of `app.ports.player.Player`, held by the fake that the screens are tested with and by the real one."""

import inspect
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest

from app.model.recording import Viewing
from app.ports.player import FASTEST, SHUTTLE, SLOWEST, Player, Reel
from tests.drivers.stage import Screen, reel, scrub_parts
from tests.material.films import Clip
from tests.stand_ins.fake_player import FakePlayer
from video.playing.player import FilmPlayer

FRAME, PICTURES = 40_000, 75
LENGTH = FRAME * PICTURES
PLAIN = Clip(frames=PICTURES, fps=Fraction(25), b_frames=2)


@pytest.fixture(params=["fake", "films"])
def player(request, qtbot) -> Iterator[Player]:
    made = FakePlayer(LENGTH) if request.param == "fake" else FilmPlayer(open_output=lambda: None)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def opened(player, film, qtbot):
    """Open films of three seconds, each (name, camera, offset, drift), and wait for the first pictures."""

    def with_reels(*places: tuple) -> dict[int, Screen]:
        path = film(PLAIN)[0]
        reels = [reel(path, name, camera, offset, drift_ppm=drift) for name, camera, offset, drift in places]
        screens = {r.camera: Screen() for r in reels}
        for camera, screen in screens.items():
            player.set_sink(camera, screen)
        player.open(reels)
        qtbot.waitUntil(lambda: all(s.given for s in screens.values()), timeout=5000)
        return screens

    return with_reels


def rests(qtbot, player: Player, time: int | None) -> None:
    qtbot.waitUntil(lambda: player.shown_at() == time, timeout=5000)


def test_opening_shows_what_is_on_at_the_beginning(player, opened) -> None:
    screens = opened(("b", 2, 400_000, 0), ("a", 1, 0, 0))
    assert player.cameras() == (1, 2)
    assert (player.leading(), player.listening_to()) == (1, 1)
    assert (player.start(), player.end()) == (0, LENGTH + 400_000)
    assert (player.shown_at(), player.shown_on(), player.position()) == (0, ("a", 0), 0)
    assert screens[1].on.film == "a"
    assert screens[2].given == [None]
    assert not player.is_playing()
    assert player.rate() == 1.0


def test_nothing_is_open_before_and_after(player, opened) -> None:
    assert (player.shown_at(), player.shown_on(), player.position(), player.cameras()) == (None, None, 0, ())
    for act in (player.play, player.pause, player.clear_loop, lambda: player.seek(5), lambda: player.step(1)):
        act()
    opened(("a", 1, 0, 0))
    player.close()
    assert not player.is_playing()


def test_seek_shows_the_picture_that_is_on_at_that_time(player, opened, qtbot) -> None:
    screens = opened(("a", 1, 1_000_000, 0))
    for time, number in ((1_000_000, 0), (1_419_999, 10), (1_420_000, 10), (3_960_000, 74)):
        player.seek(time)
        rests(qtbot, player, 1_000_000 + number * FRAME)
        assert player.shown_on() == ("a", number * FRAME)
        assert screens[1].on.number == number
    for outside, number in ((-5, 0), (10**10, 74)):
        player.seek(outside)
        rests(qtbot, player, 1_000_000 + number * FRAME)


def test_the_signal_comes_after_the_sink_has_the_picture(player, opened, qtbot) -> None:
    screens = opened(("a", 1, 0, 0))
    told: list[bool] = []
    player.shown.connect(lambda camera, picture: told.append(camera == 1 and screens[1].on is picture))
    player.seek(800_000)
    rests(qtbot, player, 800_000)
    assert told
    assert all(told)


def test_steps_go_by_the_leading_film_and_stop_at_its_ends(player, opened, qtbot) -> None:
    opened(("a", 1, 0, 0))
    for step, time in ((1, 40_000), (5, 240_000), (-2, 160_000), (-100, 0), (1000, 74 * FRAME), (-1, 73 * FRAME)):
        player.step(step)
        rests(qtbot, player, time)
    for _ in range(10):
        player.step(-1)
    rests(qtbot, player, 63 * FRAME)


@pytest.mark.parametrize("drift", [0.0, 100.0, -100.0, 5000.0])
def test_the_other_camera_shows_what_its_own_clock_says(player, opened, qtbot, drift: float) -> None:
    screens = opened(("a", 1, 0, 0), ("b", 2, 333_333, drift))
    other = Reel("b", 2, lambda: None, b"", 333_333, drift)
    for time in (0, 333_333, 1_000_000, 2_520_000, 2_960_000):
        player.seek(time)
        rests(qtbot, player, time // FRAME * FRAME)
        at = other.to_film(player.shown_at())
        expected = None if at < 0 else at // FRAME
        qtbot.waitUntil(lambda e=expected: (screens[2].on and screens[2].on.number) == e, timeout=5000)


def test_films_of_one_camera_follow_each_other_with_a_gap(player, opened, qtbot) -> None:
    screens = opened(("a", 1, 0, 0), ("b", 1, LENGTH + 500_000, 0), ("c", 2, 0, 0))
    player.seek(LENGTH + 200_000)
    rests(qtbot, player, None)
    assert player.shown_on() is None
    assert player.position() == LENGTH + 200_000
    qtbot.waitUntil(lambda: screens[1].on is None, timeout=5000)
    player.seek(LENGTH + 520_000)
    rests(qtbot, player, LENGTH + 500_000)
    assert player.shown_on() == ("b", 0)
    player.seek(LENGTH - 1)
    rests(qtbot, player, LENGTH - FRAME)


def test_a_hole_of_a_film_is_as_the_time_between_two(player, film, qtbot) -> None:
    """Nobody filmed from 1.0 s to 1.4 s of this film: there is no picture, and a step leads over it."""
    path = film(PLAIN)[0]
    player.open([replace(reel(path, "a", 1, 10_000), holes=((1_000_000, 1_400_000),))])
    rests(qtbot, player, 10_000)
    for time, shown in ((1_009_999, 970_000), (1_010_000, None), (1_409_999, None), (1_410_000, 1_410_000)):
        player.seek(time)
        rests(qtbot, player, shown)
        assert player.position() == (time if shown is None else shown)
    player.seek(1_200_000)
    rests(qtbot, player, None)
    player.step(1)
    rests(qtbot, player, 1_410_000)


def test_the_time_of_a_picture_can_be_asked_without_going_there(player, opened) -> None:
    opened(("a", 1, 10_000, 0), ("b", 1, LENGTH + 500_000, 0))
    for time, begins in ((10_000, 10_000), (59_999, 50_000), (LENGTH + 100_000, LENGTH + 100_000)):
        assert player.picture_time(time) == begins
    assert player.picture_time(LENGTH + 550_000) == LENGTH + 540_000
    assert player.shown_on() == ("a", 0)


def test_another_camera_can_lead(player, opened, qtbot) -> None:
    opened(("a", 1, 0, 0), ("b", 2, 10_000, 0))
    told: list[int] = []
    player.lead_changed.connect(told.append)
    player.seek(1_000_000)
    rests(qtbot, player, 1_000_000)
    player.lead(2)
    player.lead(2)
    player.lead(9)
    assert told == [2]
    assert player.leading() == 2
    qtbot.waitUntil(lambda: player.shown_on() == ("b", 960_000), timeout=5000)
    player.step(1)
    rests(qtbot, player, 1_010_000)
    assert player.shown_on() == ("b", 1_000_000)


def test_a_film_can_be_put_elsewhere(player, opened, qtbot) -> None:
    screens = opened(("a", 1, 0, 0), ("b", 2, 0, 0))
    player.seek(1_000_000)
    rests(qtbot, player, 1_000_000)
    player.set_place("b", -400_000, 0.0)
    qtbot.waitUntil(lambda: screens[2].on.number == 35, timeout=5000)
    assert player.shown_on() == ("a", 1_000_000)
    assert player.start() == -400_000
    player.set_place("a", 200_000, 0.0)
    qtbot.waitUntil(lambda: screens[2].on.number == 40, timeout=5000)
    assert (player.shown_on(), player.shown_at()) == (("a", 1_000_000), 1_200_000)


def test_viewing_and_copies_change_no_time(player, opened, film, qtbot) -> None:
    screens = opened(("a", 1, 0, 0))
    player.seek(1_000_000)
    rests(qtbot, player, 1_000_000)
    given = len(screens[1].given)
    player.set_viewing("a", Viewing(brightness=0.2, contrast=1.5))
    qtbot.waitUntil(lambda: len(screens[1].given) > given, timeout=5000)
    assert player.shown_on() == ("a", 1_000_000)
    for part in scrub_parts(film(PLAIN)[0]):
        player.add_scrub("a", part)
    player.seek(1_200_000)
    rests(qtbot, player, 1_200_000)
    assert player.shown_on() == ("a", 1_200_000)


def test_play_and_pause_are_told_once(player, opened, qtbot) -> None:
    opened(("a", 1, 0, 0))
    told: list[bool] = []
    player.playing_changed.connect(told.append)
    player.play()
    assert player.is_playing()
    player.pause()
    assert not player.is_playing()
    assert told == [True, False]
    player.play()
    player.step(1)
    assert not player.is_playing()


def test_rates_are_kept_within_bounds(player, opened) -> None:
    opened(("a", 1, 0, 0))
    told: list[float] = []
    player.rate_changed.connect(told.append)
    for wanted, got in ((2.0, 2.0), (0.01, SLOWEST), (9.0, FASTEST), (1.0, 1.0)):
        player.set_rate(wanted)
        assert player.rate() == got
    assert told == [2.0, SLOWEST, FASTEST, 1.0]


def test_the_shuttle_runs_both_ways_and_leaves_the_rate(player, opened, qtbot) -> None:
    opened(("a", 1, 0, 0))
    player.seek(1_600_000)
    rests(qtbot, player, 1_600_000)
    player.set_rate(0.5)
    for wanted, got in ((4.0, 4.0), (-2.0, -2.0), (-99.0, -SHUTTLE)):
        player.shuttle(wanted)
        assert player.is_playing()
        assert player.rate() == got
    player.shuttle(0)
    assert not player.is_playing()
    assert player.rate() == 0.5


def test_a_loop_is_told_and_cleared(player, opened) -> None:
    opened(("a", 1, 0, 0))
    told: list[object] = []
    player.loop_changed.connect(told.append)
    player.set_loop(400_000, 800_000, 100_000)
    player.clear_loop()
    assert told == [(400_000, 800_000), None]


def test_a_range_begins_at_once(player, opened, qtbot) -> None:
    opened(("a", 1, 0, 0))
    player.play_range(400_000, 1_000_000)
    assert player.is_playing()
    qtbot.waitUntil(lambda: (player.shown_at() or 0) >= 400_000, timeout=5000)
    player.pause()


def test_the_sound_of_one_camera_is_heard(player, opened) -> None:
    opened(("a", 1, 0, 0), ("b", 2, 0, 0))
    player.listen_to(2)
    assert player.listening_to() == 2
    player.set_volume(0.5)
    player.set_box(1, 400, 300)


def test_a_new_sink_gets_what_is_on(player, opened, qtbot) -> None:
    opened(("a", 1, 0, 0))
    player.seek(400_000)
    rests(qtbot, player, 400_000)
    other = Screen()
    player.set_sink(1, other)
    assert [p.number for p in other.pictures] == [10]
    player.set_sink(1, None)
    player.seek(0)
    rests(qtbot, player, 0)
    assert len(other.given) == 1 or other.on.number == 10


def test_every_act_of_the_port_is_there(player) -> None:
    for name, act in inspect.getmembers(Player, inspect.isfunction):
        if act.__module__ == Player.__module__ and name != "set_box":
            own = inspect.getattr_static(type(player), name)
            assert own is not act, name
            assert list(inspect.signature(own).parameters) == list(inspect.signature(act).parameters), name
