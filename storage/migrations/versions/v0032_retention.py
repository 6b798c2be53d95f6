"""Rules of retention, what the closing of a case asks, and who confirmed an erasing; there was none of it until now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes."""
    op.create_table(
        "office_rule",
        *_texts("id", "material", "since", "source"),
        sa.Column("months", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_rule")),
    )
    op.create_table(
        "case_rule",
        *_texts("id", "case_id", "material", "since", "source"),
        sa.Column("months", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_rule")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["client_case.id"], name=op.f("fk_case_rule_case_id"), deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_index(op.f("ix_case_rule_case_id"), "case_rule", ["case_id", "id"])
    for name in ("child_told", "returned"):
        op.add_column("client_case", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("client_case", sa.Column("closed_despite", sa.Text(), nullable=False, server_default=""))
    op.add_column("erasure", sa.Column("second_id", sa.Text(), nullable=False, server_default=""))
    op.add_column("erasure", sa.Column("alone", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("erasure", sa.Column("kept_months", sa.BigInteger(), nullable=False, server_default="0"))


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
