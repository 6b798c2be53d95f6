"""A film says when it was fetched again from elsewhere, and what was in its place before; none was until now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes."""
    op.add_column("recording", sa.Column("replaced", sa.Text(), nullable=False, server_default="[]"))
