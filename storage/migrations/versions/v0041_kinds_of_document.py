"""A document of a case has a kind of its own, with the sections of that kind.

Until now every one had all sections, and its title was what the newest commission of its case asked for. That is its
kind from now on; but where a hand wrote in a section that the kind lacks, it stays the one that has them all.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

WHOLE = "statement"
#: what had all sections until now and has fewer
LACKS = {"summary": ("conclusions", "recommendation")}


def upgrade() -> None:
    """No paragraph is lost or moved."""
    op.add_column("statement", sa.Column("kind", sa.Text(), nullable=False, server_default=WHOLE))
    bind = op.get_bind()
    commission = sa.table("commission", *map(sa.column, ("id", "case_id", "document")))
    said = bind.execute(sa.select(commission.c.case_id, commission.c.document).order_by(commission.c.id))
    asked = {row.case_id: row.document for row in said}
    statement = sa.table("statement", *map(sa.column, ("id", "case_id", "series", "kind")))
    series: dict[str, tuple[str, list[str]]] = {}
    for held in bind.execute(sa.select(statement)).mappings().all():
        series.setdefault(held["series"], (held["case_id"], []))[1].append(held["id"])
    for key, (case, versions) in series.items():
        kind = asked.get(case, WHOLE)
        if kind != WHOLE and not _is_written(bind, versions, LACKS.get(kind, ())):
            op.execute(sa.update(statement).where(statement.c.series == key).values(kind=kind))


def _is_written(bind: sa.Connection, versions: list[str], sections: tuple[str, ...]) -> bool:
    """Whether a hand wrote in one of the sections in one of the versions."""
    paragraph = sa.table("paragraph", *map(sa.column, ("statement_id", "section", "source", "by_hand")))
    mine = paragraph.c.statement_id.in_(versions), paragraph.c.section.in_(sections)
    by_hand = sa.or_(paragraph.c.source == "", paragraph.c.by_hand)
    return bind.execute(sa.select(paragraph.c.section).where(*mine, by_hand)).first() is not None
