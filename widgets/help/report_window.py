"""A problem report to be read, whole, and kept if the person wants. Nothing here sends anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from app.error_texts import sentence
from app.errors import AppError
from app.i18n import Texts
from widgets.folding import size_to_fit
from widgets.forms.file_dialogs import FileDialogs
from widgets.look.parts import beside, button, label, primary_button, stacked


class ReportWindow(QDialog):
    """Shows the text as it would be kept. `save` keeps it at a path and raises AppError."""

    def __init__(
        self, report: str, save: Callable[[Path, str], None], texts: Texts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._report, self._save, self._texts = report, save, texts
        t = texts
        self.setWindowTitle(t.tr("Problem report"))
        size_to_fit(self, 760, 620)
        self.text = QPlainTextEdit(report)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(t.tr("The whole report"))
        self._told = label("", wrap=True)
        self._told.hide()
        words = t.tr(
            "This is all of the report: what helps to find the fault, and no picture, sound, name, title or folder. "
            "Read it through. Nothing is sent: you decide whom you give the file to."
        )
        foot = beside(
            button(t.tr("Copy"), self._on_copy),
            None,
            button(t.tr("Close"), self.reject, "quiet"),
            primary_button(t.tr("Save…"), self._on_save),
        )
        head = label(t.tr("Problem report"), "heading")
        self.setLayout(
            stacked(head, label(words, wrap=True), self.text, self._told, foot, spacing=14, margins=(24, 22, 24, 20))
        )
        self.text.setFocus()

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self._report)
        self._tell(self._texts.tr("The report is on the clipboard."))

    def _on_save(self) -> None:
        t = self._texts
        name = t.tr("Havainto problem report")
        chosen = FileDialogs(self).save(t.tr("Save the report"), f"{name}.txt", "TXT (*.txt)")
        if chosen is None:
            return
        try:
            self._save(chosen, self._report)
        except AppError as error:
            self._tell(sentence(t, error))
            return
        self._tell(t.tr("The report was saved."))

    def _tell(self, words: str) -> None:
        self._told.setText(words)
        self._told.show()
