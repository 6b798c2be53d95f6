"""What stands on the paper of two workers' agreement, before it is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table with a line above it; the first of `cells` are its head."""

    title: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PaperPart:
    """What stands under one heading of the second level, or right under the first where it has no title."""

    title: str
    before: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    between: tuple[str, ...] = ()
    tables: tuple[PaperTable, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperSection:
    title: str
    parts: tuple[PaperPart, ...]


@dataclass(frozen=True, slots=True)
class AgreementPaper:
    """The whole paper in words. `marking` is the secrecy marking; `day` is when it was made."""

    title: str
    subtitle: str
    marking: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    sections: tuple[PaperSection, ...]
    day: date
