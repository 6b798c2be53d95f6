"""What the rows of a table look like, asked of SQLite itself: its `CREATE` is carried out in an empty memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from storage.rescue.cells import Row, Value


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it may hold by its declared type, and what a row says that was written before it was added."""

    name: str
    kinds: tuple[type, ...]
    not_null: bool
    default: Value


@dataclass(frozen=True, slots=True)
class Shape:
    """A table: its columns as they are stored, which of them is the row's number, its key's column and index.

    `refers` are the columns that lead to another table's key, with that table.
    """

    name: str
    columns: tuple[Column, ...]
    numbered: int | None
    by_key: bool
    key: str
    key_index: str
    refers: tuple[tuple[str, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def values(self, row: Row) -> tuple[Value, ...] | None:
        """A row's values in the order of the columns; None when it is not one of this table."""
        held = list(row.values)
        if len(held) > len(self.columns):
            return None
        held += [column.default for column in self.columns[len(held) :]]
        if self.numbered is not None:
            if held[self.numbered] is not None:
                return None
            held[self.numbered] = row.number
        return tuple(map(_as_told, self.columns, held)) if all(map(_fits, self.columns, held)) else None


def _fits(column: Column, value: Value) -> bool:
    return not column.not_null if value is None else isinstance(value, column.kinds)


def _as_told(column: Column, value: Value) -> Value:
    """A whole number in a column of fractions is stored short."""
    return float(value) if column.kinds is _FRACTIONS and isinstance(value, int) else value


_FRACTIONS = (float, int)
_KINDS: Mapping[str, tuple[type, ...]] = {
    "TEXT": (str,),
    "BIGINT": (int,),
    "INTEGER": (int,),
    "BOOLEAN": (int,),
    "BLOB": (bytes,),
    "DOUBLE": _FRACTIONS,
}
_ANYTHING = (int, float, str, bytes)


def shapes(statements: Iterable[str]) -> dict[str, Shape]:
    """The shapes of tables by name, from the words that made them. What SQLite does not take is left out."""
    found: dict[str, Shape] = {}
    with closing(sqlcipher.connect(":memory:")) as memory:
        for words in statements:
            try:
                memory.execute(words)
            except sqlcipher.Error:
                continue
        listed = memory.execute("PRAGMA table_list").fetchall()
        for schema, name, kind, _, by_key, *_ in listed:
            if schema == "main" and kind == "table" and not name.startswith("sqlite_"):
                found[name] = _shape(memory, name, by_key=bool(by_key))
    return found


def _shape(memory: Any, name: str, *, by_key: bool) -> Shape:
    quoted = '"' + name.replace('"', '""') + '"'
    told = [row for row in memory.execute(f"PRAGMA table_xinfo({quoted})") if row[6] == 0]
    keys = sorted((row for row in told if row[5]), key=lambda row: int(row[5]))
    if by_key:  # stored as its own index: what it is found by comes first
        told = [*keys, *(row for row in told if not row[5])]
    columns = tuple(_column(memory, row) for row in told)
    single = len(keys) == 1
    alias = single and not by_key and str(keys[0][2]).upper() == "INTEGER"
    numbered = next((n for n, row in enumerate(told) if alias and row[5]), None)
    index = next((row[1] for row in memory.execute(f"PRAGMA index_list({quoted})") if row[3] == "pk"), "")
    refers = tuple((row[3], row[2]) for row in memory.execute(f"PRAGMA foreign_key_list({quoted})"))
    return Shape(name, columns, numbered, by_key, str(keys[0][1]) if single else "", index, refers)


def _column(memory: Any, row: Any) -> Column:
    _, name, declared, not_null, default, key, _ = row
    said = None if default is None else memory.execute(f"SELECT {default}").fetchone()[0]
    kinds = _KINDS.get(str(declared).upper().partition("(")[0], _ANYTHING)
    return Column(name, kinds, bool(not_null) and not (key and str(declared).upper() == "INTEGER"), said)
