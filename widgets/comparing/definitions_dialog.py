"""*Miten tämä on laskettu*: the definitions of the figures, to be read when somebody asks."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from app.comparing.definitions import definitions
from app.i18n import Texts
from widgets.folding import size_to_fit
from widgets.look.parts import beside, label, primary_button, scrolled, section_label, stacked


class DefinitionsDialog(QDialog):
    """One section for each matter."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts.tr("How this is computed"))
        size_to_fit(self, 620, 620)
        column = stacked(spacing=6, margins=(24, 20, 24, 12))
        for one in definitions(texts):
            column.addWidget(section_label(one.title))
            column.addWidget(label(one.text, wrap=True))
            column.addSpacing(10)
        column.addStretch(1)
        inside = QWidget()
        inside.setLayout(column)
        close = primary_button(texts.tr("Close"), self.accept)
        self.setLayout(stacked(scrolled(inside), beside(None, close, margins=(24, 8, 24, 16)), spacing=0))
