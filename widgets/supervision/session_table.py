"""The sessions of an agreement as rows; Enter or a double press opens one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.i18n import Texts
from app.model.supervision import SupervisionAgreement, SupervisionSession
from app.supervising import sessions as course
from app.supervising import words
from widgets.look.look import Look, font
from widgets.rows_model import Index, RowsModel

_ROW, _HEAD = 32, 36
_NUMBER, _DAY, _HOW, _THERE, _CLIPS, _THEME, _STATE = range(7)
#: pixels that a column takes; the theme has what is left
_WIDE = {_NUMBER: 54, _DAY: 92, _HOW: 126, _THERE: 62, _CLIPS: 84, _STATE: 168}


class _Sessions(RowsModel):
    def __init__(self, look: Look, texts: Texts, parent: QTableView) -> None:
        t = texts
        super().__init__(
            (
                t.tr("Number of the session"),
                t.tr("Day"),
                t.tr("Way of meeting"),
                t.tr("There"),
                t.tr("Clips"),
                t.tr("Theme"),
                t.tr("State"),
            ),
            parent,
        )
        self._look, self._texts = look, texts
        self._rows: list[tuple[SupervisionSession, tuple[str, ...], str]] = []
        self._next = ""

    def show(
        self,
        agreement: SupervisionAgreement,
        sessions: Sequence[SupervisionSession],
        clips: dict[str, int],
        now: datetime,
    ) -> None:
        """`clips` are how many clips were brought to each session, by its id."""
        t = self._texts
        numbers = course.numbers(sessions)
        self.beginResetModel()
        self._rows = []
        for one in sessions:
            there = agreement.there_on(one.at.astimezone().date())
            cells = (
                str(numbers[one.id]) if one.id in numbers else t.tr("before") if one.exploratory else "–",
                t.date(one.at.astimezone().date(), year=one.at.year != now.year),
                words.delivery(t, one),
                f"{one.present} / {len(there)}" if one.is_held else "",
                t.tr("yes") if clips.get(one.id) else t.tr("no") if one.is_held else "",
                words.outcome_line(t, one),
                words.state(t, one, now),
            )
            self._rows.append((one, cells, _sign(one)))
        coming = course.next_one(sessions, now)
        self._next = coming.id if coming is not None else ""
        self.endResetModel()

    def count(self) -> int:
        return len(self._rows)

    def session(self, row: int) -> SupervisionSession | None:
        return self._rows[row][0] if 0 <= row < len(self._rows) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        session, cells, sign = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cells[index.column()]
        if role == Qt.ItemDataRole.DecorationRole and index.column() == _STATE:
            return self._look.pixmap(sign, "text" if sign != "close" else "muted", 14)
        if role == Qt.ItemDataRole.FontRole:
            return font(weight=QFont.Weight.DemiBold if session.id == self._next else QFont.Weight.Normal, tabular=True)
        if role == Qt.ItemDataRole.ForegroundRole and sign == "close":
            return self._look.color("muted")
        return None


def _sign(session: SupervisionSession) -> str:
    if session.is_held:
        return "check"
    return "clock" if session.is_open else "close"


class SessionTable(QTableView):
    """Read by the arrows; the height is that of its rows."""

    opened = Signal(str)  # a session's id

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        self._rows = _Sessions(look, texts, self)
        self.setModel(self._rows)
        self.setAccessibleName(texts.tr("Sessions"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setFixedHeight(_HEAD)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setMinimumSectionSize(40)
        for column, wide in _WIDE.items():
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, wide)
        head.setSectionResizeMode(_THEME, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def show_sessions(
        self,
        agreement: SupervisionAgreement,
        sessions: Sequence[SupervisionSession],
        clips: dict[str, int],
        now: datetime,
    ) -> None:
        chosen = self.currentIndex().row()
        self._rows.show(agreement, sessions, clips, now)
        self.selectRow(min(max(chosen, 0), len(sessions) - 1) if sessions else -1)
        self.setFixedHeight(_ROW * max(len(sessions), 1) + _HEAD + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        return

    def _open(self, row: int) -> None:
        session = self._rows.session(row)
        if session is not None:
            self.opened.emit(session.id)
