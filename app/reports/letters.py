"""Which letters our pages can show, and in which shipped font: the one answer for pages and for what is told before.

No letter is ever replaced by another without a word. What no shipped font has stands on paper by its number,
`[U+5F20]`, and `lacking` names it before, so that a person can write the name in other letters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import resources
from app.i18n import Texts

#: joiners that belong to the spelling of Persian and of scripts of India; elsewhere they are invisible and go
_JOINERS = frozenset("\u200c\u200d")
#: what Unicode itself calls the same letter in another shape: ligatures, Arabic forms, wide and narrow letters
_SAME = ("<compat>", "<font>", "<initial>", "<medial>", "<final>", "<isolated>", "<wide>", "<narrow>", "<noBreak>")
_MOST_SHOWN = 12
#: no letter before it is written from right to left: most texts are told by their last letter alone
_FIRST_FROM_RIGHT = "\u0590"


@dataclass(frozen=True, slots=True)
class ShippedFont:
    """A font by its four files (regular, italic, bold, bold italic) and the letters that all of them have."""

    name: str
    files: tuple[str, str, str, str]
    shaped: bool
    has: frozenset[str]


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that one font shows; `shaped` when its letters join, stack or move."""

    text: str
    font: ShippedFont
    shaped: bool


@cache
def fonts() -> tuple[ShippedFont, ...]:
    """The shipped fonts, the program's own first."""
    import tomllib

    with (resources.folder() / "fonts" / "letters.toml").open("rb") as file:
        listed = tomllib.load(file)["font"]
    return tuple(ShippedFont(f["name"], tuple(f["files"]), f["shaped"], _letters(f["has"])) for f in listed)


def _letters(ranges: str) -> frozenset[str]:
    found: set[str] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        found.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(found)


def printable(text: str) -> str:
    """The text as pages show it: letters composed, what no font has by its number.

    Control characters become spaces, invisible ones (a soft hyphen, a direction mark) go; line feeds stay.
    """
    own = fonts()[0].has
    if own.issuperset(text) and "\u00ad" not in text:
        return text
    return "".join(part if is_shown else _number(part) for part, is_shown in _parts(text))


def lacking(texts: Iterable[str]) -> str:
    """The letters of the texts that no shipped font has, each once, in their order."""
    own = fonts()[0].has
    found = (
        c for text in texts if not own.issuperset(text) for part, is_shown in _parts(text) if not is_shown for c in part
    )
    return "".join(dict.fromkeys(found))


def told(texts: Texts, words: Iterable[str]) -> str:
    """The sentence before a paper with these words is made; empty when all their letters can be shown."""
    missing = lacking(words)
    if not missing:
        return ""
    return texts.tr(
        "No font of the program has these letters: {letters}. On paper their numbers stand in their place.",
        letters=named(missing),
    )


def named(letters: str, most: int = _MOST_SHOWN) -> str:
    """Letters for a sentence on the screen, each with its number; the first `most` of more."""
    said = ", ".join(f"{c} ({_number(c)[1:-1]})" for c in letters[:most])
    return f"{said} …" if len(letters) > most else said


def _number(letters: str) -> str:
    return "".join(f"[U+{ord(c):04X}]" for c in letters)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Letter by letter with its marks: what to show, and whether a font has it; else the letters themselves."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    visible = unicodedata.normalize("NFC", "".join(map(_visible, composed)))
    for cluster in clusters(visible):
        font = font_of(cluster)
        if cluster == "\n" or font is not None:
            yield (cluster if font is not None and font.shaped else _without_joiners(cluster)), True
            continue
        for letter in cluster:
            shown = letter if font_of(letter) is not None else _same(letter)
            yield shown or letter, bool(shown)


def _without_joiners(cluster: str) -> str:
    return "".join(c for c in cluster if c not in _JOINERS)


def _visible(c: str) -> str:
    if c == "\n" or c in _JOINERS:
        return c
    category = unicodedata.category(c)
    if category == "Cf" or "\ufe00" <= c <= "\ufe0f" or "\U000e0100" <= c <= "\U000e01ef":
        return ""
    if category == "Cc" or (c.isspace() and font_of(c) is None):
        return " "
    return c


def _same(letter: str) -> str:
    """The letter in its usual shape, when Unicode calls it the same and a font has it; else nothing."""
    if not unicodedata.decomposition(letter).startswith(_SAME):
        return ""
    usual = unicodedata.normalize("NFKC", letter)
    return usual if all(font_of(c) is not None for c in usual) else ""


def clusters(text: str) -> Iterator[str]:
    """The text by letters, each with the marks and joiners that follow it."""
    start = 0
    for n, c in enumerate(text):
        if n > start and not (c in _JOINERS or unicodedata.category(c).startswith("M")):
            yield text[start:n]
            start = n
    if text:
        yield text[start:]


@lru_cache(4096)
def font_of(cluster: str) -> ShippedFont | None:
    """The first font that has a letter and all its marks; None for none."""
    wanted = set(cluster) - _JOINERS
    return next((f for f in fonts() if f.has.issuperset(wanted)), None) if wanted else fonts()[0]


def pieces(text: str) -> list[Piece]:
    """Printable text, cut where the font changes."""
    found: list[Piece] = []
    for cluster in clusters(text):
        # a mark that stands on a letter of another font is drawn by itself
        for part in [cluster] if font_of(cluster) is not None else cluster:
            font = font_of(part)
            assert font is not None, "only printable text is cut"
            shaped = font.shaped or len(part) > 1
            last = found[-1] if found else None
            if last is not None and last.font is font and last.shaped == shaped:
                found[-1] = Piece(last.text + part, font, shaped)
            else:
                found.append(Piece(part, font, shaped))
    return found


def is_from_right(c: str) -> bool:
    """Whether a letter belongs to a script that is written from right to left."""
    return unicodedata.bidirectional(c) in ("R", "AL")


def any_from_right(text: str) -> bool:
    """Whether a text holds such a letter."""
    return not text.isascii() and max(text) >= _FIRST_FROM_RIGHT and any(map(is_from_right, text))


def reads_from_right(text: str) -> bool:
    """Whether a text as a whole is written from right to left: it begins and ends so, and most of its letters are."""
    kinds = [k != "L" for c in text if (k := unicodedata.bidirectional(c)) in ("L", "R", "AL")]
    return bool(kinds) and kinds[0] and kinds[-1] and 2 * sum(kinds) > len(kinds)
