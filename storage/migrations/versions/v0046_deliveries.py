"""Who was given which copy of a statement, how and when; there was none until now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

_TEXTS = (
    "id", "statement_id", "worker_id", "noted", "day", "recipient", "unit", "role", "way", "sealing", "sha256",
    "copy_id",
)  # fmt: skip


def upgrade() -> None:
    """Nothing that was there before changes."""
    op.create_table(
        "statement_delivery",
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TEXTS),
        sa.Column("struck", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_delivery")),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_statement_delivery_statement_id"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index(op.f("ix_statement_delivery_statement_id"), "statement_delivery", ["statement_id", "id"])
