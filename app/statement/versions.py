"""The versions of one statement: which came before, and which has taken the place of a final one."""

from __future__ import annotations

from app.model.statement import Statement
from app.ports import Store


def versions(store: Store, statement: Statement) -> tuple[Statement, ...]:
    """All of its series, in the order of their numbers."""
    return tuple(sorted(store.find(Statement, series=statement.series), key=lambda s: s.version))


def superseded_by(store: Store, statement: Statement) -> int:
    """The number of the final version that holds in place of this one; 0 while this one holds, or is none yet."""
    later = [s.version for s in versions(store, statement) if s.is_final and s.version > statement.version]
    return max(later, default=0) if statement.is_final else 0


def supersedes(store: Store, statement: Statement) -> int:
    """The number of the final version whose place this one takes, or will take; 0 when it corrects none."""
    earlier = [s.version for s in versions(store, statement) if s.is_final and s.version < statement.version]
    return max(earlier, default=0)
