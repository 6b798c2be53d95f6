"""The first tables of an archive, its two logs and its settings."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=null)


def _whole(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=null)


def _small(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _real(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Double(), nullable=False)


def _truth(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _binary(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def _belongs(table: str, field: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{field}")
    return sa.ForeignKeyConstraint([field], [f"{to}.id"], name=name, deferrable=True, initially="DEFERRED")


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        _text("t_utc"),
        _whole("mono"),
        _text("actor_slot"),
        _text("actor_id"),
        _text("actor_name"),
        _text("session"),
        _text("act"),
        _text("object_kind"),
        _text("object_id"),
        _text("coding_id"),
        _text("purpose"),
        _text("detail_json"),
        _binary("prev"),
        _binary("mac"),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_object_id"), "audit", ["object_id"])


def _create_client_case() -> None:
    op.create_table(
        "client_case",
        _text("id"),
        _text("code_name"),
        _text("lead"),
        _text("partner"),
        _text("opened", null=True),
        _text("closed", null=True),
        _text("interpreter"),
        _text("interpreter_language"),
        _truth("keep_apart"),
        _text("purpose"),
        _text("note"),
        _whole("revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_case")),
    )


def _create_journal() -> None:
    op.create_table(
        "journal",
        _small("n"),
        _text("step"),
        _text("at"),
        _text("worker_id"),
        _text("act"),
        _text("label"),
        _text("case_id"),
        _text("coding_id"),
        _truth("packed"),
        _binary("body"),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_journal")),
    )
    op.create_index(op.f("ix_journal_case_id"), "journal", ["case_id"])
    op.create_index(op.f("ix_journal_coding_id"), "journal", ["coding_id"])


def _create_setting() -> None:
    op.create_table(
        "setting",
        _text("name"),
        _text("value"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )


def _create_stored_content() -> None:
    op.create_table(
        "stored_content",
        _text("id"),
        _text("kind"),
        _text("content_id"),
        _whole("version"),
        _text("text"),
        _whole("revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_content")),
    )


def _create_worker() -> None:
    op.create_table(
        "worker",
        _text("id"),
        _text("name"),
        _text("title"),
        _text("employer"),
        _text("trainings"),
        _whole("revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker")),
    )


def _create_commission() -> None:
    op.create_table(
        "commission",
        _text("id"),
        _text("case_id"),
        _text("commissioner"),
        _text("unit"),
        _text("social_worker"),
        _text("document"),
        _text("service_task"),
        _text("assessment"),
        _text("decision"),
        _text("legal_context"),
        _text("controller"),
        _text("agreement"),
        _text("ordered", null=True),
        _text("deadline", null=True),
        _text("questions"),
        _text("sources"),
        _whole("revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commission")),
        _belongs("commission", "case_id", "client_case"),
    )
    op.create_index(op.f("ix_commission_case_id"), "commission", ["case_id", "id"])


def _create_consent() -> None:
    op.create_table(
        "consent",
        _text("id"),
        _text("case_id"),
        _text("person_id"),
        _text("purpose"),
        _text("given"),
        _text("until", null=True),
        _text("withdrawn", null=True),
        _text("form_version"),
        _text("explained_by"),
        _whole("revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        _belongs("consent", "case_id", "client_case"),
    )
    op.create_index(op.f("ix_consent_case_id"), "consent", ["case_id", "id"])


def _create_journal_entity() -> None:
    op.create_table(
        "journal_entity",
        _text("entity_id"),
        _small("journal_n"),
        sa.PrimaryKeyConstraint("entity_id", "journal_n", name=op.f("pk_journal_entity")),
        sa.ForeignKeyConstraint(["journal_n"], ["journal.n"], name=op.f("fk_journal_entity_journal_n")),
    )


def _create_meeting() -> None:
    op.create_table(
        "meeting",
        _text("id"),
        _text("case_id"),
        _text("held"),
        _text("adult_id"),
        _text("child_id"),
        _text("coders"),
        _whole("minutes"),
        _text("place"),
        _text("age_group"),
        _text("plan"),
        _text("kind"),
        _whole("revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        _belongs("meeting", "case_id", "client_case"),
    )
    op.create_index(op.f("ix_meeting_case_id"), "meeting", ["case_id", "id"])


def _create_person() -> None:
    op.create_table(
        "person",
        _text("id"),
        _text("case_id"),
        _text("role"),
        _text("called"),
        _text("name"),
        _text("born", null=True),
        _text("language"),
        _truth("guardian"),
        _text("note"),
        _whole("revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        _belongs("person", "case_id", "client_case"),
    )
    op.create_index(op.f("ix_person_case_id"), "person", ["case_id", "id"])


def _create_statement() -> None:
    op.create_table(
        "statement",
        _text("id"),
        _text("case_id"),
        _text("series"),
        _whole("version"),
        _text("language"),
        _text("created"),
        _text("stage"),
        _text("meetings"),
        _text("approvals"),
        _text("finalized", null=True),
        _whole("revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        _belongs("statement", "case_id", "client_case"),
    )
    op.create_index(op.f("ix_statement_case_id"), "statement", ["case_id", "id"])


def _create_coding() -> None:
    op.create_table(
        "coding",
        _text("id"),
        _text("meeting_id"),
        _text("coder"),
        _text("scheme_id"),
        _whole("scheme_version"),
        _text("instrument_id"),
        _whole("instrument_version"),
        _text("state"),
        _text("covered"),
        _text("ready_at", null=True),
        _text("checksum"),
        _whole("revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding")),
        _belongs("coding", "meeting_id", "meeting"),
    )
    op.create_index(op.f("ix_coding_meeting_id"), "coding", ["meeting_id", "id"])


def _create_evidence() -> None:
    op.create_table(
        "evidence",
        _text("id"),
        _text("statement_id"),
        _text("kind"),
        _text("words"),
        _text("meeting_id"),
        _text("coding_ids"),
        _text("source_ids"),
        _whole("start", null=True),
        _whole("end", null=True),
        _text("dimension"),
        _whole("revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        _belongs("evidence", "statement_id", "statement"),
    )
    op.create_index(op.f("ix_evidence_statement_id"), "evidence", ["statement_id", "id"])


def _create_paragraph() -> None:
    op.create_table(
        "paragraph",
        _text("id"),
        _text("statement_id"),
        _whole("section"),
        _text("place"),
        _text("runs"),
        _text("kind"),
        _text("source"),
        _truth("by_hand"),
        _text("cells"),
        _text("about"),
        _whole("revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paragraph")),
        _belongs("paragraph", "statement_id", "statement"),
    )
    op.create_index(op.f("ix_paragraph_statement_id"), "paragraph", ["statement_id", "id"])


def _create_recording() -> None:
    op.create_table(
        "recording",
        _text("id"),
        _text("meeting_id"),
        _whole("camera"),
        _text("sha256"),
        _whole("size"),
        _whole("chunks"),
        _text("container"),
        _text("facts"),
        _whole("offset"),
        _real("drift_ppm"),
        _binary("wrapped_key"),
        _binary("index"),
        _whole("revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording")),
        _belongs("recording", "meeting_id", "meeting"),
    )
    op.create_index(op.f("ix_recording_meeting_id"), "recording", ["meeting_id", "id"])


def _create_segment() -> None:
    op.create_table(
        "segment",
        _text("id"),
        _text("meeting_id"),
        _whole("number"),
        _whole("start"),
        _whole("end"),
        _whole("revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment")),
        _belongs("segment", "meeting_id", "meeting"),
    )
    op.create_index(op.f("ix_segment_meeting_id"), "segment", ["meeting_id", "id"])


def _create_mark() -> None:
    op.create_table(
        "mark",
        _text("id"),
        _text("coding_id"),
        _text("kind"),
        _whole("at"),
        _text("text"),
        _whole("revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark")),
        _belongs("mark", "coding_id", "coding"),
    )
    op.create_index(op.f("ix_mark_coding_id"), "mark", ["coding_id", "id"])


def _create_observation() -> None:
    op.create_table(
        "observation",
        _text("id"),
        _text("coding_id"),
        _text("code"),
        _text("person"),
        _whole("start"),
        _whole("end", null=True),
        _truth("open"),
        _text("modifiers"),
        _text("note"),
        _text("how"),
        _whole("pressed", null=True),
        _text("seen_on"),
        _whole("seen_at", null=True),
        _whole("revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        _belongs("observation", "coding_id", "coding"),
    )
    op.create_index(op.f("ix_observation_coding_id"), "observation", ["coding_id", "id"])


def _create_rating() -> None:
    op.create_table(
        "rating",
        _text("id"),
        _text("coding_id"),
        _text("item"),
        _whole("value", null=True),
        _text("reason"),
        _text("evidence"),
        _text("segment_id"),
        _whole("revision"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        _belongs("rating", "coding_id", "coding"),
    )
    op.create_index(op.f("ix_rating_coding_id"), "rating", ["coding_id", "id"])


def _forbid(table: str) -> None:
    """Rows are only ever added. REPLACE deletes first, which `recursive_triggers` makes this see (trust.md, trap 3)."""
    for act in ("UPDATE", "DELETE"):
        name = f"{table}_no_{act.lower()}"
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def upgrade() -> None:
    """Make the tables; those that others refer to come first."""
    _create_audit()
    _create_client_case()
    _create_journal()
    _create_setting()
    _create_stored_content()
    _create_worker()
    _create_commission()
    _create_consent()
    _create_journal_entity()
    _create_meeting()
    _create_person()
    _create_statement()
    _create_coding()
    _create_evidence()
    _create_paragraph()
    _create_recording()
    _create_segment()
    _create_mark()
    _create_observation()
    _create_rating()
    if op.get_bind().dialect.name == "sqlite":  # elsewhere rights on the table do this
        _forbid("audit")
