"""Steps of thousands of rows: their ids as one value, one statement spelled once for all of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

#: so many rows of one statement are worth spelling it for them
MANY = 100


def each_of(ids: Sequence[str]) -> sa.TableValuedAlias:
    """A table with one column `value`, of which each row is one of the ids.

    They travel as one value: thousands of `?` would be a statement of its own for every number of them, parsed anew.
    """
    return sa.func.json_each(json.dumps(ids)).table_valued("value").alias("wanted")


def with_ids(select: sa.Select[Any], column: sa.ColumnElement[str], ids: Sequence[str]) -> sa.Select[Any]:
    """Those rows of a table whose `column` holds one of the ids, of which there may be many thousands."""
    wanted = each_of(ids)
    return select.join_from(wanted, column.table, column == wanted.c.value)


def many(
    connection: sa.Connection,
    statement: sa.Insert | sa.Update | sa.Delete,
    names: tuple[str, ...],
    rows: Sequence[tuple[Any, ...]],
) -> None:
    """Carry out one statement for each of many rows, whose values are those of the parameters `names`.

    Row by row SQLAlchemy takes three times what the database itself needs. So from some number on the statement is
    spelled once, and the rows go to the driver as they are.
    """
    if len(rows) >= MANY:
        spelled = statement.compile(dialect=connection.dialect, column_keys=names)
        if spelled.positiontup:
            places = [names.index(name) for name in spelled.positiontup]
            in_order = rows if places == sorted(places) else list(map(itemgetter(*places), rows))
            connection.exec_driver_sql(str(spelled), list(in_order))
            return
    connection.execute(statement, [dict(zip(names, row, strict=True)) for row in rows])
