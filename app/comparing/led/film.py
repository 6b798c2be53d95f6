"""What who leads is looking at, told in what both archives know, and followed on the other's own film."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from app.comparing.led.values import Point, Pointer, View
from app.model.recording import Recording
from app.model.timecode import SECOND, Micros
from app.ports.player import FASTEST, SLOWEST, Player

#: how far two playing films may be apart before the follower's is put right, on top of what the line takes
APART: Micros = SECOND // 5


class FilmTogether:
    """One room's player: tells its view, or follows the other's. `films` are those that are open in it now."""

    def __init__(self, player: Player, films: Callable[[], Iterable[Recording]]) -> None:
        self._player, self._films = player, films

    def view(self, chosen: Point, pointer: Pointer | None) -> View:
        """What the player shows."""
        player = self._player
        shown = player.shown_on()
        film = None if shown is None else self.film_of_id(shown[0])
        seen = View(playing=player.is_playing(), rate=player.rate(), chosen=chosen, pointer=pointer)
        if shown is None or film is None:
            return replace(seen, time=player.position())
        return replace(seen, film=film.sha256, time=shown[1])

    def film_of_id(self, recording_id: str) -> Recording | None:
        return next((f for f in self._films() if f.id == recording_id), None)

    def film(self, sha256: str) -> Recording | None:
        """The film with this checksum, as this archive has it."""
        return next((f for f in self._films() if f.sha256 == sha256), None)

    def follow(self, view: View) -> bool:
        """Show what the other shows; False when the film is not here. Its time stands on this archive's own clock."""
        film = self.film(view.film) if view.film else None
        player = self._player
        if not player.cameras() or (film is None and view.film):
            return False
        if film is not None and film.camera in player.cameras() and film.camera != player.leading():
            player.lead(film.camera)
        time = view.time if film is None else film.to_meeting(view.time)
        time = min(max(time, player.start()), player.end())
        if view.playing and SLOWEST <= view.rate <= FASTEST:
            self._play(time, view.rate)
        else:
            self._rest(time, runs=view.playing)
        return True

    def _play(self, time: Micros, rate: float) -> None:
        player = self._player
        if player.rate() != rate:
            player.set_rate(rate)
        if not player.is_playing():
            player.seek(time)
            player.play()
        elif abs(player.position() - time) > APART:
            player.seek(time)

    def _rest(self, time: Micros, *, runs: bool) -> None:
        """At rest the very picture; while the other runs through the film, any near one."""
        player = self._player
        if player.is_playing():
            player.pause()
        if player.position() != time:
            player.seek(time, dragging=runs)
