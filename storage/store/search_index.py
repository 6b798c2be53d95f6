"""The index of the search within the archive's database: SQLite's own full text beside a table of what is found.

The one module that knows it. A word's places are read forward at once and backward slowly, so a row's number falls as
time goes on: the newest come first. What leaves the index is overwritten in it (*secure-delete*, set by migration).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from app.model.sought import Area
from storage.store.large_steps import many
from storage.store.tables import search_entry

#: the newest place has the least number; what is written next has one less
TOP = 1 << 40
NAMES = tuple(column.name for column in search_entry.c)
#: the virtual table beside `search_entry`, and what SQLite lays beside that
WORDS_TABLE = "search_words"

_ADD = f"INSERT INTO {WORDS_TABLE}(rowid, words, area) VALUES (?, ?, ?)"  # noqa: S608  # a name of our own
_REMOVE = f"INSERT INTO {WORDS_TABLE}({WORDS_TABLE}, rowid, words, area) VALUES ('delete', ?, ?, ?)"  # noqa: S608


def add(connection: sa.Connection, rows: Sequence[Sequence[Any]]) -> None:
    """Rows without their number, each newer than what is there and than the one before it."""
    lowest = connection.execute(sa.select(sa.func.min(search_entry.c.n))).scalar() or TOP
    numbered = [(lowest - place, *row) for place, row in enumerate(rows, start=1)]
    if not numbered:
        return
    many(connection, sa.insert(search_entry), NAMES, numbered)
    words, area = NAMES.index("words"), NAMES.index("area")
    # ascending, as it is written in one piece only so
    connection.exec_driver_sql(_ADD, [(row[0], row[words], row[area]) for row in reversed(numbered)])


def remove(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> None:
    """Take rows out, of the full text as of the table."""
    e = search_entry.c
    gone = connection.execute(sa.select(e.n, e.words, e.area).where(condition)).all()
    if gone:
        connection.exec_driver_sql(_REMOVE, [tuple(row) for row in gone])
        connection.execute(sa.delete(search_entry).where(condition))


def clear(connection: sa.Connection) -> None:
    connection.execute(sa.delete(search_entry))
    connection.exec_driver_sql(f"INSERT INTO {WORDS_TABLE}({WORDS_TABLE}) VALUES ('delete-all')")  # noqa: S608


def fill(connection: sa.Connection) -> None:
    """The full text of what stands in the table, after `clear`."""
    connection.exec_driver_sql(f"INSERT INTO {WORDS_TABLE}({WORDS_TABLE}) VALUES ('rebuild')")  # noqa: S608


def newest(condition: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Rows of what is `matching` and of a condition, after a row number, the newest first."""
    full = sa.table(WORDS_TABLE, sa.column("rowid"))
    query = sa.select(search_entry).join_from(full, search_entry, search_entry.c.n == full.c.rowid)
    match = sa.text(f"{WORDS_TABLE} MATCH :wanted").bindparams(wanted="")
    after = full.c.rowid > sa.bindparam("after", 0)
    return query.where(match, after, condition).order_by(full.c.rowid).limit(sa.bindparam("most", 0))


def matching(beginnings: Iterable[str], area: Area) -> str:
    """What is asked of the full text: in one group, each beginning begins a word."""
    wanted = " AND ".join(f'words : "{part}" *' for part in beginnings)
    return f'({wanted}) AND area : "{area}"'
