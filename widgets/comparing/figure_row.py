"""A headline figure as a row that opens: title and number on one line, what allows for chance below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.comparing.words import FigureLine
from widgets.look.look import font
from widgets.look.parts import beside, label, stacked


class FigureRow(QPushButton):
    """The whole row is the button; a number in many words takes a second line."""

    def __init__(self, line: FigureLine, opens: str, on_press: Callable[[], object]) -> None:
        """`opens` says to a screen reader what a press shows."""
        super().__init__()
        self.setProperty("kind", "row")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(opens)
        self.setAccessibleName(f"{line.title}: {line.figure}. {line.detail}")
        self.setAccessibleDescription(opens)
        number = label(line.figure.replace(" / ", "\u00a0/\u00a0"), wrap=True)  # *16 / 16* stays in one line
        number.setAlignment(Qt.AlignmentFlag.AlignRight)
        number.setFont(font(tabular=True))
        head = beside(label(line.title, "strong"), number)
        head.setStretch(1, 1)
        self._rows = stacked(head, label(line.detail, "muted", wrap=True), spacing=1, margins=(4, 3, 4, 3))
        self.setLayout(self._rows)
        # a button is never narrower than it would like to be; the words of a row go on to the next line
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda _checked=False: on_press())

    def sizeHint(self) -> QSize:
        return self._rows.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._rows.minimumSize()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._rows.heightForWidth(width)
