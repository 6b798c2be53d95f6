"""The right side of the desk: deadlines, what is good to know, training, and how the archive is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtWidgets import QProgressBar, QWidget

from app.casework.ages import AgeLine, age_words
from app.i18n import Texts
from app.office.desk import Deadline, Desk
from app.vocabulary import StatementTexts
from widgets.desk.desk_rows import days_left
from widgets.look.parts import Card, ListCard, beside, button, label, stacked
from widgets.screen import Go

STEPS = 1000
#: so many of the nearest deadlines are shown
DEADLINES = 8
#: below this the desk asks to make room (trust.md §5)
LITTLE_ROOM = 10_000_000_000


def deadlines_card(t: Texts, deadlines: tuple[Deadline, ...], day: date) -> QWidget:
    """The nearest ones with the days that are left on `day`, and how many more there are."""
    rows = [_deadline_row(t, d, day) for d in deadlines[:DEADLINES]]
    if (left := len(deadlines) - DEADLINES) > 0:
        more = QWidget()
        more.setLayout(stacked(label(t.trn("{n} more", "{n} more", left), "caption"), margins=(16, 8, 16, 8)))
        rows.append(more)
    return ListCard(rows)


def _deadline_row(t: Texts, deadline: Deadline, day: date) -> QWidget:
    bar = QProgressBar()
    bar.setRange(0, STEPS)
    bar.setValue(round(deadline.spent * STEPS))
    bar.setTextVisible(False)
    kind = StatementTexts(t.language).document_kind(deadline.document).lower()
    title = f"{deadline.case.code_name} · {kind}"
    left = days_left(t, (deadline.due - day).days)
    bar.setAccessibleName(f"{title}, {left}")
    due = f"{t.weekday(deadline.due)} {t.date(deadline.due, year=False)}"
    row = QWidget()
    row.setLayout(
        stacked(
            beside(label(title, "strong"), None, label(due, "muted")),
            bar,
            label(left, "caption"),
            spacing=8,
            margins=(16, 12, 16, 10),
        )
    )
    return row


def ages_card(t: Texts, lines: tuple[AgeLine, ...], code_name: Callable[[str], str], day: date) -> QWidget:
    """Quiet lines: a child comes to an age, or came."""
    rows = []
    for line in lines:
        row = QWidget()
        words = label(age_words(t, line, day), "muted", wrap=True)
        row.setLayout(stacked(label(code_name(line.case_id), "strong"), words, spacing=2, margins=(16, 12, 16, 12)))
        rows.append(row)
    return ListCard(rows)


def training_card(t: Texts, since: date, go: Go, hush: Callable[[], None]) -> QWidget:
    """Half a year without a reference film, calmly: it can be coded, or not asked about again."""
    words = t.tr("You have coded no reference film since {day}. Only you see what comes of it.", day=t.date(since))
    acts = beside(button(t.tr("To training"), lambda: go("training")), None,
                  button(t.tr("Do not remind"), hush, "link"))  # fmt: skip
    return Card(label(words, wrap=True), acts, spacing=10)


def archive_card(t: Texts, found: Desk, log: str, hinders: str, go: Go) -> QWidget:
    """Backup, recovery code, the access log (`log` in words, empty while it is not known) and room on the disk.

    `hinders` is what keeps a backup from being made by itself, in words; empty when nothing does.
    """
    card = Card(label(backup_words(t, found.last_backup), "", wrap=True), spacing=10)
    if found.backup_due and found.last_backup is not None:
        card.column.addWidget(label(t.tr("The newest backup is older than a week."), "strong", wrap=True))
    if hinders:
        card.column.addWidget(label(hinders, "muted", wrap=True))
    if found.backup_due or hinders:
        card.column.addLayout(beside(button(t.tr("Back up…"), lambda: go("settings", part="backup")), None))
    if found.recovery_code_missing:
        card.column.addWidget(label(t.tr("The recovery code has not been made yet."), "strong", wrap=True))
        act = button(t.tr("Make a recovery code…"), lambda: go("settings", part="workers"))
        card.column.addLayout(beside(act, None))
    low = found.free_bytes < LITTLE_ROOM
    free = t.tr("{size} free on the disk", size=t.size(found.free_bytes))
    card.column.addWidget(label(" · ".join(x for x in (log, free) if x), "strong" if low else "muted", wrap=True))
    if low:
        card.column.addWidget(label(t.tr("Room is running out: make some before taking films in."), wrap=True))
    return card


def backup_words(t: Texts, last: datetime | None) -> str:
    if last is None:
        return t.tr("No backup has been made yet.")
    return t.tr("Backup made and checked {day} {time}.", day=t.date(last.astimezone().date()), time=t.time(last))
