"""Signatures of final versions, by certificate and on paper; there was none until now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes."""
    _table(
        "signature",
        *_texts("id", "statement_id", "worker_id", "signed"),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("by_card", sa.Boolean(), nullable=False),
        *_texts("level", "certificate", "sha256"),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("chunks", sa.BigInteger(), nullable=False),
        *_texts("container"),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
    )
    _table("paper_signature", *_texts("id", "statement_id", "worker_id", "day", "noted_by"))


def _table(name: str, *columns: sa.Column[object]) -> None:
    """What belongs to a version of a statement."""
    op.create_table(
        name,
        *columns,
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f(f"fk_{name}_statement_id"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index(op.f(f"ix_{name}_statement_id"), name, ["statement_id", "id"])


def _texts(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
