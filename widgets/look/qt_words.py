"""Qt's own words, as those of its file dialogs and text menus, in the language of the screen."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

_NAME = "qt-words"


def speak(app: QApplication, language: str) -> bool:
    """Load Qt's catalogue for `language` in place of the one before; whether there is one. English needs none."""
    before = app.findChild(QTranslator, _NAME)
    if before is not None:
        app.removeTranslator(before)
        before.setObjectName("")
        before.deleteLater()
    if language == "en":
        return True
    made = QTranslator(app)
    made.setObjectName(_NAME)
    found = made.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return found and app.installTranslator(made)
