"""Statistics that may leave are counted once and kept. There were none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is closed until somebody closes it."""
    op.create_table(
        "closed_statistics",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "side", "first", "last", "made", "by")),
        sa.Column("report", sa.Text(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("year", "revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_statistics")),
    )
