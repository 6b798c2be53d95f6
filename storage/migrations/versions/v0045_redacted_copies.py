"""Marks of redacted copies of final versions, and the finished copies; there was none until now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes."""
    _table("redaction", *_texts("id", "statement_id", "worker_id", "begun", "person_id", "reader", "passages", "words"))
    _table(
        "redacted_copy",
        *_texts("id", "statement_id", "redaction_id", "worker_id", "made", "person_id", "reader"),
        *_texts("original_sha256", "sha256"),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("chunks", sa.BigInteger(), nullable=False),
        *_texts("container"),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        *_texts("passages", "words"),
    )


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
