"""Page one of what answers questions: each question with the first sentence of its answer (practice 4).

Made from the text itself, so that nothing stands on page one that the text does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.model.checks import is_question
from app.model.statement import Paragraph, ParagraphKind

#: a sentence's end with what closes it, before a space and what a sentence begins with
_END = re.compile(r"[.!?…][”\"’)\]]*(?=\s+[”\"“‘(\[]?[A-ZÅÄÖÉÈÜÆØČĐŊŠŦŽА-ЯІЇЄҐ])")
#: behind these a full stop ends no sentence
_SHORT = re.compile(
    r"(?:^|[\s(])(?:esim|ks|mm|ns|n|noin|s|v|kk|vrt|ym|yms|klo|nk|tri|os|luku"
    r"|t\.ex|bl\.a|d\.v\.s|dvs|jfr|ca|kl|fr|f\.d|st|s\.k|e\.g|i\.e|cf|no|vs|Dr|Mr|Mrs|Ms|[A-ZÅÄÖ])\.$"
)


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """A question as it was asked, with its number, and its answer in a sentence; empty while there is none."""

    question: str
    answer: str


def short_answers(paragraphs: Iterable[Paragraph]) -> tuple[ShortAnswer, ...]:
    """Of the paragraphs of the section that answers the questions, in their order."""
    found: list[tuple[str, list[Paragraph]]] = []
    for p in paragraphs:
        if is_question(p):
            found.append((p.text.strip(), []))
        elif found and p.kind in (ParagraphKind.BODY, ParagraphKind.ITEM) and p.text.strip():
            found[-1][1].append(p)
    return tuple(ShortAnswer(asked, first_sentence(held[0].text) if held else "") for asked, held in found)


def first_sentence(text: str) -> str:
    """The first sentence of a text; all of it where nothing shows that it ends before."""
    line = " ".join(text.split())
    for end in _END.finditer(line):
        said = line[: end.end()]
        if not _SHORT.search(line[: end.start() + 1]):
            return said
    return line
