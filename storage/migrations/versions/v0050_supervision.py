"""Supervision behind its wall: agreements, sessions, ratings, evaluations, clips shown, marks, and sealed own notes."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

_AGREEMENT = ("agreement_id", "supervision_agreement")


def upgrade() -> None:
    """Nothing that was there before changes."""
    _agreement()
    _session()
    _table(
        "goal_rating",
        _AGREEMENT,
        *_texts("goal_id", "supervisee_id", "phase"),
        *_numbers("value"),
        *_texts("day", "by"),
    )
    unique = ["agreement_id", "goal_id", "supervisee_id", "phase"]
    op.create_index(f"uq_goal_rating_{'_'.join(unique)}", "goal_rating", unique, unique=True)
    _table("supervision_evaluation", _AGREEMENT, *_texts("kind", "day", "words", "decision"))
    _table(
        "clip_use",
        _AGREEMENT,
        *_texts("session_id", "clip_id", "asker", "question"),
        *_flags("covered"),
        *_texts("takeaway"),
        *_flags("stopped"),
        sa.Column("decision", sa.Text(), nullable=True),
        *_texts("shown"),
    )
    op.create_index(op.f("ix_clip_use_clip_id"), "clip_use", ["clip_id"])
    _table(
        "reflection",
        _AGREEMENT,
        *_texts("use_id"),
        *_numbers("at"),
        *_texts("author", "by"),
        *_numbers("turn"),
        *_texts("words", "shared"),
    )
    _notes()


def _agreement() -> None:
    days = ("start", "end")
    op.create_table(
        "supervision_agreement",
        *_texts("id", "supervisor", "title", "customer", "payer", "form", "delivery", "place", "supervisees", "goals"),
        *(sa.Column(name, sa.Text(), nullable=True) for name in days),
        *_numbers("weeks", "minutes", "planned", "price"),
        *_texts("price_per", "vat", "cancelling", "evaluation", "confidentiality", "payer_sees"),
        *_texts("known_before", "exploring"),
        sa.Column("explored", sa.Text(), nullable=True),
        *_flags("outside"),
        *_texts("readers", "signed", "state"),
        sa.Column("ended", sa.Text(), nullable=True),
        *_texts("ending", "follows"),
        *_numbers("revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_agreement")),
    )
    op.create_index(op.f("ix_supervision_agreement_supervisor"), "supervision_agreement", ["supervisor"])


def _session() -> None:
    _table(
        "supervision_session",
        _AGREEMENT,
        *_texts("at"),
        *_numbers("minutes"),
        *_texts("delivery", "place"),
        *_flags("exploratory"),
        *_texts("outcome"),
        sa.Column("cancelled_on", sa.Text(), nullable=True),
        *_texts("cancelled_by", "why"),
        *_numbers("invoiced"),
        *_texts("attendance", "themes", "asker", "question", "agenda", "agreed", "takeaways"),
        *_flags("client_material", "recorded"),
        *_texts("recording_consents"),
    )


def _notes() -> None:
    """The clear rows of sealed notes; of the notes themselves the archive's tables stay empty."""
    _table("supervision_notebook", _AGREEMENT, *_texts("keeper"))
    op.create_index("uq_supervision_notebook_agreement_id", "supervision_notebook", ["agreement_id"], unique=True)
    _table(
        "supervision_note",
        ("notebook_id", "supervision_notebook"),
        *_texts("session_id"),
        sa.Column("written", sa.Text(), nullable=True),
        *_texts("text"),
    )
    op.create_table(
        "sealed_notebook",
        *_texts("notebook_id", "agreement_id", "keeper", "begun"),
        *_numbers("step"),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("notebook_id", name=op.f("pk_sealed_notebook")),
        _reference("sealed_notebook", *_AGREEMENT),
    )
    op.create_index("uq_sealed_notebook_agreement_id", "sealed_notebook", ["agreement_id"], unique=True)


def _table(name: str, of: tuple[str, str], *columns: sa.Column[Any]) -> None:
    column, table = of
    op.create_table(
        name,
        *_texts("id", column),
        *columns,
        *_numbers("revision"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        _reference(name, column, table),
    )
    op.create_index(op.f(f"ix_{name}_{column}"), name, [column, "id"])


def _reference(name: str, column: str, table: str) -> sa.ForeignKeyConstraint:
    called = op.f(f"fk_{name}_{column}")
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=called, deferrable=True, initially="DEFERRED")


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def _flags(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Boolean(), nullable=False) for name in names]
