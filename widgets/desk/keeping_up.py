"""The desk is kept up while it is open: at midnight, and when a step of anybody in this program concerns it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QObject, QTimer

from app.door import Written
from app.i18n import now, today
from app.model.circumstance import Circumstance
from app.model.coding import CodingHeader
from app.model.commission import Commission
from app.model.consent import Consent
from app.model.erasure import MadeBackup
from app.model.exchange import PartnerCoding, SentCoding
from app.model.filming import FilmingEvent, OpenRecording, Talk
from app.model.goal import Goal, GoalReview
from app.model.hold import Hold
from app.model.hours import Period, WorkEntry
from app.model.meeting import Meeting
from app.model.people import Case, Person, Worker
from app.model.recording import Recording
from app.model.request import Request
from app.model.retention import CaseRule, OfficeRule
from app.model.service_work import ServiceWork
from app.model.statement import Statement
from app.model.supervision import SupervisionAgreement
from app.model.training import Reference, TrainingResult

#: what the desk is made of; other steps, such as each key of a coding, leave it alone
CONCERN = (
    Case, Person, Circumstance, Commission, Consent, Meeting, Request, Recording, OpenRecording, FilmingEvent, Talk,
    CodingHeader, PartnerCoding, SentCoding, Statement, Worker, Reference, TrainingResult, MadeBackup, Hold, OfficeRule,
    CaseRule, Goal, GoalReview, WorkEntry, Period, SupervisionAgreement, ServiceWork,
)  # fmt: skip
#: steps that come together are read once, ms
TOGETHER = 120
#: a timer stands still while the computer sleeps: the day is looked at so often at least, ms, and nothing else is
LONGEST = 3_600_000


class KeepingUp(QObject):
    """Calls `read` when what is shown may have become another; from `begin` until `end`."""

    def __init__(self, read: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._read = read
        self.day: date | None = None  # that the desk shows; None while it is not open
        self._soon = QTimer(self, singleShot=True, interval=TOGETHER)
        self._soon.timeout.connect(read)
        self.clock = QTimer(self, singleShot=True)
        self.clock.timeout.connect(self.look_at_clock)

    @property
    def is_on(self) -> bool:
        return self.day is not None

    def begin(self) -> None:
        """The desk is read now, and shows this day."""
        self._soon.stop()
        self.day = today()
        self._wind()

    def _wind(self) -> None:
        self.clock.start(min(until_midnight(now().astimezone()), LONGEST))

    def end(self) -> None:
        self.day = None
        self._soon.stop()
        self.clock.stop()

    def hear(self, written: Written) -> None:
        """A step is in the archive."""
        if any(issubclass(change.kind, CONCERN) for change in written.changes):
            self.soon()

    def soon(self) -> None:
        """Read once the steps of this moment are over."""
        if self.is_on and not self._soon.isActive():
            self._soon.start()

    def look_at_clock(self) -> None:
        """Whether another day has begun."""
        if not self.is_on:
            return
        if today() != self.day:
            self._read()
        else:
            self._wind()  # a read that is due stays due


def until_midnight(moment: datetime) -> int:
    """Milliseconds from a local moment until a second of the next day has gone."""
    next_day = datetime.combine(moment.date() + timedelta(days=1), time(0, 0, 1))
    return max(1000, round((next_day - moment.replace(tzinfo=None)).total_seconds() * 1000))
