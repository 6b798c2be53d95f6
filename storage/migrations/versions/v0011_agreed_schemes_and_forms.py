"""What a meeting's pair codes with, plans that are begun from, and who gave a consent on which photographed form.

A meeting that is coded already learns its scheme and instrument when one of its coders opens the own coding again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes."""
    for table, name, empty in (
        ("meeting", "scheme", ""),
        ("meeting", "instrument", ""),
        ("consent", "given_by", "[]"),
        ("consent", "given_by_other", ""),
        ("consent", "forms", "[]"),
    ):
        op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=empty))
    op.create_table(
        "plan_template",
        *_texts("id", "name", "made_by", "age_group", "tasks"),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_template")),
    )
    op.create_table(
        "consent_form",
        *_texts("id", "case_id", "taken_in", "sha256"),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("chunks", sa.BigInteger(), nullable=False),
        *_texts("container"),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_form")),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["client_case.id"],
            name=op.f("fk_consent_form_case_id"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index(op.f("ix_consent_form_case_id"), "consent_form", ["case_id", "id"])


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
