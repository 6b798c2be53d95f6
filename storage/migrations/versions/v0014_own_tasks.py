"""Tasks in the workers' own words, beside those that the program brings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes."""
    names = ("id", "made_by", "name", "text", "dimensions", "ages", "safety", "materials")
    op.create_table(
        "own_task",
        *(sa.Column(name, sa.Text(), nullable=False) for name in names),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_task")),
    )
