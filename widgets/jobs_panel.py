"""Long work at the foot of the window: what it is, how far, how long still, and a way to stop it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from app.i18n import Texts
from app.jobs import Job, Jobs
from widgets.parts import beside, button, label, stacked

STEPS = 1000


class JobsPanel(QFrame):
    """A line per running job; nothing is shown when nothing runs."""

    def __init__(self, jobs: Jobs, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._texts = texts
        self._lines: dict[Job, QWidget] = {}
        self._column = stacked(spacing=4, margins=(20, 6, 20, 6))
        self.setLayout(self._column)
        self.hide()
        jobs.started.connect(self._on_started)
        for job in jobs.running:
            self._on_started(job)

    def _on_started(self, job: Job) -> None:
        line = job_line(job, self._texts)
        self._lines[job] = line
        self._column.addWidget(line)
        self.show()
        job.finished.connect(lambda: self._on_finished(job))

    def _on_finished(self, job: Job) -> None:
        line = self._lines.pop(job, None)
        if line is not None:
            line.hide()
            line.setParent(None)
            line.deleteLater()
        self.setVisible(bool(self._lines))


def job_line(job: Job, texts: Texts) -> QWidget:
    """One job's label, thin bar, time left and *Cancel*."""
    line = QWidget()
    words = label(job.label)
    left = label("", "caption")
    left.setMinimumWidth(150)
    bar = QProgressBar()
    bar.setRange(0, STEPS)
    bar.setTextVisible(False)
    bar.setAccessibleName(job.label)
    stop = button(texts.tr("Cancel"), job.cancel, "quiet")

    def on_progressed(fraction: float) -> None:
        bar.setValue(round(fraction * STEPS))
        left.setText(time_left(texts, job.seconds_left()))

    job.progressed.connect(on_progressed)
    row = beside(words, bar, left, stop, spacing=14)
    row.setStretch(1, 1)
    line.setLayout(row)
    return line


def time_left(texts: Texts, seconds: float | None) -> str:
    """*noin 2 min jäljellä*; empty while it would be a guess."""
    if seconds is None:
        return ""
    if seconds < 60:
        return texts.tr("about {n} s left", n=max(round(seconds), 1))
    return texts.tr("about {n} min left", n=round(seconds / 60))
