"""Moments chosen for feedback, how they are arranged for a talk, and what was said to them. There was none of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes."""
    said = ("id", "recording_id", "meeting_id", "by")
    op.create_table(
        "clip",
        *(sa.Column(name, sa.Text(), nullable=False) for name in said),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("first", "last")),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("came_from", "source_id", "code", "dimension", "aim")
        ),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("second_id", "sight", "title", "look_at", "why")),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("hidden_why", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clip")),
        _of("clip", "recording_id", "recording"),
    )
    op.create_index(op.f("ix_clip_meeting_id"), "clip", ["meeting_id"])
    op.create_index(op.f("ix_clip_recording_id"), "clip", ["recording_id", "id"])
    op.create_table(
        "feedback_talk",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "case_id", "person_id")),
        sa.Column("at", sa.Text(), nullable=True),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("minutes", "opening", "closing")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("question", "places")),
        sa.Column("cycle", sa.BigInteger(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("scaling", sa.BigInteger(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("working_point", "next_film", "present", "how")),
        sa.Column("held", sa.Text(), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_talk")),
        _of("feedback_talk", "case_id", "client_case"),
    )
    op.create_index(op.f("ix_feedback_talk_case_id"), "feedback_talk", ["case_id", "id"])
    op.create_table(
        "clip_words",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "talk_id", "clip_id", "title")),
        sa.Column("shown", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("words", "picked")),
        sa.Column("scaling", sa.BigInteger(), nullable=True),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clip_words")),
        _of("clip_words", "talk_id", "feedback_talk"),
    )
    op.create_index(op.f("ix_clip_words_talk_id"), "clip_words", ["talk_id", "id"])


def _of(table: str, column: str, whole: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{whole}.id"], name=name, deferrable=True, initially="DEFERRED")
