"""A coding has a kind and a reading, and there is one of each for every meeting and coder."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Older codings were all a coder's own, read once."""
    op.add_column("coding", sa.Column("kind", sa.Text(), nullable=False, server_default="own"))
    op.add_column("coding", sa.Column("reading", sa.BigInteger(), nullable=False, server_default="1"))
    one_of_each = ["meeting_id", "coder", "kind", "reading"]
    op.create_index(op.f("uq_coding_meeting_id_coder_kind_reading"), "coding", one_of_each, unique=True)
