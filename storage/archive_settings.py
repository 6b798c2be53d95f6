"""What an archive remembers about itself: small named texts in its database."""

from __future__ import annotations

import sqlalchemy as sa

from storage.store.database import Database
from storage.store.tables import setting

ARCHIVE_ID = "archive-id"
CREATED = "created"
LAST_BACKUP = "last-backup"
BACKUP_PLACE = "backup-place"  # the folder to which backups are made by themselves; empty until one was chosen
BACKUP_MARK = "backup-mark"  # the mark by which that folder is known again; empty until it could be left there
OLDER_SINCE = "older-since"  # the last moment of an older database that was found, until a worker acknowledges it
DAMAGED_SINCE = "damaged-since"  # the same where newest work was damaged on the disk
GENERATION = "generation"  # the key file says the same number
RECOVERY_CONFIRMED = "recovery-confirmed"  # the id of the slot whose code was typed back; for each worker
RECOVERY_TOLD = "recovery-told"  # the access log's row of the last recovery that its worker was told of


def of_worker(name: str, worker_id: str) -> str:
    """The name of a setting that each worker has for themselves."""
    return f"{name}:{worker_id}"


def read(database: Database, name: str) -> str:
    """The text kept under a name; empty when there is none. Raises StoreError."""
    with database.read() as connection:
        return get(connection, name)


def get(connection: sa.Connection, name: str) -> str:
    """The same within a transaction."""
    return str(connection.execute(sa.select(setting.c.value).where(setting.c.name == name)).scalar() or "")


def write(database: Database, name: str, value: str) -> None:
    """Keep a text under a name. Raises StoreError."""
    with database.write() as connection:
        put(connection, name, value)


def put(connection: sa.Connection, name: str, value: str) -> None:
    """Keep a text within a transaction."""
    updated = connection.execute(sa.update(setting).where(setting.c.name == name).values(value=value))
    if not updated.rowcount:
        connection.execute(sa.insert(setting).values(name=name, value=value))
