"""An agreement of supervision names which supervisee has an own sign-in, and whose. Nobody was named before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody finds more than before."""
    op.add_column("supervision_agreement", sa.Column("sign_ins", sa.Text(), nullable=False, server_default="[]"))
