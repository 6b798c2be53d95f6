"""A meeting between two computers: how far it is, who waits for whom, and the one next thing as a button."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.casework.elsewhere import Standing, standing
from app.casework.licensed import licensed_numbers
from app.errors import AppError
from app.jobs import Job, JobLane
from app.model.exchange import Next
from app.model.meeting import Meeting
from app.packages.codings import send_coding, send_key, withdraw
from app.packages.handing_over import hand_over
from app.packages.words import standing_words, step_words
from app.ports import Store
from app.workspace import Workspace
from widgets.cases.partner_post import take_from_partner
from widgets.forms.file_dialogs import FileDialogs
from widgets.look.flow import Flow
from widgets.look.parts import button, clear, confirm, first_focusable, label, primary_button, stacked
from widgets.screen import Go

Act = tuple[str, Callable[[], object]]
Making = Callable[[Job, Path], Path]


class ExchangePanel(QWidget):
    """Shown for a meeting whose partner works on another computer; `shown` says whether it is one."""

    shown = Signal(bool)

    def __init__(self, space: Workspace, go: Go) -> None:
        super().__init__()
        self._space, self._go = space, go
        self._meeting: Meeting | None = None
        self._told: tuple[str, Standing | None] | None = None
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self.setLayout(self._column)

    def show_meeting(self, meeting: Meeting, store: Store | None = None) -> None:
        """Read anew how far it is; the parts are made anew only where that changed, so that the focus stays."""
        self._meeting = meeting
        found = standing(store or self._space.store, meeting)
        if self._told != (meeting.id, found):
            self._told = meeting.id, found
            focused = self.window().focusWidget()
            had_focus = focused is not None and self.isAncestorOf(focused)
            self._fill(found)
            if had_focus and (first := first_focusable(self)) is not None:
                first.setFocus()  # what is next stands where the keys were
        self.shown.emit(found is not None)

    def _fill(self, found: Standing | None) -> None:
        clear(self._column)
        if found is None:
            return
        t = self._space.texts
        self._column.addWidget(label(standing_words(t, found), "strong", wrap=True))
        marks = {True: ("✓", ""), False: ("○", "muted")}
        rows = (label(f"{marks[done][0]} {step_words(t, found, step)}", marks[done][1]) for step, done in found.steps)
        self._column.addLayout(stacked(*rows, spacing=4))
        self._column.addLayout(Flow(*self._buttons(found)))

    def _buttons(self, found: Standing) -> list[QPushButton]:
        t, name = self._space.texts, found.partner.name
        take: Act = (t.tr("Take in from {name}…", name=name), self._take)
        hand_on: Act = (t.tr("Hand over the meeting…"), partial(self._make, Next.HAND_OVER))
        code: Act = (t.tr("Send my coding…"), partial(self._make, Next.SEND_CODING))
        key: Act = (t.tr("Send my key…"), partial(self._make, Next.SEND_KEY))
        acts: dict[Next, Act] = {
            Next.HAND_OVER: hand_on,
            Next.CODE: (t.tr("Code"), lambda: self._open("coding")),
            Next.SEND_CODING: code,
            Next.WAIT_FOR_CODING: take,
            Next.SEND_KEY: key,
            Next.WAIT_FOR_KEY: take,
            Next.COMPARE: (t.tr("Compare"), lambda: self._open("comparing")),
        }
        first = acts[found.next]
        others = [take]
        others += [hand_on] if found.was_filmed_here else []
        others += [(t.tr("Make my coding's file again…"), code[1])] if found.exchange.sent is not None else []
        others += [(t.tr("Make my key's file again…"), key[1])] if found.exchange.is_key_made else []
        others += [(t.tr("Withdraw what was sent…"), self._withdraw)] if found.can_withdraw else []
        return [primary_button(*first), *(button(*other, "quiet") for other in others if other != first)]

    def _open(self, place: str) -> None:
        if self._meeting is not None:
            self._go(place, meeting_id=self._meeting.id)

    def _take(self) -> None:
        take_from_partner(self._space, self, self._go)

    def _make(self, what: Next) -> None:
        """A file, or a package, into a folder that the worker chooses."""
        t, meeting = self._space.texts, self._meeting
        if meeting is None:
            return
        into = FileDialogs(self).folder(t.tr("Into which folder"))
        if into is None:
            return
        door, archive = self._space.door, self._space.archive
        makings: dict[Next, tuple[str, Making]] = {
            Next.HAND_OVER: (
                t.tr("Handing the meeting over"),
                lambda job, to: hand_over(door, archive, t, meeting.id, to, job.progress, job.cancelled),
            ),
            Next.SEND_CODING: (t.tr("Sending the coding"), lambda _, to: send_coding(door, archive, t, meeting.id, to)),
            Next.SEND_KEY: (t.tr("Sending the key"), lambda _, to: send_key(door, archive, t, meeting.id, to)),
        }
        title, making = makings[what]
        notices = self._space.notices

        def done(made: Path) -> None:
            words = t.tr(
                "Made: {file}. Give it to your partner by mail or on a stick: nobody else can open it.", file=made.name
            )
            if what == Next.HAND_OVER and (numbers := licensed_numbers(meeting)):
                words += " " + t.tr(
                    "The words of licensed tasks ({numbers}) did not go over: your partner gets their ids and neutral "
                    "names.",
                    numbers=", ".join(map(str, numbers)),
                )
            notices.done(words)
            self._again()

        def failed(error: AppError) -> None:
            notices.trouble(error)
            self._again()

        lane = JobLane.INTAKE if what == Next.HAND_OVER else JobLane.FILM
        self._space.jobs.run(title, lambda job: making(job, into), done, failed, lane=lane)

    def _again(self) -> None:
        if isValid(self) and self._meeting is not None:
            self.show_meeting(self._meeting)

    def _withdraw(self) -> None:
        t, meeting = self._space.texts, self._meeting
        question = t.tr(
            "Withdraw the coding that was sent? Then ready can be taken back and the coding changed. If your partner "
            "has made their key already, the codings can no longer be opened for each other: ask by phone first."
        )
        if meeting is None or not confirm(self, t, question, t.tr("Withdraw")):
            return
        try:
            withdraw(self._space.door, t, meeting.id)
        except AppError as error:
            self._space.notices.trouble(error)
        self._again()
