"""An archive's rows as an older program left them: the example's case with a final statement and a version begun after.

`archive_0004.json.gz` was written by the program of step 0004 itself, through its own doors: the example archive, its
statement approved by both and made final, then a second meeting and version 2. Films, journal and logs are left out.
"""

import gzip
import json
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import storage.migrations
from storage.store.database import Database
from tests.material.archives import KEY

_FILE = Path(__file__).with_name("archive_0004.json.gz")


def rows_of(table: str) -> list[dict[str, Any]]:
    """What the older program had written into a table."""
    held = json.loads(gzip.decompress(_FILE.read_bytes()))[table]
    return [dict(zip(held["columns"], row, strict=True)) for row in held["rows"]]


def older_database(folder: Path) -> Database:
    """A database at step 0004 that holds those rows."""
    from alembic import command
    from alembic.config import Config

    database = Database(folder / "archive.db", KEY)
    config = Config()
    config.set_main_option("script_location", str(Path(storage.migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        for name in json.loads(gzip.decompress(_FILE.read_bytes())):
            _fill(connection, name)
    return database


def _fill(connection: sa.Connection, name: str) -> None:
    table = sa.Table(name, sa.MetaData(), autoload_with=connection)
    binary = {c.name for c in table.columns if isinstance(c.type, sa.LargeBinary | sa.BLOB)}
    rows = [{k: bytes.fromhex(v) if k in binary else v for k, v in row.items()} for row in rows_of(name)]
    connection.execute(sa.insert(table), rows)
