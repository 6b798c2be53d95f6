"""The tables of an archive: one per kind of entity, the two logs, and the archive's settings.

Columns of entities follow from the kinds' type hints; the migrations say the same once more in SQL's words, and a test
holds the two together. Nothing here is SQLite's own: the same tables will stand on PostgreSQL. What only
SQLite needs is in `database.py`, the triggers of the access log in the first migration.
"""

from __future__ import annotations

import sqlalchemy as sa

from app.model.hours import WorkEntry
from app.model.people import Case
from app.model.recording import Recording
from storage.store.kinds import KINDS, EntityKind, kind_of
from storage.store.row_mapping import Field, plan

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_COLUMN = {
    str: sa.Text,
    int: sa.BigInteger,
    float: sa.Double,
    bool: sa.Boolean,
    bytes: sa.LargeBinary,
}

#: of kinds that are listed page by page: what their rows are sorted by
LISTED_AS = "listed_as"


def _column(kind: EntityKind, field: Field) -> sa.Column[object]:
    column_type = _COLUMN[field.stored]()
    if field.name == "id":
        return sa.Column("id", column_type, primary_key=True)
    if field.name == kind.parent and kind.parent_kind is not None:
        # deferred: within a step the order of its changes does not matter
        parent = sa.ForeignKey(f"{kind_of(kind.parent_kind).name}.id", deferrable=True, initially="DEFERRED")
        return sa.Column(field.name, column_type, parent, nullable=field.optional)
    return sa.Column(field.name, column_type, nullable=field.optional)


def _table(kind: EntityKind) -> sa.Table:
    columns = [_column(kind, field) for field in plan(kind.entity)]
    revision = sa.Column("revision", sa.BigInteger, nullable=False)
    listed = [sa.Column(LISTED_AS, sa.Text, nullable=False)] if kind.sorted_by else []
    table = sa.Table(kind.name, metadata, *columns, *listed, revision)
    if kind.sorted_by:
        sa.Index(f"ix_{kind.name}_{LISTED_AS}", table.c[LISTED_AS], table.c.id)
        if kind.parent:
            # of some wholes the page is found without reading the rows
            sa.Index(f"ix_{kind.name}_{kind.parent}_{LISTED_AS}", table.c[kind.parent], table.c[LISTED_AS], table.c.id)
    for name in kind.found_by:
        sa.Index(f"ix_{kind.name}_{name}", table.c[name])
    if kind.one_per:
        sa.Index(f"uq_{kind.name}_{'_'.join(kind.one_per)}", *(table.c[name] for name in kind.one_per), unique=True)
    if kind.parent:
        # with the id, so that all of one parent come in order without sorting
        sa.Index(f"ix_{kind.name}_{kind.parent}", table.c[kind.parent], table.c.id)
    return table


TABLES: dict[type, sa.Table] = {kind.entity: _table(kind) for kind in KINDS}
_CASES = TABLES[Case].c
# few of very many are open
sa.Index("ix_client_case_open", _CASES[LISTED_AS], _CASES.id, sqlite_where=_CASES.closed.is_(None))
# and still fewer are folders of recorded sessions
sa.Index("ix_client_case_session_id", _CASES.session_id, sqlite_where=_CASES.session_id != sa.literal_column("''"))
_FILMS = TABLES[Recording].c
# of most films only a shell is left
sa.Index("ix_recording_kept", _FILMS.meeting_id, sqlite_where=_FILMS.erased.is_(None))

_HOURS = TABLES[WorkEntry].c
# a worker's own days, and what a worker did of one piece of work
sa.Index("ix_work_entry_worker_id_day", _HOURS.worker_id, _HOURS.day)
sa.Index("ix_work_entry_worker_id_whole_id", _HOURS.worker_id, _HOURS.whole_id)

#: working hours added up by year, worker and piece of work, made anew with every entry (`work_kept`)
work_sum = sa.Table(
    "work_sum",
    metadata,
    sa.Column("year", sa.BigInteger, primary_key=True, autoincrement=False),
    *(sa.Column(name, sa.Text, primary_key=True) for name in ("side", "worker_id", "whole_id")),
    *(sa.Column(name, sa.Text, primary_key=True) for name in ("product", "customer", "office", "delivery")),
    *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("minutes", "travel", "km", "confirmed", "frozen")),
    *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("children", "adults", "participants")),
    *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("held", "cancelled", "missed")),
)

#: of a coding that lies, or lay, in a file of its own: all that others may know of it, and its key for its coder alone
sealed_coding = sa.Table(
    "sealed_coding",
    metadata,
    sa.Column("coding_id", sa.Text, primary_key=True),
    sa.Column(
        "meeting_id", sa.Text, sa.ForeignKey("meeting.id", deferrable=True, initially="DEFERRED"), nullable=False
    ),
    sa.Column("coder", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("reading", sa.BigInteger, nullable=False),
    sa.Column("begun", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("step", sa.BigInteger, nullable=False),
    sa.Column("released", sa.Boolean, nullable=False),
    sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
    sa.Column("commitment", sa.LargeBinary, nullable=False),
    sa.Index("uq_sealed_coding_meeting_id_coder_kind_reading", "meeting_id", "coder", "kind", "reading", unique=True),
)

#: the same of a supervisor's own notes, which lie in such a file for good
sealed_notebook = sa.Table(
    "sealed_notebook",
    metadata,
    sa.Column("notebook_id", sa.Text, primary_key=True),
    sa.Column(
        "agreement_id",
        sa.Text,
        sa.ForeignKey("supervision_agreement.id", deferrable=True, initially="DEFERRED"),
        nullable=False,
    ),
    sa.Column("keeper", sa.Text, nullable=False),
    sa.Column("begun", sa.Text, nullable=False),
    sa.Column("step", sa.BigInteger, nullable=False),
    sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
    sa.Index("uq_sealed_notebook_agreement_id", "agreement_id", unique=True),
)

#: what a worker chose alone out of a meeting, sealed whole under the worker's own key until the codings are open
sealed_choice = sa.Table(
    "sealed_choice",
    metadata,
    sa.Column("choice_id", sa.Text, primary_key=True),
    sa.Column(
        "meeting_id", sa.Text, sa.ForeignKey("meeting.id", deferrable=True, initially="DEFERRED"), nullable=False
    ),
    sa.Column("chooser", sa.Text, nullable=False),
    sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Index("uq_sealed_choice_meeting_id_chooser", "meeting_id", "chooser", unique=True),
)

journal = sa.Table(
    "journal",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("worker_id", sa.Text, nullable=False),
    sa.Column("act", sa.Text, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("case_id", sa.Text, nullable=False, index=True),
    sa.Column("coding_id", sa.Text, nullable=False, index=True),
    sa.Column("packed", sa.Boolean, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
)

journal_entity = sa.Table(
    "journal_entity",
    metadata,
    sa.Column("entity_id", sa.Text, primary_key=True),
    sa.Column("journal_n", sa.Integer, sa.ForeignKey("journal.n"), primary_key=True),
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("t_utc", sa.Text, nullable=False),
    sa.Column("mono", sa.BigInteger, nullable=False),
    sa.Column("actor_slot", sa.Text, nullable=False),
    sa.Column("actor_id", sa.Text, nullable=False),
    sa.Column("actor_name", sa.Text, nullable=False),
    sa.Column("session", sa.Text, nullable=False),
    sa.Column("act", sa.Text, nullable=False),
    sa.Column("object_kind", sa.Text, nullable=False),
    sa.Column("object_id", sa.Text, nullable=False, index=True),
    sa.Column("coding_id", sa.Text, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("detail_json", sa.Text, nullable=False),
    sa.Column("prev", sa.LargeBinary, nullable=False),
    sa.Column("mac", sa.LargeBinary, nullable=False),
)

#: what the search finds, and by whose rules: the index of its words is `search_index`
search_entry = sa.Table(
    "search_entry",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("area", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("entity_id", sa.Text, nullable=False),
    sa.Column("case_id", sa.Text, nullable=False, index=True),
    sa.Column("meeting_id", sa.Text, nullable=False),
    sa.Column("coding_id", sa.Text, nullable=False),  # whose rule of independence it follows, as rows of the logs do
    sa.Column("person_id", sa.Text, nullable=False),  # the adult whom it is about
    sa.Column("kept_apart", sa.Boolean, nullable=False),  # whether that adult and another of the case must not meet
    sa.Column("side", sa.Text, nullable=False),  # of the wall between client work and supervision
    sa.Column("reader", sa.Text, nullable=False),  # the only worker who may find it; empty for everybody
    sa.Column("words", sa.Text, nullable=False),
    sa.Index("uq_search_entry_entity_id", "entity_id", unique=True),
    # few rows are of codings
    sa.Index("ix_search_entry_coding_id", "coding_id", sqlite_where=sa.text("coding_id <> ''")),
)

setting = sa.Table(
    "setting",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
