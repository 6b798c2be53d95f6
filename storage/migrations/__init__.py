"""The steps by which an archive's tables come to their newest form, run by the program when it opens an older one.

One file in `versions/` per step, numbered; never changed after it went out. `HEAD` is the newest.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from app.errors import ArchiveError

HEAD = "0062"


def revision_of(connection: sa.Connection) -> str:
    """The step that an archive stands at; empty for a new file."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one())


def needs_migration(connection: sa.Connection) -> bool:
    """Whether the tables are older than this program. Raises ArchiveError `archive-newer`, having changed nothing."""
    at = revision_of(connection)
    if at > HEAD:
        raise ArchiveError("archive-newer", version=at)
    return at < HEAD


def migrate(connection: sa.Connection, to: str = "head") -> None:
    """Bring the tables to `HEAD`, or to an earlier step, within the connection's transaction."""
    # takes a second to import and is needed once in an archive's life and once per new version
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)
