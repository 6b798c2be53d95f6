"""Own schemes and instruments: drafts, what is agreed about them, example clips of codes."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _text(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=null)


def _whole(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _truth(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _create(table: str, *parts: sa.Column[Any] | sa.Constraint) -> None:
    key = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    op.create_table(table, _text("id"), *parts, _whole("revision"), key)


def upgrade() -> None:
    """Nothing that was there before changes."""
    _create("content_draft", _text("kind"), _text("content_id"), _whole("base_version"), _text("text"))
    _create(
        "content_terms",
        _text("kind"),
        _text("content_id"),
        _truth("licensed"),
        _text("licence"),
        _text("expires", null=True),
        _text("workers"),
        _truth("retired"),
    )
    film = sa.ForeignKeyConstraint(
        ["recording_id"],
        ["recording.id"],
        name=op.f("fk_example_clip_recording_id"),
        deferrable=True,
        initially="DEFERRED",
    )
    _create(
        "example_clip",
        _text("scheme_id"),
        _text("code_id"),
        _text("recording_id"),
        _whole("start"),
        _whole("end"),
        film,
    )
    op.create_index(op.f("ix_example_clip_recording_id"), "example_clip", ["recording_id", "id"])
