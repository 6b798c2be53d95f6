"""The order of a talk: the moments in their groups, moved by hand or by keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem

from app.i18n import Texts
from widgets.feedback.order_row import LINE, OrderDelegate, OrderLine
from widgets.look.look import Look

_GROUP = Qt.ItemDataRole.UserRole + 2
#: what the list does itself with a key; every other one is the room's
_OWN = {Qt.Key.Key_Up, Qt.Key.Key_Down}


class OrderList(QListWidget):
    """`show_groups` fills it; a group without clips keeps its head, so that something can be dropped there."""

    chosen = Signal(str)
    dropped = Signal(str, str, str)  # clip id, group, id of the clip before which it goes (empty: at the group's end)
    played = Signal()

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self.setAccessibleName(texts.tr("Order of the moments"))
        self.setItemDelegate(OrderDelegate(look, self))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setStyleSheet("QListWidget { border: none; background: transparent; }")
        self.setMinimumHeight(150)
        self.currentItemChanged.connect(self._on_current)
        self.itemDoubleClicked.connect(lambda _: self.played.emit())

    def show_groups(self, groups: Sequence[tuple[str, str, Sequence[OrderLine]]], chosen: str) -> None:
        """Each group with its title and its lines; `chosen` stays chosen when it is among them."""
        with QSignalBlocker(self):
            self.clear()
            for group, title, lines in groups:
                head = QListWidgetItem(title)
                head.setData(LINE, OrderLine("", title))
                head.setData(_GROUP, group)
                head.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled)
                self.addItem(head)
                for line in lines:
                    self._add(group, line)
            self.show_id(chosen)

    def _add(self, group: str, line: OrderLine) -> None:
        said = (str(line.number or ""), line.title, line.about, line.length, line.minutes, line.barred)
        item = QListWidgetItem(", ".join(word for word in said if word))
        item.setData(LINE, line)
        item.setData(_GROUP, group)
        kind = Qt.ItemFlag
        item.setFlags(kind.ItemIsEnabled | kind.ItemIsSelectable | kind.ItemIsDragEnabled)
        self.addItem(item)

    def chosen_id(self) -> str:
        item = self.currentItem()
        return "" if item is None else self._line(item).clip_id

    def show_id(self, clip_id: str) -> None:
        """To a clip, without telling."""
        with QSignalBlocker(self):
            for row in range(self.count()):
                if clip_id and self._line(self.item(row)).clip_id == clip_id:
                    self.setCurrentRow(row)
                    return
            self.setCurrentRow(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        """Nothing is moved here: it is told where it was let go, and the order comes back as it is then."""
        item = self.currentItem()
        moved = "" if item is None else self._line(item).clip_id
        row = self._row_under(event)
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if moved:
            self.drop_at(moved, row)

    def drop_at(self, clip_id: str, row: int) -> None:
        """As if a clip was let go above a row; behind the last one at the end."""
        after = self.item(row)
        before = "" if after is None else self._line(after).clip_id
        above = self.item(max(row - 1, 0))
        holder = after if before else above
        if holder is not None:
            self.dropped.emit(clip_id, str(holder.data(_GROUP)), before)

    def _row_under(self, event: QDropEvent) -> int:
        place = event.position().toPoint()
        index = self.indexAt(place)
        if not index.isValid():
            return self.count()
        return index.row() + (place.y() > self.visualRect(index).center().y())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and Qt.Key(event.key()) in _OWN:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _on_current(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None and (clip_id := self._line(item).clip_id):
            self.chosen.emit(clip_id)

    @staticmethod
    def _line(item: QListWidgetItem) -> OrderLine:
        line = item.data(LINE)
        assert isinstance(line, OrderLine)
        return line
