"""Where the camera of a film stood, and where the file lies that it was taken in from. Nobody knew either before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was there before stood nowhere that is known."""
    op.add_column("recording", sa.Column("stood", sa.Text(), nullable=False, server_default=""))
    op.add_column("recording", sa.Column("original", sa.Text(), nullable=False, server_default="unknown"))
