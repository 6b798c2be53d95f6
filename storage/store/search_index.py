"""The index of the search within the archive's database: SQLite's own full text beside a table of what is found.

The one module that knows it. A word's places are read forward at once and backward slowly, so a row's number falls as
time goes on: the newest come first. The numbers of a group lie together, so that a question to one passes over all
others at once. What leaves the index is overwritten in it (*secure-delete*, set by migration).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from app.model.sought import Area
from app.model.units import WrittenPlace
from storage.store.large_steps import many
from storage.store.tables import search_entry

#: so many numbers each group has; of them the newest place has the least, what is written next one less
_TOP = 1 << 40
_BEGINS = {area: at * _TOP for at, area in enumerate(Area)}
NAMES = tuple(column.name for column in search_entry.c)
_AREA = NAMES.index("area")
#: the virtual table beside `search_entry`, and what SQLite lays beside that
WORDS_TABLE = "search_words"

_ADD = "INSERT INTO search_words(rowid, words, area) VALUES (?, ?, ?)"
_REMOVE = "INSERT INTO search_words(search_words, rowid, words, area) VALUES ('delete', ?, ?, ?)"
_ORDER = "INSERT INTO search_words(search_words) VALUES (?)"  # one of FTS5's own orders to a table


def add(connection: sa.Connection, rows: Sequence[Sequence[Any]]) -> None:
    """Rows without their number, each newer than what is there and than the one before it."""
    if not rows:
        return
    numbered = write(connection, rows, _newest(connection))
    words = NAMES.index("words")
    # ascending, as it is written in one piece only so
    connection.exec_driver_sql(_ADD, sorted((row[0], row[words], row[_AREA]) for row in numbered))


def write(connection: sa.Connection, rows: Sequence[Sequence[Any]], after: WrittenPlace) -> list[tuple[Any, ...]]:
    """Rows without their number into the table alone, each newer than the one before it; returns them with it."""
    numbered = [(number(Area(row[_AREA - 1]), after + at), *row) for at, row in enumerate(rows, start=1)]
    many(connection, sa.insert(search_entry), NAMES, numbered)
    return numbered


def ends(area: Area) -> int:
    """What is more than the numbers of a group, and less than those of the next."""
    return _BEGINS[area] + _TOP


def number(area: Area, place: WrittenPlace) -> int:
    """The row's number of what stands in a group at a place; at none, what is less than all of the group."""
    return _BEGINS[area] + (_TOP - place if place else 0)


def place_of(n: int) -> WrittenPlace:
    """The place of the row with that number."""
    return _TOP - n % _TOP


def _newest(connection: sa.Connection) -> WrittenPlace:
    n = search_entry.c.n
    least = (sa.select(sa.func.min(n)).where(n > b, n < b + _TOP).scalar_subquery() for b in _BEGINS.values())
    found = connection.execute(sa.select(*least)).one()
    return max((place_of(one) for one in found if one is not None), default=0)


def remove(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> None:
    """Take rows out, of the full text as of the table."""
    e = search_entry.c
    gone = connection.execute(sa.select(e.n, e.words, e.area).where(condition)).all()
    if gone:
        connection.exec_driver_sql(_REMOVE, [tuple(row) for row in gone])
        connection.execute(sa.delete(search_entry).where(condition))


def clear(connection: sa.Connection) -> None:
    connection.execute(sa.delete(search_entry))
    connection.exec_driver_sql(_ORDER, ("delete-all",))


def fill(connection: sa.Connection) -> None:
    """The full text of what stands in the table, after `clear`, in one piece: a question looks into each piece."""
    for order in ("rebuild", "optimize"):
        connection.exec_driver_sql(_ORDER, (order,))


def newest(condition: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Rows of what is `matching` and of a condition, after a row number, the newest first."""
    full = sa.table(WORDS_TABLE, sa.column("rowid"))
    query = sa.select(search_entry).join_from(full, search_entry, search_entry.c.n == full.c.rowid)
    match = sa.text(f"{WORDS_TABLE} MATCH :wanted").bindparams(wanted="")
    after = full.c.rowid > sa.bindparam("after", 0)
    return query.where(match, after, condition).order_by(full.c.rowid).limit(sa.bindparam("most", 0))


def matching(beginnings: Iterable[str]) -> str:
    """What is asked of the full text: each beginning begins a word."""
    return " AND ".join(f'words : "{part}" *' for part in beginnings)
