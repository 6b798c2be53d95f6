"""Long words in narrow columns: where one may be broken, so that none is cut off at the column's edge."""

from __future__ import annotations

import re
from collections.abc import Callable

SOFT = "\N{SOFT HYPHEN}"
_VOWELS = "aeiouyåäöéü"
#: before a consonant that a vowel follows, at least two letters from either end: where Finnish and mostly Swedish break
_SYLLABLE = re.compile(rf"(?<=\w\w)(?=[^\W\d_{_VOWELS}][{_VOWELS}])(?=\w\w)", re.IGNORECASE)


def breakable(text: str, fits: Callable[[str], bool]) -> str:
    """The text with soft hyphens in the words that do not fit as they are; all other words stay whole."""
    return " ".join(word if fits(word) else _SYLLABLE.sub(SOFT, word) for word in text.split(" "))
