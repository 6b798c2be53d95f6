"""A feedback talk with a second screen, in a program of its own: nothing of ours is on it, and black is black."""

import json
import os
import subprocess
import sys

import pytest

from tests.drivers.two_screens_child import BRIGHT


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What was told after each step, by its name."""
    sizes = {"own": (0, 1366, 768), "second": (1366, 1920, 1080)}
    rows = [
        {"name": name, "x": x, "y": 0, "width": wide, "height": high}
        | {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        for name, (x, wide, high) in sizes.items()
    ]
    file = tmp_path_factory.mktemp("screens") / "screens.json"
    file.write_text(json.dumps({"screens": rows}), "utf-8")
    around = os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={file}"}
    run = [sys.executable, "-m", "tests.drivers.feedback_screens_child"]
    done = subprocess.run(run, env=around, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return {row["step"]: row for row in map(json.loads, done.stdout.splitlines())}


def test_before_anything_of_a_film_is_seen_a_ring_says_which_screen_it_is(told) -> None:
    assert told["arranging"]["on"] is None
    assert (told["trial"]["on"], told["trial"]["light"], told["trial"]["ring"]) == ("second", 0, True)
    assert told["trial"]["clip"] is None


def test_moments_follow_each_other_without_anything_of_ours(told) -> None:
    assert [(told[s]["clip"], told[s]["light"]) for s in ("first", "second")] == [("one", BRIGHT), ("two", BRIGHT)]
    for row in told.values():
        assert row.get("words") in (None, [])
        assert row.get("caption") in (None, "")


def test_one_key_makes_it_black_also_from_the_field_and_another_shows_it_again(told) -> None:
    assert (told["black"]["light"], told["black"]["typed"]) == (0, "En muistanut")
    assert (told["again"]["light"], told["again"]["clip"]) == (BRIGHT, "two")
    assert (told["slow"]["rate"], told["slow"]["range"]) == (0.5, [20_000_000, 25_000_000])


def test_while_it_is_shown_the_place_is_dark_and_says_to_whom_and_of_nobody_else(told) -> None:
    assert [told[s]["dark"] for s in ("arranging", "trial", "second", "ended")] == [False, True, True, False]
    assert "isä" in told["arranging"]["seen"]
    for step in ("trial", "first", "second", "black", "withdrawn"):
        assert "isä" not in told[step]["seen"], step
    assert "shown to: parent · moment 2 / 3" in told["second"]["seen"]


def test_the_keys_alone_begin_go_on_point_and_choose(told) -> None:
    assert (told["trial"]["focus"], told["first"]["focus"]) == ("Yes, begin", "Next moment")
    assert told["second"]["focus"] == "End showing", "after the last one that may be shown"
    assert told["pointing by keys"]["pointer"] == [0.46, 0.5]
    assert told["by the list"]["clip"] == "one"


def test_no_picture_beyond_the_last_one_reaches_the_screen(told) -> None:
    assert told["pointing"]["light"] == BRIGHT
    assert told["beyond"]["at"] == 20_000_000


def test_what_must_not_be_shown_is_passed_over(told) -> None:
    assert told["third is barred"]["clip"] == "two"
    assert told["back on the first"]["clip"] == "one"


def test_a_consent_withdrawn_in_the_middle_is_black_at_once_and_the_film_let_go_of(told) -> None:
    assert (told["withdrawn"]["light"], told["withdrawn"]["gone"]) == (0, True)
    assert "consent" in told["withdrawn"]["said"].casefold()
    assert "Consent withdrawn" in told["withdrawn"]["seen"]


def test_words_and_showings_are_kept_and_the_screen_is_the_computers_again(told) -> None:
    ended = told["ended"]
    assert (ended["on"], ended["kept"], ended["shown"]) == (None, ["En muistanut"], 2)
    assert ended["log"] >= 3, "each showing, of its film and of its talk"
    assert told["place left"]["on"] is None
    assert told["closed"]["left"] == 0
