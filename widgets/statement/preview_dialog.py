"""The real PDF on the screen, from memory: nothing is written to the disk in clear."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QDialog, QWidget

from app.i18n import Texts
from widgets.folding import size_to_fit
from widgets.look.parts import beside, primary_button, stacked


class PreviewDialog(QDialog):
    """All pages, as wide as the window."""

    def __init__(self, pages: bytes, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts.tr("Preview PDF"))
        size_to_fit(self, 900, 680)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(pages))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument(self)
        self.document.load(self._buffer)
        view = QPdfView(self)
        view.setDocument(self.document)
        view.setPageMode(QPdfView.PageMode.MultiPage)
        view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        view.setAccessibleName(texts.tr("Preview PDF"))
        close = primary_button(texts.tr("Close"), self.accept)
        self.setLayout(stacked(view, beside(None, close, margins=(16, 8, 16, 12)), spacing=0))
