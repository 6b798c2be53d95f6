"""Own tasks have words by language, a main dimension, earlier versions, and can be put aside."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Those that there are say the same in every language, are offered, and are their first version."""
    op.add_column("own_task", sa.Column("main", sa.Text(), nullable=False, server_default=""))
    op.add_column("own_task", sa.Column("wordings", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("own_task", sa.Column("aside", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("own_task", sa.Column("earlier", sa.Text(), nullable=False, server_default="[]"))
