"""Long work at the foot of the window: what it is, how far, how long still, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from app.i18n import Texts
from app.jobs import Job, Jobs
from widgets.look.parts import beside, button, label, stacked

STEPS = 1000


class JobsPanel(QFrame):
    """A line per running job; nothing is shown when nothing runs."""

    def __init__(self, jobs: Jobs, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._texts = texts
        self._lines = 0
        self._column = stacked(spacing=4, margins=(20, 6, 20, 6))
        self.setLayout(self._column)
        self.hide()
        jobs.started.connect(self._on_started)
        for job in jobs.running:
            self._on_started(job)

    def _on_started(self, job: Job) -> None:
        line = JobLine(job, self._texts)
        line.over.connect(self._on_over)
        self._lines += 1
        self._column.addWidget(line)
        self.show()

    def _on_over(self) -> None:
        self._lines -= 1
        self.setVisible(self._lines > 0)


class JobLine(QWidget):
    """One job's label, thin bar, time left and *Cancel*. A window that is made anew lets go of it while it runs."""

    over = Signal()

    def __init__(self, job: Job, texts: Texts) -> None:
        super().__init__()
        self._job, self._texts = job, texts
        words = label(job.label)
        self._left = label("", "caption")
        self._left.setMinimumWidth(150)
        self._bar = QProgressBar()
        self._bar.setRange(0, STEPS)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(job.label)
        stop = button(texts.tr("Cancel"), job.cancel, "quiet")
        stop.setAccessibleName(f"{stop.text()}: {job.label}")
        row = beside(words, self._bar, self._left, stop, spacing=14)
        row.setStretch(1, 1)
        self.setLayout(row)
        # bound to this widget, so that Qt ends the connections with it
        job.progressed.connect(self._on_progressed)
        job.finished.connect(self._on_finished)

    def _on_progressed(self, fraction: float) -> None:
        self._bar.setValue(round(fraction * STEPS))
        self._left.setText(time_left(self._texts, self._job.seconds_left()))

    def _on_finished(self) -> None:
        self.hide()
        self.setParent(None)
        self.deleteLater()
        self.over.emit()


def time_left(texts: Texts, seconds: float | None) -> str:
    """*noin 2 min jäljellä*; empty while it would be a guess."""
    if seconds is None:
        return ""
    if seconds < 60:
        return texts.tr("about {n} s left", n=max(round(seconds), 1))
    return texts.tr("about {n} min left", n=round(seconds / 60))
