"""Which sections of a statement its writers marked as done. Nothing was marked before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was there before is unmarked."""
    op.add_column("statement", sa.Column("done", sa.Text(), nullable=False, server_default="[]"))
