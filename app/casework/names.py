"""Names in running text: how a person's name may stand in a sentence of each language, with its endings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_VOWELS = "aeiouyåäö"
#: how a word may end in a sentence of each language; what follows is another word
_ENDINGS = {
    "fi": (
        "(?:[aeiouyäö]{0,2}(?:n|t|a|ä|ta|tä|tta|ttä|na|nä|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi|seen|h[aeiouyäö]n)?)"
        "(?:ni|si|nsa|nsä|mme|nne|aan|ään|een|kin|kaan|kään|ko|kö|han|hän)*"
    ),
    "sv": "(?:s|n|ns|en|ens|rn|rns)?",
    "en": "(?:s|['’]s)?",
}
_WEAK = {
    "nk": "ng",
    "nt": "nn",
    "lt": "ll",
    "rt": "rr",
    "mp": "mm",
    "kk": "k",
    "pp": "p",
    "tt": "t",
    "t": "d",
    "p": "v",
}


def parts_of(name: str) -> set[str]:
    """The parts of a name, in small letters; an initial alone is none."""
    return {w for w in re.split(r"[\s\-–,.]+", name.casefold()) if len(w) > 1}


def naming(words: Iterable[str], *languages: str) -> re.Pattern[str] | None:
    """What finds any of `words` (in small letters) in a sentence of one of `languages`; None for no words."""
    composed = (unicodedata.normalize("NFC", word) for word in words)
    stems = sorted({re.escape(stem) for word in composed for stem in _stems(word)}, key=len, reverse=True)
    if not stems:
        return None
    endings = "|".join(_ENDINGS[language] for language in languages)
    return re.compile(rf"(?<!\w)(?:{'|'.join(stems)})(?:{endings})(?!\w)", re.IGNORECASE)


def _stems(word: str) -> set[str]:
    """What endings are put to: *äiti* and *äidi*, *virtanen*, *virtase* and *virtaste*, *markus* and *markukse*."""
    made = {word}
    if word.endswith("nen"):
        made |= {word[:-3] + "se", word[:-3] + "s", word[:-3] + "ste"}
    elif word.endswith("s"):
        made.add(word[:-1] + "kse")
    elif len(word) > 3 and word[-1] in _VOWELS:
        body, last = word[:-1], word[-1]
        strong = next((s for s in _WEAK if body.endswith(s)), "")
        if strong:
            made.add(body[: -len(strong)] + _WEAK[strong] + last)
    return made
