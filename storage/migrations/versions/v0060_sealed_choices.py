"""What is chosen alone out of a meeting is sealed under its chooser's own key until the codings are open.

What stands in the archive's tables goes there at its chooser's next sign-in: nobody else has the key for it. A worker's
own notes to a moment for a talk stand with the moment from now on: the talk itself is everybody's.
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Notes move from the places of talks to their moments; all else stays where it is."""
    op.create_table(
        "sealed_choice",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("choice_id", "meeting_id", "chooser")),
        *(sa.Column(name, sa.LargeBinary(), nullable=False) for name in ("wrapped_key", "body")),
        sa.PrimaryKeyConstraint("choice_id", name=op.f("pk_sealed_choice")),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
            name=op.f("fk_sealed_choice_meeting_id"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index("uq_sealed_choice_meeting_id_chooser", "sealed_choice", ["meeting_id", "chooser"], unique=True)
    op.add_column("clip", sa.Column("notes", sa.Text(), nullable=False, server_default="[]"))
    _move_notes(op.get_bind())


def _move_notes(connection: sa.Connection) -> None:
    noted: dict[str, list[dict[str, str]]] = {}
    talks = connection.execute(sa.text("SELECT id, places FROM feedback_talk WHERE places LIKE '%notes%' ORDER BY id"))
    for talk_id, text in talks.all():
        places = json.loads(text)
        for place in places:
            if said := place.pop("notes", ""):
                noted.setdefault(place["clip_id"], []).append({"talk_id": talk_id, "text": said})
        told = {"places": _compact(places), "id": talk_id}
        connection.execute(sa.text("UPDATE feedback_talk SET places = :places WHERE id = :id"), told)
    for clip_id, notes in noted.items():
        told = {"notes": _compact(notes), "id": clip_id}
        connection.execute(sa.text("UPDATE clip SET notes = :notes WHERE id = :id"), told)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
