"""What the wellbeing services county ordered: who, until when, and its numbered questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DocumentKind(StrEnum):
    """The document that answers the commission (domain 4.2)."""

    SUMMARY = "summary"
    RECOMMENDATION = "recommendation"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Source:
    """A document that was known, for *background known from documents*."""

    title: str
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class Commission:
    """An order for one case. Questions are verbatim and numbered from 1 by their place.

    `service_task`, `assessment` and `legal_context` are keys of the pick-lists of the same names in
    `resources/texts/statement.toml`, so that each document says them in its own language, or the office's own words.
    `controller` is whose register it is, `basis` the ground on which client data are processed, `organiser` who has the
    duty to organise the service; empty is the commissioner.
    """

    id: str
    case_id: str
    commissioner: str = ""
    unit: str = ""
    social_worker: str = ""
    document: DocumentKind = DocumentKind.STATEMENT
    service_task: str = ""
    assessment: str = ""
    decision: str = ""
    legal_context: str = ""
    controller: str = ""
    agreement: str = ""
    ordered: date | None = None
    deadline: date | None = None
    questions: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    organiser: str = ""
    basis: str = ""
