"""How a child shows contact, distress and no, in versions; and which hand a person leads with. There was none of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes."""
    op.create_table(
        "showing",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "case_id", "contact", "distress", "no")),
        sa.Column("written", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("read_in", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_showing")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["client_case.id"], name=op.f("fk_showing_case_id"), deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_index(op.f("ix_showing_case_id"), "showing", ["case_id", "id"])
    op.add_column("person", sa.Column("leading_hand", sa.Text(), nullable=False, server_default=""))
