"""Find and replace over all sections of a statement, and how many words it has.

What is found is what a hand may read in the fields: paragraphs, headings and list items. Changed is only what a hand
may write: never a question of the commission, never what a reader said, never the words of evidence, which are what was
true when it was put in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from app.model.change import Change, removed
from app.model.checks import is_of_reading, is_question
from app.model.statement import Paragraph, ParagraphKind, Run, StatementText
from app.statement.arranged import is_left_out

_TEXTUAL = (ParagraphKind.BODY, ParagraphKind.HEADING, ParagraphKind.ITEM)
_COUNTED = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: small and capital letters are the same unless `exact`, `whole` finds whole words alone."""

    words: str
    exact: bool = False
    whole: bool = False

    def pattern(self) -> re.Pattern[str]:
        plain = re.escape(self.words)
        return re.compile(rf"(?<!\w){plain}(?!\w)" if self.whole else plain, 0 if self.exact else re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where it stands: characters `start` to `end` of a paragraph. `can_change`: a hand may write there."""

    section: str
    paragraph: str
    start: int
    end: int
    can_change: bool


def places(text: StatementText, sections: Sequence[str], sought: Sought) -> tuple[Place, ...]:
    """Every place, in the order of the document; none for nothing."""
    if not sought.words:
        return ()
    pattern = sought.pattern()
    return tuple(
        Place(p.section, p.id, hit.start(), hit.end(), _can_change(p, hit.start(), hit.end()))
        for p in _read(text, sections)
        for hit in pattern.finditer(p.text)
    )


def replaced(text: StatementText, found: Iterable[Place], words: str) -> list[Change]:
    """The changes that put `words` in each place that a hand may write; a paragraph without any words left goes."""
    by_paragraph: dict[str, list[Place]] = {}
    for place in found:
        if place.can_change:
            by_paragraph.setdefault(place.paragraph, []).append(place)
    held = {p.id: p for p in text.paragraphs}
    changes = []
    for paragraph_id, some in by_paragraph.items():
        before = held[paragraph_id]
        runs = before.runs
        for place in sorted(some, key=lambda p: -p.start):
            runs = _put(runs, place, words)
        if not "".join(r.text for r in runs).strip():
            changes.append(removed(before))
        elif runs != before.runs:
            changes.append(Change(before, replace(before, runs=runs, by_hand=before.by_hand or bool(before.source))))
    return changes


def counted(text: StatementText, sections: Sequence[str]) -> dict[str, int]:
    """How many words each section has in paragraphs, headings and list items; tables are not counted."""
    found = dict.fromkeys(sections, 0)
    for p in _read(text, sections):
        found[p.section] += words_in(p.text)
    return found


@lru_cache(maxsize=4096)  # after a pause in writing one paragraph of hundreds is another
def words_in(text: str) -> int:
    """Words as a word processor counts them: what stands between spaces and has a letter or a digit."""
    return sum(_COUNTED.search(part) is not None for part in text.split())


def passages_read(
    text: StatementText, sections: Sequence[str]
) -> Iterator[tuple[Paragraph, Callable[[int, int], bool]]]:
    """What a hand reads in the fields, in order, each with whether a hand may write from one character to another."""
    for p in _read(text, sections):
        yield p, partial(_can_change, p)


def _read(text: StatementText, sections: Sequence[str]) -> Iterator[Paragraph]:
    order = {key: number for number, key in enumerate(sections)}
    mine = [p for p in text.paragraphs if p.section in order and p.kind in _TEXTUAL and not is_left_out(text, p)]
    return iter(sorted(mine, key=lambda p: (order[p.section], p.place, p.id)))


def _can_change(paragraph: Paragraph, start: int, end: int) -> bool:
    if is_question(paragraph) or is_of_reading(paragraph):
        return False
    at = 0
    for run in paragraph.runs:
        if run.evidence and at < end and start < at + len(run.text):
            return False
        at += len(run.text)
    return True


def _put(runs: tuple[Run, ...], place: Place, words: str) -> tuple[Run, ...]:
    """`words` instead of what stands in the place, in the style of its first letter."""
    made: list[Run] = []
    at = 0
    for run in runs:
        start, end = max(place.start - at, 0), min(place.end - at, len(run.text))
        is_first = 0 <= place.start - at < len(run.text)
        if start < end:
            run_words = run.text[:start] + (words if is_first else "") + run.text[end:]
            made.append(replace(run, text=run_words))
        else:
            made.append(run)
        at += len(run.text)
    return tuple(r for r in made if r.text)
