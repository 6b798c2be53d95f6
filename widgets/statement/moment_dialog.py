"""The moment that a sentence rests on, played from two seconds before to two seconds after."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from app.comparing import LEAD
from app.model.recording import Recording
from app.model.statement import Evidence
from app.ports import Picture
from app.ports.player import Player
from widgets.parts import beside, button, label, primary_button, stacked
from widgets.picture import PictureView, Transport
from widgets.screen import Screen


class MomentDialog(QDialog):
    """Plays once when opened; the film is let go of when it closes."""

    def __init__(self, place: Screen, film: Recording, evidence: Evidence, player: Player, parent: QWidget) -> None:
        super().__init__(parent)
        t = place.texts
        self.setWindowTitle(evidence.words)
        self.resize(760, 540)
        self._player, self._film = player, film
        start = film.to_film(max((evidence.start or 0) - LEAD, 0))
        end = film.to_film((evidence.end or evidence.start or 0) + LEAD)
        self._span = max(start, 0), min(end, film.facts.duration)
        self._view = PictureView(t)
        self._transport = Transport(place.look, t)
        self._transport.set_length(film.facts.duration)
        self.setLayout(
            stacked(
                label(evidence.words, "title", wrap=True),
                self._view,
                self._transport,
                beside(None, button(t.tr("Play again"), self._play), primary_button(t.tr("Close"), self.accept)),
                spacing=10,
                margins=(18, 16, 18, 14),
            )
        )
        player.set_sink(self._view.show_picture)
        player.shown.connect(self._on_shown)
        player.playing_changed.connect(self._transport.show_playing)
        player.trouble.connect(place.workspace.notices.trouble)
        self._transport.play_pressed.connect(self._play)
        self._transport.seek_requested.connect(player.seek)
        media = place.workspace.media
        player.open(lambda: media.open(film), film.index)
        self.finished.connect(lambda _: self._let_go())
        self._play()

    def _play(self) -> None:
        self._player.play_range(*self._span)

    def _on_shown(self, picture: Picture) -> None:
        self._transport.show_place(picture.time, self._film.to_meeting(picture.time), picture.number)

    def _let_go(self) -> None:
        self._player.set_sink(None)
        self._player.close()
