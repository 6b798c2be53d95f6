"""Everything of one case that a row of the access log may be about, also what is gone since."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from app.model.meeting import Meeting
from app.model.people import Case
from storage.store.kinds import KINDS, EntityKind, is_of_cases, kind_of
from storage.store.logged_acts import LOGGED_AS
from storage.store.tables import TABLES, journal, journal_entity, sealed_coding


def ids(case_id: str) -> sa.CompoundSelect[Any]:
    """Ids of the case and of what belongs to it now, and of what its journal names: what was taken away is there."""
    here = [_belonging(kind, case_id) for kind in KINDS if _is_part(kind)]
    named = (
        sa.select(journal_entity.c.entity_id)
        .join(journal, journal.c.n == journal_entity.c.journal_n)
        .where(journal.c.case_id == case_id)
    )
    meetings = _belonging(kind_of(Meeting), case_id)
    sealed = sa.select(sealed_coding.c.coding_id).where(sealed_coding.c.meeting_id.in_(meetings))
    return sa.union(sa.select(sa.literal(case_id)), named, sealed, *here)


def _is_part(kind: EntityKind) -> bool:
    """Whether things of a kind belong to a case and have rows of the log of their own."""
    return kind.entity is not Case and is_of_cases(kind.entity) and kind.entity not in LOGGED_AS


def _belonging(kind: EntityKind, case_id: str) -> sa.Select[Any]:
    table, above = TABLES[kind.entity], kind.parent_kind
    assert above is not None
    column = table.c[kind.parent]
    if above is Case:
        return sa.select(table.c.id).where(column == case_id)
    return sa.select(table.c.id).where(column.in_(_belonging(kind_of(above), case_id)))
