"""Codings that went to a partner on another computer, and those that came from one; there were none until now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes."""
    _make(
        "sent_coding", ("id", "meeting_id", "coding_id", "person_id", "commitment", "made"), "withdrawn", ("key_for",)
    )
    _make("partner_coding", ("id", "meeting_id", "person_id", "coding_id", "commitment", "made", "taken"), "opened", ())


def _make(name: str, first: tuple[str, ...], optional: str, last: tuple[str, ...]) -> None:
    op.create_table(
        name,
        *(sa.Column(column, sa.Text(), nullable=False) for column in first),
        sa.Column(optional, sa.Text(), nullable=True),
        *(sa.Column(column, sa.Text(), nullable=False) for column in last),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f(f"fk_{name}_meeting_id"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_meeting_id"), name, ["meeting_id", "id"])
