"""`havainto frame` and the window show the same picture: pixel for pixel, at random times of the whole corpus.

120 times in the test run, as many as HAVAINTO_SAME_PICTURES says in the long one.
"""

import os
import random

import cv2
import numpy as np
import pytest

from app.command_line import run
from tests.drivers.stage import Screen, scrub_parts
from tests.material.films import KINDS, read_number
from tests.material.odd_films import ODD
from tests.video.playing.test_exactness import Witness
from video.open.frames import frame_png
from video.playing.player import FilmPlayer

TIMES = int(os.environ.get("HAVAINTO_SAME_PICTURES", "120"))
CORPUS = KINDS | {name: clip for name, clip in ODD.items() if TIMES > 120}
PER_FILM = -(-TIMES // len(CORPUS))


def at_rest(witness: Witness, time: int) -> np.ndarray:
    """What the player gave the screen when it came to rest at `time`, without the byte for transparency."""
    witness.player.seek(time)
    witness.rests_at(witness.at(time))
    picture = witness.screen.on
    assert picture is not None
    return np.frombuffer(bytes(picture.pixels), np.uint8).reshape(picture.height, picture.width, 4)[:, :, :3]


def moments(kind: str, last: int) -> list[int]:
    """Random µs of the film, and a little after its last picture."""
    chance = random.Random(f"same {kind}")
    return [chance.randrange(last + 100_000) for _ in range(PER_FILM)]


@pytest.mark.parametrize("kind", CORPUS)
def test_the_command_and_the_player_show_the_same_picture(players, film, qtbot, monkeypatch, tmp_path, kind) -> None:
    monkeypatch.setattr("video.playing.picture_reader.REST", 0.02)
    path, clip = film(kind if kind in KINDS else CORPUS[kind])
    player, screen = players(path)
    assert isinstance(player, FilmPlayer)
    assert isinstance(screen, Screen)
    witness = Witness(qtbot, player, screen, path, clip)
    for number, time in enumerate(moments(kind, witness.times[-1])):
        if number == PER_FILM // 2 and kind in KINDS:
            for part in scrub_parts(path, length=1_000_000):  # with and without the small copy
                player.add_scrub("a", part)
        out = tmp_path / f"{number}.png"
        frame_png(path, time / 1_000_000, out)
        shown, written = at_rest(witness, time), cv2.imread(str(out))
        assert written is not None
        assert shown.shape == written.shape
        assert np.array_equal(shown, written), (kind, time)
        assert read_number(written) == clip.numbers[witness.at(time)]


@pytest.mark.parametrize("kind", ["h264-b", "variable", "turned-90", "edit-list"])
def test_the_real_command_writes_that_picture_too(players, film, qtbot, tmp_path, kind, capsys) -> None:
    path, clip = film(kind)
    player, screen = players(path)
    witness = Witness(qtbot, player, screen, path, clip)
    time = witness.times[-1] * 2 // 3 + 1
    out = tmp_path / "picture.png"
    assert run(["frame", str(path), "--at", f"{time / 1_000_000:.6f}", "--png", str(out)]) == 0
    assert str(out) in capsys.readouterr().out
    assert np.array_equal(at_rest(witness, time), cv2.imread(str(out)))
