"""What of a meeting's plan is no task: what was left out by hand, and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """In the meetings that there are, nothing was left out."""
    op.add_column("meeting", sa.Column("arranged", sa.Text(), nullable=False, server_default="{}"))
