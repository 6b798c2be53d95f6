"""The worker's own reaction time: the 60-second game, its median, and whether presses are shifted back by it."""

from __future__ import annotations

import time
from random import Random

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from app.coding import reaction
from app.coding.reaction import ReactionEditor
from app.model.calibration import LEAST_PRESSES, answers
from app.model.timecode import SECOND, Micros
from app.workspace import Workspace
from widgets.look.look import Look, font
from widgets.look.parts import Card, beside, button, label, stacked

#: the sign stays so long
SIGN: Micros = SECOND // 2
TICK_MS = 8


class Game(QWidget):
    """A field that takes the keys: a circle fills now and then, and any letter, figure or Space answers it."""

    over = Signal(object)  # tuple of delays, µs; empty when it was given up

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(132)
        self._signs: tuple[Micros, ...] = ()
        self._pressed: list[Micros] = []
        self._begun = 0
        self._shown: list[Micros] = []
        self._painted: set[int] = set()
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def sizeHint(self) -> QSize:
        return QSize(360, 132)

    def is_running(self) -> bool:
        return self._timer.isActive()

    def begin(self, chance: Random | None = None) -> None:
        """Sixty seconds of signs that nobody can foresee; the keys are in the field."""
        self._signs = reaction.signs(chance or Random())
        self._pressed, self._shown, self._painted = [], [], set()
        self._begun = time.perf_counter_ns()
        self._timer.start()
        self.setFocus()
        self.update()

    def give_up(self) -> None:
        if self.is_running():
            self._end(())

    def elapsed(self) -> Micros:
        """Since it began; by the finest clock, for on Windows `monotonic` goes on in steps of 15.6 ms."""
        return (time.perf_counter_ns() - self._begun) // 1000 if self._begun else 0

    def _is_lit(self) -> bool:
        at = self.elapsed()
        return any(s <= at < s + SIGN for s in self._signs)

    def _tick(self) -> None:
        self.update()
        if self.elapsed() >= reaction.LENGTH:
            self._end(reaction.delays(self._shown, self._pressed))

    def _end(self, found: tuple[Micros, ...]) -> None:
        self._timer.stop()
        self._signs = ()
        self.update()
        self.over.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A press is timed when it comes; a key that is held answers once."""
        if event.key() == Qt.Key.Key_Escape and self.is_running():
            self.give_up()
        elif self.is_running() and event.text().strip() + " " * (event.key() == Qt.Key.Key_Space):
            if not event.isAutoRepeat():
                self._pressed.append(self.elapsed())
                self.update()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.give_up()
        super().hideEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.color("focus") if self.hasFocus() else look.color("line"))
        painter.setBrush(look.color("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        middle = QRectF(self.rect()).center()
        lit = self.is_running() and self._is_lit()
        if lit:
            self._note_shown()
        painter.setPen(look.color("ink"))
        painter.setBrush(look.color("ink") if lit else look.color("surface"))
        painter.drawEllipse(middle, 26, 26)
        if self.is_running():
            left = max(reaction.LENGTH - self.elapsed(), 0) // SECOND
            painter.setFont(font(tabular=True))
            painter.setPen(look.color("muted"))
            painter.drawText(QRectF(self.rect()).adjusted(0, 8, -14, 0), Qt.AlignmentFlag.AlignRight, f"{left} s")
        painter.end()

    def _note_shown(self) -> None:
        """A sign counts from when it was painted, not from when it was meant to be."""
        at = self.elapsed()
        number = next(n for n, s in enumerate(self._signs) if s <= at < s + SIGN)
        if number not in self._painted:
            self._painted.add(number)
            self._shown.append(at)


class ReactionCard(Card):
    """In the settings: measure, see, switch."""

    def __init__(self, workspace: Workspace, look: Look) -> None:
        super().__init__(spacing=12, padding=20)
        self._texts = t = workspace.texts
        self.editor: ReactionEditor = workspace.editor(
            "reaction", lambda: ReactionEditor(workspace.store, workspace.texts)
        )
        about = t.tr(
            "A hand is a little late when the film plays. The game measures how much: press any letter or Space as "
            "soon as the circle fills. Your own median is then taken off your presses. Both times are kept, and a "
            "picture that stands still is never shifted."
        )
        self._said = label("", "strong", wrap=True)
        self.use = QCheckBox(t.tr("Shift my presses back by it"))
        self.use.toggled.connect(lambda on: self.editor.use(on=on))
        self.game = Game(look)
        self.game.setAccessibleName(t.tr("Game field"))
        self.game.over.connect(self._on_over)
        self.start = button(t.tr("Measure, 60 seconds"), self._on_start)
        self.column.addWidget(label(about, "muted", wrap=True))
        self.column.addWidget(self._said)
        self.column.addWidget(self.use)
        self.column.addLayout(stacked(self.game, beside(self.start, None)))
        self.game.hide()
        self.editor.changed.connect(self.refresh)  # bound: the editor outlives the card
        self.refresh()

    def refresh(self, _changes: object = None) -> None:
        t, newest = self._texts, self.editor.newest
        self.use.blockSignals(True)
        self.use.setChecked(newest is not None and newest.in_use)
        self.use.blockSignals(False)
        self.use.setEnabled(newest is not None)
        if newest is None:
            self._said.setText(t.tr("Not measured yet: presses are kept as they come."))
            return
        good = len(answers(newest.presses))
        day = t.date(newest.held.astimezone().date())
        milliseconds = t.number(round(newest.delay / 1000))
        self._said.setText(t.tr("{ms} ms, median of {n} presses, {day}", ms=milliseconds, n=good, day=day))

    def _on_start(self) -> None:
        if self.game.is_running():
            self.game.give_up()
            return
        self.game.show()
        self.start.setText(self._texts.tr("Stop"))
        self.game.begin()

    def _on_over(self, delays: tuple[Micros, ...]) -> None:
        t = self._texts
        self.start.setText(t.tr("Measure, 60 seconds"))
        self.game.hide()
        if delays and self.editor.keep(delays) is None:
            words = t.tr(
                "Only {n} signs were answered; {least} are needed. Nothing was changed.",
                n=len(answers(delays)),
                least=LEAST_PRESSES,
            )
            self._said.setText(words)
