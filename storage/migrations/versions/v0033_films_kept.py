"""Films that are not erased are found without the shells of all that were."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes."""
    kept = sa.text("erased IS NULL")
    op.create_index(op.f("ix_recording_kept"), "recording", ["meeting_id"], sqlite_where=kept)
