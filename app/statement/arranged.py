"""A statement's text as its document has it: generated tables where the writers want them, or not at all.

The paragraphs stay where they are written; what is wanted of a table is the statement's own (`Statement.tables`), so
moving it or leaving it out costs nobody's words. Shorter tables are made so by their generators.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.model.service import SectionKey
from app.model.statement import Paragraph, ParagraphKind, Run, StatementText

#: by the beginning of a source: the table that the passage belongs to; what is not here moves with no table
_BELONGS = {
    "commission-heading": "commission",
    "commission": "commission",
    "family": "family",
    "meetings": "meetings",
    "tasks-heading": "tasks",
    "tasks": "tasks",
    "marks-heading": "marks",
    "marks": "marks",
    "states-title": "states",
    "states": "states",
    "child-title": "child-ratings",
    "child-ratings": "child-ratings",
    "profile-heading": "profile",
    "profile-note": "profile",
    "profile-words": "profile",
    "profile-reasons": "profile",
    "chart": "profile",
    "anchors": "profile",
    "agreement-heading": "agreement-table",
    "agreement-table": "agreement-table",
    "agreement-note": "agreement-table",
    "meanings-heading": "meanings",
    "meanings": "meanings",
}
#: the section of a table that comes in the attachments
_SECTION_OF = {
    "tasks": SectionKey.HOW_DONE,
    "marks": SectionKey.OBSERVATIONS,
    "states": SectionKey.OBSERVATIONS,
    "child-ratings": SectionKey.OBSERVATIONS,
    "profile": SectionKey.OBSERVATIONS,
    "meanings": SectionKey.OBSERVATIONS,
    "agreement-table": SectionKey.METHODS,
}
_CAN_BE_SHORT = frozenset(_SECTION_OF)
_TABLES = (ParagraphKind.TABLE, ParagraphKind.CHART)


@dataclass(frozen=True, slots=True)
class MovedTable:
    """A table that the document has in another section than the one it is written in."""

    key: str
    paragraphs: tuple[Paragraph, ...]


def key_of(paragraph: Paragraph) -> str:
    """The key of the table that a generated passage belongs to, `marks/<meeting>`; empty for all else."""
    first, _, rest = paragraph.source.partition("/")
    kind = _BELONGS.get(first, "")
    if not kind:
        return ""
    if first == "chart":
        rest = rest.partition("/")[2]
    if kind == "profile":
        rest = rest.partition("/")[0]  # one form with several scales has several charts under one heading
    return f"{kind}/{rest}" if rest else kind


def kind_of(key: str) -> str:
    return key.partition("/")[0]


def can_be_short(key: str) -> bool:
    """Whether the table has rows that could go."""
    return kind_of(key) in _CAN_BE_SHORT


def other_section(key: str, home: str) -> str:
    """Where a table goes that is moved."""
    return _SECTION_OF[kind_of(key)] if home == SectionKey.ATTACHMENTS else SectionKey.ATTACHMENTS


def is_left_out(text: StatementText, paragraph: Paragraph) -> bool:
    """Whether the document does not have it, because the writers left out the table that it belongs to."""
    key = key_of(paragraph)
    return bool(key) and text.statement.wish(key).left_out


def is_moved(text: StatementText, paragraph: Paragraph) -> bool:
    """Whether the document has it in another section."""
    key = key_of(paragraph)
    return bool(key) and text.statement.wish(key).moved and not text.statement.wish(key).left_out


def moved_into(text: StatementText, section: str) -> tuple[MovedTable, ...]:
    """The tables of other sections that the document has at the end of this one, in the order of the text."""
    found: dict[str, list[Paragraph]] = {}
    for wish in text.statement.tables:
        if wish.moved and not wish.left_out:
            found[wish.table] = []
    for p in sorted(text.paragraphs, key=lambda p: (p.section, p.place, p.id)) if found else ():
        key = key_of(p)
        if key in found and other_section(key, p.section) == section:
            found[key].append(p)
    return tuple(MovedTable(key, _headed(rows)) for key, rows in found.items() if rows)


def _headed(rows: list[Paragraph]) -> tuple[Paragraph, ...]:
    """Away from its section a table needs its name above it."""
    first = rows[0]
    if first.kind == ParagraphKind.HEADING:
        return tuple(rows)
    named = replace(first, id=f"{first.id}/name", kind=ParagraphKind.HEADING, runs=(Run(first.about),), cells=())
    return (named, *rows)


def section_of(text: StatementText, section: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a section as the document has them."""
    here = [p for p in text.section(section) if not (is_left_out(text, p) or is_moved(text, p))]
    return (*here, *(p for table in moved_into(text, section) for p in table.paragraphs))


def is_table(paragraph: Paragraph) -> bool:
    """Whether it is generated rows, which no hand writes."""
    return paragraph.kind in _TABLES
