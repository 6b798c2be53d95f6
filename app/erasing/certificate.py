"""The certificate of an erasing as it is printed: read from the archive, with what is known of backups by now."""

from __future__ import annotations

from pathlib import Path

from app.casework.sent_films import sent
from app.door import Door
from app.i18n import Texts
from app.model.erasure import Certificate, Erasure, MadeBackup
from app.model.people import Worker
from app.ports import Archive, Store
from app.whole_file import write_whole


def certificate_of(store: Store, erasure_id: str) -> Certificate:
    """Raises StoreError(`not-found`)."""
    erasure = store.get(Erasure, erasure_id)
    return Certificate(
        erasure,
        _name(store, erasure.worker_id),
        store.find(MadeBackup, id=erasure.backups),
        sent(store, ((film.id, film.meeting_id) for film in erasure.films), erasure.at),
        _name(store, erasure.second_id),
    )


def _name(store: Store, worker_id: str) -> str:
    workers = store.find(Worker, id=worker_id) if worker_id else ()
    return workers[0].name if workers else worker_id


def write_certificate(door: Door, archive: Archive, erasure_id: str, texts: Texts, path: Path) -> None:
    """Print a certificate; places of backups that are there are looked at first, so it is work for a job.

    Raises AppError(`cannot-write`), StoreError; what was at `path` before is then untouched.
    """
    from app.reports.erasure_certificate import erasure_certificate

    door.tell(archive.erasing.look_for_backups(), None)
    write_whole(path, erasure_certificate(certificate_of(door.store, erasure_id), texts))
    door.store.note("export", Erasure, erasure_id)
