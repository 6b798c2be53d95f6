"""What is known of the backups that this archive made, and the looking after those that are too old."""

from __future__ import annotations

from collections.abc import Callable

from app.door import Door
from app.errors import AppError
from app.i18n import Texts
from app.jobs import Jobs
from app.model.erasure import MadeBackup
from app.ports import Archive, Store


def made_backups(store: Store) -> tuple[MadeBackup, ...]:
    """The newest first, also those that were seen to be gone."""
    return tuple(sorted(store.find(MadeBackup), key=lambda backup: backup.made, reverse=True))


def look_after(door: Door, archive: Archive, jobs: Jobs, texts: Texts, failed: Callable[[AppError], None]) -> None:
    """Beside the work, after an archive was opened: backups older than the rule go where their disk is there.

    Else they would lie until the next backup or certificate is made, and a certificate names the day. The access log
    says which went; nobody else needs telling.
    """
    jobs.run(
        texts.tr("Looking for old backups"),
        lambda _job: archive.erasing.look_for_backups(),
        lambda changes: door.tell(changes, None),
        failed,
    )
