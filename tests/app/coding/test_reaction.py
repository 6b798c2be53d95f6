"""How late a hand is: signs that cannot be foreseen, the first answer to each, the median, and what it shifts."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.coding import reaction
from app.coding.reaction import ReactionEditor, delays, shift, signs
from app.model.calibration import LEAST_PRESSES, Calibration
from app.model.timecode import SECOND
from tests.material.house import Home


@pytest.fixture
def home(qapp) -> Home:
    return Home()


@given(st.integers())
def test_signs_come_apart_and_end_within_the_game(seed: int) -> None:
    times = signs(Random(seed))
    waits = [b - a for a, b in zip((0, *times), times, strict=False)]
    assert len(times) >= LEAST_PRESSES
    assert all(reaction.SHORTEST_WAIT <= w <= reaction.LONGEST_WAIT for w in waits)
    assert times[-1] + reaction.MISSED <= reaction.LENGTH


def test_the_first_press_after_a_sign_answers_it_and_a_missed_sign_is_left_out() -> None:
    shown = (2 * SECOND, 5 * SECOND, 8 * SECOND, 11 * SECOND)
    pressed = (1 * SECOND, 2_310_000, 2_900_000, 8_250_000, 12_700_000)
    assert delays(shown, pressed) == (310_000, 250_000)


def test_a_picture_that_stands_still_is_not_shifted_and_slow_playing_is_shifted_less() -> None:
    assert shift(400_000, 1.0, playing=False) == 0
    assert shift(400_000, 0.5, playing=True) == 200_000
    assert shift(400_000, -2.0, playing=True) == 0


def test_the_median_of_answers_counts_and_guesses_do_not() -> None:
    made = Calibration("i", "w", None, (20_000, *[300_000] * 4, 340_000, *[360_000] * 4, 1_900_000))
    assert made.delay == 340_000
    assert Calibration("i", "w", None, (300_000,) * (LEAST_PRESSES - 1)).delay == 0


def test_the_newest_game_counts_until_it_is_switched_off(home) -> None:
    editor = ReactionEditor(home.a, home.texts)
    assert editor.delay == 0
    assert editor.keep([300_000] * 3) is None
    assert editor.keep([300_000] * 10) is not None
    assert editor.keep([250_000] * 10) is not None
    assert editor.delay == 250_000
    assert editor.use(on=False)
    assert editor.delay == 0
    again = ReactionEditor(home.a, home.texts)
    assert (again.delay, len(again.calibrations), again.newest.delay) == (0, 2, 250_000)
    editor.undo()
    assert editor.delay == 250_000
    assert ReactionEditor(home.b, home.texts).calibrations == ()
