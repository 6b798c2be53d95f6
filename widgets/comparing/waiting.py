"""What stands where two codings would be compared, while they cannot be: not both ready, or one waits for its coder.

A coding is sealed under its coder's own key. When both sit at one computer the absent one types the own passphrase
beside the open archive, and need not sign in for it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from shiboken6 import isValid

from app.casework.elsewhere import is_elsewhere
from app.casework.meeting_file import meeting_file
from app.casework.pair import awaited
from app.errors import AppError
from app.i18n import Texts
from app.jobs import Job, JobLane
from app.model.people import Worker
from widgets.folding import size_to_fit
from widgets.look.parts import EmptyState, beside, button, field, label, primary_button, stacked
from widgets.screen import Screen


def waiting_page(place: Screen, meeting_id: str, opened: Callable[[], None]) -> QWidget:
    """Why nothing is compared yet, with the one thing to do; `opened` is called when a witness opened it."""
    workspace, t = place.workspace, place.texts
    waits = awaited(workspace.store, meeting_id)
    if not waits:
        return EmptyState(
            t.tr("Not yet"),
            t.tr("The codings stay apart until both are marked as ready. So each sees the film with own eyes."),
            button(t.tr("To coding"), lambda: place.go("coding", meeting_id=meeting_id), "primary"),
        )
    worker = waits[0]
    if is_elsewhere(workspace.store, meeting_file(workspace.store, meeting_id).meeting):
        return EmptyState(
            t.tr("Both codings are ready"),
            t.tr(
                "{name} codes on another computer. Comparing opens when the key of {name} has been taken in here, and "
                "{name} gets yours.",
                name=worker.name,
            ),
            primary_button(t.tr("To the meeting"), lambda: place.go("cases", meeting_id=meeting_id)),
        )
    return EmptyState(
        t.tr("Both codings are ready"),
        t.tr(
            "Comparing opens when {name} has signed in: {name}'s coding is sealed under {name}'s own key, and nobody "
            "else can open it. If {name} is here, you can open it together now.",
            name=worker.name,
        ),
        primary_button(t.tr("{name} is here: open together…", name=worker.name), lambda: _ask(place, worker, opened)),
    )


def _ask(place: Screen, worker: Worker, opened: Callable[[], None]) -> None:
    t, workspace = place.texts, place.workspace
    about = t.tr(
        "It opens the ready coding of this meeting and is forgotten at once. You stay signed in; "
        "both of you stand in the access log.",
    )
    dialog = WitnessDialog(t, worker.name, place, t.tr("Open together"), about, t.tr("Open"))
    agreed, secret = dialog.exec(), dialog.passphrase()
    dialog.deleteLater()  # with what was typed in it
    if not agreed:
        return

    def work(_job: Job) -> bool:
        return workspace.witness(worker.id, secret)

    def done(any_opened: bool) -> None:
        if not isValid(place):  # the archive was locked meanwhile
            return
        if any_opened:
            opened()
        else:
            workspace.notices.trouble(AppError("nothing-waited"))

    title = workspace.texts.tr("Opening the coding")
    workspace.jobs.run(title, work, done, workspace.notices.trouble, lane=JobLane.ARCHIVE)


class WitnessDialog(QDialog):
    """The partner's own passphrase, typed by the partner."""

    def __init__(self, texts: Texts, name: str, parent: QWidget, title: str, about: str, does: str) -> None:
        """`about` says what the passphrase does here, `does` is the word of the button."""
        super().__init__(parent)
        t = texts
        self.setWindowTitle(title)
        size_to_fit(self, 480, 320)
        self._secret = QLineEdit()
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._secret.textChanged.connect(self._on_change)
        self._ok = primary_button(does, self.accept)
        self._ok.setDefault(True)  # Enter in a field sends the form
        self.setLayout(
            stacked(
                label(t.tr("{name} types the own passphrase here", name=name), "heading", wrap=True),
                label(about, "muted", wrap=True),
                field(t.tr("Passphrase of {name}", name=name), self._secret),
                beside(button(t.tr("Cancel"), self.reject, "quiet"), None, self._ok),
                spacing=14,
                margins=(24, 24, 24, 20),
            )
        )
        self._on_change()

    def passphrase(self) -> str:
        """What was typed."""
        return self._secret.text()

    def _on_change(self) -> None:
        self._ok.setEnabled(bool(self._secret.text()))
