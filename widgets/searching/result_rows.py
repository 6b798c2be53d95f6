"""Rows of the search: heads of groups, results in two lines, and what is done from the list itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyleOptionViewItem

from app.casework.film_use import FilmMark
from app.i18n import Texts
from app.model.sought import Area, Sought
from app.office.searching import Line
from widgets.look.consent_mark import mark_words, paint_mark
from widgets.look.look import Look
from widgets.look.row_delegate import TWO_LINES, RowDelegate

ROW = Qt.ItemDataRole.UserRole
#: the heights of a head and of a row with one line, in pixels
_HEAD, _ONE_LINE = 34, 36


class Is(StrEnum):
    """What a row is."""

    HEAD = "head"
    RESULT = "result"
    MORE = "more"  # of its group
    SAVED = "saved"


@dataclass(frozen=True)
class RowWords:
    """One row: `title` at the left with `detail` below, `side` at the right and `warning` below that.

    `consents` stands behind `side`, and `mark` says it.
    """

    what: Is
    title: str
    detail: str = ""
    side: str = ""
    warning: str = ""
    line: Line | None = None
    area: Area | None = None
    sought: Sought | None = None
    consents: FilmMark | None = None
    mark: str = ""

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.title, self.detail, self.side, self.warning, self.mark) if part)


def result_row(t: Texts, line: Line) -> RowWords:
    """One result of the search."""
    side = " · ".join(part for part in (line.case, line.day) if part)
    apart = t.tr("Kept apart") if line.kept_apart else ""
    mark = "" if line.consents is None else mark_words(t, line.consents)
    return RowWords(
        Is.RESULT, line.title, line.detail, side, apart, line, line.found.area, consents=line.consents, mark=mark
    )


def item_of(row: RowWords) -> QListWidgetItem:
    """A row as the list holds it; a head cannot be chosen."""
    item = QListWidgetItem(row.title)
    item.setData(ROW, row)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken)
    item.setToolTip(row.mark)
    if row.what == Is.HEAD:
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
    return item


class ResultDelegate(RowDelegate):
    """Paints them in the program's look."""

    def __init__(self, look: Look, parent: QListWidget) -> None:
        super().__init__(look, parent, QSize(120, TWO_LINES))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row: RowWords = index.data(ROW)
        if row.what == Is.HEAD:
            return QSize(120, _HEAD)
        return super().sizeHint(option, index) if row.detail or row.warning else QSize(120, _ONE_LINE)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: RowWords = index.data(ROW)
        painter.save()
        if row.what == Is.HEAD:
            painter.setFont(self._small)
            painter.setPen(self._look.color("muted"))
            box = option.rect.adjusted(12, 0, -12, -4)
            painter.drawText(box, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, row.title.upper())
        else:
            self.paint_ground(painter, option)
            self._paint_row(painter, option, row)
        painter.restore()

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: RowWords) -> None:
        is_tall = bool(row.detail or row.warning)
        upper, lower = self.two_lines(option)
        if not is_tall:
            upper = option.rect.adjusted(12, 0, -12, 0)
        if row.consents is not None:
            upper = paint_mark(painter, self._look, upper, row.consents)
        small, strong = QFontMetrics(self._small), QFontMetrics(self._strong)
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._small)
        painter.setPen(self._look.color("muted"))
        painter.drawText(upper, right, row.side)
        if is_tall:
            room = lower.width() - (small.horizontalAdvance(row.warning) + 12 if row.warning else 0)
            painter.drawText(lower, middle, small.elidedText(row.detail, Qt.TextElideMode.ElideRight, room))
            painter.setPen(self._look.color("danger"))
            painter.drawText(lower, right, row.warning)
        painter.setFont(self._strong if row.what == Is.RESULT else self._small)
        painter.setPen(self._look.color("focus" if row.what == Is.MORE else "text"))
        room = upper.width() - small.horizontalAdvance(row.side) - 12
        painter.drawText(upper, middle, strong.elidedText(row.title, Qt.TextElideMode.ElideRight, room))
