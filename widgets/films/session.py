"""The films of one meeting while they are watched, without a window: opened, shown otherwise, let go of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.casework.film_use import may_be_used
from app.casework.meeting_file import read_filmed
from app.door import Written
from app.errors import AppError
from app.films.alignment import FilmsEditor
from app.films.near_copies import NearCopies
from app.films.reels import reels, scrub_part
from app.i18n import today
from app.model.change import Change
from app.model.consent import Consent, ControllerDecision
from app.model.filmed import not_filmed
from app.model.meeting import Meeting, Stretch
from app.model.recording import DerivedFile, DerivedKind, Recording, Viewing
from app.model.timecode import Micros
from app.model.units import CameraNumber
from app.office.looking import PlayedFilms
from app.ports.player import Player
from app.settings.preferences import Preferences
from app.workspace import Workspace
from widgets.films.fetch_again import lost_one, say_trouble

#: the films' lanes of the timeline, and where it is remembered whether they are wanted
LANES = {"pictures": "picture_lane", "sound": "sound_lane"}


class FilmSession(QObject):
    """Which films are open in the player, how they are seen and heard, and which of their lanes are wanted."""

    changed = Signal(object)  # tuple[Recording, ...]: aligned, or shown otherwise
    lanes_chosen = Signal()

    def __init__(
        self, space: Workspace, meeting_id: str, films: Sequence[Recording], player: Player, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.space, self.meeting_id, self.player = space, meeting_id, player
        #: whether the consents of everybody on them are in force; without them none is shown
        self.is_permitted = may_be_used(space.store, meeting_id, today())
        self.films = {f.id: f for f in films if f.in_use and self.is_permitted}
        #: those that it was made with; one that was erased since is still among them
        self.made_with = frozenset(self.films)
        self._not_filmed = not_filmed(read_filmed(space.store, meeting_id))
        self.editor: FilmsEditor = space.films_editor(meeting_id)
        self.editor.changed.connect(self._on_films_changed)  # bound: the editor outlives the room
        self._played = PlayedFilms(space.looking, self.films.values(), player, self)
        self._near = NearCopies(player, space.copies, self._in_order, self)
        space.copies.made.connect(self.on_made)
        space.changed.connect(self._on_written)

    @property
    def preferences(self) -> Preferences:
        return self.space.preferences

    @property
    def cameras(self) -> tuple[CameraNumber, ...]:
        return tuple(sorted({f.camera for f in self.films.values()}))

    def open(self) -> None:
        """Hand the films to the player; what cannot be opened is told."""
        self._near.forget()
        try:
            self.player.open(reels(self.space.store, self.space.media, self.films.values()))
        except AppError as error:
            self.say_trouble(error)

    def say_trouble(self, error: AppError) -> None:
        """What is wrong with a film; where its file is lost, with the way to fetch it again."""
        films = tuple(self.films.values())
        say_trouble(self.space, error, lost_one(self.space, films, films[0]) if films else None)

    def show_to(self, *, others: bool) -> None:
        """Whether others see the leading camera's picture too, for the access log."""
        self._played.show_to(others=others)

    def close(self) -> None:
        self._near.close()
        self._played.close()
        self.space.copies.made.disconnect(self.on_made)
        self.space.changed.disconnect(self._on_written)
        self.player.close()

    def has_closed_films(self) -> bool:
        """Whether films of the meeting wait for their erasure; asked where none of them is open."""
        return any(not film.is_erased for film in self.editor.films())

    def erased(self) -> datetime | None:
        """When the last film of the meeting was erased; None for a meeting that had none."""
        return max((film.erased for film in self.editor.films() if film.erased is not None), default=None)

    def unfilmed_at(self, time: Micros) -> Stretch | None:
        """The stretch that nobody filmed in which a time of the meeting lies."""
        return next((s for s in self._not_filmed if s.holds(time)), None)

    def film_of(self, camera: CameraNumber) -> Recording:
        """The camera's film at the playhead, or its first."""
        films = [f for f in self.films.values() if f.camera == camera]
        now = self.player.position()
        return next((f for f in films if f.to_meeting(0) <= now < f.end), films[0])

    # how a film is seen and heard

    def preview(self, film_id: str, viewing: Viewing) -> None:
        """Shown while a hand is on it, kept by `keep`."""
        self.player.set_viewing(film_id, viewing)

    def keep(self, film_id: str, viewing: Viewing) -> None:
        self.editor.see(film_id, viewing)

    def undo_keep(self) -> None:
        self.editor.undo()

    def can_undo_keep(self) -> bool:
        return self.editor.stack.canUndo()

    # lanes

    def lanes(self) -> tuple[str, ...]:
        """The lanes of the films that this person wants on the timeline."""
        kept = self.preferences.remembered
        return tuple(lane for lane, field in LANES.items() if getattr(kept, field))

    def choose_lane(self, lane: str, on: bool) -> None:
        self.preferences.remember(**{LANES[lane]: on})
        self.lanes_chosen.emit()

    # what happens meanwhile

    def on_made(self, film: Recording, row: DerivedFile) -> None:
        """A part of the scrub copy was made while the film is open: it is used from now on."""
        if film.id in self.films and row.kind == DerivedKind.SCRUB:
            self.player.add_scrub(film.id, scrub_part(self.space.media, film, row))

    def _on_written(self, written: Written) -> None:
        """A film that is erased, or closed from use, while it is open: the others go on without it.

        One that was fetched again is there at once, and none is left when a consent to them is withdrawn.
        """
        if self.is_permitted and any(c.kind in (Consent, ControllerDecision, Meeting) for c in written.changes):
            self._ask_again()
        now = {c.id: c.after for c in written.changes if c.id in self.films}
        gone = [key for key, film in now.items() if not isinstance(film, Recording) or not film.in_use]
        again = {key: film for key, film in now.items() if isinstance(film, Recording) and film.in_use}
        again = {key: film for key, film in again.items() if film.container != self.films[key].container}
        if gone or again:
            self.films = {key: again.get(key, film) for key, film in self.films.items() if key not in gone}
            at = self.player.position()
            self.open()
            self.player.seek(at)
            self.changed.emit(self._in_order())

    def _ask_again(self) -> None:
        """Who is on the film, or a consent to it, is another now: the pictures go at once where it is none."""
        self.is_permitted = may_be_used(self.space.store, self.meeting_id, today())
        if not self.is_permitted and self.films:
            self.films = {}
            self.open()
            self.changed.emit(())

    def _in_order(self) -> tuple[Recording, ...]:
        return tuple(sorted(self.films.values(), key=lambda r: (r.camera, r.offset)))

    def _on_films_changed(self, changes: Sequence[Change]) -> None:
        self._not_filmed = not_filmed(read_filmed(self.space.store, self.meeting_id))
        for change in changes:
            before, after = change.before, change.after
            if not isinstance(after, Recording) or not isinstance(before, Recording) or after.id not in self.films:
                continue
            self.films[after.id] = after
            if before.viewing != after.viewing:
                self.player.set_viewing(after.id, after.viewing)
            if (before.offset, before.drift_ppm) != (after.offset, after.drift_ppm):
                self.player.set_place(after.id, after.offset, after.drift_ppm)
        # those that are open here, so that one taken in meanwhile is noticed when the room is come back to
        self.changed.emit(self._in_order())
