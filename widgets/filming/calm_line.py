"""One big calm line over the large picture: a failure, an interruption, a pause. It comes, goes, and moves nothing."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from widgets.filming.camera_view import CameraView
from widgets.look.look import Look
from widgets.look.parts import beside, label

#: pixels: around the line, and the least width beside the clock; where there is less it lies below the clock
AROUND, LEAST = 12, 380


class CalmLine(QFrame):
    """Lies over `view`, beside its clock; hidden while all is well."""

    def __init__(self, view: CameraView, look: Look) -> None:
        super().__init__(view)
        self.setObjectName("card")
        self._view, self._look = view, look
        self._words = label("", wrap=True)
        self._words.setStyleSheet("font-size: 20px; font-weight: 600;")
        self._sign = label("")
        self._sign.setFixedWidth(28)
        row = beside(self._sign, self._words, spacing=10, margins=(16, 10, 16, 10))
        row.setStretch(1, 1)
        self.setLayout(row)
        self.hide()
        view.clock_moved.connect(self._lie)

    def say(self, words: str, sign: str) -> None:
        """`sign` names an icon; no words put the line away."""
        self._words.setText(words)
        self.setAccessibleName(words)
        if sign:
            self._sign.setPixmap(self._look.pixmap(sign, "text", 22))
        self.setVisible(bool(words))
        self._lie()

    def _lie(self) -> None:
        """Where the clock leaves room for it."""
        clock, right = self._view.clock_box(), self._view.width() - 16
        left, top = clock.right() + AROUND, clock.top()
        if right - left < LEAST:
            left, top = clock.left(), clock.bottom() + AROUND
        width = max(right - left, 1)
        self.setGeometry(left, top, width, max(self.heightForWidth(width), clock.height()))
