"""What was said on the film: private words never leave, whatever is typed, and a line goes with its last film."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.identity import new_id, timeless_id
from app.model.timecode import SECOND
from app.model.utterance import (
    LEFT_OUT,
    Utterance,
    in_order,
    made_private,
    on_at,
    on_films,
    private_stretches,
    without_film,
    without_private,
)
from tests.material.builders import A_DAY, recording

#: a word of the open and one of the private, and what marks them
TYPED = st.lists(st.sampled_from(["auki", "OONA", "[", "]", " ", ","]), max_size=14).map("".join)


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("Katso tätä!", "Katso tätä!"),
        ("Tule tänne [Oona], tule.", "Tule tänne […], tule."),
        ("[Oona]", ""),
        ("[Oona]!", ""),
        ("[Oona] [Virtanen] tässä", "[…] […] tässä"),
        ("Asun [Kuusikuja 3:ssa", "Asun […]"),
        ("Oona] tule", "[…] tule"),
        ("a [b [c] d] e", "a […] e"),
        ("  kaksi \n riviä ", "kaksi riviä"),
        ("", ""),
        ("…", ""),
    ],
)
def test_what_leaves(text, leaves) -> None:
    assert without_private(text) == leaves
    assert Utterance(timeless_id(), "m", 0, 1, text=text).leaving == leaves


@given(TYPED)
def test_no_private_stretch_leaves_whatever_brackets_were_typed(text) -> None:
    """A name leaves only where it stands in no private stretch as the line shows them."""
    stretches = private_stretches(text)
    assert list(stretches) == sorted(stretches)
    inside = {place for start, end in stretches for place in range(start, end)}
    assert all(text[p] not in "[]" or p in inside for p in range(len(text)))
    open_text = "".join(c for p, c in enumerate(text) if p not in inside)
    left = without_private(text)
    assert left.count("OONA") <= open_text.count("OONA")
    assert left.count("auki") <= open_text.count("auki")
    assert "[" not in left.replace(LEFT_OUT, "")
    assert "]" not in left.replace(LEFT_OUT, "")


@given(TYPED, st.integers(0, 60), st.integers(0, 60))
def test_what_is_made_private_is_so_and_nothing_else_becomes_open(text, a, b) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    after = made_private(text, start, end)
    chosen = text[start:end].replace("[", "").replace("]", "").strip()
    if not chosen:
        assert after == text
        return
    assert without_private(after).count("OONA") <= without_private(text).count("OONA")
    assert made_private(after, 0, len(after)).count("[") == 1
    inside = [after[low:high] for low, high in private_stretches(after)]
    assert any(chosen in one for one in inside)


def test_a_name_is_made_private_with_its_spaces_outside() -> None:
    assert made_private("Tule Oona tänne", 4, 10) == "Tule [Oona] tänne"
    assert made_private("Tule [Oona] Virtanen", 7, 20) == "Tule [Oona Virtanen]"


def test_lines_in_order_and_at_a_time() -> None:
    a, b = (Utterance(timeless_id(), "m", start, start + 2 * SECOND, text="x") for start in (0, SECOND))
    assert in_order([b, a]) == (a, b)
    assert on_at([a, b], SECOND) == (a, b)
    assert on_at([a, b], 2 * SECOND) == (b,)
    assert on_at([a, b], 3 * SECOND) == ()


def test_an_id_that_tells_a_time_is_refused() -> None:
    with pytest.raises(AssertionError, match="tells no time"):
        Utterance(new_id(), "m", 0, 1)


def test_lines_go_with_the_last_film_that_lets_them_be_heard() -> None:
    first, second = recording("m", 60 * SECOND), replace(recording("m", 60 * SECOND), offset=50 * SECOND)
    lines = [Utterance(timeless_id(), "m", at * SECOND, at * SECOND + 1, text="x") for at in (10, 55, 70)]
    assert on_films(lines, [first]) == tuple(lines[:2])
    assert without_film(lines, [first, second], first.id) == (lines[0],)
    assert without_film(lines, [first, second], second.id) == (lines[2],)
    erased = replace(second, erased=A_DAY, erasure_id="e")
    assert without_film(lines, [first, erased], first.id) == tuple(lines)
