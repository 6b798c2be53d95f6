"""The comparing room together with a partner's: who leads stands in a lane, and the room follows or is followed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from app.comparing.common_view.walking import Walk
from app.comparing.led.film import FilmTogether
from app.comparing.led.session import LedSession, Stage
from app.comparing.led.values import Pointer, View, point_of
from app.errors import AppError
from app.model.decision import Decision
from app.ports.line import Line
from widgets.comparing.proposals_dialog import ProposalsDialog
from widgets.comparing.together_dialog import TogetherDialog
from widgets.comparing.together_lane import TogetherLane
from widgets.films.watching import Watching
from widgets.screen import Screen


class Together(QObject):
    """`chosen` gives the difference that is looked at; the room sets it."""

    turned = Signal()  # who leads, or whether anybody does
    shown = Signal(str)  # the id of the difference that who leads looks at

    def __init__(
        self, place: Screen, walk: Walk, watching: Watching, new_line: Callable[[], Line], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._place, self._walk, self._watching = place, walk, watching
        self.chosen: Callable[[], Decision | None] = lambda: None
        self.session = LedSession(place.workspace.store, walk, new_line, self)
        self.film = FilmTogether(watching.player, lambda: tuple(watching.session.films.values()))
        self.lane = TogetherLane(place.look, place.texts, walk, self.session)
        self._pointer: Pointer | None = None
        self._was = (Stage.ALONE, False)
        self._lacked = ""
        self._dialog: TogetherDialog | None = None
        self._connect()

    def _connect(self) -> None:
        session, watching, lane = self.session, self._watching, self.lane
        session.changed.connect(self._on_changed)
        session.viewed.connect(self._follow)
        session.seen_off.connect(self._point_nowhere)
        session.troubled.connect(self._on_trouble)
        watching.moved.connect(self._on_own)
        watching.player.playing_changed.connect(self._on_own)
        watching.player.rate_changed.connect(self._on_own)
        for camera in watching.pictures.cameras:
            watching.pictures.view(camera).pointed.connect(partial(self._on_pointed, camera))
        lane.lead_pressed.connect(session.take_lead)
        lane.proposals_pressed.connect(self.show_proposals)
        lane.again_pressed.connect(self.begin)
        lane.end_pressed.connect(self.end)

    # beginning and ending

    @property
    def is_offered(self) -> bool:
        """Whether the header offers to begin; while two are together, or were cut off, the lane does."""
        return not self.lane.is_wanted

    def begin(self) -> None:
        """Ask where the partner is: wait here, or go there."""
        dialog = self._dialog = TogetherDialog(self.session, self._place.texts, self._place)
        agreed = dialog.exec()
        if not isValid(self):  # the archive was locked meanwhile, and nothing waits any more
            return
        self._dialog = None
        dialog.deleteLater()
        if not agreed and self.session.stage in (Stage.WAITING, Stage.JOINING):
            self.session.leave()
        self._place.take_focus()

    def end(self) -> None:
        """Each goes on alone; after a cut only the lane goes."""
        if self.session.stage == Stage.TOGETHER:
            self.session.leave()
        self.lane.put_away()
        self.turned.emit()
        self._place.take_focus()

    def show_proposals(self) -> None:
        dialog = ProposalsDialog(self.session, self._walk, self._place.texts, self._place)
        dialog.shown.connect(self.shown)
        dialog.exec()
        if not isValid(self):
            return
        dialog.deleteLater()
        self._place.take_focus()

    def close(self) -> None:
        """The room goes, and with it the line."""
        for signal in (self._watching.player.playing_changed, self._watching.player.rate_changed):
            signal.disconnect(self._on_own)
        self._watching.moved.disconnect(self._on_own)
        self.session.close()

    # what is told and what is followed

    def _on_changed(self) -> None:
        self.lane.refresh()
        self._watching.show_leader(self.lane.leader_words())
        leads = self.session.stage == Stage.TOGETHER and self.session.leads
        now = (self.session.stage, leads)
        for camera in self._watching.pictures.cameras:
            self._watching.pictures.view(camera).tell_pointer(leads)
        if now != self._was:
            self._was = now
            self._pointer = None
            self.turned.emit()
            self.tell()

    def _on_own(self, *_what: object) -> None:
        self.tell()

    def tell(self) -> None:
        """What is looked at here, to who follows; nothing otherwise."""
        if self.session.stage != Stage.TOGETHER or not self.session.leads:
            return
        d = self.chosen()
        self.session.look(self.film.view("" if d is None else point_of(d), self._pointer))

    def _on_pointed(self, camera: int, place: tuple[float, float] | None) -> None:
        picture = self._watching.pictures.view(camera).picture
        film = None if picture is None else self.film.film_of_id(picture.film)
        self._pointer = None if place is None or film is None else Pointer(film.sha256, *place)
        self.tell()

    def _follow(self, view: View) -> None:
        here = self.chosen()
        wanted = self.session.decision_of(view.chosen)
        if wanted and (here is None or here.id != wanted):
            self.shown.emit(wanted)
        is_here = self.film.follow(view)
        self.lane.show_lacking(not is_here)
        self._point(view.pointer)

    def _point(self, pointer: Pointer | None) -> None:
        film = None if pointer is None else self.film.film(pointer.film)
        for camera in self._watching.pictures.cameras:
            is_there = pointer is not None and film is not None and film.camera == camera
            place = (pointer.x, pointer.y) if is_there and pointer is not None else None
            self._watching.pictures.view(camera).show_pointer(place)

    def _point_nowhere(self) -> None:
        self._point(None)
        self.lane.show_lacking(False)
        self._watching.controls.pause()

    def _on_trouble(self, error: AppError) -> None:
        """In the dialog while it is open; that the line was cut stands in the lane."""
        if self._dialog is not None:
            self._dialog.say(error)
        elif error.key != "led-cut":
            self._place.workspace.notices.trouble(error)
