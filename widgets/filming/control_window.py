"""The small window for the family's room: always on top, and nothing on it but time, task and what must be pressed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from app.i18n import Texts
from app.model.timecode import Micros
from widgets.filming.commands import Commands
from widgets.filming.status_card import clock_of
from widgets.look.look import Look, dress, font
from widgets.look.parts import beside, button, label, primary_button, stacked

WIDTH = 340

PAUSED = "❚❚"


class ControlWindow(QWidget):
    """`closed` when it is closed by hand: the large window comes back then."""

    closed = Signal()

    def __init__(self, look: Look, texts: Texts, commands: Commands) -> None:
        super().__init__(None, Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setWindowTitle("Havainto")
        self._look, self._texts, self._commands = look, texts, commands
        dress(self, look)
        t = texts
        self._dot = label(PAUSED)
        self._dot.setFixedWidth(self._dot.sizeHint().width())
        self._clock = label("")
        self._clock.setStyleSheet("font-size: 22px; font-weight: 600;")
        self._clock.setFont(font(22, weight=font().Weight.DemiBold, tabular=True))
        self._task = label("", "strong", wrap=True)
        self._failed = label("", "strong", wrap=True)
        self._failed.hide()
        self._spent = label("", "muted")
        self._spent.setFont(font(tabular=True))
        self.main = primary_button("", lambda: commands.main(self))
        self.main.setStyleSheet("min-height: 44px;")
        self.back = button(commands.with_key(t.tr("Previous"), "filming.previous"), commands.previous)
        self.interruption = button(t.tr("Interruption…"), lambda: commands.interruption(self.interruption))
        self.pause = button(t.tr("Pause"), commands.pause)
        at_once = commands.with_key(t.tr("End at once"), "filming.at-once")
        self.at_once = button(at_once, commands.at_once, "danger")
        for part in (self.back, self.interruption, self.pause, self.at_once):
            part.setStyleSheet("padding: 0 8px;")
        head = beside(self._dot, self._clock, None, self._spent, spacing=8)
        first, second = beside(self.back, self.interruption), beside(self.pause, self.at_once)
        for row in (first, second):
            row.setStretch(0, 1)
            row.setStretch(1, 1)
        self.setLayout(
            stacked(head, self._failed, self._task, self.main, first, second, spacing=8, margins=(14, 12, 14, 14))
        )
        self.setFixedWidth(WIDTH)
        commands.bind(self, self.interruption)
        commands.capture.changed.connect(self.refresh)
        commands.capture.stage_changed.connect(self.refresh)
        self.refresh()

    def refresh(self, _what: object = None) -> None:
        t, commands = self._texts, self._commands
        capture, filmed = commands.capture, commands.capture.filmed
        is_on, is_paused = capture.is_recording, commands.is_paused
        self._show_dot()
        self.main.setText(commands.with_key(commands.what_is_next(), "filming.next"))
        self.main.setEnabled(is_on or is_paused)
        self.back.setEnabled(is_on and capture.can_go_back)
        away = t.tr("Interruption ends") if commands.is_interrupted else t.tr("Interruption…")
        self.interruption.setText(commands.with_key(away, "filming.interruption"))
        self.interruption.setEnabled(is_on)
        self.pause.setText(commands.with_key(t.tr("Go on") if is_paused else t.tr("Pause"), "filming.pause"))
        self.pause.setEnabled(is_on or is_paused)
        self.at_once.setEnabled(is_on or is_paused)
        running = filmed.running
        if running is not None:
            self._task.setText(f"{running.number} {t.words(filmed.meeting.plan[running.number - 1].name)}")
        else:
            self._task.setText(t.tr("Pause. Nothing is recorded.") if is_paused else t.tr("between tasks"))
        self.tick(capture.now())

    def tell(self, failed: str) -> None:
        """What went wrong and has not passed: the large window, where it stands too, is not seen now."""
        self._failed.setText(failed)
        self._failed.setVisible(bool(failed))
        self.adjustSize()

    def _show_dot(self) -> None:
        """Full while every camera's film grows on the disk, a ring while one of them waits."""
        capture = self._commands.capture
        is_on = capture.is_recording
        words = ("●" if capture.grows else "○") if is_on else PAUSED if self._commands.is_paused else ""
        if words != self._dot.text():
            self._dot.setText(words)
            self._dot.setProperty("kind", "danger" if is_on else "")
            self._dot.style().unpolish(self._dot)
            self._dot.style().polish(self._dot)

    def tick(self, now: Micros) -> None:
        running = self._commands.capture.filmed.running
        self._show_dot()
        self._clock.setText(clock_of(self._texts, self._commands.capture.shown_clock()))
        self._spent.setText(self._texts.short_clock(max(now - running.start, 0)) if running is not None else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._commands.marks.take(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)
