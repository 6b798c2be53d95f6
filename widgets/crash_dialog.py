"""A bug, told calmly: what is safe, where it happened, and that nothing was sent anywhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from app.i18n import Texts
from widgets.folding import size_to_fit
from widgets.look.parts import beside, button, label, primary_button, stacked


class CrashDialog(QDialog):
    """Shows a crash report; `make_report` opens the whole problem report for whoever looks after the program."""

    def __init__(
        self, report: str, texts: Texts, make_report: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Havainto")
        size_to_fit(self, 560, 380)
        details = QPlainTextEdit(report)
        details.setReadOnly(True)
        details.setAccessibleName(texts.tr("Where it happened"))
        self.setLayout(
            stacked(
                label(texts.tr("The program made a mistake"), "heading"),
                label(
                    texts.tr(
                        "Everything that was saved is safe. You can go on; if something looks odd, lock the program "
                        "and open it again. Nothing was sent anywhere."
                    ),
                    wrap=True,
                ),
                details,
                beside(
                    None,
                    button(texts.tr("Copy the report"), lambda: QApplication.clipboard().setText(report)),
                    button(texts.tr("Problem report…"), make_report),
                    primary_button(texts.tr("Go on"), self.accept),
                ),
                spacing=14,
                margins=(24, 24, 24, 20),
            )
        )
