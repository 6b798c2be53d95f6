"""Supervision and services hold what keeps them from being erased. Nothing did: they could not be erased."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of all that was there nothing is held."""
    for table in ("supervision_agreement", "service_work"):
        op.add_column(table, sa.Column("keeping", sa.Text(), nullable=False, server_default="[]"))
