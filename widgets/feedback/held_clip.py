"""One clip that is opened to be shown: by what right, in a player of its own, and no picture that is not the clip's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.clips.permitted import demand_shown, films_of, shown_reels
from app.i18n import today
from app.model.cover import Covering
from app.model.feedback import ON_BEFORE, Clip
from app.model.recording import Recording
from app.office.looking import PlayedFilms, Where
from app.ports import Picture
from app.ports.player import Player, Reel
from app.workspace import Workspace
from widgets.feedback.covered_picture import covered_picture


class Doors(Protocol):
    """By what right a clip is shown: asked anew each time. Both raise ConsentMissing or NotAllowed.

    `where` is what the access log says of where it was seen.
    """

    where: Where

    def demand(self, clip: Clip) -> object:
        """Whether it may be shown now."""

    def reels(self, clip: Clip) -> tuple[Reel, ...]:
        """Its film or films, for showing."""

    def coverings(self, clip: Clip) -> Mapping[str, Covering] | None:
        """What covers it while it is shown, by the id of each film; None where it is shown as it was filmed."""


class ToPerson:
    """A feedback talk's doors: each clip is shown to one person of the case, as it was filmed."""

    where = Where.FEEDBACK

    def __init__(self, space: Workspace, person_id: str) -> None:
        self._space, self._person = space, person_id

    def demand(self, clip: Clip) -> object:
        return demand_shown(self._space.store, clip, self._person, today())

    def reels(self, clip: Clip) -> tuple[Reel, ...]:
        return shown_reels(self._space.store, self._space.media, clip, self._person, today())

    def coverings(self, _clip: Clip) -> Mapping[str, Covering] | None:
        return None


class HeldClip(QObject):
    """One clip in a player of its own; its pictures are kept until they are wanted. Raises what the doors raise.

    What of it is seen is told by `seen`; while it waits nobody sees it.
    """

    came = Signal(int)  # camera

    def __init__(self, space: Workspace, clip: Clip, doors: Doors, player: Player, parent: QObject) -> None:
        super().__init__(parent)
        self.clip, self.player = clip, player
        reels = doors.reels(clip)
        self.coverings = doors.coverings(clip)
        opened = {reel.id for reel in reels}
        films = {film.id: film for film in films_of(space.store, clip) if film.id in opened}
        self.film: Recording = films[clip.recording_id]
        self.second: Recording | None = films.get(clip.second_id)
        self.start, self.end = self.film.to_meeting(clip.first), self.film.to_meeting(clip.last)
        self.pictures: dict[int, Picture | None] = {}
        within = self.start, self.end
        self.seen = PlayedFilms(space.looking, films.values(), player, self, doors.where, within)
        for film in films.values():
            player.set_sink(film.camera, partial(self.take, film))
        player.open(reels)
        player.lead(self.film.camera)
        player.seek(self.start)

    @property
    def first(self) -> Picture | None:
        """The picture of its own camera that came last."""
        return self.pictures.get(self.film.camera)

    def beside_it(self) -> Picture | None:
        """The other camera's, where two are seen."""
        return None if self.second is None else self.pictures.get(self.second.camera)

    @property
    def is_silent(self) -> bool:
        """Whether somebody is not to be heard: then nothing is."""
        own = None if self.coverings is None else self.coverings.get(self.film.id)
        return own is not None and bool(own.muted)

    def take(self, film: Recording, picture: Picture | None) -> None:
        """A picture that is none of the clip's is nobody's to see, nor one of a camera without the covers it needs."""
        if picture is not None and not self._is_of_clip(film, picture):
            return
        if picture is not None and self.coverings is not None:
            covers = self.coverings.get(film.id)
            if covers is None:
                return
            picture = covered_picture(picture, covers.boxes(picture.time))
        self.pictures[film.camera] = picture
        self.came.emit(film.camera)

    def _is_of_clip(self, film: Recording, picture: Picture) -> bool:
        if film is self.film:
            return self.clip.first <= picture.time <= self.clip.last
        begins = film.to_film(self.start) - ON_BEFORE  # the other camera's picture that is on when the clip begins
        return begins <= picture.time <= film.to_film(self.end)

    def close(self) -> None:
        self.seen.close()
        for camera in self.player.cameras():
            self.player.set_sink(camera, None)
        self.player.close()
        self.player.deleteLater()
        self.deleteLater()
