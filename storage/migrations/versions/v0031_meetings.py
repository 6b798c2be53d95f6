"""Meetings that are not filmed, what came of each and how people met; notes of meetings. There were none until now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

WORDS = (("delivery", "room"), ("outcome", ""), ("why", ""), ("by", ""))
OF_NOTES = ("kind", "written", "worker_id", "text", "person_id", "who")


def upgrade() -> None:
    """Every meeting of before stays filmed, in a room, and as open as it was."""
    for name, value in WORDS:
        op.add_column("meeting", sa.Column(name, sa.Text(), nullable=False, server_default=value))
    for name in ("travel_minutes", "travel_km"):
        op.add_column("meeting", sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
    for name in ("workers", "by_role"):
        op.add_column("meeting", sa.Column(name, sa.Text(), nullable=False, server_default="[]"))
    op.create_table(
        "meeting_note",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in OF_NOTES),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_note")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_meeting_note_meeting_id"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index(op.f("ix_meeting_note_meeting_id"), "meeting_note", ["meeting_id", "id"])
