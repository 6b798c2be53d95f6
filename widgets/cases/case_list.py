"""The list of cases by code name, read as it is scrolled, with a search, and where a new one gets its code name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyleOptionViewItem,
)

from app.casework.case_list import PAGE, CaseLine, case_lines, case_lines_of, found_cases, is_name_taken
from app.casework.film_use import FilmMark, marks_of_cases
from app.i18n import Texts, today
from app.model.people import Case
from app.model.sought import Sought
from app.workspace import Workspace
from widgets.look.consent_mark import mark_words, paint_mark
from widgets.look.look import Look
from widgets.look.parts import beside, button, field, label, stacked
from widgets.look.row_delegate import TWO_LINES, RowDelegate

WIDTH = 250
#: marks of so many rows are read together, a screenful
AT_ONCE = 24
_LINE, _MARK = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class CaseWords:
    """What a row shows."""

    id: str
    name: str
    people: str
    state: str

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.name, self.people, self.state) if part)


class CaseItem(QListWidgetItem):
    """A row whose mark of consents is asked of the archive when the row is first seen or read out."""

    def __init__(self, rows: CaseList, line: CaseWords) -> None:
        super().__init__()
        self._rows = rows
        self.fill(line)

    def fill(self, line: CaseWords) -> None:
        """What the row shows now."""
        self.line = line
        self.setText(line.name)

    def data(self, role: int) -> Any:
        if role == _LINE:
            return self.line
        if role == _MARK:
            return self._rows.mark_of(self.line.id)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            mark, spoken = self.data(_MARK), self.line.spoken
            return spoken if mark is None else f"{spoken}, {self._rows.words_of(mark)}"
        return super().data(role)


class CaseDelegate(RowDelegate):
    """Paints code name, people and state, and the mark of consents."""

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
        if (mark := index.data(_MARK)) is not None:
            lower = paint_mark(painter, self._look, lower, mark)
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
        self._marks: dict[str, FilmMark | None] = {}
        t = space.texts
        self.search = QLineEdit()
        self.search.setPlaceholderText(t.tr("Search"))
        self.search.setAccessibleName(t.tr("Search cases"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._read_again())
        self.own = QCheckBox(t.tr("My cases only"))
        self.own.setChecked(space.preferences.remembered.own_cases)
        self.own.toggled.connect(self._on_own)
        self.rows = QListWidget()
        self.rows.setObjectName("cases")
        self.rows.setAccessibleName(t.tr("Cases"))
        self.rows.setItemDelegate(CaseDelegate(look, self.rows))
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.currentItemChanged.connect(lambda *_: self._on_current())
        self._none = label(t.tr("Nothing found."), "muted")
        self.groups = button(space.texts.tr("Groups kept by codes"), kind="quiet")
        self.new = NewCase(space, self)
        self.new.hide()
        self.rows.verticalScrollBar().valueChanged.connect(lambda _: self._go_on())
        column = stacked(self.new, self.search, self.own, self._none, self.rows, spacing=12, margins=(16, 16, 12, 16))
        column.setStretch(4, 1)
        column.addStretch(0)
        column.addWidget(self.groups)
        self.setLayout(column)
        #: the case that is shown, and the last of the list that was read; None when there is no more
        self._shown_id = ""
        self._last: Case | None = None
        self._items: dict[str, CaseItem] = {}
        #: whether something changed out of sight since it was read; on which day that was; whether a row stands apart
        self._is_due, self._day, self._has_extra = True, today(), False

    def show_case(self, case_id: str) -> None:
        """Choose the case that is shown. What is read already stays while nothing of it changed."""
        is_read = case_id in self._items and not self._has_extra and not self.search.text()
        if self._is_due or self._day != today() or not is_read:
            self.refresh(case_id)
        else:
            self._shown_id = case_id
            self._choose_shown()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_due and self._shown_id:
            self.refresh(self._shown_id)

    def refresh(self, case_id: str) -> None:
        """Read anew as far as it was read, with one case chosen."""
        self._shown_id = case_id
        place, number = self.rows.verticalScrollBar().value(), self.rows.count()
        lines = self._lines(max(PAGE, number))
        if lines and lines == [item.line for item in self._items.values()]:
            self._choose_shown()  # the same rows need not be made anew
        else:
            self._fill(lines)
        self.rows.verticalScrollBar().setValue(place)

    def update_lines(self, case_id: str) -> None:
        """Something changed in a case that is shown: rows say it where they stand, for one may just be pressed."""
        if not self.isVisible():
            self._is_due = True
            return
        lines = {line.id: line for line in self._lines(max(PAGE, self.rows.count()))}
        if list(self._items) != list(lines):
            self.refresh(case_id)
            return
        for row_id, item in self._items.items():
            item.fill(lines[row_id])

    def _read_again(self) -> None:
        """From the first page on: something else is asked for."""
        self._fill(self._lines(PAGE))

    def _lines(self, number: int) -> list[CaseWords]:
        """So many from the first on, or what is found by the words that are typed."""
        space, typed = self._space, self.search.text()
        self._last = None
        self._marks.clear()
        self._is_due, self._day, self._has_extra = False, today(), False
        if Sought(typed).beginnings:
            return [_words(space.texts, line) for line in found_cases(space.store, space.archive.search, typed)]
        read = case_lines(space.store, number, mine=self.own.isChecked())
        if len(read) == number:
            self._last = read[-1].case
        shown = () if any(line.case.id == self._shown_id for line in read) else (self._shown_id,)
        self._has_extra = bool(shown)
        # what is open stands in the list also where that has not come so far
        return [_words(space.texts, line) for line in (*case_lines_of(space.store, shown), *read)]

    def _go_on(self) -> None:
        """The next page, when the end of what was read comes near."""
        bar = self.rows.verticalScrollBar()
        if self._last is None or bar.maximum() - bar.value() > self.rows.height():
            return
        read = case_lines(self._space.store, PAGE, self._last, mine=self.own.isChecked())
        self._last = read[-1].case if len(read) == PAGE else None
        for line in read:
            if line.case.id not in self._items:
                self._add(_words(self._space.texts, line))

    def _fill(self, lines: list[CaseWords]) -> None:
        self.rows.blockSignals(True)
        self.rows.clear()
        self._items = {}
        for line in lines:
            self._add(line)
        self.rows.blockSignals(False)
        is_sought = bool(Sought(self.search.text()).beginnings)
        self._none.setVisible(not lines and is_sought)
        self.rows.setVisible(bool(lines))
        # the choice is of use where others' cases fill the list
        self.own.setVisible(not is_sought and (self._last is not None or self.own.isChecked()))

    def _add(self, line: CaseWords) -> None:
        item = self._items[line.id] = CaseItem(self, line)
        self.rows.addItem(item)
        if line.id == self._shown_id:
            self.rows.setCurrentItem(item)

    def _choose_shown(self) -> None:
        self.rows.blockSignals(True)
        if self._shown_id in self._items:
            self.rows.setCurrentItem(self._items[self._shown_id])
        self.rows.blockSignals(False)
        self.rows.viewport().update()

    def _on_own(self, on: bool) -> None:
        self._space.preferences.remember(own_cases=on)
        self._read_again()

    def mark_of(self, case_id: str) -> FilmMark | None:
        """How it stands with the consents of a case; None while nobody is to be filmed."""
        if case_id not in self._marks:
            self._marks |= marks_of_cases(self._space.store, self._around(case_id), today())
        return self._marks[case_id]

    def _around(self, case_id: str) -> tuple[str, ...]:
        """With the rows below it, which are painted next: a screenful is asked for at once."""
        ids = list(self._items)
        at = ids.index(case_id) if case_id in ids else len(ids)
        return (case_id, *(i for i in ids[at + 1 : at + AT_ONCE] if i not in self._marks))

    def ask_marks_again(self) -> None:
        """A consent, or who is filmed, is another now."""
        self._marks.clear()
        self.rows.viewport().update()

    def words_of(self, mark: FilmMark) -> str:
        return mark_words(self._space.texts, mark)

    def names(self) -> tuple[str, ...]:
        """Code names of the rows."""
        return tuple(item.line.name for item in self._items.values())

    shown = names

    def ask_name(self) -> None:
        """Open the place where a new case gets its code name."""
        self.new.begin()

    def _on_current(self) -> None:
        item = self.rows.currentItem()
        if isinstance(item, CaseItem):
            self.chosen.emit(item.line.id)


class NewCase(QFrame):
    """A code name in place: Enter opens the case, Esc leaves it."""

    def __init__(self, space: Workspace, cases: CaseList) -> None:
        super().__init__()
        self.setObjectName("inset")
        self._cases, self._texts, self._store = cases, space.texts, space.store
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
        elif is_name_taken(self._store, name):
            self._complain(t.tr("Another case has this code name."))
        else:
            self.hide()
            self._cases.named.emit(name)


def _words(t: Texts, line: CaseLine) -> CaseWords:
    state = t.tr("open") if line.case.closed is None else t.tr("closed {day}", day=t.date(line.case.closed))
    people = " · ".join(p.called for p in line.persons if not p.network_only)
    return CaseWords(line.case.id, line.case.code_name, people, state)
