"""What a film lacks, in words: what is known of its clock is told, and nothing more."""

from dataclasses import replace

import pytest

from app.i18n import Texts
from app.model.recording import NOT_FILMED, SEAM, Damage
from app.model.timecode import SECOND
from tests.material.builders import facts
from widgets.cases.film_words import damage_words

AT = 72 * SECOND


@pytest.mark.parametrize(
    ("jump", "words"),
    [
        (988 * SECOND, "At 01:12.0 the film's clock jumps 16:28 forward: filming was paused, or the clock went wrong."),
        (
            -3600 * SECOND,
            "At 01:12.0 the film's clock jumps 01:00:00 back. What was not filmed in between cannot be known.",
        ),
        (0, "At 01:12.0 the film's clock jumps or begins anew. What was not filmed in between cannot be known."),
    ],
)
def test_a_seam_says_how_far_the_clock_jumped_when_that_is_known(jump, words) -> None:
    assert damage_words(Texts("en"), Damage(AT, AT, SEAM, jump), facts()).startswith(words)


def test_time_that_nobody_filmed_is_no_damage() -> None:
    hole, seam, broken = (Damage(AT, AT + n * SECOND, what) for n, what in enumerate((SEAM, NOT_FILMED, "broken")))
    assert damage_words(Texts("en"), seam, facts()).startswith("Not filmed from 01:12.0 to 01:13.0")
    assert not replace(facts(), damage=(hole, seam)).is_damaged
    assert replace(facts(), damage=(hole, seam, broken)).is_damaged
