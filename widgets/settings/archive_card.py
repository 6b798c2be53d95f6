"""Backups of the archive, made and verified; and a check of the archive itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from app.error_texts import parts_in_words
from app.i18n import now
from app.workspace import Workspace
from widgets.look.parts import Card, beside, button, label


class ArchiveCard(Card):
    """A backup counts only after it was restored to a scratch place and checked; the work does both."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(spacing=12, padding=20)
        self._workspace, self._preferences = workspace, workspace.preferences
        t = workspace.texts
        self._last = label("", wrap=True)
        self._where = label("", "muted", wrap=True)
        self._now = button(t.tr("Back up now"), self.back_up)
        self._check = button(t.tr("Check the archive"), self._verify)
        self.column.addWidget(self._last)
        self.column.addWidget(self._where)
        self.column.addLayout(
            beside(self._now, button(t.tr("Choose the backup folder…"), self._choose), self._check, None)
        )
        place = t.tr("Archive: {folder}", folder=str(workspace.archive.folder))
        self.column.addWidget(label(place, "caption", wrap=True))
        self.refresh()

    def refresh(self) -> None:
        t, last = self._workspace.texts, self._workspace.archive.last_backup()
        if last is None:
            self._last.setText(t.tr("No backup has been made yet."))
        else:
            day, time = t.date(last.astimezone().date()), t.time(last)
            self._last.setText(t.tr("Backup made and checked {day} {time}.", day=day, time=time))
        folder = self._preferences.remembered.backup_folder
        self._where.setText(
            t.tr("Backups go to {folder}", folder=folder) if folder else t.tr("No backup folder chosen yet.")
        )

    def back_up(self) -> None:
        if not self._preferences.remembered.backup_folder and not self._choose():
            return
        space, target = self._workspace, Path(self._preferences.remembered.backup_folder)
        self._now.setEnabled(False)
        space.jobs.run(
            space.texts.tr("Backing up and checking the backup"),
            lambda job: space.archive.backup(target, job.progress, job.cancelled),
            lambda _name: self._finished(space.texts.tr("The backup was made and checked.")),
            self._failed,
        )

    def _choose(self) -> bool:
        t = self._workspace.texts
        chosen = QFileDialog.getExistingDirectory(
            self, t.tr("Backup folder"), self._preferences.remembered.backup_folder
        )
        if not chosen:
            return False
        self._preferences.remember(backup_folder=chosen)
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
            self._now.setEnabled(True)
            self._check.setEnabled(True)
            self.refresh()

    def _failed(self, error: Exception) -> None:
        from app.errors import AppError, Cancelled

        self._finished("")
        if isinstance(error, AppError) and not isinstance(error, Cancelled):
            self._workspace.notices.trouble(error)
