"""What a statement may still rest on: evidence of a film stands as long as the consents to the film do.

What a final version holds stays as it was (domain 4.9), also in its correction: that says again what was delivered.
"""

from __future__ import annotations

from app.casework.film_use import Use, may_be_used
from app.errors import ConsentMissing
from app.i18n import today
from app.model.statement import Evidence, Statement, StatementText
from app.ports import Store

#: kinds of evidence that are of a film
_OF_FILM = frozenset(("observation", "state", "rating", "agreement", "summary", "quote"))


def closed(store: Store, statement: Statement, evidence: Evidence) -> bool:
    """Whether a consent to the film that a piece of evidence is of is not in force, and no final version holds it."""
    if not evidence.meeting_id or evidence.kind not in _OF_FILM:
        return False
    if may_be_used(store, evidence.meeting_id, today(), Use.EVIDENCE):
        return False
    return _said(evidence) not in _said_before(store, statement)


def closed_sections(store: Store, text: StatementText) -> tuple[str, ...]:
    """Keys of the sections that rest on such evidence, each once, in the order of the text."""
    rests = {e.id: closed(store, text.statement, e) for e in text.evidence.values()}
    found = [p.section for p in text.paragraphs if any(rests.get(r.evidence, False) for r in p.runs)]
    return tuple(dict.fromkeys(found))


def refuse_closed(store: Store, text: StatementText) -> None:
    """Refuse pages that rest on it. Raises ConsentMissing(`evidence-closed`)."""
    if closed_sections(store, text):
        raise ConsentMissing("evidence-closed")


def _said(evidence: Evidence) -> tuple[str, str, str, tuple[str, ...]]:
    return evidence.kind, evidence.words, evidence.meeting_id, evidence.source_ids


def _said_before(store: Store, statement: Statement) -> set[tuple[str, str, str, tuple[str, ...]]]:
    """The evidence of the final versions of the same statement."""
    finals = [s.id for s in store.find(Statement, series=statement.series) if s.is_final]
    return {_said(e) for e in store.find(Evidence, statement_id=tuple(finals))} if finals else set()
