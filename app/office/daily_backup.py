"""A backup by itself once a day while the archive is open, to the place that its workers chose, and nothing else asked.

A day is counted from the newest backup of any kind by the calendar's clock: whoever uses the program for an hour a day
loses a day's work at most, where 24 hours of an open archive would be weeks. It never runs while something is filmed,
waits when the place's disk is not there, and what hinders it is said once, in a sentence with a way to the backups.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from app.error_texts import sentence
from app.errors import AppError, Cancelled
from app.i18n import Texts, now
from app.jobs import Job, JobLane, Jobs
from app.model.erasure import MadeHow
from app.notices import Notice, Notices, Tone
from app.ports import Archive

T = TypeVar("T")

EVERY = timedelta(hours=24)
#: so long after the last backup a disk that is not there is told of
TELL_AFTER = timedelta(days=3)
#: after an archive was opened its desk has the computer to itself for so long, in milliseconds
FIRST_LOOK_MS = 20_000
#: between two looks at whether it is time and the disk is there; after another trouble, in milliseconds
LOOK_EVERY_MS, AFTER_TROUBLE_MS = 10 * 60_000, 2 * 3_600_000


def is_due(last: datetime | None, at: datetime) -> bool:
    """Whether a day has gone since the newest backup. One of a day to come was made under a clock that was wrong."""
    return last is None or not timedelta(0) <= at - last < EVERY


class DailyBackup(QObject):
    """`films` says whether something is filmed. For the main thread; the work is in the lane of backups."""

    changed = Signal()
    wanted = Signal()  # somebody wants to see the backups and their place

    def __init__(
        self,
        archive: Archive,
        jobs: Jobs,
        notices: Notices,
        texts: Callable[[], Texts],
        films: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._archive, self._jobs, self._notices = archive, jobs, notices
        self._texts, self._films = texts, films
        self._job: Job | None = None
        self._told: set[str] = set()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        #: what hindered the newest try, None when nothing did
        self.trouble: AppError | None = None

    @property
    def place(self) -> str:
        """The chosen folder; empty when none was chosen."""
        return self._archive.backup_place()

    @property
    def next(self) -> datetime | None:
        """When the next one is due: None for as soon as it can be."""
        last = self._archive.last_backup()
        return None if last is None or is_due(last, now()) else last + EVERY

    @property
    def waits_ms(self) -> int:
        """For how long it waits before it looks again, in milliseconds; 0 while it does not."""
        return self._timer.interval() if self._timer.isActive() else 0

    def begin(self) -> None:
        """The archive was opened."""
        self._timer.start(FIRST_LOOK_MS)

    def stop(self) -> None:
        """The archive closes: nothing is begun any more."""
        self._timer.stop()

    def choose(self, folder: Path) -> None:
        """Backups go there from now on. Raises BackupError `target-inside`, StoreError."""
        self._archive.choose_backup_place(folder)
        self._told.clear()
        self.trouble = None
        self.changed.emit()

    def on_filming(self) -> None:
        """Filming began or ended: what is being backed up is left, and begun again when the cameras are done."""
        if self._films():
            if self._job is not None:
                self._job.cancel()
        elif self._timer.isActive():
            self._timer.start(FIRST_LOOK_MS)

    def look(self) -> None:
        """Whether it is time, and whether the place is there; if so, one is made."""
        self._timer.start(LOOK_EVERY_MS)
        place = self.place
        if self._job is not None or self._films() or not place or not is_due(self._archive.last_backup(), now()):
            return
        # without a label nobody sees it: a disk that is away is looked for all day
        self._run(
            "", lambda _job: self._archive.backup_place_is_here(), lambda there: self._make(Path(place), there=there)
        )

    def _make(self, place: Path, *, there: bool) -> None:
        if not there:
            self._failed(AppError("backup-place-away"))
            return
        label = self._texts().tr("Backing up by itself")
        self._run(label, lambda job: self._backup(place, job), lambda _: self._made())

    def _backup(self, place: Path, job: Job) -> None:
        if is_due(self._archive.last_backup(), now()):  # one that was asked for may have gone before in the lane
            self._archive.backup(place, job.progress, job.cancelled, MadeHow.BY_ITSELF)

    def _run(self, label: str, work: Callable[[Job], T], done: Callable[[T], None]) -> None:
        def ended(result: T) -> None:
            self._job = None
            done(result)

        self._job = self._jobs.run(label, work, ended, self._failed, JobLane.BACKUP)

    def _made(self) -> None:
        self.trouble = None
        self._told.clear()
        self.changed.emit()

    def _failed(self, error: AppError) -> None:
        self._job = None
        if isinstance(error, Cancelled):
            return
        self.trouble = error
        if error.key != "backup-place-away":
            self._timer.start(AFTER_TROUBLE_MS)
        self._tell(error)
        self.changed.emit()

    def _tell(self, error: AppError) -> None:
        """Once while it is so."""
        last = self._archive.last_backup()
        is_early = error.key == "backup-place-away" and last is not None and now() - last < TELL_AFTER
        if error.key in self._told or is_early:
            return
        self._told.add(error.key)
        t = self._texts()
        words = sentence(t, error)
        self._notices.say(Notice(words, Tone.WARNING, t.tr("Backups…"), self.wanted.emit, stays=True))


def in_words(texts: Texts, daily: DailyBackup) -> str:
    """What keeps it from being made, for the desk; empty while all is well."""
    if not daily.place:
        return texts.tr("No place for backups has been chosen, so none is made by itself.")
    if daily.trouble is not None and daily.trouble.key == "backup-place-away":
        return texts.tr("The disk or folder for backups is not here. When it is, the backup is made by itself.")
    return "" if daily.trouble is None else sentence(texts, daily.trouble)


def next_in_words(texts: Texts, daily: DailyBackup) -> str:
    """When the next one is made by itself; empty without a place."""
    if not daily.place:
        return ""
    if (at := daily.next) is None:
        return texts.tr("The next one is made as soon as the folder is there and nothing is filmed.")
    local = at.astimezone()
    day, time = texts.date(local.date()), texts.time(local)
    return texts.tr("The next one is made {day} after {time}, when the archive is open.", day=day, time=time)
