"""A statement says which of its generated tables are moved, shortened or left out; those made before want nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes."""
    op.add_column("statement", sa.Column("tables", sa.Text(), nullable=False, server_default="[]"))
