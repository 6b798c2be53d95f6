"""Codings that are sealed: of each one clear row, while the coding itself lies in an encrypted file of its own.

What an archive holds in its tables is moved there at each coder's own next sign-in: nobody else has the key for it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes."""
    op.create_table(
        "sealed_coding",
        sa.Column("coding_id", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Text(), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reading", sa.BigInteger(), nullable=False),
        sa.Column("begun", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("step", sa.BigInteger(), nullable=False),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("coding_id", name=op.f("pk_sealed_coding")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_sealed_coding_meeting_id"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    one_of_each = ["meeting_id", "coder", "kind", "reading"]
    op.create_index(op.f("uq_sealed_coding_meeting_id_coder_kind_reading"), "sealed_coding", one_of_each, unique=True)
