"""A commission tells its way from the first call to its end, its deadlines, who produces, and what goes back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

WORDS = ("worker_role", "leading_worker", "producer", "county_worker", "return_rule")


def upgrade() -> None:
    """Nothing that was there before changes."""
    for name in WORDS:
        op.add_column("commission", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for name in ("steps", "beyond"):
        op.add_column("commission", sa.Column(name, sa.Text(), nullable=False, server_default="[]"))
    op.add_column("commission", sa.Column("law_deadline", sa.Text(), nullable=True))
