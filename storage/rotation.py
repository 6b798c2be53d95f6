"""Another key for the whole archive, so that nobody who left opens what is written from now on.

The key file says first that a change has begun, with the next key sealed to everybody who stays. Then a copy of the
database is made under the next key, with the keys of all containers rewrapped, and takes the place of the database in
one step. Then the key file ends the change. Killed anywhere, the archive opens with what stands there, and the next
sign-in of anybody ends what was begun: before the step the database is the old one and the copy is made anew, after it
the new.

Films and finished pages are not encrypted anew: their own keys stay, under another lock. Who copied them out can go on
with those.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from app.errors import ContainerError, StoreError
from app.model.filming import OpenRecording
from app.model.identity import new_id
from storage import archive_folder, archive_settings, exchanging
from storage.store import access_log
from storage.store.access_log import Actor, AuditLog, FixedEnd
from storage.store.database import Database, connect, copy_database
from storage.store.kinds import LOCKED
from storage.store.logged_acts import LoggedAct
from storage.store.sql_errors import translated
from storage.store.tables import TABLES
from storage.vault import key_file, key_seals, next_key
from storage.vault.keys import Keys
from storage.vault.media_vault import unwrap_key, wrap_key
from storage.vault.sign_ins import Opened
from storage.vault.vault_format import Anchor, State, VaultFile

#: a wrapped key is bound to the id of its own row; the book of a film that is still being made names that film's
_BOUND: dict[type, str] = {OpenRecording: "recording_id"}


def finish(folder: Path, vault: VaultFile, keys: Keys) -> Opened:
    """End the change of key that the key file says has begun; the archive is held and its database closed.

    The keys given are wiped when it is done. Raises ArchiveError, StoreError `disk-full`…; then it can be done again,
    and the archive opens with what it was given.
    """
    after = next_key.next_keys(vault, keys)
    path = archive_folder.database_path(folder)
    state = key_seals.state_of(vault, keys)
    if opens(path, keys.database):
        with exchanging.disk_told():
            _exchange(folder, vault, keys, after, state.generation + 1)
    with_next = Database(path, after.database)
    try:
        with with_next.read() as connection:
            end = access_log.head(connection, vault.archive_id)
    finally:
        with_next.close()
    changed = next_key.rotated(vault, after, State(state.generation + 1, Anchor(end.mac.hex(), end.count)))
    key_file.save(folder, changed)
    keys.wipe()
    return Opened(changed, after)


def opens(path: Path, key: bytes) -> bool:
    """Whether a database is under this key. Raises StoreError when its disk refuses."""
    try:
        with translated():
            connect(path, key).close()
    except StoreError as error:
        if error.key != "damaged":
            raise
        return False
    return True


def _exchange(folder: Path, vault: VaultFile, keys: Keys, after: Keys, generation: int) -> None:
    path = archive_folder.database_path(folder)
    fresh = folder / archive_folder.NEXT_NAME
    exchanging.forget(fresh)
    try:
        exchanging.write_back(path, keys.database)
        copy_database(path, keys.database, fresh, after.database)
        copied = Database(fresh, after.database, wal=False)
        try:
            with copied.write() as connection:
                shut = _rewrap(connection, keys.media, after.media)
                _log(connection, vault, keys, after, shut)
                archive_settings.put(connection, archive_settings.GENERATION, str(generation))
        finally:
            copied.close()
        exchanging.put_in_place(fresh, path, keep=False)
    finally:
        exchanging.forget(fresh)  # a disk that has no room for it has none to keep a part of it
    exchanging.forget_former(folder)  # whoever left has its key


def _rewrap(connection: sa.Connection, old: bytes, new: bytes) -> list[tuple[str, str]]:
    """Whatever has a key of its own; a change begun under an older program may lack the newest tables.

    Gives the kind and id of what would not open before and stays as it was: one damaged key must not keep who left in
    the archive, and must not be lost in silence either. An erased key is none.
    """
    shut: list[tuple[str, str]] = []
    there = set(sa.inspect(connection).get_table_names())
    for kind in LOCKED:
        table = TABLES[kind]
        if table.name not in there:
            continue
        rows = connection.execute(sa.select(table.c.id, table.c[_BOUND.get(kind, "id")], table.c.wrapped_key)).all()
        for row_id, bound_id, wrapped in rows:
            if not wrapped:
                continue
            try:
                cek = unwrap_key(old, bound_id, bytes(wrapped))
            except ContainerError:
                shut.append((table.name, row_id))
                continue
            fresh = wrap_key(new, bound_id, cek)
            connection.execute(sa.update(table).where(table.c.id == row_id).values(wrapped_key=fresh))
    return shut


def _log(connection: sa.Connection, vault: VaultFile, keys: Keys, after: Keys, shut: list[tuple[str, str]]) -> None:
    """The chain goes on under its next key: its first rows say what would not open, then that the key was changed."""
    end = access_log.head(connection, vault.archive_id)
    access_log.add_earlier_key(connection, end.count, keys.audit)
    actor = Actor(keys.slot_id, keys.worker_id, vault.slot(keys.slot_id).label, new_id())
    log = AuditLog(after.audit, vault.archive_id, actor, FixedEnd(end))
    log.append(connection, datetime.now(UTC), [*_unopened(shut), LoggedAct("key-changed", "archive", vault.archive_id)])


def _unopened(shut: list[tuple[str, str]]) -> list[LoggedAct]:
    return [LoggedAct("key-unreadable", kind, row_id) for kind, row_id in shut]
