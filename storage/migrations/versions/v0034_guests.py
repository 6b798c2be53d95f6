"""Guests and their passes, and own codings that are the pair's no more; there was none of it until now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes: nobody is a guest, and no coding is set aside."""
    op.add_column("worker", sa.Column("guest", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("meeting", sa.Column("set_aside", sa.Text(), nullable=False, server_default="[]"))
    named = ("id", "meeting_id", "worker_id", "role", "until", "given_by", "given")
    op.create_table(
        "guest_pass",
        *(sa.Column(name, sa.Text(), nullable=False) for name in named),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_pass")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_guest_pass_meeting_id"), deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_index(op.f("ix_guest_pass_meeting_id"), "guest_pass", ["meeting_id", "id"])
    op.create_index(op.f("ix_guest_pass_worker_id"), "guest_pass", ["worker_id"])
