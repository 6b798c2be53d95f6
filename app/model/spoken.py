"""Which of the program's languages a written passage is in, so that a screen reader reads it with the right voice.

People quote questions and write answers in the language of the case, also in a document of another language. A passage
is told by the small words and the endings that only one of the languages has; what is too short to tell is left alone.
A quotation inside a passage is told by itself, and by the name of its language where that stands behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SMALL = {
    "fi": "ja ei eivät että oli olivat kun se hän he hänen mutta tai sekä joka jotka ovat myös kuin niin jos mitä mikä "
    "miten millainen millaista ennen jälkeen",
    "sv": "och att det är ett på med inte har till sig när de eller vilket vilken vilka hur som av efter deras barnet",
    "en": "the and of is was were with that not are they their what how which when does from after has have for to "
    "this it you she her his be been but can will do does would could",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL.items()}
#: endings of longer words
_ENDINGS = {
    "fi": re.compile(r"\w{3,}(ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|ksi|v[aä]t|ns[aä]|een|t[aä]mi|ään|aa|ää|ttä|uus|yys)$"),
    "sv": re.compile(r"\w{3,}(ningen|ning|heten|arna|erna|ande|ades|skap|igt)$"),
    "en": re.compile(r"\w{3,}(ness|ght|ould|ful|ly)$"),
}
_WORD = re.compile(r"[^\W\d_]+")
#: so many signs of a language, and so many times those of the document's own, tell that a passage is in it
_LEAST, _TIMES = 3, 3


#: a quotation, and what is told of it in brackets behind it: *”Titta” (ruotsi)*
_QUOTED = re.compile(r"""[”“"»]([^”“"«»]+)[”“"«»](?:\s*\(([^()]*)\))?""")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words inside a passage, by their places in it, that are in another language."""

    start: int
    end: int
    language: str


def quoted_otherwise(text: str, document: str, names: Sequence[tuple[str, str]] = ()) -> tuple[Quoted, ...]:
    """The quotations of `text` that are in another language than `document`.

    `names` are what languages are called in the document, each with its code (BCP 47).
    """
    rows = []
    for found in _QUOTED.finditer(text):
        told = (found[2] or "").casefold()  # with more than the name the words may be a translation
        language = next((code for name, code in names if name.casefold() == told), "")
        language = language or spoken_language(found[1], document)
        if language and language != document:
            rows.append(Quoted(found.start(1), found.end(1), language))
    return tuple(rows)


def without(text: str, quoted: Sequence[Quoted]) -> str:
    """The passage without those words: what is left is in a language of its own."""
    for one in reversed(quoted):
        text = text[: one.start] + text[one.end :]
    return text


def spoken_language(text: str, document: str) -> str:
    """`fi`, `sv` or `en` where `text` is clearly in another language than `document`; else empty."""
    words = [w.casefold() for w in _WORD.findall(text)]
    if len(words) < _LEAST:
        return ""
    signs = {language: sum(_is_of(word, language) for word in words) for language in _WORDS}
    own = signs.pop(document, 0)
    best = max(signs, key=lambda language: signs[language])
    others = max((n for language, n in signs.items() if language != best), default=0)
    return best if signs[best] >= max(_LEAST, _TIMES * own, others + 1) else ""


def _is_of(word: str, language: str) -> bool:
    return word in _WORDS[language] or _ENDINGS[language].search(word) is not None
