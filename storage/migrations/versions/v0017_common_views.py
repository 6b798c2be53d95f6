"""The common view of a pair: what it was made from, each decision, and where each part came from."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_TEXT, _NUMBER, _FLAG = sa.Text, sa.BigInteger, sa.Boolean


def upgrade() -> None:
    """Nothing that was there before changes."""
    _table(
        "common_view",
        *(sa.Column(name, _TEXT(), nullable=False) for name in ("a_id", "b_id")),
        *(sa.Column(name, _NUMBER(), nullable=False) for name in ("unit", "state_tolerance", "point_tolerance")),
        sa.Column("confirmations", _TEXT(), nullable=False),
    )
    op.create_index("uq_common_view_coding_id", "common_view", ["coding_id"], unique=True)
    _table(
        "decision",
        *(sa.Column(name, _TEXT(), nullable=False) for name in ("kind", "person", "lane")),
        *(sa.Column(name, _NUMBER(), nullable=True) for name in ("start", "end")),
        *(sa.Column(name, _TEXT(), nullable=False) for name in ("a", "b", "a_ids", "b_ids", "item", "segment_id")),
        *(sa.Column(name, _FLAG(), nullable=False) for name in ("exclusive", "exhaustive")),
        sa.Column("weight", _NUMBER(), nullable=False),
        *(sa.Column(name, _TEXT(), nullable=False) for name in ("verdict", "reason", "reason_a", "reason_b")),
        sa.Column("new_marks", _TEXT(), nullable=False),
        sa.Column("new_value", _NUMBER(), nullable=True),
        sa.Column("decided_by", _TEXT(), nullable=False),
        sa.Column("decided_at", _TEXT(), nullable=True),
    )
    _table(
        "origin",
        *(sa.Column(name, _TEXT(), nullable=False) for name in ("part_id", "came", "a_ids", "b_ids", "decision_id")),
    )


def _table(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("id", _TEXT(), nullable=False),
        sa.Column("coding_id", _TEXT(), nullable=False),
        *columns,
        sa.Column("revision", _NUMBER(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coding_id"],
            ["coding.id"],
            name=op.f(f"fk_{name}_coding_id"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_coding_id"), name, ["coding_id", "id"])
