"""At the foot of every other place while filming goes on beneath: that it does, how long, and the way back."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.filming.stages import FilmingStage
from app.workspace import Workspace
from widgets.look.look import font
from widgets.look.parts import beside, button, label

TICK = 500


class FilmingSign(QWidget):
    """Hidden unless something is being filmed and another place is open.

    It looks all the while whether what is filmed gets onto the disk: `grows` is what every red dot stands for.
    """

    back_pressed = Signal()
    grows_changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._elsewhere = self._grows = False
        t = workspace.texts
        self._dot = label("●", "danger")
        self._words = label("", "strong")
        self._words.setFont(font(weight=font().Weight.DemiBold, tabular=True))
        back = button(t.tr("Back to filming"), self.back_pressed.emit, "small")
        self.setLayout(beside(self._dot, self._words, back, None, spacing=12))
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._tick)
        workspace.filming_changed.connect(self.refresh)
        self.hide()

    def show_place(self, place: str) -> None:
        self._elsewhere = place != "filming"
        self.refresh()

    def refresh(self) -> None:
        capture = self._workspace.capture
        is_under_way = capture is not None and capture.is_under_way
        self.setVisible(self._elsewhere and is_under_way)
        if is_under_way:
            self._timer.start()
        else:
            self._timer.stop()
        self._tick()

    @property
    def grows(self) -> bool:
        """Whether the film of every camera that is filmed grows on the disk."""
        return self._grows

    def stop(self) -> None:
        """The window closes."""
        self._timer.stop()

    def _tick(self) -> None:
        capture, t = self._workspace.capture, self._workspace.texts
        grows = capture is not None and capture.grows
        if grows != self._grows:
            self._grows = grows
            self.grows_changed.emit()
        if capture is None or not self._elsewhere:
            return
        time = t.clock(max(capture.shown_clock(), 0), digits=0)
        words = {
            FilmingStage.RECORDING: t.tr("Filming goes on  {time}", time=time),
            FilmingStage.PAUSED: t.tr("Filming is paused  {time}", time=time),
        }.get(capture.stage, t.tr("The films are being finished…"))
        waiting = "○" if capture.is_recording else "❚❚"
        self._dot.setText("●" if grows else waiting)
        self._words.setText(words)
        self.setAccessibleName(words)
