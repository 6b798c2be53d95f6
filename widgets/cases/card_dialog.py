"""Several files were chosen: which of them are one recording, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from app.films.camera_cards import CardFile, CardRow, joined, moved, recordings
from app.i18n import Texts
from app.model.timecode import SECOND
from widgets.folding import size_to_fit
from widgets.look.look import Look
from widgets.look.parts import beside, button, label, primary_button, stacked


class CardDialog(QDialog):
    """A row per file with its order and its tick *goes on from the one above*; `chosen` are the recordings then."""

    def __init__(self, texts: Texts, look: Look, rows: tuple[CardRow, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._texts, self._look, self._rows = texts, look, rows
        t = texts
        self.setWindowTitle(t.tr("Films from a camera's card"))
        size_to_fit(self, 680, 480)
        self.list = QListWidget()
        self.list.setAccessibleName(t.tr("Files in their order"))
        self.list.itemChanged.connect(self._on_ticked)
        self.list.currentRowChanged.connect(self._show_moves)
        self.list.installEventFilter(self)
        self.up = button(t.tr("Move up"), lambda: self.move_row(-1))
        self.down = button(t.tr("Move down"), lambda: self.move_row(1))
        self.unsure = label(
            t.tr("The names do not tell for certain which files belong together. Check the ticks."), "muted", wrap=True
        )
        self.sum = label("", "strong", wrap=True)
        self.take = primary_button(t.tr("Take in"), self.accept)
        words = t.tr(
            "A camera may split a long recording into several files. A tick says that a file goes on where the one "
            "above ends: together they become one film. Nothing on the card is changed."
        )
        hint = t.tr("Space ticks a file, Alt+↑ and Alt+↓ move it.")
        self.setLayout(
            stacked(
                label(words, "", wrap=True),
                self.unsure,
                self.list,
                beside(label(hint, "caption"), None, self.up, self.down, spacing=10),
                beside(self.sum, None, button(t.tr("Cancel"), self.reject), self.take, spacing=10),
                spacing=12,
                margins=(18, 16, 18, 14),
            )
        )
        self._show(0)

    @property
    def chosen(self) -> tuple[tuple[CardFile, ...], ...]:
        """The files of each recording, in their order."""
        return recordings(self._rows)

    def move_row(self, by: int) -> None:
        """Move the chosen file by so many places."""
        at = self.list.currentRow()
        if 0 <= at + by < len(self._rows):
            self._rows = moved(self._rows, at, by)
            self._show(at + by)

    def _on_ticked(self, item: QListWidgetItem) -> None:
        at = self.list.row(item)
        self._rows = joined(self._rows, at, item.checkState() == Qt.CheckState.Checked)
        self._tell()

    def _show(self, current: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for number, row in enumerate(self._rows):
            item = QListWidgetItem(self._words(row.file))
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            if number:
                item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if row.goes_on else Qt.CheckState.Unchecked)
                item.setToolTip(self._texts.tr("Goes on from the one above"))
            else:
                item.setFlags(flags)
            self.list.addItem(item)
        self.list.setCurrentRow(current)
        self.list.blockSignals(False)
        self._show_moves(current)
        self._tell()

    def _words(self, file: CardFile) -> str:
        t = self._texts
        written = datetime.fromtimestamp(file.written / SECOND, UTC)
        return (
            f"{file.path.name}   ·   {t.size(file.size)}   ·   {t.date(written.astimezone().date())} {t.time(written)}"
        )

    def _show_moves(self, at: int) -> None:
        self.up.setEnabled(at > 0)
        self.down.setEnabled(0 <= at < len(self._rows) - 1)

    def _tell(self) -> None:
        made = len(self.chosen)
        self.sum.setText(self._texts.trn("They become {n} film.", "They become {n} films.", made))
        self.unsure.setVisible(not all(row.sure for row in self._rows))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        moves: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Up: lambda: self.move_row(-1),
            Qt.Key.Key_Down: lambda: self.move_row(1),
        }
        if (
            watched is self.list
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
            and event.key() in moves
        ):
            moves[event.key()]()
            return True
        return super().eventFilter(watched, event)
