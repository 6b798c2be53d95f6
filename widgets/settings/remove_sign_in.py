"""Asked before a sign-in is removed: what it takes away, what it cannot, and whether the archive gets another key."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from app.i18n import Texts
from widgets.folding import size_to_fit
from widgets.look.parts import beside, button, label, stacked


class RemoveSignIn(QDialog):
    """Says plainly what an old copy still opens; another key for the archive is offered, and is the usual answer."""

    def __init__(self, texts: Texts, name: str, sealed: int, moments: int, parent: QWidget) -> None:
        super().__init__(parent)
        t = texts
        self.setWindowTitle(t.tr("Remove a sign-in"))
        size_to_fit(self, 560, 420)
        self._key = QCheckBox(t.tr("Change the archive's key as well"))
        self._key.setChecked(True)
        gone = t.tr(
            "{name}'s passphrase and recovery code stop working. What {name} has done stays in the archive. This "
            "cannot be undone; a new sign-in can be made.",
            name=name,
        )
        key = t.tr(
            "The program is then locked and you sign in again. Others go on with their own passphrases, and nothing "
            "that is written from now on opens with the old key."
        )
        old = t.tr(
            "An old copy of the archive's folder or an old backup still opens with {name}'s passphrase, with what was "
            "in it then. Films are not encrypted anew: a key of a film that was copied out still opens that film.",
            name=name,
        )
        self.setLayout(
            stacked(
                label(t.tr("Remove the sign-in of {name}?", name=name), "title", wrap=True),
                label(gone, wrap=True),
                *([label(_lost(t, name, sealed), "danger", wrap=True)] if sealed else []),
                *([label(_lost_moments(t, name, moments), "danger", wrap=True)] if moments else []),
                beside(self._key, None),  # its frame is no wider than its words
                label(key, "muted", wrap=True),
                label(old, "muted", wrap=True),
                None,
                beside(
                    button(t.tr("Cancel"), self.reject, "quiet"), None, button(t.tr("Remove"), self.accept, "danger")
                ),
                spacing=14,
                margins=(24, 24, 24, 20),
            )
        )

    def changes_key(self) -> bool:
        return self._key.isChecked()


def _lost(texts: Texts, name: str, sealed: int) -> str:
    """Said before it is too late: what only this worker's key opens."""
    return texts.trn(
        "One coding opens only with {name}'s own key. When the sign-in goes, it can never be opened. If it is ready or "
        "nearly so, let {name} finish it and sign in once more first.",
        "{n} codings open only with {name}'s own key. When the sign-in goes, they can never be opened. If they are "
        "ready or nearly so, let {name} finish them and sign in once more first.",
        sealed,
        name=name,
    )


def _lost_moments(texts: Texts, name: str, meetings: int) -> str:
    """The same of moments for feedback."""
    return texts.trn(
        "Moments for feedback from one meeting open only with {name}'s own key, and are lost with it. They open to the "
        "others when both codings of the meeting are ready and {name} signs in once more.",
        "Moments for feedback from {n} meetings open only with {name}'s own key, and are lost with it. They open to "
        "the others when both codings of a meeting are ready and {name} signs in once more.",
        meetings,
        name=name,
    )
