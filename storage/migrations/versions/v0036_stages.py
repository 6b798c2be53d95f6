"""What was approved word for word, how a statement was read with whom it is about, one signer, what is corrected."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

OF_READINGS = ("person_id", "worker_id", "begun", "way", "outcome", "told", "comments", "left_out")
DAYS = ("offered", "held", "noted")


def upgrade() -> None:
    """Both sign what was begun before; what was approved before was not kept, so nothing can be shown of it."""
    op.add_column("statement", sa.Column("alone", sa.Text(), nullable=True))
    op.add_column("statement", sa.Column("corrects", sa.Text(), nullable=False, server_default=""))
    _table("approved_text", _texts("worker_id", "at", "paragraphs", "tables"))
    _table(
        "reading",
        [
            *_texts(*OF_READINGS),
            *(sa.Column(name, sa.Text(), nullable=True) for name in DAYS),
            sa.Column("interpreter", sa.Boolean(), nullable=False),
        ],
    )


def _table(name: str, columns: list[sa.Column[str]]) -> None:
    op.create_table(
        name,
        *_texts("id", "statement_id"),
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


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
