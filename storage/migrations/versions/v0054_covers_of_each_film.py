"""A clip has covers on each film that it is seen on, and of each worker. There were those of its own film."""

from __future__ import annotations

from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was there stays: one for each clip is also one for each clip, film and worker."""
    op.drop_index("uq_clip_cover_clip_id", table_name="clip_cover")
    fields = ["clip_id", "recording_id", "by"]
    op.create_index("uq_clip_cover_clip_id_recording_id_by", "clip_cover", fields, unique=True)
