"""Coding in passes and of chosen tasks; bookmarks, private notes, and how late a worker presses."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def _whole(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _truth(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _create(table: str, parent: str, parent_table: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        table,
        _text("id"),
        _text(parent),
        *columns,
        _whole("revision"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            [parent], [f"{parent_table}.id"], name=op.f(f"fk_{table}_{parent}"), deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_index(op.f(f"ix_{table}_{parent}"), table, [parent, "id"])


def upgrade() -> None:
    """Older codings were made in one pass, of all tasks."""
    op.add_column("coding", sa.Column("in_passes", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("coding", sa.Column("passes", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("coding", sa.Column("chosen", sa.Text(), nullable=False, server_default="[]"))
    _create("bookmark", "coding_id", "coding", _whole("at"), _text("word"), _text("color"))
    _create("private_note", "coding_id", "coding", *(_text("kind"), _whole("number"), _text("text"), _truth("keep")))
    _create("calibration", "worker_id", "worker", _text("held"), _text("presses"), _truth("in_use"))
