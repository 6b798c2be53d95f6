"""What one worker chose alone out of one meeting, as it is sealed in the worker's row of the archive.

    key      32 random bytes, wrapped under the chooser's own key as a sealed coding's is (`vault/coding_keys`)
    body     nonce | AES-256-GCM(HKDF(key, "havainto/2/coding/file"), padded, aad = archive | row | meeting | chooser)
    padded   length of the image (8 bytes, big-endian) | image | zeros up to one of a few sizes
    image    the bytes of a database as SQLite writes one; it is in memory alone whenever it is open
    tables   clip, clip_cover, journal, journal_entity, audit, setting, as in the archive, without references out of it
    setting  format (1); film/<id>: how often the film of a moment had been replaced when the moment last followed it
    audit    a chain as in the archive: its key is HKDF(key, "havainto/2/coding/log"), and what it calls the archive is
             "<archive id>/<row id>"

A draft coding has a file. This has a row: a moment is chosen, arranged for a talk and taken away in one step with rows
of the archive, and follows its film, and no two files change as one. Its length says as little as a draft's.
"""

from __future__ import annotations

import sqlite3
import threading
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from app.errors import StoreError
from storage import archive_settings
from storage.store.access_log import Actor, AuditLog, FixedEnd
from storage.store.sealed_choices import SealedChoice
from storage.vault import coding_keys, worker_keys

#: lengths of what is sealed; beyond the largest its multiples
SIZES = (1 << 18, 1 << 20, 1 << 22)
_LENGTH = 8
_FORMAT, _FILM = "format", "film/"
#: nothing of an open one reaches a disk, and what is deleted stands in no page of it
_PRAGMAS = ("temp_store=MEMORY", "secure_delete=ON", "trusted_schema=OFF")

#: the format's history, a step each; never changed after it went out
STEPS: tuple[tuple[str, ...], ...] = (
    (
        (
            'CREATE TABLE clip (id TEXT NOT NULL, recording_id TEXT NOT NULL, meeting_id TEXT NOT NULL, "by" TEXT NOT '
            "NULL, first BIGINT NOT NULL, last BIGINT NOT NULL, came_from TEXT NOT NULL, source_id TEXT NOT NULL, code "
            "TEXT NOT NULL, dimension TEXT NOT NULL, aim TEXT NOT NULL, second_id TEXT NOT NULL, sight TEXT NOT NULL, "
            "title TEXT NOT NULL, look_at TEXT NOT NULL, why TEXT NOT NULL, question TEXT NOT NULL, hidden BOOLEAN NOT "
            "NULL, hidden_why TEXT NOT NULL, notes TEXT NOT NULL, revision BIGINT NOT NULL, PRIMARY KEY (id))"
        ),
        (
            "CREATE TABLE clip_cover (id TEXT NOT NULL, recording_id TEXT NOT NULL, meeting_id TEXT NOT NULL, clip_id "
            'TEXT NOT NULL, "by" TEXT NOT NULL, tracks TEXT NOT NULL, seen TEXT NOT NULL, muted TEXT NOT NULL, '
            "revision BIGINT NOT NULL, PRIMARY KEY (id))"
        ),
        ('CREATE UNIQUE INDEX uq_clip_cover_clip_id_recording_id_by ON clip_cover (clip_id, recording_id, "by")'),
        (
            "CREATE TABLE journal (n INTEGER NOT NULL, step TEXT NOT NULL, at TEXT NOT NULL, worker_id TEXT NOT NULL, "
            "act TEXT NOT NULL, label TEXT NOT NULL, case_id TEXT NOT NULL, coding_id TEXT NOT NULL, packed BOOLEAN "
            "NOT NULL, body BLOB NOT NULL, PRIMARY KEY (n))"
        ),
        (
            "CREATE TABLE journal_entity (entity_id TEXT NOT NULL, journal_n INTEGER NOT NULL, "
            "PRIMARY KEY (entity_id, journal_n))"
        ),
        (
            "CREATE TABLE audit (n INTEGER NOT NULL, t_utc TEXT NOT NULL, mono BIGINT NOT NULL, actor_slot TEXT NOT "
            "NULL, actor_id TEXT NOT NULL, actor_name TEXT NOT NULL, session TEXT NOT NULL, act TEXT NOT NULL, "
            "object_kind TEXT NOT NULL, object_id TEXT NOT NULL, coding_id TEXT NOT NULL, purpose TEXT NOT NULL, "
            "detail_json TEXT NOT NULL, prev BLOB NOT NULL, mac BLOB NOT NULL, PRIMARY KEY (n))"
        ),
        "CREATE TABLE setting (name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (name))",
    ),
)


class ChoiceBox:
    """An open one, in memory; what is done to it is kept only by `sealed`. Raises StoreError `damaged`."""

    def __init__(self, key: bytes, row: SealedChoice, archive_id: str, actor: Actor, body: bytes = b"") -> None:
        self.row = row
        self._key = coding_keys.file_key(key)
        self._bound = worker_keys.bound_to("choices", archive_id, row.id, row.meeting_id, row.chooser)
        self.log = AuditLog(coding_keys.log_key(key), f"{archive_id}/{row.id}", actor, FixedEnd())
        self._driver: Any = sqlite3.connect(":memory:", check_same_thread=False)
        try:
            if body:
                self._driver.deserialize(self._image(body))
            for pragma in _PRAGMAS:
                self._driver.execute(f"PRAGMA {pragma}")
            self.connection = _MEMORY.connected(self._driver)
            if not body:
                self._begin()
            if int(archive_settings.get(self.connection, _FORMAT)) > len(STEPS):
                raise StoreError("damaged")
        except BaseException:
            self._driver.close()
            raise

    def _image(self, body: bytes) -> bytes:
        padded = worker_keys.decrypted(self._key, body, self._bound)
        if padded is None:
            raise StoreError("damaged")
        length = int.from_bytes(padded[:_LENGTH])
        return padded[_LENGTH : _LENGTH + length]

    def _begin(self) -> None:
        self.connection.exec_driver_sql("PRAGMA page_size=1024")
        for statement in STEPS[0]:
            self.connection.exec_driver_sql(statement)
        archive_settings.put(self.connection, _FORMAT, "1")

    def sealed(self) -> bytes:
        """Its body as it is now, under a fresh nonce."""
        self.connection.commit()
        image = self._driver.serialize()
        said = len(image).to_bytes(_LENGTH) + image
        return worker_keys.encrypted(self._key, said.ljust(_size_for(len(said)), b"\0"), self._bound)

    def followed(self, film_id: str) -> int | None:
        """The number of times that a film had been replaced when its moments last followed it; None for none of its."""
        said = archive_settings.get(self.connection, _FILM + film_id)
        return int(said) if said else None

    def note_followed(self, film_id: str, times: int) -> None:
        """Its moments are in its clock as it is after so many replacements."""
        archive_settings.put(self.connection, _FILM + film_id, str(times))

    def troubles(self) -> bool:
        """Whether something in it is not whole: its structure, or the chain of its log."""
        checked = self._driver.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
        return checked or bool(self.log.verify(self.connection))

    def close(self) -> None:
        """Let go of it; safe to call twice."""
        self.connection.close()
        self._driver.close()


def _size_for(length: int) -> int:
    return next((size for size in SIZES if length <= size), -(-length // SIZES[-1]) * SIZES[-1])


class _Memory:
    """One engine for all of them: what it learned of the statements is learned once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next: Any = None
        self._engine = sa.create_engine(
            "sqlite+pysqlite://", creator=lambda: self._next, poolclass=NullPool, hide_parameters=True
        )

    def connected(self, driver: Any) -> sa.Connection:
        with self._lock:
            self._next = driver
            try:
                return self._engine.connect()
            finally:
                self._next = None


_MEMORY = _Memory()
