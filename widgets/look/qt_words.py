"""Qt's own words, as those of its file dialogs and text menus, in the language of the screen."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from app.i18n import N_, Texts
from app.shortcuts.names import shown

_NAME = "qt-words"
#: Qt's context of the names of keys
_KEYS = "QShortcut"
#: what a catalogue of Qt's lacks, by Qt's context and source
_LACKING = {
    ("QFileDialog", "&Look in:"): N_("Look in:"),
    ("QFileDialog", "Files of &type:"): N_("Files of type:"),
    ("QAbstractFileIconProvider", "Drive"): N_("Drive"),
    ("QAbstractFileIconProvider", "Folder"): N_("Folder"),
    ("QAbstractFileIconProvider", "Unknown"): N_("Unknown"),
}


class QtWords(QTranslator):
    """Qt's catalogue for a language, with our words where it has none; keys are called as they are everywhere."""

    def __init__(self, texts: Texts, parent: QObject) -> None:
        super().__init__(parent)
        self._texts = texts

    def isEmpty(self) -> bool:
        """Never: the names of keys are there without a catalogue."""
        return False

    def translate(self, context: str, source: str, /, disambiguation: str | None = None, n: int = -1) -> str:
        """Never an empty text: Qt would show that instead of its own."""
        if context == _KEYS:
            return shown(source)
        own = _LACKING.get((context, source))
        return super().translate(context, source, disambiguation, n) or (self._texts.tr(own) if own else source)


def speak(app: QApplication, language: str) -> bool:
    """Load Qt's catalogue for `language` in place of the one before; whether there is one. English needs none."""
    before = app.findChild(QTranslator, _NAME)
    if before is not None:
        app.removeTranslator(before)
        before.setObjectName("")
        before.deleteLater()
    made = QtWords(Texts(language), app)
    made.setObjectName(_NAME)
    place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    found = language == "en" or made.load(f"qtbase_{language}", place)
    return app.installTranslator(made) and found
