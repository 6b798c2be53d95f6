"""Pieces of work by a template, and what was filled in their forms. There was none of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes."""
    op.create_table(
        "service_work",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "template_id")),
        sa.Column("template_version", sa.BigInteger(), nullable=False),
        sa.Column("belongs", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("workers", "called", "customer", "language")),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("opened", "closed")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("closed_why", "phases", "ticks", "roles")),
        sa.Column("approvals", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_work")),
        _of("service_work", "case_id", "client_case"),
    )
    op.create_index(op.f("ix_service_work_template_id"), "service_work", ["template_id"])
    op.create_index(op.f("ix_service_work_case_id"), "service_work", ["case_id", "id"])
    op.create_table(
        "form_row",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "work_id", "form", "line", "place")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("written", "picked")),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_row")),
        _of("form_row", "work_id", "service_work"),
    )
    op.create_index(op.f("ix_form_row_work_id"), "form_row", ["work_id", "id"])


def _of(table: str, column: str, whole: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{whole}.id"], name=name, deferrable=True, initially="DEFERRED")
