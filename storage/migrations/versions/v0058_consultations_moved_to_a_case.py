"""A filled row knows the row of a client's service that it was moved to, and the other where it came from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of what was there nothing was moved."""
    for name in ("moved_to", "moved_from"):
        op.add_column("form_row", sa.Column(name, sa.Text(), nullable=False, server_default=""))
