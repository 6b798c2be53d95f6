"""What of a clip is covered and muted, and who has looked at it. There was none of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

_TEXTS = ("id", "recording_id", "meeting_id", "clip_id", "by", "tracks", "seen", "muted")


def upgrade() -> None:
    """Nothing that was there before changes."""
    op.create_table(
        "clip_cover",
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TEXTS),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clip_cover")),
        sa.ForeignKeyConstraint(
            ["recording_id"],
            ["recording.id"],
            name=op.f("fk_clip_cover_recording_id"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index(op.f("ix_clip_cover_recording_id"), "clip_cover", ["recording_id", "id"])
    op.create_index("uq_clip_cover_clip_id", "clip_cover", ["clip_id"], unique=True)
