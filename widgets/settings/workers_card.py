"""Who can sign in, and the secrets: a second worker, own passphrase, recovery code."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.errors import AppError
from app.i18n import Texts
from app.jobs import Job, JobLane
from app.office.workers import Added, add_worker, change_own_passphrase, guest_ids
from app.workspace import Workspace
from widgets.folding import size_to_fit
from widgets.guests.passes_list import PassesList
from widgets.look.parts import Card, beside, button, clear, field, label, primary_button, section_label, stacked
from widgets.new_archive import PassphraseFields
from widgets.recovery import show_code
from widgets.settings.remove_sign_in import RemoveSignIn


class WorkersCard(Card):
    """Sign-ins of this archive. Secret work runs in the archive's lane, for it takes half a second on purpose."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(spacing=12, padding=20)
        self._workspace = workspace
        t = workspace.texts
        self._names = QVBoxLayout()
        self.column.addLayout(self._names)
        self._guests = PassesList(workspace)
        self._guests.changed.connect(self.refresh)
        self._guests_title = section_label(t.tr("Guests"))
        self.column.addWidget(self._guests_title)
        self.column.addWidget(self._guests)
        self._code_state = label("", "muted", wrap=True)
        self.column.addWidget(self._code_state)
        self.column.addLayout(
            beside(
                button(t.tr("Add a worker…"), self._add),
                button(t.tr("Change own passphrase…"), self._change),
                button(t.tr("New recovery code…"), self.make_code),
                None,
            )
        )
        self.refresh()

    def refresh(self) -> None:
        clear(self._names)
        t, me = self._workspace.texts, self._workspace.store.me
        guests = guest_ids(self._workspace.store)
        for worker_id, name in self._workspace.archive.sign_ins():
            if worker_id == me:
                self._names.addLayout(beside(label(name), label(t.tr("you"), "muted"), None))
            else:
                remove = button(t.tr("Remove…"), partial(self._remove, worker_id, name), "quiet")
                remove.setAccessibleName(t.tr("Remove the sign-in of {name}", name=name))
                kind = t.tr("guest") if worker_id in guests else ""
                self._names.addLayout(beside(label(name), label(kind, "muted"), None, remove))
        self._guests_title.setVisible(self._guests.show_passes())
        has = self._workspace.archive.has_recovery_code()
        self._code_state.setText(
            t.tr("Your own recovery code is in use. Nobody else's code opens your sign-in.")
            if has
            else t.tr(
                "You have no recovery code of your own yet. If you forget your passphrase, nobody can restore it."
            )
        )

    def _add(self) -> None:
        dialog = _NewWorker(self._workspace.texts, self)
        if not dialog.exec():
            return
        space, name, secret = self._workspace, dialog.name(), dialog.passphrase()
        label_ = space.texts.tr("Adding a worker")
        space.jobs.run(
            label_,
            lambda _job: add_worker(space.door, space.archive, space.texts, name, secret),
            self._on_added,
            space.notices.trouble,
            lane=JobLane.ARCHIVE,
        )

    def _on_added(self, added: Added) -> None:
        """The new worker is here just now: the own code is printed and typed back at once, or made later by them."""
        space, worker = self._workspace, added.worker
        self._done(space.texts.tr("The worker can now sign in."))
        if isValid(self):
            self._show(worker.name, added.code, lambda typed: space.archive.confirm_recovery_code(typed, worker.id))

    def _remove(self, worker_id: str, name: str) -> None:
        space = self._workspace
        sealed = space.archive.sealed_of(worker_id), space.archive.moments_sealed_of(worker_id)
        dialog = RemoveSignIn(space.texts, name, *sealed, self)
        if not dialog.exec():
            return
        changes_key = dialog.changes_key()

        def work(_job: Job) -> None:
            space.archive.remove_sign_in(worker_id)
            if changes_key:
                space.archive.change_key()

        def done(_: None) -> None:
            self._done(space.texts.tr("{name} can no longer sign in.", name=name))
            if changes_key:
                space.ask_to_lock()

        space.jobs.run(space.texts.tr("Removing a sign-in"), work, done, self._on_not_removed, lane=JobLane.ARCHIVE)

    def _on_not_removed(self, error: AppError) -> None:
        self._workspace.notices.trouble(error)
        if isValid(self):
            self.refresh()

    def _change(self) -> None:
        dialog = _ChangePassphrase(self._workspace.texts, self._workspace.worker.name, self)
        if not dialog.exec():
            return
        space, old, new = self._workspace, dialog.old(), dialog.passphrase()

        def work(_job: Job) -> None:
            change_own_passphrase(space.store, space.archive, old, new)

        space.jobs.run(
            space.texts.tr("Changing the passphrase"),
            work,
            lambda _: self._done(space.texts.tr("The passphrase was changed.")),
            space.notices.trouble,
            lane=JobLane.ARCHIVE,
        )

    def make_code(self) -> None:
        """Make a code in the archive's lane, then show it until it is typed back."""
        space = self._workspace
        space.jobs.run(
            space.texts.tr("Making a recovery code"),
            lambda _job: space.archive.make_recovery_code(),
            self._show_code,
            lane=JobLane.ARCHIVE,
        )

    def _show_code(self, code: str) -> None:
        if isValid(self):
            self._show(self._workspace.worker.name, code, self._workspace.archive.confirm_recovery_code)

    def _show(self, owner: str, code: str, confirm: Callable[[str], bool]) -> None:
        show_code(self._workspace, owner, code, confirm, self.window())
        self.refresh()

    def _done(self, words: str) -> None:
        self._workspace.notices.done(words)
        if isValid(self):  # the window may have been made anew in another language meanwhile
            self.refresh()


class _NewWorker(QDialog):
    """Name, and a passphrase that the new worker types."""

    def __init__(self, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts.tr("Add a worker"))
        size_to_fit(self, 480, 420)
        self._name = QLineEdit()
        self._name.textChanged.connect(self._on_change)
        self._secret = PassphraseFields(texts, self._on_change)
        self._ok = primary_button(texts.tr("Add"), self.accept)
        self._ok.setDefault(True)  # Enter in a field sends the form
        self.setLayout(
            stacked(
                label(texts.tr("The new worker types an own passphrase here."), "muted", wrap=True),
                field(texts.tr("Name"), self._name),
                self._secret,
                None,
                beside(button(texts.tr("Cancel"), self.reject, "quiet"), None, self._ok),
                spacing=14,
                margins=(24, 24, 24, 20),
            )
        )
        self._on_change()

    def name(self) -> str:
        return self._name.text().strip()

    def passphrase(self) -> str:
        return self._secret.passphrase()

    def _on_change(self) -> None:
        self._secret.think_of(self._name.text())
        self._ok.setEnabled(bool(self.name()) and self._secret.is_good())


class _ChangePassphrase(QDialog):
    """The old passphrase and a new one."""

    def __init__(self, texts: Texts, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts.tr("Change own passphrase"))
        size_to_fit(self, 480, 420)
        self._old = QLineEdit()
        self._old.setEchoMode(QLineEdit.EchoMode.Password)
        self._old.textChanged.connect(self._on_change)
        self._secret = PassphraseFields(texts, self._on_change)
        self._secret.think_of(name)
        self._ok = primary_button(texts.tr("Change"), self.accept)
        self._ok.setDefault(True)  # Enter in a field sends the form
        self.setLayout(
            stacked(
                field(texts.tr("Passphrase now"), self._old),
                self._secret,
                None,
                beside(button(texts.tr("Cancel"), self.reject, "quiet"), None, self._ok),
                spacing=14,
                margins=(24, 24, 24, 20),
            )
        )
        self._on_change()

    def old(self) -> str:
        return self._old.text()

    def passphrase(self) -> str:
        return self._secret.passphrase()

    def _on_change(self) -> None:
        self._ok.setEnabled(bool(self._old.text()) and self._secret.is_good())
