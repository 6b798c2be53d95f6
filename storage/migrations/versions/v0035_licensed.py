"""Licensed content in packages; weights of own tasks; who takes part in a task that was done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """There was no package until now, no task had weights, and everybody took part in every task."""
    op.create_table(
        "licensed_package",
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("id", "key", "name", "rights_holder", "licence", "holder")
        ),
        sa.Column("expires", sa.Text(), nullable=True),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("taken_in", "taken_by", "workers", "instruments", "tasks")
        ),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("aside", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licensed_package")),
    )
    op.add_column("own_task", sa.Column("weights", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("segment", sa.Column("people", sa.Text(), nullable=False, server_default="[]"))
