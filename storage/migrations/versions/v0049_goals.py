"""Goals of a case and how each stood at its reviews. There were none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def _table(name: str, whole: tuple[str, str], *columns: sa.Column[str] | sa.Column[int]) -> None:
    column, of = whole
    op.create_table(
        name,
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column(column, sa.Text(), nullable=False),
        *columns,
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.ForeignKeyConstraint(
            [column], [f"{of}.id"], name=op.f(f"fk_{name}_{column}"), deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_index(op.f(f"ix_{name}_{column}"), name, [column, "id"])


def _texts(*names: str, optional: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=optional) for name in names]


def _places(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), nullable=True) for name in names]


def upgrade() -> None:
    """Nothing that was there before changes."""
    _table(
        "goal",
        ("case_id", "client_case"),
        *_texts("set_on", "by", "words", "source"),
        *_texts("plan_date", optional=True),
        *_texts("whose", "person_id", "levels"),
        *_places("began", "wished"),
        *_texts("state"),
        *_texts("ended", optional=True),
        *_texts("ended_words"),
    )
    _table(
        "goal_review",
        ("goal_id", "goal"),
        *_texts("day", "by", "present", "who"),
        *_places("own_level"),
        *_texts("own_words"),
        *_places("worker_level"),
        *_texts("worker_words"),
    )
