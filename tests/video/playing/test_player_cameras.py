"""Several films with one playhead: each shows what its own clock has, gaps are gone through, trouble stays with one."""

import io
import random
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from app.errors import ContainerError, FilmError
from app.ports.player import Reel
from tests.drivers.stage import Screen, reel, scrub_parts
from tests.material.films import Clip, read_number
from video.open.frame_index import unpack
from video.playing.camera_line import camera_lines
from video.playing.player import FilmPlayer

SECOND = 1_000_000
PLAIN = Clip(frames=60, b_frames=2)  # 2.4 s


@pytest.fixture
def seats(players, qtbot) -> Callable[..., tuple[FilmPlayer, dict[int, Screen]]]:
    """A player with films open and a screen for each camera."""

    def sit(*reels: Reel, output=lambda: None) -> tuple[FilmPlayer, dict[int, Screen]]:
        player, first = players(*reels, output=output)
        screens = {camera: Screen() for camera in player.cameras()} | {1: first}
        for camera, screen in screens.items():
            player.set_sink(camera, screen)
        qtbot.waitUntil(lambda: player._on.keys() == screens.keys(), timeout=5000)
        return player, screens

    return sit


def test_films_with_places_of_their_own_are_right_after_every_move(seats, film, qtbot) -> None:
    kinds = {"a": (1, 0, 0.0, "h264-b"), "b": (2, 711_111, 900.0, "29.97"), "c": (3, -1_234_567, -700.0, "variable")}
    reels = [reel(film(k)[0], n, c, offset, drift_ppm=d) for n, (c, offset, d, k) in kinds.items()]
    reels.append(reel(film("hevc")[0], "d", 2, 4 * SECOND, drift_ppm=300.0))
    reels[1] = replace(reels[1], scrub=scrub_parts(film("29.97")[0]))
    indexes = {r.id: unpack(r.index) for r in reels}
    player, screens = seats(*reels)
    chance = random.Random(4)

    def right() -> bool:
        playhead = player.position()
        for camera, strip in camera_lines(reels, indexes).items():
            place, on = strip.place_at(playhead), screens[camera].on
            if (place is None) != (on is None):
                return False
            if place is not None and (on.film, on.number) != (place.span.reel.id, place.position):
                return False
        return True

    for turn in range(24):
        before = player._wishes
        if turn % 6 == 5:
            player.lead(chance.choice((1, 2, 3)))
        if turn % 3 == 2:
            player.step(chance.choice((-7, -1, 1, 1, 40)))
        else:
            player.seek(chance.randrange(player.start(), player.end()), dragging=turn % 2 == 0)
        assert player._wishes > before
        wanted = player._wanted
        qtbot.waitUntil(lambda w=wanted: player.position() == w and right(), timeout=5000)
        for screen in screens.values():
            assert screen.on is None or read_number(screen.on.pixels) == screen.on.number


def test_all_play_together_and_stay_right(seats, film, qtbot, hurry) -> None:
    hurry(2)
    reels = [
        reel(film(PLAIN)[0], "a", 1),
        reel(film("29.97")[0], "b", 2, 300_000, drift_ppm=800.0),
        reel(film("50")[0], "c", 3, -200_000),
    ]
    player, screens = seats(*reels)
    player.play()
    qtbot.waitUntil(lambda: not player.is_playing(), timeout=15_000)
    for screen in screens.values():
        assert screen.numbers == [p.number for p in screen.pictures]
        shown = [p.number for p in screen.pictures]
        assert max(shown) - min(shown) >= 28
        assert len(set(shown)) > 15
    assert player.shown_on() == ("a", 59 * 40_000)


def test_playing_goes_through_a_gap(seats, film, qtbot) -> None:
    path = film(PLAIN)[0]
    player, screens = seats(reel(path, "a"), reel(path, "b", offset=2_900_000))
    told: list[tuple[object, int]] = []
    player.seek(2_200_000)
    qtbot.waitUntil(lambda: player.shown_at() == 2_200_000, timeout=5000)
    player.shown.connect(lambda _camera, picture: told.append((picture, player.position())))
    player.play()
    qtbot.waitUntil(lambda: player.shown_on() is not None and player.shown_on()[0] == "b", timeout=5000)
    player.pause()
    in_gap = [at for picture, at in told if picture is None]
    assert len(in_gap) > 3
    assert in_gap == sorted(in_gap)
    assert all(2_400_000 <= at <= 2_900_000 for at in in_gap)
    assert screens[1].given.count(None) == 1
    player.seek(2_600_000)
    qtbot.waitUntil(lambda: player.shown_at() is None, timeout=5000)
    player.step(-1)
    qtbot.waitUntil(lambda: player.shown_on() == ("a", 59 * 40_000), timeout=5000)
    player.step(1)
    qtbot.waitUntil(lambda: player.shown_on() == ("b", 0), timeout=5000)


def test_the_shuttle_goes_back_through_films_and_gaps(seats, film, qtbot, hurry) -> None:
    hurry(2)
    path = film(PLAIN)[0]
    player, screens = seats(reel(path, "a"), reel(path, "b", offset=2_700_000))
    player.seek(player.end())
    qtbot.waitUntil(lambda: player.shown_on() == ("b", 59 * 40_000), timeout=5000)
    screens[1].given.clear()
    player.shuttle(-8)
    qtbot.waitUntil(lambda: not player.is_playing(), timeout=10_000)
    qtbot.waitUntil(lambda: player.shown_on() == ("a", 0), timeout=5000)
    order = [(p.film, p.number) for p in screens[1].pictures]
    assert order == sorted(order, reverse=True)
    assert screens[1].numbers == [p.number for p in screens[1].pictures]
    assert player.rate() == 1.0


class Moody(io.BytesIO):
    """A film on a disk that can be pulled out."""

    def __init__(self, content: bytes, mood: dict[str, bool]) -> None:
        super().__init__(content)
        self._mood = mood

    def read(self, count: int | None = -1) -> bytes:
        if self._mood["gone"]:
            raise ContainerError("container-gone")
        return super().read(count)


@pytest.mark.parametrize("when", ["at-rest", "playing"])
def test_a_film_that_vanishes_leaves_the_others_going(seats, film, qtbot, hurry, when: str) -> None:
    hurry(2)
    path = film(Clip(frames=400, gop=10, codec="mjpeg", container="avi"))[0]  # more than is read at once
    content, mood = path.read_bytes(), {"gone": False}
    bad = replace(reel(path, "b", 2), source=lambda: Moody(content, mood))
    player, screens = seats(reel(path, "a"), bad)
    qtbot.waitUntil(lambda: screens[2].on is not None, timeout=5000)
    troubles: list[object] = []
    player.trouble.connect(troubles.append)
    if when == "playing":
        player.play_range(0, 3 * SECOND)
        qtbot.waitUntil(lambda: (player.shown_at() or 0) > 200_000, timeout=5000)
    mood["gone"] = True
    if when == "at-rest":
        player.seek(12 * SECOND)
    else:
        qtbot.waitUntil(lambda: not player.is_playing(), timeout=10_000)
        assert player.shown_at() >= 2_900_000
        assert len(set(screens[1].numbers)) > 60
        player.seek(13 * SECOND)
    qtbot.waitUntil(lambda: screens[2].on is None and _is_on(screens[1], 12 * SECOND), timeout=5000)
    player.step(1)
    qtbot.waitUntil(lambda: _is_on(screens[1], 12 * SECOND + 40_000), timeout=5000)
    assert [t.key for t in troubles] == ["container-gone"]


def test_a_film_that_is_not_there_is_told_once(seats, film, qtbot) -> None:
    path = film(PLAIN)[0]

    def missing() -> io.BytesIO:
        raise FilmError("film-missing")

    player, screens = seats(reel(path, "a"), replace(reel(path, "b", 2), source=missing))
    troubles: list[object] = []
    player.trouble.connect(troubles.append)
    for time in (400_000, 800_000, 1_200_000):
        player.seek(time)
        qtbot.waitUntil(lambda t=time: player.shown_at() == t and screens[2].on is None, timeout=5000)
    player.play()
    qtbot.waitUntil(lambda: (player.shown_at() or 0) > 1_400_000, timeout=5000)
    assert len(troubles) <= 1
    player.pause()


def test_the_only_film_gone_stops_playing(seats, film, qtbot, hurry) -> None:
    hurry(4)
    path = film(Clip(frames=400, gop=10, codec="mjpeg", container="avi"))[0]
    content, mood = path.read_bytes(), {"gone": False}
    player, _ = seats(replace(reel(path), source=lambda: Moody(content, mood)))
    player.play()
    qtbot.waitUntil(lambda: (player.shown_at() or 0) > 100_000, timeout=5000)
    mood["gone"] = True
    with qtbot.waitSignal(player.trouble, timeout=10_000):
        pass
    assert not player.is_playing()


def test_a_copy_that_cannot_be_read_is_let_go_of(seats, film, qtbot) -> None:
    path = film(PLAIN)[0]
    parts = [replace(p, source=lambda: io.BytesIO(b"nothing at all")) for p in scrub_parts(path)]
    player, screens = seats(reel(path, scrub=tuple(parts)))
    troubles: list[object] = []
    player.trouble.connect(troubles.append)
    player.seek(1_000_000)
    qtbot.waitUntil(lambda: player.shown_at() == 1_000_000, timeout=5000)
    assert screens[1].numbers[-1] == 25
    assert not troubles


def test_dragging_while_playing_goes_on_from_there(seats, film, qtbot) -> None:
    path = film(Clip(frames=300, gop=50, b_frames=2))[0]
    player, screens = seats(reel(path))
    changes: list[bool] = []
    player.playing_changed.connect(changes.append)
    player.play()
    for time in range(2 * SECOND, 8 * SECOND, SECOND // 5):
        player.seek(time, dragging=True)
        qtbot.wait(2)
    qtbot.waitUntil(lambda: (player.shown_at() or 0) > 8 * SECOND, timeout=5000)
    assert changes == [True]
    assert screens[1].numbers == [p.number for p in screens[1].pictures]
    player.pause()


@pytest.mark.alone
def test_a_loop_goes_round_while_playing(seats, film, qtbot, hurry) -> None:
    hurry(2)
    player, screens = seats(reel(film("h264-b")[0]))
    player.set_loop(800_000, 1_200_000, 200_000)
    player.seek(700_000)
    qtbot.waitUntil(lambda: player.shown_at() == 680_000, timeout=5000)
    screens[1].given.clear()
    player.play()
    qtbot.waitUntil(lambda: [p.number for p in screens[1].pictures].count(15) >= 2, timeout=10_000)
    player.clear_loop()
    qtbot.waitUntil(lambda: (player.shown_at() or 0) > 1_400_000, timeout=5000)
    player.pause()
    numbers = screens[1].numbers
    round_trips = [b for a, b in pairwise(numbers) if b < a]
    assert len(round_trips) >= 2
    assert all(15 <= n <= 17 for n in round_trips[:2])
    assert max(numbers[: len(numbers) // 2]) <= 29


def _is_on(screen, least: int) -> bool:
    """A picture is on, of `least` or later: between two pictures there can be none."""
    return screen.on is not None and screen.on.time >= least
