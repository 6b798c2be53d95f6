"""Backups of the archive, made and verified: where they go, which there are; and a check of the archive itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.casework.retention import office_rule
from app.error_texts import parts_in_words
from app.errors import AppError, Cancelled
from app.i18n import now
from app.jobs import JobLane
from app.model.erasure import DAYS_KEPT, WEEKS_KEPT, MadeBackup, MadeHow
from app.model.retention import Material
from app.model.units import ByteCount, FileCount
from app.notices import Notice, Tone
from app.office.backups import made_backups
from app.office.daily_backup import in_words, next_in_words
from app.paths import on_one_disk
from app.workspace import Workspace
from widgets.forms.file_dialogs import FileDialogs
from widgets.look.parts import Card, beside, button, clear, hairline, label, section_label, stacked

#: so many of the newest are shown
SHOWN = 12


class BackupsCard(QWidget):
    """A backup counts only after it was restored to a scratch place and checked; the work does both."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace, self._preferences = workspace, workspace.preferences
        t = workspace.texts
        self._last = label("", "strong", wrap=True)
        self._next = label("", "muted", wrap=True)
        self._kept = label("", "muted", wrap=True)
        self._where = label("", "muted", wrap=True)
        self._same_disk = label(
            t.tr("This folder is on the same disk as the archive. If it breaks, both are gone. Choose another disk."),
            "danger",
            wrap=True,
        )
        self._list = QVBoxLayout()
        self._check = button(t.tr("Check the archive"), self._verify)
        place = t.tr("Archive: {folder}", folder=str(workspace.archive.folder))
        choose = button(t.tr("Choose the backup folder…"), self._choose)
        self._copies = Card(padding=0)
        self._copies.column.addLayout(self._list)
        self._copies_name = section_label(t.tr("Backups"))
        self.setLayout(
            stacked(
                Card(self._last, self._next, padding=20),
                section_label(t.tr("Where to")),
                Card(self._where, self._same_disk, beside(choose, None), self._kept, padding=20),
                self._copies_name,
                self._copies,
                section_label(t.tr("The archive")),
                Card(label(place, "muted", wrap=True), beside(self._check, None), padding=20),
                spacing=10,
            )
        )
        workspace.daily_backup.changed.connect(self.refresh)  # bound: the workspace outlives the card
        self.refresh()

    def refresh(self) -> None:
        """Read anew what there is."""
        t, last = self._workspace.texts, self._workspace.archive.last_backup()
        if last is None:
            self._last.setText(t.tr("No backup has been made yet."))
        else:
            day, time = t.date(last.astimezone().date()), t.time(last)
            self._last.setText(t.tr("Backup made and checked {day} {time}.", day=day, time=time))
        daily = self._workspace.daily_backup
        words = (in_words(t, daily) or next_in_words(t, daily)) if daily.place else ""
        self._next.setText(words)
        self._next.setVisible(bool(words))
        self._kept.setText(self._kept_words())
        folder = daily.place
        self._where.setText(folder or t.tr("No backup folder chosen yet. An external disk is a good place."))
        self._same_disk.setVisible(bool(folder) and on_one_disk(Path(folder), self._workspace.archive.folder))
        self._show_copies()

    def _show_copies(self) -> None:
        clear(self._list)
        made = made_backups(self._workspace.store)
        self._copies.setVisible(bool(made))
        self._copies_name.setVisible(bool(made))
        t = self._workspace.texts
        grid = QGridLayout()
        grid.setContentsMargins(20, 12, 20, 12)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(10)
        for column, name in enumerate((t.tr("Made"), t.tr("Place"), t.tr("State"))):
            grid.addWidget(label(name, "caption"), 0, column)
        for number, backup in enumerate(made[:SHOWN]):
            grid.addWidget(hairline(), 2 * number + 1, 0, 1, 3)
            for column, words in enumerate(self._row(backup)):
                grid.addWidget(label(words, "" if column else "strong", wrap=column > 0), 2 * number + 2, column)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self._list.addLayout(grid)

    def _row(self, backup: MadeBackup) -> tuple[str, str, str]:
        t = self._workspace.texts
        local = backup.made.astimezone()
        state = {
            MadeHow.BY_HAND: t.tr("made, opened and checked"),
            MadeHow.BY_ITSELF: t.tr("made by itself, opened and checked"),
            MadeHow.BEFORE_UPDATE: t.tr("made before an update, opened and checked"),
        }[backup.how]
        if backup.gone is not None:
            state = t.tr("seen to be gone {when}", when=t.date(backup.gone.astimezone().date()))
        return f"{t.date(local.date())} {t.time(local)}", backup.folder, state

    def _kept_words(self) -> str:
        t, n = self._workspace.texts, office_rule(self._workspace.store, Material.BACKUPS).months
        own = t.trn(
            "Those that you make yourself stay for {n} month.", "Those that you make yourself stay for {n} months.", n
        )
        said = t.tr(
            "Once a day while the archive is open a backup is made there by itself, encrypted and checked. Of these "
            "the newest of each of the last {days} days and of each of the last {weeks} weeks stays.",
            days=DAYS_KEPT,
            weeks=WEEKS_KEPT,
        )
        gone = t.tr("Older ones are removed when the disk is there; the newest never is.")
        return f"{said} {own} {gone}"

    def back_up(self) -> None:
        """Make one now; without a folder that is asked first."""
        if not self._workspace.daily_backup.place and not self._choose():
            return
        space, target = self._workspace, Path(self._workspace.daily_backup.place)
        space.jobs.run(
            space.texts.tr("Backing up and checking the backup"),
            lambda job: space.archive.backup(target, job.progress, job.cancelled),
            lambda _name: self._finished(space.texts.tr("The backup was made and checked.")),
            self._failed,
            JobLane.BACKUP,
        )

    def _choose(self) -> bool:
        t = self._workspace.texts
        where = self._workspace.daily_backup.place or self._preferences.remembered.backup_folder
        chosen = FileDialogs(self).folder(t.tr("Backup folder"), where)
        if chosen is None:
            return False
        try:
            self._workspace.daily_backup.choose(chosen)
        except AppError as error:
            self._workspace.notices.trouble(error)
            return False
        self._preferences.remember(backup_folder=str(chosen))
        return True

    def _verify(self) -> None:
        space = self._workspace
        self._check.setEnabled(False)
        space.jobs.run(
            space.texts.tr("Checking the archive"),
            lambda job: (space.archive.verify(job.progress, job.cancelled), space.archive.unclaimed()),
            lambda found: self._on_verified(*found),
            self._failed,
        )

    def _on_verified(self, problems: tuple[str, ...], unclaimed: tuple[FileCount, ByteCount]) -> None:
        t = self._workspace.texts
        if problems:
            self._workspace.notices.warn(
                t.tr(
                    "The archive is not whole: {what}. Restore the newest backup beside it.",
                    what=parts_in_words(t, ", ".join(problems)),
                )
            )
            self._finished("")
        else:
            at = t.time(now())
            self._finished(t.tr("The archive is whole: database, films and log checked {time}.", time=at))
        if unclaimed[0]:
            self._tell_unclaimed(*unclaimed)

    def _tell_unclaimed(self, files: FileCount, size: ByteCount) -> None:
        t, space = self._workspace.texts, self._workspace
        words = t.trn(
            "{n} file of a film in the archive's folder belongs to nothing ({size}): taking it in was cut off once, "
            "and nobody can open it. If an older database was put back by hand, keep it.",
            "{n} files of films in the archive's folder belong to nothing ({size}): taking them in was cut off "
            "once, and nobody can open them. If an older database was put back by hand, keep them.",
            files,
            size=t.size(size),
        )

        def remove() -> None:
            label = space.texts.tr("Removing files that belong to nothing")
            space.jobs.run(label, lambda _job: space.archive.remove_unclaimed(), removed, space.notices.trouble)

        def removed(count: FileCount) -> None:
            said = space.texts.trn("{n} file was removed.", "{n} files were removed.", count)
            space.notices.done(said)

        space.notices.say(Notice(words, Tone.INFO, t.tr("Remove from the disk"), remove, stays=True))

    def _finished(self, words: str) -> None:
        if words:
            self._workspace.notices.done(words)
        if isValid(self):  # the window may have been made anew in another language meanwhile
            self._check.setEnabled(True)
            self.refresh()

    def _failed(self, error: Exception) -> None:
        self._finished("")
        if isinstance(error, AppError) and not isinstance(error, Cancelled):
            self._workspace.notices.trouble(error)
