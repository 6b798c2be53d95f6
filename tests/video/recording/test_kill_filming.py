"""A program killed at any moment while filming: what was filmed until then is whole, playable, and told."""

import os

import pytest

from tests.drivers.filming_kills import kill_once, make_archive, random_kill

KILLS = int(os.environ.get("HAVAINTO_FILM_KILLS", "5"))
SIZE = os.environ.get("HAVAINTO_FILM_SIZE", "320x180")
LONGEST = float(os.environ.get("HAVAINTO_FILM_SECONDS", "1.2"))

#: half a second is promised of a program that films with the computer to itself
pytestmark = pytest.mark.alone


def test_kill_at_random_moments(tmp_path):
    folder = tmp_path / "archive"
    make_archive(folder)
    for _ in range(KILLS):
        kill = random_kill(folder, tmp_path, SIZE, LONGEST)
        assert len(kill.lost) == 2
        assert max(kill.lost) <= 0.5
        assert all(t.length > 0 and t.waits is None and t.missing >= 500_000 for t in kill.told)


def test_a_second_copy_is_no_hindrance(tmp_path):
    folder, second = tmp_path / "archive", tmp_path / "stick"
    make_archive(folder)
    second.mkdir()
    kill = kill_once(folder, tmp_path, SIZE, 0.6, second)
    assert max(kill.lost) <= 0.5
    assert len(list(second.iterdir())) == 2, "the other disk is left alone"
