"""Cases and meetings keep what they are listed by, so that a page of a long list is read without the rest."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing that was there before changes."""
    for name in ("client_case", "meeting"):
        op.add_column(name, sa.Column("listed_as", sa.Text(), nullable=False, server_default=""))
    bind = op.get_bind()
    case = sa.table("client_case", sa.column("id"), sa.column("code_name"), sa.column("listed_as"))
    for row in bind.execute(sa.select(case.c.id, case.c.code_name)).all():
        op.execute(sa.update(case).where(case.c.id == row.id).values(listed_as=row.code_name.strip().casefold()))
    meeting = sa.table("meeting", sa.column("id"), sa.column("held"), sa.column("listed_as"))
    for row in bind.execute(sa.select(meeting.c.id, meeting.c.held)).all():
        at = datetime.fromisoformat(row.held).astimezone(UTC).isoformat(timespec="microseconds")
        op.execute(sa.update(meeting).where(meeting.c.id == row.id).values(listed_as=at))
    for name in ("client_case", "meeting"):
        op.create_index(op.f(f"ix_{name}_listed_as"), name, ["listed_as", "id"])
    op.create_index(op.f("ix_meeting_case_id_listed_as"), "meeting", ["case_id", "listed_as", "id"])
    is_open = sa.text("closed IS NULL")
    op.create_index(op.f("ix_client_case_open"), "client_case", ["listed_as", "id"], sqlite_where=is_open)
    op.create_index(op.f("ix_client_case_lead"), "client_case", ["lead"])
    op.create_index(op.f("ix_client_case_partner"), "client_case", ["partner"])
