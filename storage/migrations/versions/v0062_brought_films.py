"""A supervisee brings a film of another controller's client: its folder says who, and what it stands on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was brought yet."""
    op.add_column("client_case", sa.Column("bringer", sa.Text(), nullable=False, server_default=""))
    op.add_column("client_case", sa.Column("brought", sa.Text(), nullable=True))
