"""Which packages of a meeting were taken in from a partner; there were none until now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes."""
    names = ("id", "meeting_id", "person_id", "made", "taken", "rows")
    op.create_table(
        "taken_package",
        *(sa.Column(name, sa.Text(), nullable=False) for name in names),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_taken_package_meeting_id"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken_package")),
    )
    op.create_index(op.f("ix_taken_package_meeting_id"), "taken_package", ["meeting_id", "id"])
