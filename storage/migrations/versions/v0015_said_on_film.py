"""What was said on the film, line by line, belonging to the meeting."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes."""
    text, number = sa.Text(), sa.BigInteger()
    op.create_table(
        "utterance",
        *(sa.Column(name, text, nullable=False) for name in ("id", "meeting_id")),
        *(sa.Column(name, number, nullable=False) for name in ("start", "end")),
        *(sa.Column(name, text, nullable=False) for name in ("speaker", "text", "heard", "language")),
        sa.Column("unclear", sa.Boolean(), nullable=False),
        sa.Column("revision", number, nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_utterance_meeting_id"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_utterance")),
    )
    op.create_index(op.f("ix_utterance_meeting_id"), "utterance", ["meeting_id", "id"])
