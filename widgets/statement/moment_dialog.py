"""The moment that a sentence rests on, played from two seconds before to two seconds after."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from app.casework.meeting_file import MeetingFile
from app.comparing.comparison import LEAD
from app.model.statement import Evidence
from app.ports.player import Player
from widgets.films.watching import Watching
from widgets.folding import size_to_fit
from widgets.keys.matcher import Matcher
from widgets.look.parts import beside, button, label, primary_button, stacked
from widgets.screen import Screen


class MomentDialog(QDialog):
    """Plays once when opened; the films are let go of when it closes."""

    def __init__(
        self,
        place: Screen,
        file: MeetingFile,
        evidence: Evidence,
        player: Player,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        t = place.texts
        self.setWindowTitle(evidence.words)
        size_to_fit(self, 860, 560)
        self._player = player
        self.watching = Watching(place, file.meeting.id, file.recordings, player)
        start = evidence.start or 0
        end = start if evidence.end is None else evidence.end
        self._span = max(start - LEAD, player.start()), min(end + LEAD, player.end())
        self._keys = Matcher(self.watching.acts(), place.workspace.preferences)
        pictures = beside(self.watching, stacked(self.watching.pictures.side, None), spacing=10)
        pictures.setStretch(0, 1)
        self.setLayout(
            stacked(
                label(evidence.words, "title", wrap=True),
                pictures,
                beside(None, button(t.tr("Play again"), self._play), primary_button(t.tr("Close"), self.accept)),
                spacing=10,
                margins=(18, 16, 18, 14),
            )
        )
        self.watching.showing.lie_over(self, self.watching)
        self.watching.showing.whole_turned.connect(self._on_whole)
        self.finished.connect(lambda _: self.watching.close_films())
        self._play()

    def _play(self) -> None:
        self._player.play_range(*self._span)

    def _on_whole(self, on: bool) -> None:
        full, now = Qt.WindowState.WindowFullScreen, self.windowState()
        self.setWindowState(now | full if on else now & ~full)
        self.setFocus()  # not on a button that is behind the picture

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_back = event.key() == Qt.Key.Key_Escape and self.watching.showing.leave_whole()
        if not is_back and not self._keys.take(event):
            super().keyPressEvent(event)
