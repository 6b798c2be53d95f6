"""Everybody of a case and every purpose in one table: given, ends, withdrawn, not given, not needed."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from app.casework.case_file import CaseFile
from app.casework.consents import childs_last_word, is_needed
from app.casework.film_use import FilmMark, Mark, person_mark
from app.i18n import Texts, today
from app.model.consent import Purpose
from app.model.people import Person
from app.vocabulary import StatementTexts
from widgets.look.consent_mark import SIZE, shape
from widgets.look.flow import Flow
from widgets.look.look import Look
from widgets.look.parts import Card, label, picture_label
from widgets.look.row_delegate import RowDelegate

_ROW = 34


class _Centered(RowDelegate):
    """A mark in the middle of its cell, or a dash; a hairline below goes on that of the row's name."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.paint_ground(painter, option)
        painter.fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, self._look.color("line"))
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(icon, QIcon):
            middle = option.rect.center()
            icon.paint(painter, QRect(middle.x() - SIZE // 2, middle.y() - SIZE // 2, SIZE, SIZE))
            return
        painter.save()
        painter.setPen(self._look.color("muted"))
        painter.drawText(option.rect, Qt.AlignmentFlag.AlignCenter, str(index.data(Qt.ItemDataRole.DisplayRole)))
        painter.restore()


class ConsentMatrix(Card):
    """`chosen(person_id, purpose)` when a cell is pressed, or Enter on it."""

    chosen = Signal(str, object)

    def __init__(self, texts: Texts, look: Look) -> None:
        super().__init__(spacing=10, padding=14)
        self._texts, self._look = texts, look
        self._words = StatementTexts(texts.language)
        t = texts
        self.table = QTableWidget(0, len(Purpose))
        self.table.setAccessibleName(t.tr("Consents, person by person"))
        for column, purpose in enumerate(Purpose):
            head = QTableWidgetItem("\n".join(self._short(purpose).rsplit(" ", 1)))
            head.setToolTip(self._words.purpose(purpose))
            self.table.setHorizontalHeaderItem(column, head)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setItemDelegate(_Centered(look, self.table, QSize(SIZE, _ROW)))
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setStyleSheet("QTableWidget { border: none; } QHeaderView::section { padding: 4px 2px; }")
        self.table.setIconSize(QSize(SIZE, SIZE))
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        across = self.table.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setMinimumSectionSize(58)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.table.verticalHeader().setDefaultSectionSize(_ROW)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.cellClicked.connect(self._on_cell)
        self.table.cellActivated.connect(self._on_cell)
        self.today = label("", wrap=True)
        self.column.addWidget(self.table)
        self.column.addWidget(self.today)
        self.column.addLayout(self._key())
        self._people: tuple[Person, ...] = ()

    def show_case(self, case: CaseFile) -> None:
        t, day = self._texts, today()
        self._people = tuple(sorted(case.persons, key=lambda p: p.is_child))
        self.table.setRowCount(len(self._people))
        self.table.setVerticalHeaderLabels([_large(p.called) for p in self._people])
        for row, person in enumerate(self._people):
            for column, purpose in enumerate(Purpose):
                self.table.setItem(row, column, self._cell(case, person, purpose))
        head = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(head + _ROW * len(self._people) + 4)
        self.setVisible(bool(self._people))
        self.today.setText(_childs_word(t, case, day))

    def said(self, person_id: str, purpose: Purpose) -> str:
        """What a cell says to a screen reader."""
        row = next(n for n, p in enumerate(self._people) if p.id == person_id)
        cell = self.table.item(row, list(Purpose).index(purpose))
        return "" if cell is None else str(cell.data(Qt.ItemDataRole.AccessibleTextRole))

    def _cell(self, case: CaseFile, person: Person, purpose: Purpose) -> QTableWidgetItem:
        mark = person_mark(case, person, purpose, today())
        is_needed_here = mark.mark != Mark.LACKING or is_needed(case, purpose)
        made = QTableWidgetItem("" if is_needed_here else "–")
        made.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        words = self._state(mark, decided=case.decision(person.id, purpose, today()) is not None)
        if is_needed_here:
            icon, color = shape(mark.mark)
            # what was never given is the usual, and is no alarm
            made.setIcon(self._look.icon(icon, "muted" if mark.mark == Mark.LACKING else color, SIZE))
        else:
            words = self._texts.tr("not needed")
        spoken = f"{person.called}, {self._words.purpose(purpose)}: {words}"
        made.setToolTip(spoken)
        made.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        return made

    def _state(self, mark: FilmMark, *, decided: bool) -> str:
        t = self._texts
        if mark.mark == Mark.IN_FORCE and decided:
            return t.tr("the controller's decision")
        return {
            Mark.IN_FORCE: t.tr("given"),
            Mark.ENDS: "" if mark.ends is None else t.tr("ends {day}", day=t.date(mark.ends)),
            Mark.WITHDRAWN: t.tr("withdrawn"),
            Mark.LACKING: t.tr("not given"),
        }[mark.mark]

    def _key(self) -> Flow:
        t = self._texts
        rows = (
            ("check", t.tr("given")),
            ("clock", t.tr("ends soon")),
            ("withdrawn", t.tr("withdrawn")),
            ("close", t.tr("not given")),
        )
        return Flow(
            *(picture_label(self._look, icon, words, SIZE) for icon, words in rows),
            label("–  " + t.tr("not needed"), "caption"),
        )

    def _short(self, purpose: Purpose) -> str:
        t = self._texts
        return {
            Purpose.FILMING: t.tr("Filming"),
            Purpose.FEEDBACK: t.tr("Feedback"),
            Purpose.COMMISSIONER: t.tr("To the commissioner"),
            Purpose.OWN_SUPERVISION: t.tr("Supervision"),
            Purpose.TRAINING: t.tr("Training of others"),
            Purpose.RESEARCH: t.tr("Research"),
            Purpose.OTHER_PARENT: t.tr("Other parent"),
            Purpose.INTERPRETER: t.tr("Interpreter"),
            Purpose.REFERENCE_FILM: t.tr("Reference"),
        }[purpose]

    def _on_cell(self, row: int, column: int) -> None:
        self.chosen.emit(self._people[row].id, list(Purpose)[column])


def _childs_word(t: Texts, case: CaseFile, day: object) -> str:
    last = childs_last_word(case)
    said = {"yes": t.tr("said yes"), "no": t.tr("said no")}
    if last is not None and last[0] == day:
        return t.tr("Child today: {word}", word=said.get(last[1], last[1]))
    asked = t.tr("Child today: asked before filming")
    if last is None:
        return asked
    return f"{asked} · " + t.tr("last {day}: {word}", day=t.date(last[0]), word=said.get(last[1], last[1]))


def _large(words: str) -> str:
    return words[:1].upper() + words[1:]
