"""What waits for me: today first, then work with its action, deadlines and the archive at the side.

It is kept up while it is open (`keeping_up`), and is built anew only when something on it has become another.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.casework.one_reading import OneReading
from app.casework.retention import Why
from app.hours.due import HoursDue, hours_due, months_of_office
from app.i18n import Texts, now
from app.manual.pages import FIRST
from app.notices import Notice
from app.office import daily_backup
from app.office.beginning import PUT_AWAY, Beginning, beginning
from app.office.desk import Desk, desk
from app.office.log_check import in_words
from app.office.office_desk import office_desk
from app.ports import Store
from app.workspace import Workspace
from widgets.desk.desk_rows import DeskRows
from widgets.desk.desk_side import ages_card, archive_card, deadlines_card, training_card
from widgets.desk.first_steps import FirstSteps
from widgets.desk.hours_rows import own_hours_card, their_hours
from widgets.desk.keeping_up import KeepingUp
from widgets.desk.office_page import OfficePage
from widgets.desk.whose import Whose
from widgets.look.look import Look
from widgets.look.parts import (
    EmptyState,
    ListCard,
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

#: so many lines of what waits are shown at first
FIRST_LINES = 12
#: pixels of the side, on the own desk and on the office's
SIDE, OFFICE_SIDE = 360, 420
#: pixels: as wide as there is room (Qt's QWIDGETSIZE_MAX)
WIDEST = 16_777_215
#: bytes: the room on the disk is told anew when it differs by so much
ROOM_STEP = 100_000_000


class DeskScreen(Screen):
    """The first place of the rail."""

    def __init__(self, workspace: Workspace, look: Look, go: Go) -> None:
        super().__init__(workspace, look, go)
        self._left = stacked(spacing=10)
        self._right = stacked(spacing=10)
        inside = QWidget()
        left, self._side = QWidget(), QWidget()
        left.setLayout(self._left)
        self._side.setLayout(self._right)
        self._columns = beside(left, self._side, spacing=28, margins=(28, 24, 28, 28))
        self._columns.setStretch(0, 1)
        inside.setLayout(self._columns)
        self.whose = Whose(self.texts, self._turn_to)
        self.column.addWidget(self.whose)
        self._body = inside
        self._page = scrolled(inside)
        self.column.addWidget(self._page, 1)
        self._shown: object = None
        self._shows_all = False
        self._lines, self._all_pairs = FIRST_LINES, False
        self.folding.changed.connect(self._fold)
        self.keeping = KeepingUp(self.keep_up, self)
        workspace.changed.connect(self.keeping.hear)
        workspace.filming_changed.connect(self.keeping.soon)
        workspace.log_check.changed.connect(self.keeping.soon)
        workspace.daily_backup.changed.connect(self.keeping.soon)

    def opened(self, **_ids: str) -> None:
        """From its beginning again; what is as it was stays as it stands."""
        self._shows_all = False
        self._lines, self._all_pairs = FIRST_LINES, False
        self._read()
        self._page.verticalScrollBar().setValue(0)

    def left(self) -> None:
        self.keeping.end()

    def event(self, event: QEvent) -> bool:
        """Back at the window after a night: the day may be another."""
        if event.type() == QEvent.Type.WindowActivate:
            self.keeping.look_at_clock()
        return super().event(event)

    def keep_up(self) -> None:
        """What the keys were at, and how far the page was scrolled, stay."""
        bar, focused = self._page.verticalScrollBar(), QApplication.focusWidget()
        place = bar.value()
        name = focused.accessibleName() if focused is not None and self._body.isAncestorOf(focused) else ""
        if not self._read():
            return
        same = (b for b in self._body.findChildren(QAbstractButton) if name and b.accessibleName() == name)
        if name:
            (next(same, None) or self.main_thing()).setFocus()
        bar.setValue(place)

    def _read(self) -> bool:
        """Read the desk; whether anything on it is another."""
        moment = now()
        self.keeping.begin()
        day = moment.astimezone().date()
        self.whose.show_workers(len(self.workspace.archive.sign_ins()))
        self.whose.choose(office=self.is_office)
        if self.is_office:
            return self._read_office(moment, day)
        return self._read_own(moment, day)

    @property
    def is_office(self) -> bool:
        """Whether the office's desk is shown, and not the worker's own; who works alone has no other."""
        return self.whose.has_office and self.workspace.preferences.remembered.office_desk

    def _read_own(self, moment: datetime, day: date) -> bool:
        space = self.workspace
        room = space.media.free_bytes() // ROOM_STEP * ROOM_STEP
        reading = OneReading(space.store)
        found, hours = desk(reading.store, space.archive, room, moment), hours_due(reading.store, day)
        steps, log = self._steps(reading.store, day), in_words(self.texts, space.log_check)
        hinders = daily_backup.in_words(self.texts, space.daily_backup) if found.code_names else ""
        hour = moment.astimezone().hour
        greeting = _greeting(self.texts, reading.worker.name, hour)
        shown = found, hours, steps, log, hinders, day, greeting, is_hushed(space), self._shows_all
        if shown == self._shown:
            return False
        self._shown = shown
        self._build(found, hours, steps, (log, hinders), day)
        self.set_title(greeting, f"{self.texts.weekday(day)} {self.texts.date(day)}")
        return True

    def _read_office(self, moment: datetime, day: date) -> bool:
        found = office_desk(self.workspace.store, moment, self._lines)
        months = months_of_office(self.workspace.store, day)
        shown = found, months, day, self._all_pairs, self._lines
        if shown == self._shown:
            return False
        self._shown = shown
        t = self.texts
        calendar = button(t.tr("Calendar"), lambda: self.go("calendar"))
        statistics = button(t.tr("Statistics"), lambda: self.go("hours", part="year"))
        self.set_actions(
            calendar, statistics, primary_button(t.tr("New commission"), lambda: self.go("cases", new="1"))
        )
        clear(self._left)
        clear(self._right)
        page = OfficePage(t, self.look, self.go, self._show_more_turns, self._show_all_pairs)
        page.fill(self._left, self._right, found, months, day, shows_all_pairs=self._all_pairs)
        self._fold()
        about = t.tr("how the office stands")
        self.set_title(t.tr("Desk"), f"{about} · {t.weekday(day)} {t.date(day)}")
        return True

    def _turn_to(self, *, office: bool) -> None:
        """The own desk or the office's; it is the same again at the next start."""
        self.workspace.preferences.remember(office_desk=office)
        self.opened()

    def _show_more_turns(self) -> None:
        self._lines += FIRST_LINES
        self._again()

    def _show_all_pairs(self) -> None:
        self._all_pairs = True
        self._again()

    def _again(self) -> None:
        """With more on it, at the same place."""
        place = self._page.verticalScrollBar().value()
        self._read()
        self._page.verticalScrollBar().setValue(place)

    def _fold(self) -> None:
        """The office's table needs the whole width of a narrow window: then the side stands below it."""
        below = self.is_office and self.folding.is_narrow
        down, beside_it = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if below else beside_it)
        self._side.setMinimumWidth(0 if below else OFFICE_SIDE if self.is_office else SIDE)
        self._side.setMaximumWidth(WIDEST if below else OFFICE_SIDE if self.is_office else SIDE)

    def _steps(self, store: Store, day: date) -> Beginning | None:
        """What is next with the first case, unless it was put away or every step is done."""
        if PUT_AWAY in self.workspace.preferences.remembered.hints_read:
            return None
        steps = beginning(store, day)
        return None if steps.now is None else steps

    # building

    def _build(
        self, found: Desk, hours: HoursDue, steps: Beginning | None, archive: tuple[str, str], day: date
    ) -> None:
        """`archive` is what is said of its log, and what keeps its backups from being made by themselves."""
        rows = DeskRows(self.texts, self.look, self.go, day)
        # one main action: the next filming of today where there is one
        next_film = next((row for row in found.today if row.to_film), None) if steps is None else None
        is_empty = not found.waiting and not hours.theirs and not found.today and steps is None
        make = button if next_film is not None or steps is not None or is_empty else primary_button
        calendar = button(self.texts.tr("Calendar"), lambda: self.go("calendar"))
        own = button(self.texts.tr("Hours"), lambda: self.go("hours", part="own"))
        self.set_actions(calendar, own, make(self.texts.tr("New commission"), lambda: self.go("cases", new="1")))
        clear(self._left)
        clear(self._right)
        if steps is not None:
            self._left.addWidget(self._first_steps(steps))
            self._left.addSpacing(12)
        if is_empty:
            self._left.addWidget(self._nothing())
        if found.today:
            lines = [rows.today(row, is_next=row is next_film) for row in found.today]
            self._add(self._left, self.texts.tr("Today"), ListCard(lines))
        self._fill_waiting(found, hours, rows)
        self._left.addStretch(1)
        self._fill_right(found, hours, archive, day)
        self._fold()

    def _add(self, column: QVBoxLayout, title: str, part: QWidget) -> None:
        column.addWidget(section_label(title))
        column.addWidget(part)
        column.addSpacing(12)

    def _nothing(self) -> QWidget:
        t = self.texts
        words = t.tr("When a commission comes, open a case for it. Meetings, codings and drafts then show up here.")
        act = primary_button(t.tr("New case"), lambda: self.go("cases", new="1"))
        return EmptyState(t.tr("Nothing waits for you"), words, act)

    def _first_steps(self, steps: Beginning) -> FirstSteps:
        return FirstSteps(
            self.texts, steps, lambda s: self.go(s.place, **s.ids), lambda: self.help_asked.emit(FIRST), self._put_away
        )

    def _put_away(self) -> None:
        preferences = self.workspace.preferences
        preferences.remember(hints_read=(*preferences.remembered.hints_read, PUT_AWAY))
        self.opened()
        self.take_focus()

    def _fill_waiting(self, found: Desk, hours: HoursDue, rows: DeskRows) -> None:
        """What is due first stands first; of very much the first lines, and the rest by one press."""
        lines = [(i.deadline or date.max, partial(rows.item, i)) for i in found.items]
        lines += [(c.until, partial(rows.consent, c)) for c in found.consents]
        lines += [(r.request.due, partial(rows.request, r)) for r in found.requests]
        lines += [(g.due, partial(rows.goals, g)) for g in found.goals]
        lines += [(e.day or date.max, partial(rows.erasure, e)) for e in found.for_erasure]
        lines += [(w.day or date.max, partial(rows.whole, w)) for w in found.wholes]
        show = partial(their_hours, self.texts, self.look, self.go)
        lines += [(line.due, partial(show, line)) for line in hours.theirs]
        if not lines:
            return
        lines.sort(key=lambda line: line[0])
        shown = lines if self._shows_all else lines[:FIRST_LINES]
        self._left.addWidget(section_label(self.texts.tr("Waiting for you")))
        self._left.addWidget(ListCard([make() for _, make in shown]))
        if len(shown) < len(lines):
            left = self.texts.trn("Show {n} more", "Show {n} more", len(lines) - len(shown))
            self._left.addLayout(beside(button(left, self._show_all, "link"), None))
        if any(e.why == Why.CLOSED_FROM_USE for e in found.for_erasure):
            words = self.texts.tr("Films that wait for erasure are closed from use: neither watched nor coded.")
            self._left.addWidget(label(words, "caption", wrap=True))

    def _show_all(self) -> None:
        self._shows_all = True
        place = self._page.verticalScrollBar().value()
        self._read()
        self._page.verticalScrollBar().setValue(place)
        made = [b for b in self._body.findChildren(QPushButton) if b.isEnabled()]
        if len(made) > FIRST_LINES:
            made[FIRST_LINES].setFocus()

    def _fill_right(self, found: Desk, hours: HoursDue, archive: tuple[str, str], day: date) -> None:
        t = self.texts
        if found.deadlines:
            self._add(self._right, t.tr("Deadlines"), deadlines_card(t, found.deadlines, day))
        card = own_hours_card(t, self.look, self.go, hours)
        if card is not None:
            self._add(self._right, t.tr("Hours"), card)
        if found.ages:
            self._add(self._right, t.tr("Good to know"), ages_card(t, found.ages, found.code_name, day))
        if found.no_training_since is not None and not is_hushed(self.workspace):
            training = training_card(t, found.no_training_since, self.go, self._hush)
            self._add(self._right, t.tr("Training"), training)
        self._add(self._right, t.tr("Archive"), archive_card(t, found, *archive, self.go))
        self._right.addStretch(1)

    def _hush(self) -> None:
        use_reminder(self.workspace, on=False)
        words = self.texts.tr("You are no longer reminded. It can be turned on again in training.")
        self.workspace.notices.say(Notice(words))
        self.opened()
        self.take_focus()


def _greeting(t: Texts, name: str, hour: int) -> str:
    first = name.split(maxsplit=1)[0] if name.strip() else name
    if hour < 10:
        return t.tr("Good morning, {name}", name=first)
    return t.tr("Hello, {name}", name=first) if hour < 18 else t.tr("Good evening, {name}", name=first)
