"""A field of several lines whose words go to the archive while somebody types, a pause at a time."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit

from app.model.units import Pixels

#: typing rests for so long before it goes to the archive
PAUSE_MS = 500


class PausedText(QPlainTextEdit):
    """A text that is kept a moment after the last letter, and when the keys leave it."""

    written = Signal()

    def __init__(self, name: str, placeholder: str, height: Pixels = 104) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setFixedHeight(height)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.written)
        self.textChanged.connect(self._timer.start)

    def show_text(self, text: str, *, anew: bool = False) -> None:
        """From the archive; what is being typed stays, unless the text is of something else now."""
        if (anew or not self.hasFocus()) and self.toPlainText() != text:
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)

    def commit(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self.written.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.commit()
        super().focusOutEvent(event)
