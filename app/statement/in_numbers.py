"""Numbers that may not be: two adults set against each other, and a rating of the child (domain 4.3).

Only what a hand wrote is looked at: generated tables are of one adult each and have the child in words. Times, dates,
ages and ordinals are no such numbers. Numbers written as words are not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.casework.names import naming
from app.model.checks import Finding, Lack, is_written
from app.model.scheme import Actor
from app.schemes.library import instruments
from app.services.library import service
from app.statement.careful import content
from app.statement.looked import Looked

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ”\"»])")
_NO_FIGURE = re.compile(
    r"\[[^\]]*\]"  # the film's time
    r"|\b\d{1,2}\.\d{1,2}\.(?:\d{2,4})?"  # a day
    r"|\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?!\d)(?!\s*%)"  # a time of day
    r"|\b(?:19|20)\d{2}\b"  # a year
    r"|\b\d+\.(?=\s*[a-zåäö])"  # the third
    r"|\b\d+[\s-]*(?:-?vuotia\w*|v\b|kk\b|-?åri\w*|års?\b|år\s+gamm\w*|years?\b|-?year-old\w*|months?\b)",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?\s*%?")


def adults(at: Looked) -> Iterable[Finding]:
    """Paragraphs in which two adults have each a number beside the other's."""
    people = at.case.adults
    words = [at.words_of(p) for p in people]
    shared = {w for n, some in enumerate(words) for w in some if any(w in others for others in words[:n])}
    patterns = [own for some in words if (own := naming(some - shared, at.language)) is not None]
    if len(patterns) < 2:
        return
    for p in at.by_hand():
        if not is_written(p):
            continue
        with_figures, told = set[int](), list[str]()
        is_beside = False
        for sentence in _SENTENCE.split(p.text):
            figures = _figures(sentence)
            named = {n for n, pattern in enumerate(patterns) if pattern.search(sentence)}
            if figures and named:
                with_figures |= named if len(named) == 1 else set()
                is_beside |= len(named) > 1 and len(figures) > 1
                told += figures
        if is_beside or len(with_figures) > 1:
            yield Finding(Lack.ADULTS_IN_NUMBERS, p.section, paragraph=p.id, words=tuple(told))


def child(at: Looked) -> Iterable[Finding]:
    """Paragraphs that rate the child by a number: points of a scale, or a number behind one of the child's items."""
    who = at.case.child
    named = naming(at.words_of(who), at.language) if who is not None else None
    points = re.compile("|".join(content(at.language)["points"]), re.IGNORECASE)
    items = _rated_items(at)
    for p in at.by_hand():
        if not is_written(p):
            continue
        told: list[str] = []
        for sentence in _SENTENCE.split(p.text):
            rated = points.search(sentence)
            if rated and named is not None and named.search(sentence):
                told.append(rated[0])
            elif items is not None:
                told += [f[0] for f in items.finditer(_NO_FIGURE.sub(" ", sentence))]
        if told:
            yield Finding(Lack.CHILD_IN_NUMBERS, p.section, paragraph=p.id, words=tuple(told))


def _rated_items(at: Looked) -> re.Pattern[str] | None:
    """What finds one of the child's items of the service's forms with a number behind it: *seeking contact: 4*."""
    wanted = service(at.text.statement.service).instruments
    forms = [form for form in instruments() if form.id in wanted]
    items = {i.name.text(at.language).casefold() for form in forms for i in form.items if i.actor == Actor.CHILD}
    named = naming(items, at.language)
    if named is None:
        return None
    return re.compile(
        rf"(?:{named.pattern})\s*(?:[:=–-]|on|oli|är|var|is|was)?\s*\d(?:[.,]\d)?(?=\s*(?:[.,;)!?]|$))", re.IGNORECASE
    )


def _figures(sentence: str) -> list[str]:
    return [f.strip() for f in _FIGURE.findall(_NO_FIGURE.sub(" ", sentence))]
