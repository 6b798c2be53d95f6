"""Fields for a passphrase: what is typed can be looked at."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit, QSizePolicy

from app.i18n import Texts


def shows_typed(texts: Texts, *lines: QLineEdit) -> QCheckBox:
    """A tick that shows what is typed into the lines; off at first."""
    made = QCheckBox(texts.tr("Show what is typed"))
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def follow(is_shown: bool) -> None:
        for line in lines:
            line.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)

    made.toggled.connect(follow)
    follow(False)
    return made
