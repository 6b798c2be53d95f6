"""A list of entries: chosen, added, copied, removed and moved, by keys and by mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QFont, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QToolButton, QWidget

from app.i18n import Texts
from widgets.look.look import CAPTION, Look, font
from widgets.look.parts import beside, button, stacked

NUMBER = Qt.ItemDataRole.UserRole
LIST_WIDTH = 228


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry as the list shows it. `group` is the heading it stands under, `wrong` what is not right with it.

    `is_unwritten`: nothing is wrong, only not written yet.
    """

    number: int
    words: str
    group: str = ""
    color: QColor | None = None
    hollow: bool = False
    wrong: str = ""
    is_unwritten: bool = False


class EntryList(QWidget):
    """Numbers are those of the entries in their part. Moves go within one heading."""

    chosen = Signal(int)
    add_asked = Signal(int)
    copy_asked = Signal(int)
    remove_asked = Signal(int)
    move_asked = Signal(int, int)

    def __init__(self, texts: Texts, look: Look, name: str) -> None:
        super().__init__()
        self._texts, self._look = texts, look
        self.list = _Rows(self)
        self.list.setAccessibleName(name)
        self.list.currentItemChanged.connect(self._on_current)
        self.add = button(texts.tr("Add"), lambda: self.add_asked.emit(self.current()))
        self.add.setToolTip(texts.tr("Add") + "  Enter")
        self._copy = self._tool("copy", texts.tr("Copy"), "Ctrl+D", lambda: self.ask("copy"))
        self._remove = self._tool("trash", texts.tr("Remove"), "Delete", lambda: self.ask("remove"))
        self._up = self._tool("chevron-up", texts.tr("Up"), "Alt+↑", lambda: self.shift(-1))
        self._down = self._tool("chevron-down", texts.tr("Down"), "Alt+↓", lambda: self.shift(1))
        below = beside(self.add, None, self._copy, self._remove, self._up, self._down, spacing=2)
        self.setLayout(stacked(self.list, below, spacing=8))
        self.setFixedWidth(LIST_WIDTH)

    def show_lines(self, lines: Sequence[EntryLine], current: int) -> None:
        """Fill anew; the entry at `current` is chosen, without telling so."""
        with QSignalBlocker(self.list):
            self.list.clear()
            heading = ""
            for line in lines:
                if line.group != heading:
                    heading = line.group
                    self.list.addItem(self._heading(heading))
                self.list.addItem(self._item(line))
            for place in range(self.list.count()):
                if self.list.item(place).data(NUMBER) == current:
                    self.list.setCurrentRow(place)
        self._show_what_goes()

    def current(self) -> int:
        """The number of the chosen entry; −1 for none."""
        item = self.list.currentItem()
        return -1 if item is None or item.data(NUMBER) is None else int(item.data(NUMBER))

    def ask(self, what: str) -> None:
        if (number := self.current()) >= 0:
            {"copy": self.copy_asked, "remove": self.remove_asked}[what].emit(number)

    def shift(self, by: int) -> None:
        """The chosen entry one place up or down within its heading."""
        if (to := self._neighbor(by)) >= 0:
            self.move_asked.emit(self.current(), to)

    def drop(self, from_place: int, to_place: int) -> None:
        """An entry was dropped on another's place; across headings nothing moves."""
        numbers = [self.list.item(p).data(NUMBER) for p in range(self.list.count())]
        low, high = sorted((from_place, min(to_place, len(numbers) - 1)))
        if from_place == to_place or any(n is None for n in numbers[low : high + 1]):
            return
        self.move_asked.emit(numbers[from_place], numbers[min(to_place, len(numbers) - 1)])

    def _neighbor(self, by: int) -> int:
        place = self.list.currentRow() + by
        item = self.list.item(place) if 0 <= place < self.list.count() else None
        return -1 if item is None or item.data(NUMBER) is None or self.current() < 0 else int(item.data(NUMBER))

    def _on_current(self, item: QListWidgetItem | None, _before: object) -> None:
        self._show_what_goes()
        if item is not None and item.data(NUMBER) is not None:
            self.chosen.emit(int(item.data(NUMBER)))

    def _show_what_goes(self) -> None:
        some = self.current() >= 0
        for made, on in (
            (self._copy, some),
            (self._remove, some),
            (self._up, self._neighbor(-1) >= 0),
            (self._down, self._neighbor(1) >= 0),
        ):
            made.setEnabled(on)

    def _heading(self, words: str) -> QListWidgetItem:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setSizeHint(QSize(0, 30))
        item.setFont(font(CAPTION, weight=QFont.Weight.DemiBold))
        item.setForeground(self._look.color("muted"))
        item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        return item

    def _item(self, line: EntryLine) -> QListWidgetItem:
        item = QListWidgetItem(line.words)
        item.setData(NUMBER, line.number)
        item.setSizeHint(QSize(0, 32))
        if line.wrong:
            sign = ("note", "muted") if line.is_unwritten else ("warning", "danger")
            item.setIcon(self._look.icon(*sign, 16))
            item.setToolTip(line.wrong)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, line.wrong)
        elif line.color is not None:
            item.setIcon(_swatch(line.color, hollow=line.hollow))
        return item

    def _tool(self, icon: str, name: str, keys: str, act: object) -> QToolButton:
        made = QToolButton()
        made.setIcon(self._look.icon(icon, "text", 18))
        made.setAccessibleName(name)
        made.setToolTip(f"{name}  {keys}")
        made.clicked.connect(act)
        return made


class _Rows(QListWidget):
    """The list itself: its keys, and dropping an entry in another place."""

    def __init__(self, owner: EntryList) -> None:
        super().__init__()
        self._owner = owner
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(16, 16))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        alt, ctrl, none = (
            Qt.KeyboardModifier.AltModifier,
            Qt.KeyboardModifier.ControlModifier,
            Qt.KeyboardModifier.NoModifier,
        )
        owner = self._owner
        acts = {
            (Qt.Key.Key_Delete, none): lambda: owner.ask("remove"),
            (Qt.Key.Key_Insert, none): lambda: owner.add_asked.emit(owner.current()),
            (Qt.Key.Key_Return, none): lambda: owner.add_asked.emit(owner.current()),
            (Qt.Key.Key_Enter, none): lambda: owner.add_asked.emit(owner.current()),
            (Qt.Key.Key_D, ctrl): lambda: owner.ask("copy"),
            (Qt.Key.Key_Up, alt): lambda: owner.shift(-1),
            (Qt.Key.Key_Down, alt): lambda: owner.shift(1),
        }
        act = acts.get((Qt.Key(key), held))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def dropEvent(self, event: QDropEvent) -> None:
        spot = event.position().toPoint()
        target = self.itemAt(spot)
        to = self.row(target) if target is not None else self.count() - 1
        event.setDropAction(Qt.DropAction.IgnoreAction)  # the entry moves in the archive; the list is filled anew
        event.accept()
        self._owner.drop(self.currentRow(), to)


def _swatch(color: QColor, *, hollow: bool) -> QIcon:
    pixmap = QPixmap(32, 32)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(color if hollow else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else color)
    painter.drawRoundedRect(3, 3, 10, 10, 2, 2)
    painter.end()
    return QIcon(pixmap)
