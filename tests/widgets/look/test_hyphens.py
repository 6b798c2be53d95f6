"""Only a word that is too long for its column may be broken, and only between syllables."""

import pytest

from widgets.look.hyphens import SOFT, breakable


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("johdonmukaisesti", ["joh", "don", "mu", "kai", "ses", "ti"]),
        ("enimmäkseen", ["enim", "mäk", "seen"]),
        ("genomgående", ["ge", "nom", "gåen", "de"]),
        ("oli", ["oli"]),
    ],
)
def test_a_long_word_breaks_between_syllables(word, parts) -> None:
    assert breakable(word, lambda _: False).split(SOFT) == parts


def test_words_that_fit_stay_whole() -> None:
    told = breakable("johdonmukaisesti ja sopivasti", lambda word: len(word) < 10)
    assert told.replace(SOFT, "") == "johdonmukaisesti ja sopivasti"
    assert told.split(" ")[1:] == ["ja", "sopivasti"]
