"""The tables of a version of the program, made in an empty memory: for a database whose own list of them is damaged."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as sqlcipher

from storage.migrations import migrate


def tables_of(version: str) -> Mapping[str, str]:
    """The words that make each table, by its name; of the newest version where it is not known."""
    engine = sa.create_engine("sqlite+pysqlite://", module=sqlcipher, poolclass=StaticPool)
    try:
        with engine.begin() as connection:
            migrate(connection, version or "head")
            made = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all()
    finally:
        engine.dispose()
    return {str(name): str(words) for name, words in made if words and not words.startswith("CREATE VIRTUAL")}
