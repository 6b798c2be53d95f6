"""What children, parents and orderers answered after a service. There was none of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

_BEFORE = ("id", "case_id", "form_id")
_AFTER = ("who", "service", "day", "language", "way", "by", "near", "answers")


def upgrade() -> None:
    """Nothing that was there before changes."""
    op.create_table(
        "service_feedback",
        *(sa.Column(name, sa.Text(), nullable=False) for name in _BEFORE),
        sa.Column("form_version", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _AFTER),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_feedback")),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["client_case.id"],
            name=op.f("fk_service_feedback_case_id"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index(op.f("ix_service_feedback_case_id"), "service_feedback", ["case_id", "id"])
