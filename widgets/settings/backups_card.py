"""Backups of the archive, made and verified: where they go, which there are; and a check of the archive itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.error_texts import parts_in_words
from app.errors import AppError, Cancelled
from app.i18n import now
from app.model.erasure import MadeBackup
from app.office.backups import made_backups
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
                Card(self._last, padding=20),
                section_label(t.tr("Where to")),
                Card(self._where, self._same_disk, beside(choose, None), padding=20),
                self._copies_name,
                self._copies,
                section_label(t.tr("The archive")),
                Card(label(place, "muted", wrap=True), beside(self._check, None), padding=20),
                spacing=10,
            )
        )
        self.refresh()

    def refresh(self) -> None:
        """Read anew what there is."""
        t, last = self._workspace.texts, self._workspace.archive.last_backup()
        if last is None:
            self._last.setText(t.tr("No backup has been made yet."))
        else:
            day, time = t.date(last.astimezone().date()), t.time(last)
            self._last.setText(t.tr("Backup made and checked {day} {time}.", day=day, time=time))
        folder = self._preferences.remembered.backup_folder
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
        state = t.tr("made, opened and read whole")
        if backup.gone is not None:
            state = t.tr("seen to be gone {when}", when=t.date(backup.gone.astimezone().date()))
        return f"{t.date(local.date())} {t.time(local)}", backup.folder, state

    def back_up(self) -> None:
        """Make one now; without a folder that is asked first."""
        if not self._preferences.remembered.backup_folder and not self._choose():
            return
        space, target = self._workspace, Path(self._preferences.remembered.backup_folder)
        space.jobs.run(
            space.texts.tr("Backing up and checking the backup"),
            lambda job: space.archive.backup(target, job.progress, job.cancelled),
            lambda _name: self._finished(space.texts.tr("The backup was made and checked.")),
            self._failed,
        )

    def _choose(self) -> bool:
        t = self._workspace.texts
        chosen = FileDialogs(self).folder(t.tr("Backup folder"), self._preferences.remembered.backup_folder)
        if chosen is None:
            return False
        self._preferences.remember(backup_folder=str(chosen))
        self.refresh()
        return True

    def _verify(self) -> None:
        space = self._workspace
        self._check.setEnabled(False)
        space.jobs.run(
            space.texts.tr("Checking the archive"),
            lambda job: space.archive.verify(job.progress, job.cancelled),
            self._on_verified,
            self._failed,
        )

    def _on_verified(self, problems: tuple[str, ...]) -> None:
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
