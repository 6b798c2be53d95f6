"""Finding a page by a few words. Words inflect, so the beginning of a word is enough, and a near one counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from app.manual.pages import STEPS, Page

_WORD = re.compile(r"\w+")
_MARKUP = re.compile(r"^ *(?:[-#]+|\d+\.) |!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|[*`\[\]|]", re.MULTILINE)
#: what a word counts in the title, among the words that a page is looked for by, in a heading, in the text
TITLE, NAMED, HEADING, TEXT = 8.0, 6.0, 3.0, 1.0
#: of a longer word so much at the beginning makes it the same: *koodauksen* finds *koodaus*
STEM, SHORTEST_STEM = 0.6, 4
#: the very beginning counts at least so much, a near one at most so much
BEGINS, NEAR = 0.8, 0.6
SNIPPET = 140


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found, and the line that tells why."""

    page: Page
    line: str


def search(pages: Sequence[Page], asked: str) -> tuple[Hit, ...]:
    """Pages with all the words first, then those with some; none for no words. The best is the first."""
    wanted = [folded(w) for w in _WORD.findall(asked)]
    if not wanted:
        return ()
    found = []
    for page in pages:
        scores = [_score(page, word) for word in wanted]
        met = sum(s > 0 for s in scores)
        if met:
            found.append((met, sum(scores), page))
    most = max((met for met, _, _ in found), default=0)
    best = sorted((row for row in found if row[0] == most), key=lambda row: -row[1])
    return tuple(Hit(page, _line(page, wanted)) for _, _, page in best)


def folded(word: str) -> str:
    """Without case and dots, so that who cannot type them finds it as well."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


def plain(markdown: str) -> str:
    """The text as it is read, without signs, links and pictures."""
    return _MARKUP.sub("", markdown.replace(STEPS, ""))


def alike(word: str, wanted: str) -> float:
    """How well a word of a page answers one that is looked for, both folded: 0 to 1, more where they are as long."""
    if word.startswith(wanted):
        return BEGINS + (1 - BEGINS) * len(wanted) / len(word)
    same = next((n for n, (a, b) in enumerate(zip(word, wanted, strict=False)) if a != b), min(len(word), len(wanted)))
    is_near = same >= max(SHORTEST_STEM, STEM * len(wanted))
    return NEAR * 2 * same / (len(word) + len(wanted)) if is_near else 0.0


def _score(page: Page, wanted: str) -> float:
    lines = page.markdown.splitlines()
    parts = (
        (TITLE, page.title),
        (NAMED, " ".join(page.words)),
        (HEADING, "\n".join(x for x in lines if x.startswith("#"))),
        (TEXT, plain("\n".join(x for x in lines if not x.startswith("#")))),
    )
    return sum(weight * _best(text, wanted) for weight, text in parts)


def _best(text: str, wanted: str) -> float:
    return max((alike(folded(w), wanted) for w in _WORD.findall(text)), default=0.0)


def _line(page: Page, wanted: Sequence[str]) -> str:
    """The paragraph that answers most, cut short."""
    rows = [x.strip() for x in plain(page.markdown).splitlines() if x.strip()]
    best = max(rows, key=lambda row: sum(_best(row, word) for word in wanted), default="")
    return best if len(best) <= SNIPPET else best[:SNIPPET].rsplit(" ", 1)[0] + " …"
