"""A statement says whose it is and what its writer ticked; a commission says who organises and on what ground.

Statements made before were about every adult, named the child by its code name only, and weighed nothing by a tick.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes."""
    for table, name in (("statement", "adult"), ("commission", "organiser"), ("commission", "basis")):
        op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for name in ("names_child", "weighed"):
        op.add_column("statement", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
