"""The line that says where one is: on this side of the wall nothing of client work is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel

from app.i18n import Texts
from widgets.look.look import Look
from widgets.look.parts import OneLine, beside, label


class WallLine(QFrame):
    """Under the header of every page of the place."""

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self.setObjectName("header")
        sign = QLabel()
        sign.setPixmap(look.pixmap("wall", "text", 18))
        words = OneLine("muted")
        words.show_text(
            texts.tr(
                "Clients' data, notes, figures and search are elsewhere. Only a clip whose client consents comes here."
            )
        )
        row = beside(
            sign, label(texts.tr("Apart from client work"), "strong"), words, spacing=10, margins=(20, 10, 20, 10)
        )
        row.setStretch(2, 1)
        self.setLayout(row)
