"""Hours on the desk: the partner's that wait for the worker, own months, and how far those of the office are."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from app.hours.due import HoursDue, TheirHours
from app.i18n import Texts
from app.model.worked import MonthRow
from widgets.look.look import Look
from widgets.look.parts import ListCard, Row, button
from widgets.screen import Go


def their_hours(t: Texts, look: Look, go: Go, line: TheirHours) -> QWidget:
    """Somebody waits for the worker's word about hours that both worked."""
    title = t.tr("Confirm shared hours: {name}", name=line.name)
    about = " · ".join(
        (t.trn("{n} entry", "{n} entries", line.entries), t.tr("{n} h", n=t.number(line.minutes / 60, 1)))
    )
    act = button(t.tr("Open"), partial(go, "hours", part="own"))
    act.setAccessibleName(f"{act.text()}: {title}, {about}")
    return Row(look, title, about, "clock", t.tr("since {day}", day=t.date(line.first, year=False)), act)


def own_hours_card(t: Texts, look: Look, go: Go, due: HoursDue) -> QWidget | None:
    """Own drafts, and months that can be closed; nothing where neither is."""
    rows = []
    if due.begin is not None:
        title = t.trn("{n} own entry to confirm", "{n} own entries to confirm", due.drafts)
        rows.append(_row(t, look, go, title, t.tr("the first: {month}", month=t.month(due.begin)), due.begin))
    rows += [_row(t, look, go, t.tr("A month can be closed"), t.month(month), month) for month in due.to_close]
    return ListCard(rows) if rows else None


def _row(t: Texts, look: Look, go: Go, title: str, about: str, month: date) -> QWidget:
    act = button(t.tr("Open"), partial(go, "hours", part="own", month=month.isoformat()), "quiet")
    act.setAccessibleName(f"{act.text()}: {title}, {about}")
    return Row(look, title, about, "", "", act)


def office_hours_card(t: Texts, look: Look, go: Go, months: tuple[MonthRow, ...]) -> QWidget:
    """Of each month its hours, what is still to be confirmed, and how many workers have closed it."""
    return ListCard([_office_row(t, look, go, month) for month in months])


def _office_row(t: Texts, look: Look, go: Go, month: MonthRow) -> QWidget:
    words, left = t.month(month.first), month.minutes - month.confirmed
    whole = t.tr("{n} h", n=t.number(month.minutes / 60, 1))
    open_ = t.tr("{n} h", n=t.number(left / 60, 1))
    about = " · ".join((whole, t.tr("to confirm {hours}", hours=open_) if left else t.tr("all confirmed")))
    closed = t.tr("closed {n} / {all}", n=t.number(month.closed), all=t.number(month.workers))
    act = button(t.tr("Statistics"), partial(go, "hours", part="year"), "quiet")
    title = words[:1].upper() + words[1:]
    act.setAccessibleName(f"{act.text()}: {title}, {about}, {closed}")
    return Row(look, title, about, "", closed, act)
