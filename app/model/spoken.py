"""Which of the program's languages a written passage is in, so that a screen reader reads it with the right voice.

People quote questions and write answers in the language of the case, also in a document of another language. A passage
is told by the small words and the endings that only one of the languages has; what is too short to tell is left alone.
"""

from __future__ import annotations

import re

_SMALL = {
    "fi": "ja ei eivät että oli olivat kun se hän he hänen mutta tai sekä joka jotka ovat myös kuin niin jos mitä mikä "
    "miten millainen millaista ennen jälkeen",
    "sv": "och att det är ett på med inte har till sig när de eller vilket vilken vilka hur som av efter deras barnet",
    "en": "the and of is was were with that not are they their what how which when does from after has have",
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL.items()}
#: endings of longer words
_ENDINGS = {
    "fi": re.compile(r"\w{3,}(ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|ksi|v[aä]t|ns[aä]|een|t[aä]mi|ään|uus|yys)$"),
    "sv": re.compile(r"\w{3,}(ningen|ning|heten|arna|erna|ande|ades|skap|igt)$"),
    "en": re.compile(r"\w{3,}(ing|tion|ness|ment|ed)$"),
}
_WORD = re.compile(r"[^\W\d_]+")
#: so many signs of a language, and so many times those of the document's own, tell that a passage is in it
_LEAST, _TIMES = 3, 3


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
