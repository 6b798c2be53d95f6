"""The small copy around the playhead, where none is made yet: pieces in memory, made before everything else.

The copy that is kept is made in the order of the film, five minutes at a time; whoever opens a film of an hour is
served in seconds by these, wherever they are. They last as long as the films are open.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

from app.errors import AppError, Cancelled
from app.films.copies import FilmCopies, Span
from app.jobs import Job
from app.model.recording import Recording
from app.model.units import CameraNumber
from app.ports.player import PIECES, Player, ScrubPart

#: the playhead rests when it stayed for so long
REST_MS = 250

_Wanted = tuple[str, Span]


class NearCopies(QObject):
    """Follows a player's playhead. For the main thread; `close` it before the player's films are others.

    `films` gives those that are open in the player, as they are now.
    """

    def __init__(
        self, player: Player, copies: FilmCopies, films: Callable[[], Iterable[Recording]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._player, self._copies, self._films = player, copies, films
        self._made: dict[str, deque[Span]] = defaultdict(lambda: deque(maxlen=PIECES))
        self._refused: set[_Wanted] = set()
        self._now: tuple[_Wanted, Job] | None = None
        self._is_closed = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._look)
        player.shown.connect(self._on_shown)

    def forget(self) -> None:
        """The player's films were opened anew: what was made for them is gone."""
        self._rest.stop()
        self._made.clear()
        self._refused.clear()
        if self._now is not None:
            self._now[1].cancel()

    def close(self) -> None:
        self._is_closed = True
        self._player.shown.disconnect(self._on_shown)
        self.forget()

    def _on_shown(self, _camera: CameraNumber, _picture: object) -> None:
        self._rest.start()

    def _look(self) -> None:
        """Begin what is wanted most; what is being made and wanted no more ends."""
        if self._is_closed or self._copies.is_held or self._player.is_playing():
            return
        wanted = self._wanted()
        if self._now is not None:
            if self._now[0] not in wanted:
                self._now[1].cancel()  # its end looks again
            return
        if wanted:
            self._begin(wanted)

    def _wanted(self) -> dict[_Wanted, Recording]:
        """Pieces that films lack around the playhead, soonest first: the leading camera's, then the others'."""
        now, leading = self._player.position(), self._player.leading()
        on = [film for film in self._films() if film.to_meeting(0) <= now < film.end]
        wanted: dict[_Wanted, Recording] = {}
        for film in sorted(on, key=lambda film: (film.camera != leading, film.camera)):
            for span in self._copies.around(film, film.to_film(now)):
                if span not in self._made[film.id] and (film.id, span) not in self._refused:
                    wanted[film.id, span] = film
        return wanted

    def _begin(self, wanted: dict[_Wanted, Recording]) -> None:
        (film_id, span), film = next(iter(wanted.items()))

        def made(part: ScrubPart) -> None:
            self._now = None
            if not self._is_closed:
                self._made[film_id].append(span)
                self._player.add_scrub(film_id, part)
            self._look()

        def failed(error: AppError) -> None:
            """Told when the copy that is kept cannot be made either; here the film itself goes on answering."""
            self._now = None
            if not isinstance(error, Cancelled):
                self._refused.add((film_id, span))
            self._look()

        self._now = (film_id, span), self._copies.make_near(film, span, made, failed)
