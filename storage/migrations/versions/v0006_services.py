"""Services as data: a section is kept by its key, a statement says its service and its meetings.

Until now a section was kept by its printed number, and no meetings at all stood for *all of the case*.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

#: the numbers that sections had, and the keys of the same sections; the one service of that time was `mim`
KEYS = {
    1: "commission",
    2: "family",
    3: "background",
    4: "how-done",
    5: "methods",
    6: "childs-view",
    7: "parents-views",
    8: "observations",
    9: "strengths",
    10: "concerns",
    11: "feedback",
    12: "conclusions",
    13: "recommendation",
    14: "comments",
    15: "signatures",
    16: "distribution",
    17: "attachments",
}


def _sections() -> None:
    """Numbers become keys, in a column of the same name: SQLite cannot change the type of one."""
    op.alter_column("paragraph", "section", new_column_name="section_number")
    op.add_column("paragraph", sa.Column("section", sa.Text(), nullable=False, server_default=""))
    paragraph = sa.table("paragraph", sa.column("section"), sa.column("section_number"))
    for number, key in KEYS.items():
        op.execute(sa.update(paragraph).where(paragraph.c.section_number == number).values(section=key))
    lost = sa.select(sa.func.count()).select_from(paragraph).where(paragraph.c.section == "")
    assert op.get_bind().execute(lost).scalar_one() == 0, "every paragraph keeps its section"
    op.drop_column("paragraph", "section_number")


def _meetings() -> None:
    """Statements get the meetings that they were about: all that the case had, of a final one all it had then."""
    statement = sa.table("statement", *map(sa.column, ("id", "case_id", "meetings", "finalized")))
    meeting = sa.table("meeting", sa.column("id"), sa.column("case_id"))
    bind = op.get_bind()
    of_case: dict[str, list[str]] = {}
    for row in bind.execute(sa.select(meeting).order_by(meeting.c.id)):
        of_case.setdefault(row.case_id, []).append(row.id)
    for row in bind.execute(sa.select(statement).where(statement.c.meetings == "[]")).all():
        about = [m for m in of_case.get(row.case_id, []) if _was_there(m, row.finalized)]
        op.execute(
            sa.update(statement)
            .where(statement.c.id == row.id)
            .values(meetings=json.dumps(about, separators=(",", ":")))
        )


def _was_there(meeting_id: str, finalized: Any) -> bool:
    """Whether a meeting was made before the moment: the first 48 bits of its id are the time, in milliseconds."""
    if not finalized:
        return True
    made_ms = int(meeting_id.replace("-", "")[:12], 16)
    return made_ms <= datetime.fromisoformat(finalized).timestamp() * 1000


def upgrade() -> None:
    """Nothing is lost: what was a number is that number's key."""
    op.add_column("statement", sa.Column("service", sa.Text(), nullable=False, server_default="mim"))
    _sections()
    _meetings()
