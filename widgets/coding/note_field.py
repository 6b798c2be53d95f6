"""A note at this moment without a dialog: Ctrl+M, type, Enter."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.i18n import Texts
from app.model.timecode import Micros
from widgets.look.parts import beside, label


class NoteField(QWidget):
    """Hidden until it is asked for; Esc leaves without a note, and a note that was there as it was."""

    written = Signal(object, str)  # µs, text
    rewritten = Signal(str, str)  # id of the mark or bookmark, text: empty when all of it was taken out
    left = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._at: Micros = 0
        self._of = ""  # the mark whose words are edited; empty for a new note
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
        """A new note at `at`."""
        self._open(at, "", "")

    def amend(self, mark_id: str, at: Micros, text: str) -> None:
        """The words of a mark or bookmark that is at `at`."""
        self._open(at, mark_id, text)

    def _open(self, at: Micros, mark_id: str, text: str) -> None:
        self.commit()
        self._at, self._of = at, mark_id
        self._when.setText(self._texts.short_clock(at, digits=1))
        self._line.setText(text)
        self._line.selectAll()
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
        if self.isHidden():
            return
        text, mark_id = self._line.text().strip(), self._of
        self._close()
        if mark_id:
            self.rewritten.emit(mark_id, text)
        elif text:
            self.written.emit(self._at, text)

    def _on_done(self) -> None:
        self.commit()
        self.left.emit()

    def _leave(self) -> None:
        self._close()
        self.left.emit()

    def _close(self) -> None:
        self._of = ""
        self._line.clear()
        self.hide()
