"""Own words of the spelling, text blocks, and comments in the margin of a statement. There were none of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes."""
    _table("own_word", _texts("id", "language", "word", "worker_id"))
    _table("text_block", _texts("id", "name", "language", "words", "section", "made_by"))
    said = _texts("id", "statement_id", "section", "paragraph_id", "words", "worker_id", "at", "text", "answers")
    whole = sa.ForeignKeyConstraint(
        ["statement_id"],
        ["statement.id"],
        name=op.f("fk_margin_comment_statement_id"),
        deferrable=True,
        initially="DEFERRED",
    )
    _table("margin_comment", [*said, sa.Column("resolved", sa.Text(), nullable=True)], whole)
    op.create_index(op.f("ix_margin_comment_statement_id"), "margin_comment", ["statement_id", "id"])


def _table(name: str, columns: list[sa.Column[str]], *more: sa.ForeignKeyConstraint) -> None:
    op.create_table(
        name,
        *columns,
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        *more,
    )


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
