"""Which tasks were drawn for a second coding; none were until now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes."""
    op.create_table(
        "reliability_sample",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "meeting_id", "draw_id")),
        sa.Column("percent", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("seed", "drawing", "tasks", "places")),
        sa.Column("size", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("drawn_by", "drawn_at")),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_reliability_sample_meeting_id"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reliability_sample")),
    )
    op.create_index(op.f("ix_reliability_sample_meeting_id"), "reliability_sample", ["meeting_id", "id"])
    op.create_index("uq_reliability_sample_meeting_id", "reliability_sample", ["meeting_id"], unique=True)
