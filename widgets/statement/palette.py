"""One line in which typing narrows a list, and Enter takes what is chosen: sources and text blocks, from the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.i18n import Texts
from widgets.folding import size_to_fit
from widgets.look.look import Look
from widgets.look.parts import beside, button, label, primary_button, stacked
from widgets.statement.two_lines import ABOUT, TwoLines

#: as many as can be looked through; typing narrows the rest
SHOWN = 100
#: the answer of a palette whose things are to be edited
EDIT = 2


@dataclass(frozen=True, slots=True)
class Offered:
    """One thing to choose: what it says, and what about it; `number` is the chooser's own."""

    number: int
    words: str
    about: str


class Palette(QDialog):
    """`chosen` is the number of what was taken; None until then."""

    def __init__(
        self,
        look: Look,
        texts: Texts,
        title: str,
        rows: Sequence[Offered],
        parent: QWidget,
        *,
        none: str,
        more: QWidget | None = None,
    ) -> None:
        """`none` is said where there is nothing to choose; `more` is another act, at the left of the buttons."""
        super().__init__(parent)
        self.setWindowTitle(title)
        size_to_fit(self, 620, 460)
        self.chosen: int | None = None
        self._rows = tuple(rows)
        self.words = QLineEdit()
        self.words.setPlaceholderText(texts.tr("Type to narrow the list"))
        self.words.setAccessibleName(title)
        self.words.textChanged.connect(lambda _: self._fill())
        self.words.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setItemDelegate(TwoLines(look, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda _: self._take())
        self._none = label(none if not rows else texts.tr("Not found"), "muted", wrap=True)
        self.take = primary_button(texts.tr("Put into the text"), self._take)
        acts = beside(*([more] if more is not None else []), None, button(texts.tr("Cancel"), self.reject), self.take)
        self.setLayout(stacked(self.words, self._none, self.list, acts, spacing=10, margins=(18, 16, 18, 14)))
        self._fill()

    def _fill(self) -> None:
        parts = self.words.text().casefold().split()
        found = [r for r in self._rows if all(p in f"{r.words} {r.about}".casefold() for p in parts)]
        self.list.clear()
        for row in found[:SHOWN]:
            item = QListWidgetItem(row.words)
            item.setData(ABOUT, row.about)
            item.setToolTip(f"{row.words}\n{row.about}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.words}. {row.about}")
            item.setData(Qt.ItemDataRole.UserRole, row.number)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(found))
        self._none.setVisible(not found)
        self.take.setEnabled(bool(found))
        current = self.list.currentItem()
        self.words.setAccessibleDescription(current.text() if current is not None else self._none.text())

    def _take(self) -> None:
        current = self.list.currentItem()
        if current is not None:
            self.chosen = current.data(Qt.ItemDataRole.UserRole)
            self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move in the list while the line is typed in; Enter takes."""
        if watched is self.words and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(
                Qt.Key(event.key())
            )
            if step is not None:
                row = min(max(self.list.currentRow() + step, 0), self.list.count() - 1)
                self.list.setCurrentRow(row)
                current = self.list.currentItem()
                self.words.setAccessibleDescription(current.text() if current is not None else "")
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
        return super().eventFilter(watched, event)


def choose(palette: Palette, then: Callable[[int], object]) -> None:
    """Ask, and go on with what was chosen."""
    is_chosen = palette.exec() == QDialog.DialogCode.Accepted
    palette.deleteLater()
    if is_chosen and palette.chosen is not None:
        then(palette.chosen)
