"""The list of cases by code name, with a search, and the place where a new one gets its code name."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyleOptionViewItem,
)

from app.casework.case_list import CaseLine, case_lines
from app.i18n import Texts
from app.workspace import Workspace
from widgets.look.look import Look
from widgets.look.parts import beside, button, field, label, stacked
from widgets.look.row_delegate import TWO_LINES, RowDelegate

WIDTH = 264
_LINE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class CaseWords:
    """What a row shows; `found_by` is what the search looks in."""

    id: str
    name: str
    people: str
    state: str
    found_by: str

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.name, self.people, self.state) if part)


class CaseDelegate(RowDelegate):
    """Paints code name, people and state."""

    def __init__(self, look: Look, parent: QListWidget) -> None:
        super().__init__(look, parent, QSize(120, TWO_LINES))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.paint_ground(painter, option)
        line: CaseWords = index.data(_LINE)
        upper, lower = self.two_lines(option)
        painter.save()
        small = QFontMetrics(self._small)
        state = small.horizontalAdvance(line.state)
        painter.setFont(self._strong)
        painter.setPen(self._look.color("text"))
        room = upper.width() - state - 10
        name = QFontMetrics(self._strong).elidedText(line.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(self._small)
        painter.setPen(self._look.color("muted"))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, line.state)
        people = small.elidedText(line.people, Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, people)
        painter.restore()


class CaseList(QFrame):
    """The left side of the place."""

    chosen = Signal(str)
    named = Signal(str)  # a new case's code name

    def __init__(self, space: Workspace, look: Look) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(WIDTH)
        self._space = space
        t = space.texts
        self.search = QLineEdit()
        self.search.setPlaceholderText(t.tr("Search"))
        self.search.setAccessibleName(t.tr("Search cases"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._filter())
        self.rows = QListWidget()
        self.rows.setObjectName("cases")
        self.rows.setAccessibleName(t.tr("Cases"))
        self.rows.setItemDelegate(CaseDelegate(look, self.rows))
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.currentItemChanged.connect(lambda *_: self._on_current())
        self._none = label(t.tr("Nothing found."), "muted")
        self.new = NewCase(space, self)
        self.new.hide()
        column = stacked(self.new, self.search, self._none, self.rows, spacing=12, margins=(16, 16, 12, 16))
        column.setStretch(3, 1)
        column.addStretch(0)
        self.setLayout(column)

    def refresh(self, case_id: str) -> None:
        """Read anew, with one case chosen."""
        lines = self._lines()
        place = self.rows.verticalScrollBar().value()
        self.rows.blockSignals(True)
        self.rows.clear()
        for line in lines:
            item = QListWidgetItem()
            _fill(item, line)
            self.rows.addItem(item)
            if line.id == case_id:
                self.rows.setCurrentItem(item)
        self.rows.blockSignals(False)
        self.rows.verticalScrollBar().setValue(place)
        self._filter()

    def update_lines(self, case_id: str) -> None:
        """Something changed in a case that is shown: rows say it where they stand, for one may just be pressed."""
        lines = {line.id: line for line in self._lines()}
        items = [self.rows.item(n) for n in range(self.rows.count())]
        if {item.data(_LINE).id for item in items} != set(lines):
            self.refresh(case_id)
            return
        for item in items:
            _fill(item, lines[item.data(_LINE).id])
        self._filter()

    def _lines(self) -> list[CaseWords]:
        return [_words(self._space.texts, line) for line in case_lines(self._space.store)]

    def names(self) -> tuple[str, ...]:
        return tuple(self.rows.item(n).data(_LINE).name for n in range(self.rows.count()))

    def shown(self) -> tuple[str, ...]:
        """Code names that the search lets through."""
        items = (self.rows.item(n) for n in range(self.rows.count()))
        return tuple(item.data(_LINE).name for item in items if not item.isHidden())

    def ask_name(self) -> None:
        """Open the place where a new case gets its code name."""
        self.new.begin()

    def _filter(self) -> None:
        wanted = self.search.text().strip().casefold()
        for number in range(self.rows.count()):
            item = self.rows.item(number)
            item.setHidden(wanted not in item.data(_LINE).found_by)
        self._none.setVisible(not self.shown() and self.rows.count() > 0)
        self.rows.setVisible(self.rows.count() > 0)

    def _on_current(self) -> None:
        item = self.rows.currentItem()
        if item is not None:
            self.chosen.emit(item.data(_LINE).id)


def _fill(item: QListWidgetItem, line: CaseWords) -> None:
    item.setText(line.name)
    item.setData(_LINE, line)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken)


class NewCase(QFrame):
    """A code name in place: Enter opens the case, Esc leaves it."""

    def __init__(self, space: Workspace, cases: CaseList) -> None:
        super().__init__()
        self.setObjectName("inset")
        self._cases, self._texts = cases, space.texts
        t = space.texts
        self.line = QLineEdit()
        self.line.setPlaceholderText(t.tr("For example Star 14"))
        self.line.returnPressed.connect(self._on_open)
        self.line.textEdited.connect(lambda _: self._complain(""))
        self._words = label("", "danger", wrap=True)
        self._words.hide()
        self.open = button(t.tr("Open"), self._on_open)
        self.cancel = button(t.tr("Cancel"), self.hide, "quiet")
        buttons = beside(self.open, self.cancel, None)
        note = t.tr("Known on screen by this; no real names.")
        name = field(t.tr("Code name"), self.line, note)
        self.setLayout(stacked(name, self._words, buttons, spacing=10, margins=(12, 10, 12, 12)))

    def begin(self) -> None:
        self.line.clear()
        self._complain("")
        self.show()
        self.line.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self._cases.rows.setFocus()
        else:
            super().keyPressEvent(event)

    def _complain(self, words: str) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.line.setAccessibleDescription(words)

    def _on_open(self) -> None:
        t, name = self._texts, self.line.text().strip()
        if not name:
            self._complain(t.tr("Write a code name first."))
        elif name.casefold() in (other.casefold() for other in self._cases.names()):
            self._complain(t.tr("Another case has this code name."))
        else:
            self.hide()
            self._cases.named.emit(name)


def _words(t: Texts, line: CaseLine) -> CaseWords:
    state = t.tr("open") if line.case.closed is None else t.tr("closed {day}", day=t.date(line.case.closed))
    people = " · ".join(p.called for p in line.persons if not p.network_only)
    return CaseWords(line.case.id, line.case.code_name, people, state, line.found_by)
