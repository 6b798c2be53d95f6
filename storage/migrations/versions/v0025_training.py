"""References that others code against, and what a worker's own training codings came to."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_TEXT, _NUMBER, _FLAG = sa.Text, sa.BigInteger, sa.Boolean


def upgrade() -> None:
    """Nothing that was there before changes."""
    _table(
        "training_result",
        ("worker_id", "worker"),
        sa.Column("coding_id", _TEXT(), nullable=False),
        sa.Column("held", _TEXT(), nullable=False),
        sa.Column("scheme_id", _TEXT(), nullable=False),
        *(sa.Column(name, _NUMBER(), nullable=False) for name in ("scheme_version", "tasks", "observations")),
        sa.Column("figures", _TEXT(), nullable=False),
        sa.Column("own", _FLAG(), nullable=False),
    )
    _table(
        "reference",
        ("meeting_id", "meeting"),
        *(sa.Column(name, _TEXT(), nullable=False) for name in ("coding_id", "checksum", "scheme_id")),
        sa.Column("scheme_version", _NUMBER(), nullable=False),
        sa.Column("instrument_id", _TEXT(), nullable=False),
        sa.Column("instrument_version", _NUMBER(), nullable=False),
        sa.Column("confirmations", _TEXT(), nullable=False),
    )
    op.create_index("uq_reference_meeting_id", "reference", ["meeting_id"], unique=True)


def _table(name: str, of: tuple[str, str], *columns: sa.Column[Any]) -> None:
    column, table = of
    op.create_table(
        name,
        sa.Column("id", _TEXT(), nullable=False),
        sa.Column(column, _TEXT(), nullable=False),
        *columns,
        sa.Column("revision", _NUMBER(), nullable=False),
        sa.ForeignKeyConstraint(
            [column],
            [f"{table}.id"],
            name=op.f(f"fk_{name}_{column}"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_{column}"), name, [column, "id"])
