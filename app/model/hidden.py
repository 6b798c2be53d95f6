"""What must stand nowhere in a redacted copy, and how it is found again in any text.

What is hidden is what the version says and the copy does not: single words, runs of three words, and the names that are
covered everywhere, with their endings. It is found across ends of lines, hyphens, letters set apart, and small or
capital letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

#: words: so many in a row are a passage's own
RUN = 3
#: a number of fewer figures is in every document
_FIGURES = 4
#: letters that a run has at least: three short words in a row say nothing
_LETTERS = 6
_WORD = re.compile(r"\w+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_HYPHEN = re.compile(r"(?<=\w)[-‐‑]\s+(?=\w)")
_LINE_END = re.compile(r"(?<=\w)[-‐‑]?\s*\n\s*(?=\w)")
_APART = re.compile(r"(?<!\w)(?:\w ){3,}\w(?!\w)")


@dataclass(frozen=True, slots=True)
class Hidden:
    """Words and runs of words in small letters, and the pattern of names (empty for none)."""

    words: frozenset[str] = frozenset()
    runs: frozenset[tuple[str, ...]] = frozenset()
    names: str = ""


def words_in(text: str) -> tuple[str, ...]:
    """The words of a text in its order, in small letters."""
    return tuple(_WORD.findall(plain(text)))


def plain(text: str) -> str:
    """A text without what is not seen, its letters composed and small."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold())


def hidden_between(said: Iterable[str], left: Iterable[str], names: str = "") -> Hidden:
    """What `said` says and `left` does not; `names` are found by their pattern beside it.

    Neither a single letter nor a short number is hidden by itself: each is in every document.
    """
    kept = [words_in(text) for text in left]
    known = {word for words in kept for word in words}
    known_runs = {run for words in kept for run in _runs(words)}
    all_words = [words_in(text) for text in said]
    lost = {word for words in all_words for word in words if word not in known and _tells(word)}
    runs = {run for words in all_words for run in _runs(words) if run not in known_runs}
    return Hidden(frozenset(lost), frozenset(runs), names)


def found_in(text: str, hidden: Hidden) -> bool:
    """Whether any of it stands in a text, however it is broken."""
    pattern = re.compile(hidden.names, re.IGNORECASE) if hidden.names else None
    for one in _ways(plain(text)):
        words = _WORD.findall(one)
        if not hidden.words.isdisjoint(words) or not hidden.runs.isdisjoint(_runs(words)):
            return True
        if pattern is not None and pattern.search(one):
            return True
    return False


def _ways(text: str) -> Iterable[str]:
    """The text as it stands, with words joined that a hyphen or the end of a line parts, and with letters together."""
    yield text
    for pattern in (_HYPHEN, _LINE_END):
        if pattern.search(text):
            yield pattern.sub("", text)
    if _APART.search(text):
        yield _APART.sub(lambda found: found[0].replace(" ", ""), text)


def _runs(words: Iterable[str]) -> Iterable[tuple[str, ...]]:
    row = tuple(words)
    some = (row[n : n + RUN] for n in range(len(row) - RUN + 1))
    return (run for run in some if sum(map(len, run)) >= _LETTERS)


def _tells(word: str) -> bool:
    return len(word) >= _FIGURES if word.isdigit() else len(word) > 1
