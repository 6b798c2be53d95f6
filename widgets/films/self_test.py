"""*Tarkista kuvan aika*: whether the time on this computer's screen is that of the picture on the screen.

A clip with numbered pictures is played, moved about and stepped through by the real player; each number is read back
from what is on the screen and held against the time and the frame that stand beneath it.
"""

from __future__ import annotations

import io
import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from app.error_texts import sentence
from app.errors import AppError, Cancelled
from app.jobs import Job
from app.ports import Picture
from app.ports.films import NumberedClip
from app.ports.player import Reel
from app.workspace import Workspace
from widgets.films.picture import PictureView
from widgets.films.transport import Transport
from widgets.folding import size_to_fit
from widgets.look.look import Look
from widgets.look.parts import beside, button, label, stacked

SEEKS, STEPS, PLAYED = 40, 20, 75
#: how long a picture may take before it counts as not shown
PATIENCE_MS = 4_000
CLIP = "self-test"


@dataclass(frozen=True, slots=True)
class Check:
    """One move, and the number of the picture that must be on the screen after it."""

    move: Callable[[], None]
    expected: int


class SelfTestDialog(QDialog):
    """Starts by itself; the result is one sentence."""

    def __init__(self, space: Workspace, look: Look, parent: QWidget, seed: int = 1) -> None:
        super().__init__(parent)
        self._space, self._texts = space, space.texts
        self._chance = random.Random(seed)
        self._player = space.films.player()
        self._clip: NumberedClip | None = None
        self._checks: deque[Check] = deque()
        self._now: Check | None = None
        self._is_playing_part = False
        self.is_over = False  # the result, or that there is none, stands on the screen
        self.total = self.right = 0
        t = self._texts
        self.setWindowTitle(t.tr("Check the picture's time"))
        size_to_fit(self, 760, 600)
        self._view = PictureView(t)
        self._transport = Transport(look, t, space.preferences)
        self._transport.show_only(loop=False, more=False)
        self._transport.setEnabled(False)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.told = label(t.tr("Making a clip with numbered pictures…"), "strong", wrap=True)
        words = t.tr("Every picture carries its number. It is read from the screen after each move and while playing.")
        about = label(words, "muted", wrap=True)
        column = stacked(about, self._view, self._transport, self._bar, self.told, spacing=10)
        column.addLayout(beside(None, button(t.tr("Close"), self.reject)))
        column.setStretch(1, 1)
        column.setContentsMargins(18, 16, 18, 14)
        self.setLayout(column)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._on_late)
        self._player.shown.connect(self._on_shown)
        self._player.trouble.connect(self._on_trouble)
        self._player.rate_changed.connect(self._transport.show_rate)
        self._player.playing_changed.connect(self._on_playing)
        self.finished.connect(lambda _: self._let_go())
        tool = space.films.self_test
        self._job: Job | None = space.jobs.run(
            t.tr("Making a clip with numbered pictures"),
            lambda job: tool.clip(job.progress, job.cancelled),
            self._begin,
            self._on_trouble,
        )

    def _begin(self, clip: NumberedClip) -> None:
        self._job = None
        if self.is_over:
            return
        self._clip = clip
        try:
            self._player.open([Reel(CLIP, 1, lambda: io.BytesIO(clip.film), clip.index)])
        except AppError as error:
            self._on_trouble(error)
            return
        self._player.set_sink(1, self._view.show_picture)
        self._transport.set_span(self._player.start(), self._player.end())
        self._checks.extend(self._planned(clip))
        self._bar.setRange(0, len(self._checks) + PLAYED)
        self.told.setText(self._texts.tr("Moving about in the clip…"))
        self._next()

    def _planned(self, clip: NumberedClip) -> list[Check]:
        """Random seeks, steps on and steps back."""
        last, checks = len(clip.times) - 1, []
        for _ in range(SEEKS):
            number = self._chance.randrange(last)
            time = self._chance.randrange(clip.times[number], clip.times[number + 1])
            checks.append(Check(partial(self._player.seek, time), number))
        middle = last // 2
        checks.append(Check(partial(self._player.seek, clip.times[middle]), middle))
        for sign in (1, -1):
            start = checks[-1].expected
            checks += [Check(partial(self._player.step, sign), start + sign * n) for n in range(1, STEPS + 1)]
        return checks

    # one move after another

    def _next(self) -> None:
        if self._checks:
            self._now = self._checks.popleft()
            self._patience.start()
            self._now.move()
            self._look()
        else:
            self._now = None
            self._play()

    def _look(self) -> None:
        """When the player says that the wanted picture is on, read what is really there."""
        clip, check = self._clip, self._now
        if clip is None or check is None or self._player.shown_at() != clip.times[check.expected]:
            return
        self._now = None
        self._patience.stop()
        self._count(check.expected)
        QTimer.singleShot(0, self, self._next)

    def _on_late(self) -> None:
        """The picture never came: counted as wrong."""
        if self._is_playing_part:
            self._finish()
        elif self._now is not None:
            self._now = None
            self.total += 1
            self._next()

    def _count(self, expected: int) -> None:
        assert self._clip is not None
        self._show_time()
        self.total += 1
        self.right += int(self._is_right(expected))
        self._bar.setValue(self.total)

    def _is_right(self, expected: int) -> bool:
        """The number on the screen, the time beneath it, and the frame's number beside that."""
        assert self._clip is not None
        t = self._texts
        words = t.clock(self._clip.times[expected]), t.tr("frame {n}", n=t.number(expected))
        return self._read() == expected and self._transport.shown_words() == words

    def _read(self) -> int | None:
        image = self._view.grab(self._view.picture_box().toRect()).toImage().convertToFormat(QImage.Format.Format_RGB32)
        pixels = bytes(image.constBits())
        return self._space.films.self_test.read(Picture(0, 0, image.width(), image.height(), pixels))

    # playing

    def _play(self) -> None:
        self.told.setText(self._texts.tr("Playing the clip…"))
        self._is_playing_part = True
        self._player.seek(0)
        self._player.play()
        self._patience.start()

    def _on_shown(self, _camera: int, picture: Picture | None) -> None:
        self._show_time()
        if not self._is_playing_part:
            self._look()
        elif picture is not None and self._clip is not None and not self.is_over:
            self._patience.start()
            at = self._player.shown_at()
            self._count(self._clip.times.index(at) if at in self._clip.times else -1)
            if self.total >= self._bar.maximum():
                self._finish()

    def _on_playing(self, playing: bool) -> None:
        self._transport.show_playing(playing)
        if self._is_playing_part and not playing and not self.is_over:
            self._finish()

    def _finish(self) -> None:
        self.is_over = True
        self._patience.stop()
        self._player.pause()
        t = self._texts
        self._bar.setValue(self._bar.maximum())
        if self.right == self.total and self.total > SEEKS + 2 * STEPS:
            words = t.tr("{right}/{all} pictures right, and the time fits.", right=self.right, all=self.total)
        else:
            words = t.tr(
                "{right}/{all} pictures right. Do not trust times from this computer before this is put right: "
                "close other programs and try again, and tell your support.",
                right=self.right,
                all=self.total,
            )
        self.told.setText(words)

    def _show_time(self) -> None:
        picture = self._view.picture
        self._transport.show_place(self._player.position(), None if picture is None else picture.number)

    def _on_trouble(self, error: AppError) -> None:
        if not self.is_over and not isinstance(error, Cancelled):
            self.is_over = True
            self._patience.stop()
            self.told.setText(sentence(self._texts, error))

    def _let_go(self) -> None:
        self.is_over = True
        self._patience.stop()
        if self._job is not None:
            self._job.cancel()
        self._player.set_sink(1, None)
        self._player.close()
