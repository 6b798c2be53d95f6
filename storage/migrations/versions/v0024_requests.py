"""Requests about a case's material, and holds on it; there were none until now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

OF_REQUESTS = (
    ("kind", False),
    ("arrived", False),
    ("due", False),
    ("person_id", False),
    ("asked_by", False),
    ("about", False),
    ("ground", False),
    ("answer", False),
    ("decided", True),
    ("decided_by", False),
    ("left_out", False),
    ("to_turn_to", False),
    ("handed", False),
    ("handed_on", True),
)
OF_HOLDS = (("since", False), ("set_by", False), ("ground", False), ("meeting_id", False), ("ended", True))


def _of_case(name: str, columns: tuple[tuple[str, bool], ...]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        *(sa.Column(column, sa.Text(), nullable=optional) for column, optional in columns),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["client_case.id"], name=op.f(f"fk_{name}_case_id"), deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_index(op.f(f"ix_{name}_case_id"), name, ["case_id", "id"])


def upgrade() -> None:
    """Nothing that was there before changes."""
    _of_case("request", OF_REQUESTS)
    _of_case("hold", OF_HOLDS)
