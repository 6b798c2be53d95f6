"""What form a database has, line by line, and what form it is to have after each step: `steps.txt`.

The list is the same schema once more, said by nobody's hand: `python -m tests.schema_steps` writes it from the steps
themselves, a test holds them together, and a reader of a change sees in it what a step does. At run time a migrated
copy that has another form takes nobody's place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import sqlalchemy as sa

LIST = Path(__file__).with_name("steps.txt")

_TABLES = "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
_COLUMNS = (
    'SELECT m.name, p.name, p.type, p."notnull", p.dflt_value, p.pk FROM sqlite_master m '
    "JOIN pragma_table_xinfo(m.name) p WHERE m.type = 'table' AND p.hidden = 0"
)
_REFERENCES = (
    'SELECT m.name, p."from", p."table", p."to", p.on_update, p.on_delete FROM sqlite_master m '
    "JOIN pragma_foreign_key_list(m.name) p WHERE m.type = 'table'"
)
_INDEXES = (
    'SELECT m.name, p.name, p."unique", i.sql, c.name FROM sqlite_master m JOIN pragma_index_list(m.name) p '
    "JOIN pragma_index_info(p.name) c JOIN sqlite_master i ON i.name = p.name "
    "WHERE m.type = 'table' AND p.origin = 'c' ORDER BY p.name, c.seqno"
)
#: SQLite's own, and what its search lays beside the table of words
_LAID_BESIDE = ("sqlite_", "search_words_")
_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"


def described(connection: sa.Connection) -> frozenset[str]:
    """Tables, columns with type, *not null*, default and key, references, indexes, triggers; a line each."""
    return frozenset(_lines(connection))


def _lines(connection: sa.Connection) -> Iterator[str]:
    for name, sql in _rows(connection, _TABLES):
        deferred = sql.upper().count("DEFERRABLE INITIALLY DEFERRED")
        rows = f"table {name}" + f" ({deferred} deferred)" * bool(deferred)
        # of a table of another kind than rows and columns there is nothing but its own words
        yield rows if sql.upper().startswith("CREATE TABLE") else _plain(sql)
    for table, name, kind, is_filled, default, key in _rows(connection, _COLUMNS):
        more = " not null" * bool(is_filled) + f" default {default}" * (default is not None) + f" key {key}" * bool(key)
        yield f"{table}.{name} {kind}{more}"
    for table, column, other, at, on_update, on_delete in _rows(connection, _REFERENCES):
        yield f"{table}.{column} -> {other}.{at} ({on_update}, {on_delete})"
    for (table, name, is_unique, sql), parts in groupby(_rows(connection, _INDEXES), lambda row: row[:4]):
        where = _plain(sql).partition(" WHERE ")[2]
        columns = ", ".join(part[4] for part in parts)
        yield f"index {name} on {table} ({columns}){' unique' * bool(is_unique)}{f' where {where}' if where else ''}"
    for _name, sql in _rows(connection, _TRIGGERS):
        yield _plain(sql)


def _rows(connection: sa.Connection, query: str) -> list[tuple[Any, ...]]:
    found = (tuple(row) for row in connection.exec_driver_sql(query))
    return [row for row in found if not row[0].startswith(_LAID_BESIDE)]


def _plain(sql: str) -> str:
    return " ".join(sql.split())


def recorded(at: str) -> frozenset[str]:
    """The form that a database is to have after a step. Raises KeyError for a step that the list has not."""
    form: set[str] = set()
    for step, gone, come in steps():
        form = (form - gone) | come
        if step == at:
            return frozenset(form)
    raise KeyError(at)


def like(columns: Mapping[str, Collection[str]]) -> str:
    """The newest step after which there are just these tables with these columns; empty when there is none.

    Tables of another kind than rows and columns do not count.
    """
    said = ((table, names) for table, names in columns.items() if not table.startswith(_LAID_BESIDE))
    wanted = {f"{table}.{column}" for table, names in said for column in names}
    found, form = "", set[str]()
    for step, gone, come in steps():
        form = (form - gone) | come
        tables = {line.split()[1] for line in form if line.startswith("table ")}
        plain = (line.split(" ", 1) for line in form if "." in line.split(" ", 1)[0])
        if {name for name, more in plain if not more.startswith("->") and name.split(".")[0] in tables} == wanted:
            found = step
    return found


def steps() -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
    """Every step in order, with the lines that go and the lines that come with it."""
    for part in LIST.read_text("utf-8").split("\n\n"):
        step, *lines = part.strip().splitlines()
        gone, come = (frozenset(line[2:] for line in lines if line.startswith(sign)) for sign in "-+")
        yield step, gone, come


def written(forms: Iterable[tuple[str, frozenset[str]]]) -> str:
    """The list as it stands in its file, from the form after each step."""
    parts, before = [], frozenset[str]()
    for step, form in forms:
        lines = [f"- {line}" for line in sorted(before - form)] + [f"+ {line}" for line in sorted(form - before)]
        parts.append("\n".join([step, *lines]))
        before = form
    return "\n\n".join(parts) + "\n"
