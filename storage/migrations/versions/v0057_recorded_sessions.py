"""The recording of a session of supervision lies in a folder of its own, which is a case with that session's id."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every case that was there is a client's."""
    op.add_column("client_case", sa.Column("session_id", sa.Text(), nullable=False, server_default=""))
    folders = sa.text("session_id <> ''")
    op.create_index(op.f("ix_client_case_session_id"), "client_case", ["session_id"], sqlite_where=folders)
