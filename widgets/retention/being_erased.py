"""Over the window while a case or other whole is erased: nobody opens what is just going."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from app.i18n import Texts
from app.jobs import Job
from widgets.folding import size_to_fit
from widgets.look.parts import beside, button, label, stacked


class BeingErased(QDialog):
    """Shown by `follow`. Until it is over it can be cancelled, and then nothing was erased."""

    def __init__(self, texts: Texts, parent: QWidget, words: str) -> None:
        super().__init__(parent)
        t = texts
        self._job: Job | None = None
        self.setWindowTitle(words)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        size_to_fit(self, 480, 200)
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(words)
        told = t.tr("Everything of it is being erased. A backup that is being made is waited for.")
        cancel = button(t.tr("Cancel"), self.reject, "quiet")
        self.setLayout(
            stacked(label(told, wrap=True), self._bar, None, beside(cancel, None), spacing=14, margins=(24, 24, 24, 20))
        )

    def follow(self, job: Job) -> None:
        """Show how far it is; who closes this asks to stop it."""
        self._job = job
        job.progressed.connect(self._on_progress)
        job.finished.connect(self.done_with)
        self.open()

    def done_with(self) -> None:
        """It is over, however it ended."""
        self._job = None
        self.close()

    def _on_progress(self, share: float) -> None:
        self._bar.setValue(round(1000 * share))

    def reject(self) -> None:
        if self._job is not None:
            self._job.cancel()
            return  # it goes when the work has ended
        super().reject()
