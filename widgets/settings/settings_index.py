"""The index of the settings: every page by its name, and a search that finds a page by what stands on it.

On a small screen it is a row above the page: the names in a box that drops down, the search beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QBoxLayout, QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.i18n import Texts
from widgets.forms.inputs import ChoiceBox
from widgets.look.parts import label, stacked

WIDTH = 264
#: the margins as a column at the left, and as a row above
_BESIDE, _ABOVE = (12, 14, 12, 12), (20, 10, 20, 10)
_KEY = Qt.ItemDataRole.UserRole
_ANY = 16777215  # Qt's QWIDGETSIZE_MAX


class SettingsIndex(QFrame):
    """`chosen` says which page is wanted. `found_by(key)` gives a page's words, case-folded, when one is sought."""

    chosen = Signal(str)

    def __init__(self, texts: Texts, names: Mapping[str, str], found_by: Callable[[str], str]) -> None:
        super().__init__()
        self.setObjectName("index")
        self.setFixedWidth(WIDTH)
        self._found_by = found_by
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        find = QKeySequence(QKeySequence.StandardKey.Find).toString(QKeySequence.SequenceFormat.NativeText)
        self.search.setPlaceholderText(f"{texts.tr('Find a setting')}   {find}")
        self.search.setAccessibleName(texts.tr("Find a setting"))
        self.search.textChanged.connect(self._on_sought)
        self.search.returnPressed.connect(self.go_in)
        self.list = QListWidget()
        self.list.setAccessibleName(texts.tr("Pages of the settings"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for key, name in names.items():
            item = QListWidgetItem(name)
            item.setData(_KEY, key)
            self.list.addItem(item)
        self.list.currentRowChanged.connect(self._on_row)
        self.choice = ChoiceBox()
        self.choice.setAccessibleName(texts.tr("Pages of the settings"))
        self.choice.activated.connect(lambda _: self.choose(self.choice.currentData()))
        self.choice.hide()
        self._nothing = label(texts.tr("No setting has these words."), "muted", wrap=True)
        self._nothing.hide()
        self._parts: QBoxLayout = stacked(
            self.choice, self.search, self._nothing, self.list, spacing=10, margins=_BESIDE
        )
        self.setLayout(self._parts)
        self._offer(range(self.list.count()))

    def fold(self, *, on: bool) -> None:
        """Into a row above the page, or back to a column beside it; the keys stay with the choice."""
        had = self.pages.hasFocus()
        self.choice.setVisible(on)
        self.list.setVisible(not on)
        ways = QBoxLayout.Direction
        self._parts.setDirection(ways.LeftToRight if on else ways.TopToBottom)
        self._parts.setContentsMargins(*(_ABOVE if on else _BESIDE))
        self._nothing.setWordWrap(not on)
        self.setProperty("kind", "folded" if on else "")
        self.style().unpolish(self)
        self.style().polish(self)
        if on:
            self.setMinimumWidth(0)
            self.setMaximumWidth(_ANY)
        else:
            self.setFixedWidth(WIDTH)
        if had:
            self.pages.setFocus()

    @property
    def pages(self) -> QWidget:
        """What a page is chosen with now."""
        return self.list if self.choice.isHidden() else self.choice

    @property
    def current(self) -> str:
        """The key of the page that is chosen."""
        return str(self.list.currentItem().data(_KEY))

    def choose(self, key: str) -> None:
        """Go to a page by its key."""
        for row in range(self.list.count()):
            if self.list.item(row).data(_KEY) == key:
                self.list.setCurrentRow(row)

    def go_in(self) -> None:
        """From the search to what was found."""
        if not self._nothing.isVisible():
            self.pages.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.go_in()
        else:
            super().keyPressEvent(event)

    def _on_row(self, row: int) -> None:
        if row >= 0:
            self.choice.setCurrentIndex(self.choice.findData(self.current))
            self.chosen.emit(self.current)

    def _on_sought(self, typed: str) -> None:
        words = typed.casefold().split()
        shown = []
        for row in range(self.list.count()):
            item = self.list.item(row)
            fits = all(word in self._found_by(str(item.data(_KEY))) for word in words)
            item.setHidden(not fits)
            if fits:
                shown.append(row)
        self._nothing.setVisible(not shown)
        self._offer(shown)
        if shown and self.list.currentRow() not in shown:
            self.list.setCurrentRow(shown[0])

    def _offer(self, rows: Iterable[int]) -> None:
        """The folded box has the pages that the list shows."""
        self.choice.clear()
        for row in rows:
            item = self.list.item(row)
            self.choice.addItem(item.text(), item.data(_KEY))
        item = self.list.currentItem()
        self.choice.setCurrentIndex(-1 if item is None else self.choice.findData(item.data(_KEY)))
