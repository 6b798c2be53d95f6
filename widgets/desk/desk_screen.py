"""What waits for me: today first, then work with its action, deadlines and the archive at the side."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from app.i18n import Texts, now
from app.manual.pages import FIRST
from app.model.meeting import Meeting
from app.model.people import Case
from app.notices import Notice
from app.office.beginning import PUT_AWAY, beginning
from app.office.desk import Deadline, Desk, ForErasure, Item, Waiting, desk
from app.services.library import called_with
from app.vocabulary import StatementTexts
from app.workspace import Workspace
from widgets.desk.first_steps import FirstSteps
from widgets.look.look import Look
from widgets.look.parts import (
    Card,
    EmptyState,
    ListCard,
    Row,
    beside,
    button,
    clear,
    label,
    primary_button,
    scrolled,
    section_label,
    stacked,
)
from widgets.screen import Go, Screen
from widgets.training.hushing import is_hushed, use_reminder

ICONS = {
    Waiting.PLAN: "cases",
    Waiting.FILM: "film",
    Waiting.FILM_ON: "film",
    Waiting.TALK: "note",
    Waiting.CODE: "coding",
    Waiting.WAIT_FOR_PARTNER: "clock",
    Waiting.WAIT_FOR_SIGN_IN: "clock",
    Waiting.HAND_OVER: "cases",
    Waiting.SEND_CODING: "coding",
    Waiting.SEND_KEY: "coding",
    Waiting.TAKE_IN: "clock",
    Waiting.COMPARE: "comparing",
    Waiting.SAY_MORE: "coding",
    Waiting.WRITE: "statement",
    Waiting.APPROVE: "statement",
}
#: what is done on the meeting's page, where the partner codes on another computer
ELSEWHERE = (Waiting.HAND_OVER, Waiting.SEND_CODING, Waiting.SEND_KEY, Waiting.TAKE_IN)
STEPS = 1000
#: below this the desk asks to make room (trust.md §5)
LITTLE_ROOM = 10_000_000_000


class DeskScreen(Screen):
    """Read anew whenever it is opened."""

    def __init__(self, workspace: Workspace, look: Look, go: Go) -> None:
        super().__init__(workspace, look, go)
        self._left = stacked(spacing=10)
        self._right = stacked(spacing=10)
        inside = QWidget()
        left, right = QWidget(), QWidget()
        left.setLayout(self._left)
        right.setLayout(self._right)
        right.setFixedWidth(360)
        row = beside(left, right, spacing=28, margins=(28, 24, 28, 28))
        row.setStretch(0, 1)
        inside.setLayout(row)
        self.column.addWidget(scrolled(inside), 1)

    def opened(self, **_ids: str) -> None:
        t, space = self.texts, self.workspace
        moment = now()
        found = desk(space.store, space.archive, space.media.free_bytes(), moment)
        local = moment.astimezone()
        self.set_title(_greeting(t, space.worker.name, local.hour), f"{t.weekday(local)} {t.date(local.date())}")
        new = button(t.tr("New commission"), lambda: self.go("cases", new="1"))
        self.set_actions(new)
        self._fill_left(found, local.date(), self._first_steps(local.date()))
        self._fill_right(found)

    def _first_steps(self, day: date) -> FirstSteps | None:
        """What is next with the first case, unless it was put away or every step is done."""
        space = self.workspace
        if PUT_AWAY in space.preferences.remembered.hints_read:
            return None
        steps = beginning(space.store, day)
        if steps.now is None:
            return None
        return FirstSteps(
            self.texts, steps, lambda s: self.go(s.place, **s.ids), lambda: self.help_asked.emit(FIRST), self._put_away
        )

    def _put_away(self) -> None:
        preferences = self.workspace.preferences
        preferences.remember(hints_read=(*preferences.remembered.hints_read, PUT_AWAY))
        self.opened()
        self.take_focus()

    def _fill_left(self, found: Desk, day: date, steps: FirstSteps | None) -> None:
        t = self.texts
        clear(self._left)
        if steps is not None:
            self._left.addWidget(steps)
            self._left.addSpacing(12)
        if not found.items and not found.today and steps is None:
            self._left.addWidget(
                EmptyState(
                    t.tr("Nothing waits for you"),
                    t.tr(
                        "When a commission comes, open a case for it. Meetings, codings and drafts then show up here."
                    ),
                    primary_button(t.tr("New case"), lambda: self.go("cases", new="1")),
                )
            )
            return
        if found.today:
            self._left.addWidget(section_label(t.tr("Today")))
            rows = [
                Row(
                    self.look,
                    called_with(t, meeting, called),
                    " · ".join(x for x in (t.time(meeting.held), case.code_name, meeting.place) if x),
                    "film",
                    "",
                    self._today_action(meeting, case, to_film=to_film),
                )
                for meeting, case, called, to_film in found.today
            ]
            self._left.addWidget(ListCard(list(rows)))
            self._left.addSpacing(12)
        if found.items:
            self._left.addWidget(section_label(t.tr("Waiting for you")))
            self._left.addWidget(ListCard([self._item_row(item, day) for item in found.items]))
        self._left.addStretch(1)

    def _today_action(self, meeting: Meeting, case: Case, *, to_film: bool) -> QPushButton:
        """Today's filming begins from here with one press."""
        if to_film:
            return button(self.texts.tr("Film"), partial(self.go, "filming", meeting_id=meeting.id))
        return button(self.texts.tr("Open"), partial(self.go, "cases", case_id=case.id, meeting_id=meeting.id))

    def _item_row(self, item: Item, day: date) -> QWidget:
        t = self.texts
        about = [item.case.code_name]
        if item.meeting is not None:
            about.append(called_with(t, item.meeting, item.called))
        if item.statement is not None:
            about.append(t.tr("version {n}", n=item.statement.version))
        return Row(
            self.look,
            item_title(t, item),
            " · ".join(about),
            ICONS[item.what],
            days_left(t, item.days_left(day)),
            self._action(item),
        )

    def _action(self, item: Item) -> QPushButton | None:
        t = self.texts
        meeting_id = item.meeting.id if item.meeting else ""
        acts = {
            Waiting.PLAN: (t.tr("Plan"), lambda: self.go("cases", case_id=item.case.id, meeting_id=meeting_id)),
            Waiting.FILM: (t.tr("Open"), lambda: self.go("cases", case_id=item.case.id, meeting_id=meeting_id)),
            Waiting.FILM_ON: (t.tr("Go on"), lambda: self.go("filming", meeting_id=meeting_id)),
            Waiting.TALK: (t.tr("Write"), lambda: self.go("filming", meeting_id=meeting_id, part="talk")),
            Waiting.CODE: (t.tr("Code"), lambda: self.go("coding", meeting_id=meeting_id)),
            **dict.fromkeys(ELSEWHERE, (t.tr("Open"), lambda: self.go("cases", meeting_id=meeting_id))),
            Waiting.WAIT_FOR_SIGN_IN: (t.tr("Open"), lambda: self.go("comparing", meeting_id=meeting_id)),
            Waiting.COMPARE: (t.tr("Open"), lambda: self.go("comparing", meeting_id=meeting_id)),
            Waiting.SAY_MORE: (t.tr("Open"), lambda: self.go("comparing", meeting_id=meeting_id, part="second")),
            Waiting.WRITE: (t.tr("Write"), lambda: self.go("statement", case_id=item.case.id)),
            Waiting.APPROVE: (t.tr("Read"), lambda: self.go("statement", case_id=item.case.id)),
        }
        if item.what not in acts:
            return None
        words, act = acts[item.what]
        return button(words, act)

    def _fill_right(self, found: Desk) -> None:
        t = self.texts
        clear(self._right)
        if found.deadlines:
            self._right.addWidget(section_label(t.tr("Deadlines")))
            self._right.addWidget(ListCard([_deadline_row(t, d) for d in found.deadlines]))
            self._right.addSpacing(12)
        if found.no_training_since is not None and not is_hushed(self.workspace):
            self._right.addWidget(section_label(t.tr("Training")))
            self._right.addWidget(self._training_card(found.no_training_since))
            self._right.addSpacing(12)
        if found.for_erasure:
            self._right.addWidget(section_label(t.tr("Waiting for erasure")))
            self._right.addWidget(ListCard([self._erasure_row(row) for row in found.for_erasure]))
            words = t.tr("These films are closed from use: still in the archive, but neither watched nor coded.")
            self._right.addWidget(label(words, "caption", wrap=True))
            self._right.addSpacing(12)
        self._right.addWidget(section_label(t.tr("Archive")))
        card = Card(label(backup_words(t, found.last_backup), "", wrap=True), spacing=10)
        if found.backup_due:
            if found.last_backup is not None:
                card.column.addWidget(label(t.tr("The newest backup is older than a week."), "strong", wrap=True))
            card.column.addLayout(beside(button(t.tr("Back up…"), lambda: self.go("settings", part="backup")), None))
        if found.recovery_code_missing:
            card.column.addWidget(label(t.tr("The recovery code has not been made yet."), "strong", wrap=True))
            act = button(t.tr("Make a recovery code…"), lambda: self.go("settings", part="workers"))
            card.column.addLayout(beside(act, None))
        low = found.free_bytes < LITTLE_ROOM
        free = t.tr("{size} free on the disk", size=t.size(found.free_bytes))
        card.column.addWidget(label(free, "strong" if low else "muted"))
        if low:
            card.column.addWidget(label(t.tr("Room is running out: make some before taking films in."), wrap=True))
        self._right.addWidget(card)
        self._right.addStretch(1)

    def _training_card(self, since: date) -> QWidget:
        """Half a year without a reference film, calmly: it can be coded, or not asked about again."""
        t = self.texts
        words = t.tr("You have coded no reference film since {day}. Only you see what comes of it.", day=t.date(since))
        acts = beside(button(t.tr("To training"), lambda: self.go("training")), None,
                      button(t.tr("Do not remind"), self._hush, "link"))  # fmt: skip
        return Card(label(words, wrap=True), acts, spacing=10)

    def _hush(self) -> None:
        use_reminder(self.workspace, on=False)
        words = self.texts.tr("You are no longer reminded. It can be turned on again in training.")
        self.workspace.notices.say(Notice(words))
        self.opened()
        self.take_focus()

    def _erasure_row(self, row: ForErasure) -> QWidget:
        t = self.texts
        films = t.trn("{n} film", "{n} films", row.films)
        when = t.tr("closed {day}", day=t.date(row.since.astimezone().date()))
        return Row(self.look, row.case.code_name, f"{films} · {when}", "trash")


def _greeting(t: Texts, name: str, hour: int) -> str:
    first = name.split(maxsplit=1)[0] if name.strip() else name
    if hour < 10:
        return t.tr("Good morning, {name}", name=first)
    return t.tr("Hello, {name}", name=first) if hour < 18 else t.tr("Good evening, {name}", name=first)


def item_title(t: Texts, item: Item) -> str:
    """What there is to do, as a short request."""
    return {
        Waiting.PLAN: t.tr("Choose the tasks"),
        Waiting.FILM: t.tr("Film, or take the film in"),
        Waiting.FILM_ON: t.tr("Filming is not finished"),
        Waiting.TALK: t.tr("Write the talk right after filming"),
        Waiting.CODE: t.tr("Do your own coding"),
        Waiting.WAIT_FOR_PARTNER: t.tr("Your coding is ready, your work partner's is not yet"),
        Waiting.HAND_OVER: t.tr("Hand the meeting over to your work partner's computer"),
        Waiting.SEND_CODING: t.tr("Send your coding to your work partner"),
        Waiting.SEND_KEY: t.tr("Send the key of your coding to your work partner"),
        Waiting.TAKE_IN: t.tr("Waiting for what your work partner sends"),
        Waiting.WAIT_FOR_SIGN_IN: t.tr("Both codings are ready: comparing opens when your work partner signs in"),
        Waiting.COMPARE: t.tr("Go through where you differ"),
        Waiting.SAY_MORE: t.tr("Answer the second pass"),
        Waiting.WRITE: t.tr("Go on with the statement") if item.statement else t.tr("Begin the statement"),
        Waiting.APPROVE: t.tr("Check your work partner's draft"),
    }[item.what]


def days_left(t: Texts, days: int | None) -> str:
    """*12 pv jäljellä*, *tänään*, *3 pv myöhässä*."""
    if days is None:
        return ""
    if days == 0:
        return t.tr("today")
    if days < 0:
        return t.trn("{n} day late", "{n} days late", -days)
    return t.trn("{n} day left", "{n} days left", days)


def backup_words(t: Texts, last: datetime | None) -> str:
    if last is None:
        return t.tr("No backup has been made yet.")
    return t.tr("Backup made and checked {day} {time}.", day=t.date(last.astimezone().date()), time=t.time(last))


def _deadline_row(t: Texts, deadline: Deadline) -> QWidget:
    bar = QProgressBar()
    bar.setRange(0, STEPS)
    bar.setValue(round(deadline.spent * STEPS))
    bar.setTextVisible(False)
    kind = StatementTexts(t.language).document_kind(deadline.document).lower()
    title = f"{deadline.case.code_name} · {kind}"
    bar.setAccessibleName(title)
    due = f"{t.weekday(deadline.due)} {t.date(deadline.due, year=False)}"
    row = QWidget()
    row.setLayout(
        stacked(beside(label(title, "strong"), None, label(due, "muted")), bar, spacing=8, margins=(16, 12, 16, 14))
    )
    return row
