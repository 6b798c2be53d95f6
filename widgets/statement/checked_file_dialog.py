"""What the signatures of a file say, of any file: whose they are, of when, and whether it was changed since."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QWidget

from app.i18n import Texts
from app.model.signature_seen import SignatureSeen
from app.statement import signature_words
from widgets.folding import size_to_fit
from widgets.look.parts import Card, beside, label, primary_button, scrolled, stacked


class CheckedFileDialog(QDialog):
    """A card for each signature, in the order in which they were made."""

    def __init__(self, texts: Texts, name: str, seen: Sequence[SignatureSeen], parent: QWidget) -> None:
        """`name` is what the file is called."""
        super().__init__(parent)
        t = texts
        self.setWindowTitle(t.tr("Signatures of the file"))
        size_to_fit(self, 560, 460)
        cards = QWidget()
        column = stacked(spacing=10, margins=(0, 0, 8, 0))
        for one in seen:
            first, *rest = signature_words.lines(t, one)
            card = Card(label(first, "strong", wrap=True), spacing=3, padding=14)
            for line in rest:
                is_broken = not one.holds and line == signature_words.since(t, one)
                card.column.addWidget(label(line, "danger" if is_broken else "", wrap=True))
            column.addWidget(card)
        if not seen:
            column.addWidget(label(t.tr("The file has no signatures."), wrap=True))
        column.addStretch(1)
        cards.setLayout(column)
        close = primary_button(t.tr("Close"), self.accept)
        self.setLayout(
            stacked(
                label(name, "heading", wrap=True),
                scrolled(cards),
                label(signature_words.limits(t), "caption", wrap=True),
                beside(None, close),
                spacing=12,
                margins=(24, 22, 24, 20),
            )
        )
