"""The other parts of the office's desk: deadlines of four weeks, what is to be erased, how much each pair has to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QWidget

from app.casework.retention import Why
from app.casework.retention_words import own_rule_words
from app.i18n import Texts
from app.office.office_desk import CaseErasure, DueCase, OfficeDesk, PairWork
from widgets.desk.office_rows import Table
from widgets.look.look import Look, font
from widgets.look.parts import Card, ListCard, Row, beside, button, label, stacked
from widgets.screen import Go

#: so many deadlines of a week, and lines of what is to be erased, are shown
IN_A_WEEK, ERASURES = 6, 8
#: pixels of a code name beside its weekday
NAME = 64
#: so many pairs are shown at first
PAIRS = 8
_WEEKDAYS = 4  # from Monday to Friday


def weeks_card(t: Texts, found: OfficeDesk, go: Go) -> QWidget:
    """The weeks side by side, each with its cases; what is late stands above them."""
    weeks = QWidget()
    columns = beside(spacing=0)
    for number, (monday, cases) in enumerate(found.weeks):
        if number:
            line = QFrame()
            line.setObjectName("upright")
            line.setFixedWidth(1)
            columns.addWidget(line)
        columns.addWidget(_week(t, monday, cases, go), 1)
    weeks.setLayout(columns)
    if not found.late:
        return Card(weeks, padding=0)
    late = QWidget()
    some = [_due_line(t, row, go, is_late=True) for row in found.late[:IN_A_WEEK]]
    more = _more(t, len(found.late) - len(some))
    late.setLayout(stacked(label(t.tr("Late"), "strong"), *some, *more, spacing=4, margins=(14, 12, 14, 12)))
    return ListCard([late, weeks])


def _week(t: Texts, monday: date, cases: tuple[DueCase, ...], go: Go) -> QWidget:
    friday = monday + timedelta(days=_WEEKDAYS)
    begin = f"{monday.day}." if t.language != "en" and monday.month == friday.month else t.date(monday, year=False)
    head = stacked(
        label(t.tr("week {n}", n=monday.isocalendar().week), "strong"),
        label(f"{begin}–{t.date(friday, year=False)}", "caption"),
        spacing=2,
    )
    rows = [_due_line(t, row, go) for row in cases[:IN_A_WEEK]]
    made = QWidget()
    column = stacked(head, *rows, *_more(t, len(cases) - len(rows)), None, spacing=4, margins=(12, 12, 6, 12))
    made.setLayout(column)
    return made


def _due_line(t: Texts, row: DueCase, go: Go, *, is_late: bool = False) -> QWidget:
    """*ke Koivu 3*; of what is late the date too."""
    when = f"{t.weekday(row.due)} {t.date(row.due, year=False)}" if is_late else t.weekday(row.due)
    day = label(when, "muted")
    opened = button("", partial(go, "cases", case_id=row.case.id), "link")
    metrics = opened.fontMetrics()
    fits = row.case.code_name if is_late else metrics.elidedText(row.case.code_name, Qt.TextElideMode.ElideRight, NAME)
    opened.setText(fits)
    opened.setAccessibleName(f"{t.tr('Open')}: {row.case.code_name}, {t.date(row.due)}")
    opened.setToolTip(row.case.code_name)
    made = QWidget()
    made.setLayout(beside(day, opened, None, spacing=6))
    return made


def _more(t: Texts, left: int) -> list[QLabel]:
    return [label(t.trn("{n} more", "{n} more", left), "caption")] if left > 0 else []


def erasures_card(t: Texts, look: Look, rows: tuple[CaseErasure, ...], day: date, go: Go) -> QWidget:
    """What is due within four weeks, and what something keeps; each leads to the case's retention."""
    if not rows:
        return Card(label(t.tr("Nothing is to be erased within four weeks."), "muted", wrap=True))
    made: list[QWidget] = [_erasure(t, look, row, day, go) for row in rows[:ERASURES]]
    if len(rows) > ERASURES:
        more = QWidget()
        more.setLayout(stacked(*_more(t, len(rows) - ERASURES), margins=(18, 8, 18, 8)))
        made.append(more)
    return ListCard(made)


def _erasure(t: Texts, look: Look, row: CaseErasure, day: date, go: Go) -> QWidget:
    films = t.trn("{n} film", "{n} films", row.films)
    about, icon = {
        Why.DUE: (t.tr("their time is over"), "trash"),
        Why.CLOSED_FROM_USE: (t.tr("closed from use"), "trash"),
        Why.BY_HOLD: (t.tr("a legal hold keeps them"), "lock"),
        Why.BY_REQUEST: (t.tr("an open request keeps them"), "lock"),
    }.get(row.why, (t.tr("their time ends"), "clock"))
    if row.why in (Why.DUE, Why.NOT_YET) and row.own_rule is not None:
        about = f"{about}: {own_rule_words(t, row.own_rule)}"
    if row.is_kept or row.day is None:
        when = t.tr("not yet")
    elif row.day <= day:
        when = t.tr("today") if row.day == day else t.tr("since {day}", day=t.date(row.day, year=False))
    else:
        when = f"{t.weekday(row.day)} {t.date(row.day, year=False)}"
    title = f"{row.case.code_name} · {films}"
    act = button(t.tr("Look"), partial(go, "cases", case_id=row.case.id, part="retention"), "quiet")
    act.setAccessibleName(f"{act.text()}: {title}, {about}, {when}")
    return Row(look, title, about, icon, when, act)


def pairs_table(t: Texts, pairs: tuple[PairWork, ...], show_all: Callable[[], None], *, shows_all: bool) -> QWidget:
    """By name; amounts, and nothing that tells how anybody works."""
    heads = t.tr("Work pair"), t.tr("Open cases"), t.tr("Meetings this week"), t.tr("To be coded"), t.tr("Drafts")
    table = Table(heads, stretch={0: 1}, right=(2, 3, 4))
    shown = pairs if shows_all else pairs[:PAIRS]
    most = max((pair.cases for pair in pairs), default=0)
    for pair in shown:
        numbers = [_number(n) for n in (pair.meetings, pair.to_code, pair.drafts)]
        table.add_row([label(_both(t, pair.names), wrap=True), _open_cases(t, pair, most), *numbers])
    made = QWidget()
    rest = len(pairs) - len(shown)
    more = [beside(button(t.trn("Show {n} more", "Show {n} more", rest), show_all, "link"), None)] if rest else []
    made.setLayout(stacked(table, *more, spacing=8))
    return made


def _both(t: Texts, names: tuple[str, ...]) -> str:
    if len(names) < 2:
        return "".join(names) or t.tr("Nobody")
    return t.tr("{one} and {other}", one=names[0], other=names[1])


def _open_cases(t: Texts, pair: PairWork, most: int) -> QWidget:
    bar = QProgressBar()
    bar.setRange(0, max(most, 1))
    bar.setValue(pair.cases)
    bar.setTextVisible(False)
    bar.setFixedWidth(120)
    bar.setAccessibleName(f"{t.tr('Open cases')}: {pair.cases}")
    made = QWidget()
    made.setLayout(beside(bar, _number(pair.cases), None, spacing=10))
    return made


def _number(number: int) -> QLabel:
    made = label(str(number))
    made.setFont(font(tabular=True))
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made
