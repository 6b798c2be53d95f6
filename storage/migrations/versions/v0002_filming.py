"""Filming: what happened, live marks, the talk after; files made from films; how a film is shown."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_AS_FILMED = '{"brightness":0.0,"contrast":1.0,"deinterlace":false,"gain_db":0.0,"sound_track":0,"turn":0}'


def _text(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=null)


def _whole(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=null)


def _binary(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


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
    """What older films and meetings lack gets its plain value."""
    plain: tuple[tuple[str, sa.Column[Any]], ...] = (
        ("recording", sa.Column("viewing", sa.Text(), nullable=False, server_default=_AS_FILMED)),
        ("recording", sa.Column("origin", sa.Text(), nullable=False, server_default="taken-in")),
        ("recording", sa.Column("lost_pictures", sa.BigInteger(), nullable=False, server_default="0")),
        ("recording", _text("closed_from_use", null=True)),
        ("meeting", sa.Column("child_said", sa.Text(), nullable=False, server_default="")),
        ("meeting", _text("child_said_on", null=True)),
        ("meeting", sa.Column("others", sa.Text(), nullable=False, server_default="[]")),
        ("meeting", _text("clock_zero", null=True)),
        ("segment", sa.Column("open", sa.Boolean(), nullable=False, server_default=sa.false())),
    )
    for table, column in plain:
        op.add_column(table, column)
    _create(
        "derived_file",
        "recording_id",
        "recording",
        *(_text("kind"), _whole("part"), _whole("start"), _whole("end"), _text("container"), _text("sha256")),
        *(_whole("size"), _whole("chunks"), _binary("index")),
    )
    _create(
        "open_recording",
        "meeting_id",
        "meeting",
        *(_whole("camera"), _text("container"), _text("begun"), _whole("offset"), _text("second_folder")),
        *(_text("second_container"), _binary("wrapped_key"), _text("recording_id")),
    )
    _create("live_mark", "meeting_id", "meeting", _text("kind"), _whole("at"), _text("text"))
    _create(
        "filming_event",
        "meeting_id",
        "meeting",
        *(_text("kind"), _whole("start"), _whole("end", null=True), _whole("number"), _text("reason")),
    )
    _create(
        "talk", "meeting_id", "meeting", *(_text("person_id"), _text("held"), _text("child_where"), _text("answers"))
    )
