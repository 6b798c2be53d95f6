"""Whether the access log is whole: checked beside the work at each start, and whenever somebody asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.i18n import Texts, now
from app.jobs import Jobs
from app.notices import Notices
from app.office import entering
from app.ports import Archive


class LogCheck(QObject):
    """What the newest check of the whole chain found; one at a time."""

    changed = Signal()

    def __init__(
        self, archive: Archive, jobs: Jobs, notices: Notices, texts: Callable[[], Texts], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._archive, self._jobs, self._notices, self._texts = archive, jobs, notices, texts
        self.is_running = False
        self.checked: datetime | None = None  # when it was checked last
        self.is_whole = False

    def begin(self) -> None:
        """In a lane where nobody waits for it; what is not whole is said as at each start."""
        if self.is_running:
            return
        self.is_running = True
        self.changed.emit()
        entering.check_log(self._archive, self._jobs, self._notices, self._texts(), self._done, self._ended)

    def _done(self, problems: tuple[str, ...]) -> None:
        self.checked, self.is_whole = now(), not problems
        self._ended()

    def _ended(self) -> None:
        self.is_running = False
        self.changed.emit()


def in_words(texts: Texts, check: LogCheck) -> str:
    """*Lokin ketju ehjä*; empty before it is known."""
    if check.checked is None:
        return ""
    return texts.tr("The log's chain is whole") if check.is_whole else texts.tr("The log's chain is not whole")
