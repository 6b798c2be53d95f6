"""A note at this moment without a dialog: Ctrl+M, type, Enter."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.i18n import Texts
from app.model.timecode import Micros
from widgets.look.parts import beside, label


class NoteField(QWidget):
    """Hidden until it is asked for; Esc leaves without a note."""

    written = Signal(object, str)  # µs, text
    left = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._at: Micros = 0
        self._when = label("", "muted")
        self._line = QLineEdit()
        self._line.setPlaceholderText(texts.tr("Note at this moment"))
        self._line.setAccessibleName(texts.tr("Note at this moment"))
        self._line.returnPressed.connect(self._on_done)
        row = beside(self._when, self._line)
        row.setStretch(1, 1)
        self.setLayout(row)
        self.hide()

    def ask(self, at: Micros) -> None:
        self._at = at
        self._when.setText(self._texts.short_clock(at, digits=1))
        self._line.clear()
        self.show()
        self._line.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # it ended the note, and is no key of the room
        else:
            super().keyPressEvent(event)

    def commit(self) -> None:
        """What is typed is a note, also when the place is left or locked before Enter."""
        text = self._line.text().strip()
        self._line.clear()
        self.hide()
        if text:
            self.written.emit(self._at, text)

    def _on_done(self) -> None:
        self.commit()
        self.left.emit()

    def _leave(self) -> None:
        self._line.clear()
        self.hide()
        self.left.emit()
