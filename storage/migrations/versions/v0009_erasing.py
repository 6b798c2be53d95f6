"""What is erased leaves a certificate, and of a film its row as a shell; the archive notes the backups it made.

Those made before are noted from the access log, which says their names and times but not where they are.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_NOTED = """
INSERT INTO made_backup (id, made, folder, place, gone, revision)
SELECT detail_json, MIN(t_utc), '', '', NULL, 1 FROM audit WHERE act = 'backup' AND object_kind = 'archive'
GROUP BY detail_json
"""


def upgrade() -> None:
    """Nothing that was there before changes."""
    op.add_column("recording", sa.Column("erased", sa.Text(), nullable=True))
    op.add_column("recording", sa.Column("erasure_id", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "erasure",
        *_texts("id", "at", "worker_id", "ground", "words", "case_id"),
        *_texts("films", "pages", "rows", "backups", "containers"),
        sa.Column("finished", sa.Text(), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )
    op.create_table(
        "made_backup",
        *_texts("id", "made", "folder", "place"),
        sa.Column("gone", sa.Text(), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_made_backup")),
    )
    op.execute(_NOTED)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
