"""One thing that can be put into a statement's text as evidence."""

from __future__ import annotations

from dataclasses import dataclass

from app.model.statement import Evidence


@dataclass(frozen=True)
class EvidenceOffer:
    """What it says, where it is from, the words that it puts into the text, and the snapshot it becomes."""

    words: str
    about: str
    text: str
    evidence: Evidence
