"""Letterheads: an employer's name, address and logo. There was none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes."""
    op.create_table(
        "letterhead",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "employer", "address")),
        sa.Column("logo", sa.LargeBinary(), nullable=False),
        sa.Column("logo_words", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letterhead")),
    )
