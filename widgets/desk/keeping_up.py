"""The desk is kept up while it is open: at midnight, and when a step of anybody in this program concerns it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QObject, QTimer

from app.door import Written
from app.i18n import now
from app.model.circumstance import Circumstance
from app.model.coding import CodingHeader
from app.model.commission import Commission
from app.model.consent import Consent
from app.model.erasure import MadeBackup
from app.model.exchange import PartnerCoding, SentCoding
from app.model.filming import FilmingEvent, OpenRecording, Talk
from app.model.meeting import Meeting
from app.model.people import Case, Person, Worker
from app.model.recording import Recording
from app.model.request import Request
from app.model.statement import Statement
from app.model.training import Reference, TrainingResult

#: what the desk is made of; other steps, such as each key of a coding, leave it alone
CONCERN = (
    Case, Person, Circumstance, Commission, Consent, Meeting, Request, Recording, OpenRecording, FilmingEvent, Talk,
    CodingHeader, PartnerCoding, SentCoding, Statement, Worker, Reference, TrainingResult, MadeBackup,
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
        self._day: date | None = None
        self._soon = QTimer(self, singleShot=True, interval=TOGETHER)
        self._soon.timeout.connect(read)
        self._clock = QTimer(self, singleShot=True)
        self._clock.timeout.connect(self.look_at_clock)

    @property
    def is_on(self) -> bool:
        return self._day is not None

    def begin(self) -> None:
        """The desk shows this day now."""
        self._soon.stop()
        moment = now().astimezone()
        self._day = moment.date()
        self._clock.start(min(_until_midnight(moment), LONGEST))

    def end(self) -> None:
        self._day = None
        self._soon.stop()
        self._clock.stop()

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
        if now().astimezone().date() != self._day:
            self._read()
        else:
            self.begin()


def _until_midnight(moment: datetime) -> int:
    """Milliseconds from a local moment until a second of the next day has gone."""
    next_day = datetime.combine(moment.date() + timedelta(days=1), time(0, 0, 1))
    return max(1000, round((next_day - moment.replace(tzinfo=None)).total_seconds() * 1000))
