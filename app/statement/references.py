"""From what a hand wrote to what it rests on: which paragraph of the same document tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.model.statement import Evidence, Paragraph, StatementText
from app.model.statement_document import DocumentSection, Reference


def references(
    text: StatementText, sections: Sequence[DocumentSection], days: Mapping[str, str]
) -> tuple[Reference, ...]:
    """Each evidence of a hand's paragraph that the document tells of, in the order of the document.

    `days` are by meeting how the document writes its day: of several meetings each moment says whose it is.
    """
    shown = [p for s in sections for p in s.paragraphs]
    told = {
        _same(text.evidence[run.evidence]): p.id
        for p in reversed(shown)
        if _is_generated(p)
        for run in p.runs
        if run.evidence in text.evidence
    }
    rows = []
    for p in shown:
        cited = [] if _is_generated(p) else [text.evidence[r.evidence] for r in p.runs if r.evidence in text.evidence]
        for evidence in cited:
            target = told.get(_same(evidence)) or _in_a_table(evidence, shown)
            if target:
                day = days.get(evidence.meeting_id, "") if len(days) > 1 else ""
                rows.append(Reference(p.id, target, ", ".join(x for x in (evidence.words, day) if x)))
    return tuple(dict.fromkeys(rows))


def _is_generated(p: Paragraph) -> bool:
    return bool(p.source) and not p.by_hand


def _same(evidence: Evidence) -> tuple[str, str, frozenset[str]]:
    """What two snapshots of one thing have in common."""
    return evidence.kind, evidence.meeting_id, frozenset(evidence.source_ids)


def _in_a_table(evidence: Evidence, shown: Sequence[Paragraph]) -> str:
    """A rating is told in a row of its meeting's sheet; its evidence begins with the item's name."""
    if evidence.kind != "rating":
        return ""
    item = evidence.words.partition(":")[0]
    return next(
        (p.id for p in shown if evidence.meeting_id in p.source and any(row[:1] == (item,) for row in p.cells)), ""
    )
