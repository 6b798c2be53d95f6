"""An approval is of a text: who gave one, and when it falls.

The store keeps the same rule (`storage/store/writing_rules`): no step changes the text and leaves an approval standing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from app.model.statement import Approval, Statement, StatementStage


def approved(statement: Statement, worker_id: str, at: datetime, stage: StatementStage) -> Statement:
    """With a worker's approval as of `at`, in place of an earlier one of the same worker."""
    others = tuple(a for a in statement.approvals if a.worker_id != worker_id)
    return replace(statement, stage=stage, approvals=(*others, Approval(worker_id, at)))


def fallen(statement: Statement) -> Statement:
    """A draft again that nobody has approved; the same value when nobody had."""
    return replace(statement, stage=StatementStage.DRAFT, approvals=()) if statement.approvals else statement


def is_approved(statement: Statement, by: Collection[str]) -> bool:
    """Whether every one of these workers approved it as it stands."""
    return {a.worker_id for a in statement.approvals}.issuperset(by)
