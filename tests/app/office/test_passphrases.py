"""How strong: the bar is ours, the estimate zxcvbn's, and the own name is what others would guess first."""

import pytest

from app.office.passphrases import Advice, strength


@pytest.mark.parametrize("weak", ["", "a", "password1", "kissa", "12345678901234", "qwertyuiop", "aaaa aaaa aaaa aaaa"])
def test_what_is_easy_to_guess_is_not_enough(weak: str) -> None:
    found = strength(weak)
    assert not found.enough
    assert found.advice != Advice.NONE


@pytest.mark.parametrize(
    "strong", ["ruohikko kattila yhdeksän lokki vene", "vYq7!hB2#mLp9zKd", "correct horse battery staple pond"]
)
def test_five_words_or_a_good_mixture_are_enough(strong: str) -> None:
    found = strength(strong)
    assert found.enough
    assert found.advice == Advice.NONE


def test_five_times_the_same_word_are_not_five_words() -> None:
    assert not strength("kissa kissa kissa kissa kissa").enough


def test_the_own_name_is_pointed_out() -> None:
    assert strength("AinoEsimerkki", ("Aino Esimerkki",)).advice == Advice.NOT_THE_NAME


def test_short_ones_are_told_to_grow() -> None:
    assert strength("xk3 f").advice == Advice.LONGER


def test_a_very_long_one_is_judged_at_once() -> None:
    assert strength("lokki vene kattila " * 200).enough in (True, False)
    assert strength(" ".join(f"sana{n}" for n in range(500))).enough
