"""Long work at the foot of the window: what it is, how far, how long still, and a way to stop it.

One line has its place there; the rest is told by its number and listed over the foot when asked for.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from app.i18n import Texts
from app.jobs import Job, Jobs
from widgets.look.parts import OneLine, beside, button, label, stacked

STEPS = 1000
BAR, LEFT, LIST = 160, 164, 560


class JobsPanel(QWidget):
    """The oldest work that goes on; what waits until filming ends is shown when nothing else runs."""

    def __init__(self, jobs: Jobs, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._texts = jobs, texts
        self._line: JobLine | None = None
        self._is_under_hand = False
        self.more = button("", self._on_more, "small")
        self._row = beside(self.more, spacing=10)
        self.setLayout(self._row)
        self.hide()
        jobs.started.connect(self._on_started)
        jobs.held_changed.connect(self._choose)
        for job in jobs.running:
            job.finished.connect(self._choose)
        self._choose()

    def _on_started(self, job: Job) -> None:
        job.finished.connect(self._choose)  # bound to this widget, so that Qt ends the connection with it
        self._choose()

    def _choose(self) -> None:
        """Show the line of the work whose turn it is, unless a hand is on the one that stands there."""
        running = sorted((j for j in self._jobs.running if not j.is_done and j.label), key=lambda j: j.is_held)
        line = self._line
        is_over = line is not None and line.job not in running
        if line is None or (is_over and not self._is_under_hand) or (line.job.is_held and running and not is_over):
            self._show_line(running[0] if running else None)
        elif is_over:
            line.rest()
        rest = len(running) - sum(self._line is not None and j is self._line.job for j in running)
        self.more.setText(self._texts.trn("{n} more", "{n} more", rest))
        self.more.setVisible(rest > 0)
        self.setVisible(bool(running) or self._line is not None)

    def _show_line(self, job: Job | None) -> None:
        if self._line is not None and job is self._line.job:
            self._line.show_state()
            return
        old, self._line = self._line, None
        if old is not None:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        if job is not None:
            self._line = JobLine(job, self._texts)
            self._row.addWidget(self._line, 1)

    def _on_more(self) -> None:
        """All of it in a list that lies over the place, and goes with the next press beside it."""
        listed = QFrame(self, Qt.WindowType.Popup)
        listed.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        listed.setObjectName("card")
        lines = [JobLine(job, self._texts) for job in self._jobs.running if not job.is_done and job.label]
        listed.setLayout(stacked(*lines, spacing=4, margins=(16, 10, 12, 10)))
        listed.setFixedWidth(LIST)
        listed.adjustSize()
        corner = self.mapToGlobal(QPoint(self.width(), -8))
        listed.move(corner.x() - listed.width(), corner.y() - listed.height())
        listed.show()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._is_under_hand = True
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._is_under_hand = False
        super().leaveEvent(event)
        self._choose()


class JobLine(QWidget):
    """One job's label, thin bar, time left and *Cancel*. A window that is made anew lets go of it while it runs."""

    over = Signal()

    def __init__(self, job: Job, texts: Texts) -> None:
        super().__init__()
        self.job, self._texts = job, texts
        words = OneLine("muted")
        words.show_text(job.label)
        words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._left = label("", "caption")
        self._left.setFixedWidth(LEFT)
        self._bar = QProgressBar()
        self._bar.setRange(0, STEPS)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(job.label)
        self._bar.setFixedWidth(BAR)
        self._stop = button(texts.tr("Cancel"), job.cancel, "small")
        self._stop.setAccessibleName(f"{self._stop.text()}: {job.label}")
        row = beside(words, self._bar, self._left, self._stop, spacing=14)
        row.setStretch(0, 1)
        self.setLayout(row)
        # bound to this widget, so that Qt ends the connections with it
        job.progressed.connect(self._on_progressed)
        job.finished.connect(self.rest)
        self.show_state()

    def _on_progressed(self, _fraction: float) -> None:
        self.show_state()

    def show_state(self) -> None:
        """How far it is; for work that waits, what it waits for."""
        self._bar.setValue(round(self.job.fraction * STEPS))
        if self.job.is_held:
            self._left.setText(self._texts.tr("waits until filming ends"))
        else:
            self._left.setText(time_left(self._texts, self.job.seconds_left()))

    def rest(self) -> None:
        """It is over, and its line stays as long as a hand is on it: a press must not meet the next one's button."""
        self._bar.setValue(STEPS)
        self._left.setText("")
        self._stop.setEnabled(False)


def time_left(texts: Texts, seconds: float | None) -> str:
    """*noin 2 min jäljellä*; empty while it would be a guess."""
    if seconds is None:
        return ""
    if seconds < 60:
        return texts.tr("about {n} s left", n=max(round(seconds), 1))
    return texts.tr("about {n} min left", n=round(seconds / 60))
