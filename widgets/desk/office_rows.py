"""Who waits for what, over all cases of the office: a table whose rows open their case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from app.i18n import Texts
from app.office.desk import Waiting
from app.office.office_desk import OfficeDesk, Turn
from app.services.library import called_with
from app.vocabulary import StatementTexts
from widgets.desk.desk_rows import ICONS, days_left
from widgets.look.look import Look, font
from widgets.look.parts import beside, button, hairline, label
from widgets.screen import Go

#: pixels between the columns of a table, and beside and above its words
_BETWEEN, _BESIDE, _ABOVE = 14, 18, 8


class Table(QFrame):
    """Rows in a card under small heads, with hairlines between; `stretch` are the columns that share what is left."""

    def __init__(self, heads: Sequence[str], stretch: dict[int, int], right: Sequence[int] = ()) -> None:
        super().__init__()
        self.setObjectName("card")
        self._columns, self._right, self._line = len(heads), right, 0
        self._grid = QGridLayout()
        self._grid.setContentsMargins(1, 4, 1, 1)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(0)
        for column, share in stretch.items():
            self._grid.setColumnStretch(column, share)
        self.setLayout(self._grid)
        self.add_row([label(head, "caption") for head in heads])

    def add_row(self, parts: Sequence[QWidget]) -> None:
        """One part for each column."""
        if self._line:
            self._grid.addWidget(hairline(), self._line, 0, 1, self._columns)
            self._line += 1
        for column, part in enumerate(parts):
            before = _BESIDE if column == 0 else 0
            after = _BESIDE if column == self._columns - 1 else _BETWEEN
            held = beside(part, margins=(before, _ABOVE, after, _ABOVE))
            if column in self._right:
                held.setAlignment(part, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addLayout(held, self._line, column)
        self._line += 1


class TurnRows:
    """Makes the table for one look and language; `go` is where a case's name leads."""

    def __init__(self, texts: Texts, look: Look, go: Go, day: date) -> None:
        self._texts, self._look, self._go, self._day = texts, look, go, day
        self._words = StatementTexts(texts.language)

    def table(self, found: OfficeDesk) -> QWidget:
        t = self._texts
        heads = t.tr("Case"), t.tr("Waits for"), t.tr("Whose turn"), t.tr("Has waited"), t.tr("Deadline")
        table = Table(heads, stretch={1: 3, 2: 2}, right=(4,))
        for turn in found.turns:
            table.add_row(self._row(found, turn))
        return table

    def _row(self, found: OfficeDesk, turn: Turn) -> list[QWidget]:
        t, words = self._texts, self.words(turn)
        names = found.named(turn.who)
        who = label(",\n".join(names) or "–", wrap=True)
        left, waited = turn.days_left(self._day), turn.days_waited(self._day)
        opened = button(turn.case.code_name, partial(self._go, "cases", **_place(turn)), "link")
        opened.setAccessibleName(f"{t.tr('Open')}: {turn.case.code_name}, {words}, {', '.join(names)}")
        sign = QLabel()
        icon = ICONS[turn.item.what] if turn.item is not None else "note"
        sign.setPixmap(self._look.pixmap(icon, "muted", 18))
        sign.setFixedWidth(20)
        said = label(words, wrap=True)
        what = QWidget()
        row = beside(sign, said, spacing=10)
        row.setStretch(1, 1)
        what.setLayout(row)
        since = "–" if waited is None else t.trn("{n} day", "{n} days", waited)
        near = left is not None and left <= 0
        parts = [label(since, "muted"), label(days_left(t, left) or "–", "strong" if near else "muted")]
        for part in parts:
            part.setFont(font(tabular=True))
        return [opened, what, who, *parts]

    def words(self, turn: Turn) -> str:
        """What is waited for, of whom it is, and when it is to be filmed."""
        t, item = self._texts, turn.item
        if item is None:
            assert turn.request is not None
            asked = self._words.of("requests", turn.request.kind)
            what = (
                t.tr("Answer to a request") if turn.request.decided is None else t.tr("Handing over what was granted")
            )
            return f"{what} · {asked}"
        said = [item_words(t, turn)]
        if item.meeting is not None:
            said.append(called_with(t, item.meeting, item.called))
            held = item.meeting.held.astimezone()
            if item.what in (Waiting.PLAN, Waiting.FILM):
                said.append(f"{t.weekday(held.date())} {t.date(held.date(), year=False)} {t.time(held)}")
        if item.statement is not None:
            said += [self._words.document_kind(item.statement.kind), t.tr("version {n}", n=item.statement.version)]
        return " · ".join(said)


def item_words(t: Texts, turn: Turn) -> str:
    """What there is to do, as one tells it of others."""
    item = turn.item
    assert item is not None
    coding = t.tr("A coding, the other is ready") if len(turn.who) == 1 else t.tr("Both codings")
    writing = t.tr("Writing the statement")
    return {
        Waiting.PLAN: t.tr("Choosing the tasks"),
        Waiting.FILM: t.tr("Filming"),
        Waiting.FILM_ON: t.tr("Filming is not finished"),
        Waiting.TALK: t.tr("The talk right after filming"),
        Waiting.CODE: coding,
        Waiting.WAIT_FOR_SIGN_IN: t.tr("Signing in: both codings are ready"),
        Waiting.COMPARE: t.tr("Going through where they differ"),
        Waiting.SAY_MORE: t.tr("Answers of the second pass"),
        Waiting.WRITE: t.tr("Writing the note") if item.statement and item.statement.is_note else writing,
        Waiting.APPROVE: t.tr("Checking by the work partner"),
    }[item.what]


def _place(turn: Turn) -> dict[str, str]:
    """Where a line is looked at."""
    if turn.item is None:
        return {"case_id": turn.case.id, "part": "requests"}
    meeting = turn.item.meeting
    return {"case_id": turn.case.id} | ({"meeting_id": meeting.id} if meeting is not None else {})
