"""Working hours with their frozen periods, and the region office of a worker. There was none of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

_TEXTS = ("id", "worker_id", "day", "product", "what", "side", "customer", "office", "delivery", "of_kind", "of_id")
_SUMMED_BY = ("year", "side", "worker_id", "whole_id", "product", "customer", "office", "delivery")
_SUMS = (
    *("minutes", "travel", "km", "confirmed", "frozen", "children", "adults", "participants", "held", "cancelled"),
    "missed",
)
_NUMBERS = ("minutes", "km", "children", "adults", "participants")


def upgrade() -> None:
    """A worker is of no office until one is said."""
    # statistics of a year ask for what was ordered in it
    op.create_index(op.f("ix_commission_ordered"), "commission", ["ordered"])
    op.add_column("worker", sa.Column("office", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "work_entry",
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TEXTS),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("whole_id", "partner_id", "period_id", "corrects")),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("confirmed", "partner_confirmed")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in (*_NUMBERS, "revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_entry")),
        _of_worker("work_entry"),
    )
    op.create_index(op.f("ix_work_entry_worker_id"), "work_entry", ["worker_id", "id"])
    for names in (["partner_id"], ["of_id"], ["worker_id", "day"], ["worker_id", "whole_id"]):
        op.create_index(op.f(f"ix_work_entry_{'_'.join(names)}"), "work_entry", names)
    op.create_table(
        "work_sum",
        sa.Column("year", sa.BigInteger(), nullable=False, autoincrement=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _SUMMED_BY[1:]),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in _SUMS),
        sa.PrimaryKeyConstraint(*_SUMMED_BY, name=op.f("pk_work_sum")),
    )
    op.create_table(
        "work_period",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "worker_id", "first", "last", "frozen")),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_period")),
        _of_worker("work_period"),
    )
    op.create_index(op.f("ix_work_period_worker_id"), "work_period", ["worker_id", "id"])


def _of_worker(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_worker_id")
    return sa.ForeignKeyConstraint(["worker_id"], ["worker.id"], name=name, deferrable=True, initially="DEFERRED")
