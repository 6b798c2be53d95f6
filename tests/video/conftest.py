"""Films and players for the tests of the film engine."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.ports.player import Reel
from tests.drivers.stage import Screen, hurried, reel
from tests.material.drawn import drawn_once
from tests.material.media import CAMERA_A
from video.playing.player import FilmPlayer


@pytest.fixture(scope="session")
def meeting_film(tmp_path_factory) -> tuple[Path, int]:
    """A film of minutes at 25 pictures a second and how many they are: the made-up meeting's, else the demo's own."""
    if CAMERA_A.exists():
        return CAMERA_A, 9250
    path = tmp_path_factory.mktemp("film") / "demo.mp4"
    drawn_once(path, lambda _: None, lambda: False)
    return path, 3000


@pytest.fixture
def hurry(monkeypatch) -> Callable[[float], None]:
    """Films that play unheard do so many times faster: `hurry(2)`."""
    return lambda times: monkeypatch.setattr("video.playing.playing.PlainClock", hurried(times))


@pytest.fixture
def players(qtbot) -> Iterator[Callable[..., tuple[FilmPlayer, Screen]]]:
    """A player with a film (or reels) open and the first pictures on, and the screen of camera 1."""
    made: list[FilmPlayer] = []

    def open_player(*films: Path | Reel, output=lambda: None) -> tuple[FilmPlayer, Screen]:
        player, screen = FilmPlayer(open_output=output), Screen()
        made.append(player)
        player.set_sink(1, screen)
        with qtbot.waitSignal(player.shown, timeout=5000):
            player.open([f if isinstance(f, Reel) else reel(f) for f in films])
        return player, screen

    yield open_player
    for player in made:
        player.close()
        player.deleteLater()
    assert not [t.name for t in threading.enumerate() if t.name.startswith("film ")]
