"""Licensed content: packages with whose they are and until when, taken in from files that their owner keeps."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.casework.licensed import LicensedShelf, Taken, licence_line
from app.error_texts import sentence
from app.errors import AppError
from app.i18n import today
from app.model.licensed import LicensedPackage
from app.model.licensed_file import UnreadablePackage
from app.model.plan import TaskCard
from app.office.workers import by_name
from app.workspace import Workspace
from widgets.forms.file_dialogs import FileDialogs
from widgets.look.parts import Card, beside, button, clear, hairline, label, stacked
from widgets.settings.task_dialog import TaskWords

#: so many lines that are wrong are told; with these mended the rest is seen
MOST_PROBLEMS = 12


class LicensedCard(QWidget):
    """One row for each package, and below what was wrong in the file that was tried last."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        t = workspace.texts
        self._words = TaskWords(workspace)
        self.shelf = workspace.editor("licensed", lambda: LicensedShelf(workspace.store, t))
        self.shelf.changed.connect(self._on_changed)  # bound: the shelf outlives the card
        self.shelf.refused.connect(workspace.notices.trouble)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(14)
        self.take = button(t.tr("Take in a file…"), self._take_in)
        self.wrong = label("", wrap=True)
        self.wrong.hide()
        stays = label(
            t.tr(
                "Licensed words stay in this archive and its backups. Another computer, a statement and every file get "
                "the task's id and a neutral name."
            ),
            "muted",
            wrap=True,
        )
        held = Card(spacing=14, padding=20)
        held.column.addLayout(self._rows)
        held.column.addWidget(hairline())
        held.column.addLayout(beside(self.take, None))
        held.column.addWidget(self.wrong)
        self.setLayout(stacked(stays, held, spacing=12))
        self.refresh()

    def refresh(self) -> None:
        """Read the packages anew."""
        clear(self._rows)
        t, found = self._workspace.texts, self.shelf.packages()
        if not found:
            words = t.tr(
                "No licensed content yet. Who owns a licence writes the texts into a file of its own and takes it in "
                "here."
            )
            self._rows.addWidget(label(words, "muted", wrap=True))
        for number, package in enumerate(found):
            if number:
                self._rows.addWidget(hairline())
            self._rows.addWidget(self._row(package))

    def _row(self, package: LicensedPackage) -> QWidget:
        t = self._workspace.texts
        title = t.tr("{name} · version {n}", name=package.name, n=package.version)
        words = stacked(label(title, "strong", wrap=True), label(licence_line(t, package), wrap=True), spacing=3)
        for line in (self._standing(package), self._holds(package), self._came(package)):
            words.addWidget(label(line, "caption", wrap=True))
        if tasks := self._tasks(package):
            words.addWidget(label(tasks, "caption", wrap=True))
        who = button(t.tr("Who may use it"), kind="quiet")
        who.setMenu(self._who(package, who))
        act = (
            button(t.tr("Offer again"), partial(self.shelf.offer_again, package), "quiet")
            if package.aside
            else button(t.tr("Remove"), partial(self._remove, package), "quiet")
        )
        for part in (who, act):
            part.setAccessibleName(f"{part.text()}: {package.name}")
        holder = QWidget()
        row = beside(words, who, act)
        row.setStretch(0, 1)
        holder.setLayout(row)
        return holder

    def _standing(self, package: LicensedPackage) -> str:
        """Whose licence it is and whether it runs."""
        t, day = self._workspace.texts, package.expires
        parts = [t.tr("Held by {holder}", holder=package.holder)]
        if day is None:
            parts.append(t.tr("valid without an end"))
        elif package.is_in_force(today()):
            parts.append(t.tr("valid until {day}", day=t.date(day)))
        else:
            parts.append(t.tr("ended on {day}: not chosen for new plans, earlier meetings keep it", day=t.date(day)))
        if package.aside:
            parts.append(t.tr("put aside: kept for plans that were made, not offered"))
        if self._workspace.store.me not in package.workers:
            parts.append(t.tr("not permitted to you"))
        return " · ".join(parts)

    def _holds(self, package: LicensedPackage) -> str:
        t = self._workspace.texts
        parts = [t.trn("{n} task", "{n} tasks", len(package.tasks))] if package.tasks else []
        if package.instruments:
            parts.append(t.trn("{n} instrument", "{n} instruments", len(package.instruments)))
        return " · ".join(parts)

    def _came(self, package: LicensedPackage) -> str:
        t, space = self._workspace.texts, self._workspace
        day = t.date(package.taken_in.astimezone().date())
        users = ", ".join(space.worker_name(worker) for worker in package.workers)
        came = t.tr("Taken in on {day} by {worker}", day=day, worker=space.worker_name(package.taken_by))
        return f"{came} · " + (t.tr("may be used by: {workers}", workers=users) if users else t.tr("used by nobody"))

    def _tasks(self, package: LicensedPackage) -> str:
        """What its tasks are called and ask for; for those who may use it."""
        if self._workspace.store.me not in package.workers:
            return ""
        t = self._workspace.texts
        rows = []
        for task in package.tasks:
            card = TaskCard(task.id, task.name, task.text, task.dimensions, task.ages, task.safety)
            rows.append(f"{task.id}  {t.words(task.name)} ({self._words.about(card)})")
        return "\n".join(rows)

    def _who(self, package: LicensedPackage, above: QWidget) -> QMenu:
        menu = QMenu(above)
        for worker in by_name(self._workspace.store):
            act = menu.addAction(worker.name)
            act.setCheckable(True)
            act.setChecked(worker.id in package.workers)
            act.toggled.connect(partial(self._permit, package, worker.id))
        return menu

    def _permit(self, package: LicensedPackage, worker_id: str, on: bool) -> None:
        self.shelf.permit(package, worker_id, on=on)

    def _take_in(self) -> None:
        t = self._workspace.texts
        path = FileDialogs(self).open(t.tr("Take in licensed content"), "TOML (*.toml)")
        if path is None:
            return
        self._say_wrong(())
        try:
            taken = self.shelf.take_in_file(path)
        except UnreadablePackage as error:
            self._say_wrong(error.problems)
            self._workspace.notices.trouble(error)
        except AppError as error:
            self._workspace.notices.trouble(error)
        else:
            if taken is not None:
                self._workspace.notices.done(self._told(taken))

    def _told(self, taken: Taken) -> str:
        t, package = self._workspace.texts, taken.package
        words = (
            t.tr("{name}: what is said of the licence was renewed.", name=package.name)
            if taken.is_renewed
            else t.tr("{name} was taken in: {what}.", name=package.name, what=self._holds(package))
        )
        if not taken.strangers:
            return words
        lacking = ", ".join(taken.strangers)
        unknown = t.tr("No worker here has the name {names}. Choose who may use it.", names=lacking)
        return f"{words} {unknown}"

    def _say_wrong(self, problems: Sequence[AppError]) -> None:
        """Each line that is wrong, until another file is tried."""
        t = self._workspace.texts
        lines = [
            t.tr("Line {n}: {what}", n=p.values.get("line", 1), what=sentence(t, p).removeprefix("file: "))
            for p in problems[:MOST_PROBLEMS]
        ]
        if more := len(problems) - len(lines):
            lines.append(t.trn("and {n} more", "and {n} more", more))
        self.wrong.setText("\n".join(lines))
        self.wrong.setVisible(bool(lines))

    def _remove(self, package: LicensedPackage) -> None:
        t = self._workspace.texts
        name = package.name
        if self.shelf.remove(package):
            self._workspace.notices.done(
                t.tr("{name} was removed and its words are gone. Take its file in again to have it back.", name=name)
            )
        elif any(p.id == package.id and p.aside for p in self.shelf.packages()):
            self._workspace.notices.done(
                t.tr("{name} is offered no longer. Plans that have tasks of it keep them for their record.", name=name)
            )

    def _on_changed(self, _changes: object) -> None:
        self.refresh()
