"""One agreement at a glance: how its goals went, its sessions, the next one, hours, and what was agreed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.hours.work_words import what_called
from app.i18n import Texts
from app.model.hours import Work
from app.model.supervision import SupervisionAgreement, SupervisionSession
from app.supervising import sessions as course
from app.supervising import words
from app.supervising.agreements import SupervisionEditor
from app.supervising.evaluations import Course, courses
from widgets.look.look import Look, font
from widgets.look.parts import (
    Card,
    beside,
    button,
    clear,
    hairline,
    label,
    scrolled,
    section_label,
    stacked,
)
from widgets.supervision.goal_course import GoalCourse
from widgets.supervision.session_table import SessionTable

#: rows of hours without a sum: the head and the sessions
_ALONE = 2
#: how many goals stand side by side
_ABREAST = 3


class OverviewPage(QWidget):
    """Shows what the editor holds; what a hand does is told by signals. `keeping` stands last: how long it is kept."""

    session_pressed = Signal(str)  # a session's id
    plan_pressed = Signal()
    add_pressed = Signal()
    agreement_pressed = Signal()
    rating_pressed = Signal()

    def __init__(self, look: Look, texts: Texts, now: Callable[[], datetime], keeping: QWidget) -> None:
        super().__init__()
        self._look, self._texts, self._now = look, texts, now
        t = texts
        self._goals_note = label("", "caption")
        self._goals = stacked(spacing=0)
        self.table = SessionTable(look, texts)
        self.table.opened.connect(self.session_pressed)
        self._counts = label("", "caption")
        self.add = button(t.tr("Add a session"), self.add_pressed.emit, "quiet")
        self.plan = button(t.tr("Plan the sessions"), self.plan_pressed.emit, "quiet")
        sessions = stacked(self.table, beside(self.add, self.plan, None), spacing=6)
        left = stacked(
            beside(section_label(t.tr("Goals")), None, self._goals_note),
            self._goals,
            beside(section_label(t.tr("Sessions")), None, self._counts),
            sessions,
            None,
            spacing=8,
        )
        self._next_when = label("", "caption")
        self._next, self._hours, self._agreed = Card(spacing=8), Card(spacing=6), Card(spacing=8)
        self._signed, self._span = label("", "caption"), label("", "caption")
        right = stacked(
            beside(section_label(t.tr("Next session")), None, self._next_when),
            self._next,
            beside(section_label(t.tr("Hours")), None, self._span),
            self._hours,
            beside(section_label(t.tr("Supervision agreement")), None, self._signed),
            self._agreed,
            keeping,
            None,
            spacing=8,
        )
        self._columns = [_holder(left), _holder(right)]
        self._places = beside(*self._columns, spacing=20)
        self._places.setStretch(0, 1)
        column = stacked(self._places, None, spacing=12, margins=(20, 14, 20, 20))
        inside = QWidget()
        inside.setLayout(column)
        self.setLayout(stacked(scrolled(inside), spacing=0))
        self.fold(is_narrow=False)

    def fold(self, *, is_narrow: bool) -> None:
        """On a small screen the right side is narrower."""
        self._columns[1].setFixedWidth(330 if is_narrow else 440)

    # filling

    def show_course(self, editor: SupervisionEditor, beside_it: Mapping[Work, course.Hours]) -> None:
        """Everything anew; `beside_it` is what the own hours have of the agreement but its sessions."""
        agreement, sessions, now = editor.agreement, editor.sessions, self._now()
        clips = {s.id: len(editor.uses(s.id)) for s in sessions}
        self.table.show_sessions(agreement, sessions, clips, now)
        self.table.setVisible(bool(sessions))
        self._counts.setText(self._count_words(editor) if sessions else "")
        is_open = editor.is_mine and agreement.state != "ended"
        self.add.setVisible(is_open)
        left = agreement.planned - len(course.numbers(sessions))
        self.plan.setVisible(is_open and left > 0)
        rates = is_open or (editor.own is not None and agreement.ended is None)
        self._show_goals(courses(agreement, editor.ratings), is_open=rates, own=editor.sees_own_alone)
        self._show_next(agreement, course.next_one(sessions, now))
        self._show_hours(sessions, beside_it)
        self._show_agreement(agreement)

    def _count_words(self, editor: SupervisionEditor) -> str:
        """How far the sessions are, and what of their recordings somebody has to erase."""
        t, told = self._texts, words.counts(self._texts, editor.sessions)
        if not (waiting := editor.waiting_recordings()):
            return told
        erasing = t.trn("{n} recording waits to be erased", "{n} recordings wait to be erased", waiting)
        return f"{told} · {erasing}"

    def _show_goals(self, found: tuple[Course, ...], *, is_open: bool, own: bool) -> None:
        """At a supervisee's own sign-in the own numbers alone: no middle is told of one."""
        t = self._texts
        clear(self._goals)
        self._goals_note.setText(
            ""
            if not found
            else t.tr("your own, 1 = not yet, 5 = came true")
            if own
            else t.tr("each supervisee's own, 1 = not yet, 5 = came true · the gray bar is the middle one")
        )
        if not found:
            words_ = label(t.tr("No goals are written yet. They are part of the agreement."), "muted", wrap=True)
            act = button(t.tr("To the agreement"), self.agreement_pressed.emit, "quiet")
            self._goals.addWidget(Card(words_, beside(act, None)))
            return
        frame = QFrame()
        frame.setObjectName("card")
        grid = QGridLayout()
        grid.setContentsMargins(16, 14, 16, 10)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(6)
        for number, one in enumerate(found):
            row, column = divmod(number, _ABREAST)
            chart = GoalCourse(self._look, t)
            chart.show_course(one)
            middle = label("" if own else words.middle_words(t, one), "muted")
            head = stacked(label(one.goal.words, "strong", wrap=True), middle, spacing=4)
            grid.addLayout(head, row * 2, column)
            grid.addWidget(chart, row * 2 + 1, column)
            grid.setColumnStretch(column, 1)
        frame.setLayout(grid)
        self._goals.addWidget(frame)
        if is_open:
            self._goals.addLayout(beside(button(t.tr("Rate the goals"), self.rating_pressed.emit, "quiet"), None))

    def _show_next(self, agreement: SupervisionAgreement, session: SupervisionSession | None) -> None:
        t, card = self._texts, self._next
        clear(card.column)
        self._next_when.setText("")
        if session is None:
            card.column.addWidget(label(t.tr("No session is planned."), "muted", wrap=True))
            return
        at, end = session.at.astimezone(), session.end.astimezone()
        self._next_when.setText(f"{t.weekday(at.date())} {t.date(at.date())} {t.time(at)}–{t.time(end)}")
        asker = agreement.supervisee(session.asker)
        caption = t.tr("The question of {who}", who=asker.called) if asker else t.tr("The supervisee's question")
        card.column.addWidget(label(caption, "caption"))
        card.column.addWidget(label(session.question or t.tr("not written yet"), "heading", wrap=True))
        if session.agenda:
            card.column.addWidget(hairline())
        for item in session.agenda:
            minutes = label(t.tr("{n} min", n=item.minutes), "muted")
            minutes.setFixedWidth(58)
            row = beside(minutes, label(item.words, wrap=True))
            row.setStretch(1, 1)
            card.column.addLayout(row)

    def _show_hours(self, sessions: tuple[SupervisionSession, ...], beside_it: Mapping[Work, course.Hours]) -> None:
        """By the clock, and in units of 45 minutes: sessions, what went to them beside, and all of it."""
        t = self._texts
        clear(self._hours.column)
        held = course.hours_held(sessions)
        days = [s.at.astimezone().date() for s in sessions if s.is_held]
        self._span.setText(f"{t.date(min(days), year=False)}–{t.date(max(days))}" if days else "")
        whole = course.Hours(held.minutes + sum(hours.minutes for hours in beside_it.values()))
        rows = [("", (t.tr("60 min"), t.tr("45 min")), "muted")]
        rows.append((t.trn("Sessions, {n} held", "Sessions, {n} held", held.count), words.hours(t, held), ""))
        rows += [
            (what_called(t, what), words.hours(t, hours), "") for what, hours in beside_it.items() if hours.minutes
        ]
        if len(rows) > _ALONE:
            rows.append((t.tr("Together"), words.hours(t, whole), "strong"))
        for number, (name, (clock, units), kind) in enumerate(rows):
            if number:
                self._hours.column.addWidget(hairline())
            self._hours.column.addLayout(_figures(name, clock, units, kind))

    def _show_agreement(self, agreement: SupervisionAgreement) -> None:
        t = self._texts
        clear(self._agreed.column)
        last = max((s.day for s in agreement.signed), default=None)
        self._signed.setText(
            t.tr("ended {day}", day=t.date(agreement.ended)) if agreement.ended is not None
            else t.tr("signed {day}", day=t.date(last)) if last is not None
            else t.tr("not signed yet")
        )  # fmt: skip
        rows = (
            (t.tr("Customer"), agreement.customer or "–"),
            (t.tr("Form"), words.how(t, agreement)),
            (t.tr("Rhythm"), words.rhythm(t, agreement)),
            (t.tr("Cancelling"), words.cancelling(t, agreement.cancelling)),
            (t.tr("Evaluation"), agreement.evaluation or "–"),
        )
        for name, said in rows:
            head = label(name, "muted")
            head.setFixedWidth(92)
            row = beside(head, label(said, wrap=True))
            row.setStretch(1, 1)
            self._agreed.column.addLayout(row)
        self._agreed.column.addLayout(
            beside(button(t.tr("To the agreement"), self.agreement_pressed.emit, "quiet"), None)
        )


def _holder(layout: QVBoxLayout) -> QWidget:
    made = QWidget()
    made.setLayout(layout)
    return made


def _figures(name: str, clock: str, units: str, kind: str) -> QHBoxLayout:
    parts = []
    for text in (clock, units):
        made = label(text, kind)
        made.setFont(font(tabular=True))
        made.setFixedWidth(64)
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        parts.append(made)
    row = beside(label(name, kind), *parts)
    row.setStretch(0, 1)
    return row
