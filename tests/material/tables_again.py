"""The tables of a new archive, made by all steps once per process and told again to the archives after it.

The program makes a new archive by walking every step of `storage.migrations`, as an old one walks those that it lacks.
Here the first new archive of a process does so, and what its steps told the database is told to the next empty one,
word by word in the same order. A database that is not empty walks its own steps; so do the tests of the steps.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import sqlalchemy as sa

from storage.migrations import migrate

#: who makes tables in a database that may be empty
_ASKERS = ("storage.open_archive.migrate", "storage.rescue.new_rows.migrate", "storage.rescue.stand_in.migrate")
_ASKS = ("SELECT", "PRAGMA")

_told: dict[str, list[tuple[str, object]]] = {}


def tables(connection: sa.Connection, to: str = "head") -> None:
    """In the place of `migrate`, which it is for a database that has tables."""
    if connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one():
        migrate(connection, to)
    elif to in _told:
        for words, values in _told[to]:
            connection.exec_driver_sql(words, values)
    else:
        _told[to] = _heard(connection, to)


def _heard(connection: sa.Connection, to: str) -> list[tuple[str, object]]:
    """Walk the steps; all that they told the database, without what they only asked."""
    told: list[tuple[str, object]] = []

    def hear(_connection, _cursor, words, values, _context, many) -> None:
        assert not many
        if not words.startswith(_ASKS):
            told.append((words, values or None))

    sa.event.listen(connection, "before_cursor_execute", hear)
    try:
        migrate(connection, to)
    finally:
        sa.event.remove(connection, "before_cursor_execute", hear)
    return told


@contextmanager
def told_again() -> Iterator[None]:
    """Within it a new archive costs a quarter of its time."""
    with ExitStack() as stack:
        for asker in _ASKERS:
            stack.enter_context(patch(asker, tables))
        yield
