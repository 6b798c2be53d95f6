"""An approval is of a text: who gave one, and when it falls.

The store keeps the same rule (`storage/store/statement_rules`): no step changes the text and leaves an approval.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.model.identity import new_id
from app.model.statement import Approval, ApprovedText, Statement, StatementStage, StatementText


def approved(statement: Statement, worker_id: str, at: datetime, stage: StatementStage) -> Statement:
    """With a worker's approval as of `at`, in place of an earlier one of the same worker."""
    others = tuple(a for a in statement.approvals if a.worker_id != worker_id)
    return replace(statement, stage=stage, approvals=(*others, Approval(worker_id, at)))


def as_approved(text: StatementText, approval: Approval) -> ApprovedText:
    """What an approval is of, word for word."""
    s = text.statement
    return ApprovedText(new_id(), s.id, approval.worker_id, approval.at, text.paragraphs, s.tables)


def fallen(statement: Statement) -> Statement:
    """A draft again that nobody has approved; the same value when nobody had."""
    return replace(statement, stage=StatementStage.DRAFT, approvals=()) if statement.approvals else statement
