"""Receiving keys of partners on other computers; there were none until now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes."""
    op.create_table(
        "partner_key",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "worker_id", "person_id", "receiving_key")),
        sa.Column("confirmed", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["worker.id"],
            name=op.f("fk_partner_key_worker_id"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_key")),
    )
    op.create_index(op.f("ix_partner_key_worker_id"), "partner_key", ["worker_id", "id"])
