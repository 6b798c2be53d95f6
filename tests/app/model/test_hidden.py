"""What a copy hides is found again in any text, however it is broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.casework.names import naming
from app.model.hidden import Hidden, found_in, hidden_between, words_in

SAID = ("Äiti sanoi olevansa yksin Tampereella.", "Lapsi nauroi.")
HIDDEN = hidden_between(SAID, ("Lapsi nauroi.", "yksin"))


@pytest.mark.parametrize(
    "text",
    [
        "tampereella", "TAMPEREELLA", "Tampe-\nreella", "Tampe\nreella", "Tam\u00adpereella", "T a m p e r e e l l a",
        "a\u0308iti", "sanoi  olevansa\nyksin", "Tampereella. Sitten",
    ],
)  # fmt: skip
def test_hidden_words_are_found_across_ends_of_lines_hyphens_and_case(text) -> None:
    assert found_in(text, HIDDEN)


@pytest.mark.parametrize("text", ["", "Lapsi nauroi yksin.", "yksin", "ereella 12"])
def test_what_the_copy_says_is_not_hidden(text) -> None:
    assert not found_in(text, HIDDEN)


def test_names_are_found_with_their_endings() -> None:
    pattern = naming(["virtanen"], "fi")
    assert pattern is not None
    names = Hidden(names=pattern.pattern)
    assert all(found_in(text, names) for text in ("Virtanen", "VIRTASEN", "Virta-\nselle"))
    assert not found_in("Virtala", names)


@given(st.lists(st.text(min_size=1, max_size=30), max_size=6))
def test_nothing_is_hidden_where_nothing_is_left_out(texts) -> None:
    hidden = hidden_between(texts, texts)
    assert not any(found_in(text, hidden) for text in texts)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzåäö", min_size=4, max_size=20))
def test_a_word_that_is_left_out_is_found_alone(word) -> None:
    assert found_in(f"x {word.upper()}, y", hidden_between((f"Siis {word}.",), ("Siis.",)))
    assert words_in(word) == (word,)
