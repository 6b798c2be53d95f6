"""The index of the search, empty: whoever opens the archive fills it from what is there, in the same transaction."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

#: what leaves it is overwritten in it: SQLite keeps words that were deleted otherwise
WORDS = (
    "CREATE VIRTUAL TABLE search_words USING fts5(words, area, content='search_entry', content_rowid='n', "
    "detail=column, prefix='1 2 3', tokenize='unicode61 remove_diacritics 2')"
)


def upgrade() -> None:
    """Nothing that was there before changes."""
    names = ("area", "kind", "entity_id", "case_id", "meeting_id", "coding_id", "person_id", "side", "reader", "words")
    op.create_table(
        "search_entry",
        sa.Column("n", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in names),
        sa.Column("kept_apart", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_search_entry")),
    )
    op.create_index(op.f("ix_search_entry_case_id"), "search_entry", ["case_id"])
    some = sa.text("coding_id <> ''")
    op.create_index(op.f("ix_search_entry_coding_id"), "search_entry", ["coding_id"], sqlite_where=some)
    op.create_index(op.f("uq_search_entry_entity_id"), "search_entry", ["entity_id"], unique=True)
    op.execute(WORDS)
    op.execute("INSERT INTO search_words(search_words, rank) VALUES ('secure-delete', 1)")
