"""Letters of a statement that no font of our pages has: which, and in which section they are mended."""

from __future__ import annotations

from collections.abc import Iterator

from app.model.checks import Finding, Lack
from app.model.people import Case, Worker
from app.model.service import SectionKey
from app.model.statement import Paragraph, StatementText
from app.reports.letters import lacking


def letters_without_font(text: StatementText, case: Case, signers: tuple[Worker, ...]) -> tuple[Finding, ...]:
    """One finding for each section with such letters, in the order of the text; the head's and the signers' behind."""
    said: dict[str, list[str]] = {}
    for paragraph in text.paragraphs:
        said.setdefault(paragraph.section, []).extend(_words(paragraph))
    said.setdefault(SectionKey.FAMILY, []).append(case.code_name)
    said.setdefault(SectionKey.SIGNATURES, []).extend(x for w in signers for x in (w.name, w.title, w.employer))
    found = ((section, lacking(words)) for section, words in said.items())
    return tuple(Finding(Lack.LETTERS_WITHOUT_FONT, section, letters=x) for section, x in found if x)


def _words(paragraph: Paragraph) -> Iterator[str]:
    yield paragraph.text
    yield paragraph.about
    for row in paragraph.cells:
        yield from row
