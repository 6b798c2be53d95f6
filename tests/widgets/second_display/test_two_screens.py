"""The picture on the second of two real screens of Qt's own, in a program of its own."""

import json
import os
import subprocess
import sys

import pytest

from tests.drivers.two_screens_child import BRIGHT

OWN, SECOND = ["own", 1366, 768], ["second", 1920, 1080]
LEFT = {"own": 0, "second": 1366}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What was told after each step, by its name."""
    rows = [
        {"name": name, "x": LEFT[name], "y": 0, "width": wide, "height": high}
        | {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        for name, wide, high in (OWN, SECOND)
    ]
    file = tmp_path_factory.mktemp("screens") / "screens.json"
    file.write_text(json.dumps({"screens": rows}), "utf-8")
    around = os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={file}"}
    run = [sys.executable, "-m", "tests.drivers.two_screens_child"]
    done = subprocess.run(run, env=around, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return {row["step"]: row for row in map(json.loads, done.stdout.splitlines())}


def test_it_opens_over_the_other_screen_and_pictures_are_made_large_enough(told) -> None:
    assert told["begun"]["screens"] == ["own", "second"]
    assert (told["begun"]["on"], told["opened"]["on"]) == (None, SECOND)
    assert (told["opened"]["light"], told["opened"]["box"]) == (BRIGHT, SECOND[1:])


def test_keys_stay_with_the_room_and_a_press_paints_nothing_there(told) -> None:
    assert (told["coded"]["observations"], told["coded"]["painted"]) == (1, 0)
    assert told["pressed on the second"]["observations"] == 2, "where a computer gave it the keys all the same"
    assert all(row["active"] for step, row in told.items() if step != "closed")


def test_it_is_black_in_a_gap_and_while_the_program_is_covered(told) -> None:
    assert [told[step]["light"] for step in ("in a gap", "covered", "uncovered")] == [0, 0, BRIGHT]
    assert told["covered"]["on"] == SECOND, "and not the computer's desktop"


def test_what_is_said_is_there_where_it_was_turned_on_and_nothing_private(told) -> None:
    steps = ("without captions", "with captions", "opened with captions", "captions off")
    words = "Somebody else: Katso […]"
    assert [told[step]["caption"] for step in steps] == ["", words, words, ""]


def test_both_windows_on_one_screen_are_found(told) -> None:
    assert told["moved onto it"]["on"] is None
    assert "on the same screen as this window" in told["moved onto it"]["said"]
    assert told["moved onto it"]["box"] < SECOND[1:]
    assert told["opened again"]["on"] == OWN
    assert told["moved back onto the other"]["on"] is None


def test_a_screen_pulled_out_closes_it_and_its_return_is_only_offered(told) -> None:
    assert told["pulled out"]["on"] is None
    assert "was disconnected" in told["pulled out"]["said"]
    assert told["back again"]["on"] is None
    assert "connected again" in told["back again"]["said"]
    assert told["taken up"]["on"] == SECOND


def test_it_goes_with_the_place_and_with_the_window(told) -> None:
    assert told["place left"]["on"] is None
    assert told["opened a last time"]["on"] == SECOND
    assert told["closed"]["left"] == 0
