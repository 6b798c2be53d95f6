"""The films of one meeting being watched: pictures, the row that plays them, and what is changed about them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.errors import AppError
from app.films.alignment import FilmsEditor, alignable
from app.films.reels import reels, scrub_part
from app.model.change import Change
from app.model.recording import DerivedFile, DerivedKind, Recording, Viewing
from app.model.timecode import SECOND, Micros
from app.ports import Picture
from app.ports.player import Player
from app.shortcuts.key_map import KeyMap
from app.shortcuts.names import shown
from widgets.films.controls import Controls
from widgets.films.picture_sound import PictureSound
from widgets.films.pictures import LAYOUTS, FilmPictures
from widgets.films.transport import Transport
from widgets.films.zoom import WHOLE
from widgets.keys.captions import KeyFollower
from widgets.keys.matcher import Act
from widgets.look.parts import label, stacked
from widgets.screen import Screen

#: what one press of a key zooms and pans by
CLOSER, ASIDE = 1.25, 0.12
JUST_SEEN: Micros = 5 * SECOND


class Watching(QWidget):
    """Opens the films when it is made and lets go of them in `close_films`.

    `pictures.side` holds the small pictures: the room puts it beside the large one.
    """

    moved = Signal(object)  # µs on the meeting's clock: the leading picture on the screen, or where the playhead is
    lanes_chosen = Signal()  # which lanes of the films the timeline shall have
    films_changed = Signal(object)  # tuple[Recording, ...]: aligned, or shown otherwise

    def __init__(self, place: Screen, meeting_id: str, films: Sequence[Recording], player: Player) -> None:
        super().__init__()
        self.place, self.player = place, player
        preferences = self.preferences = place.workspace.preferences
        self.films = {f.id: f for f in films if f.in_use}
        self._texts, self._meeting_id = place.texts, meeting_id
        cameras = tuple(sorted({f.camera for f in self.films.values()}))
        self.pictures = FilmPictures(self._texts, cameras, preferences)
        self.transport = Transport(place.look, self._texts, preferences)
        self.controls = Controls(player, preferences, self)
        self._popover: PictureSound | None = None
        self._nothing = label(self._empty_words(), "muted", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = stacked(self.pictures, self._nothing, self.transport, spacing=6)
        column.setStretch(0, 1)
        column.setStretch(1, 1 if not self.films else 0)
        self.setLayout(column)
        self._nothing.setVisible(not self.films)
        self.pictures.setVisible(bool(self.films))
        self.transport.setEnabled(bool(self.films))
        self._connect()
        self._open()

    def _connect(self) -> None:
        player, bar, controls = self.player, self.transport, self.controls
        player.shown.connect(self._on_shown)
        player.playing_changed.connect(bar.show_playing)
        player.rate_changed.connect(bar.show_rate)
        player.loop_changed.connect(bar.show_loop)
        player.lead_changed.connect(self._on_lead)
        player.trouble.connect(self.place.workspace.notices.trouble)
        bar.play_pressed.connect(controls.toggle)
        bar.step_pressed.connect(controls.step)
        bar.rate_chosen.connect(player.set_rate)
        bar.seek_requested.connect(controls.seek)
        bar.dragged.connect(self.drag_to)
        bar.mute_pressed.connect(controls.toggle_mute)
        bar.more_pressed.connect(self.show_more)
        bar.loop.setMenu(self._loop_menu())
        bar.loop.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")
        controls.volume_changed.connect(lambda _percent, muted: bar.show_muted(muted))
        self.pictures.lead_wanted.connect(player.lead)
        for camera in self.pictures.cameras:
            self.pictures.view(camera).drawn_in.connect(partial(player.set_box, camera))
        self._editor = self.place.workspace.films_editor(self._meeting_id)
        self._editor.changed.connect(self._on_films_changed)  # bound: the editor outlives the room
        self.place.workspace.copies.made.connect(self.on_made)

    @property
    def films_editor(self) -> FilmsEditor:
        """Whose steps the room's own undo takes back too."""
        return self._editor

    def _open(self) -> None:
        if not self.films:
            self.pictures.arrange(self.preferences.remembered.film_layout, 0)
            return
        space = self.place.workspace
        try:
            self.player.open(reels(space.store, space.media, self.films.values()))
        except AppError as error:
            space.notices.trouble(error)
        self.transport.set_span(self.player.start(), self.player.end())
        self.controls.use_volume()
        self.arrange(self.preferences.remembered.film_layout)
        self._show_time()

    def _empty_words(self) -> str:
        t = self._texts
        if self.place.workspace.films_editor(self._meeting_id).films():
            return t.tr("The films of this meeting are closed from use and wait for erasure. They are not shown.")
        return t.tr("This meeting has no film.")

    # keys

    def acts(self) -> dict[str, Act]:
        """What keys do here, by the ids of the actions; a room adds its own."""
        return self.controls.acts() | {
            "film.layout": self.next_layout,
            "film.more": self.show_more,
            "film.whole": self.show_whole,
            "film.closer": partial(self.zoom, CLOSER),
            "film.farther": partial(self.zoom, 1 / CLOSER),
            "film.pan-left": partial(self._pan, -ASIDE, 0.0),
            "film.pan-right": partial(self._pan, ASIDE, 0.0),
            "film.pan-up": partial(self._pan, 0.0, -ASIDE),
            "film.pan-down": partial(self._pan, 0.0, ASIDE),
        }

    # what is on the screen

    def shown_on(self) -> tuple[str, Micros] | None:
        """The film and its own time of the leading picture; None in a gap."""
        return self.player.shown_on()

    def drag_to(self, time: Micros) -> None:
        """A rough picture at once, the exact one when the hand rests."""
        self.controls.seek(time, dragging=True)

    def arrange(self, layout: str) -> None:
        """Another layout; who is not in sight needs no pictures."""
        self.pictures.arrange(layout, self.player.leading())
        seen = self.pictures.seen()
        for camera in self.pictures.cameras:
            self.player.set_sink(camera, self.pictures.view(camera).show_picture if camera in seen else None)

    def choose_layout(self, layout: str) -> None:
        """Kept for this person's next meeting too."""
        self.preferences.remember(film_layout=layout)
        self.arrange(layout)

    def next_layout(self) -> None:
        names = list(LAYOUTS)
        self.choose_layout(names[(names.index(self.pictures.layout_name) + 1) % len(names)])

    def zoom(self, factor: float) -> None:
        """The leading picture closer, or farther below 1."""
        if self.films:
            view = self.pictures.view(self.player.leading())
            view.set_zoom(view.zoom.by(factor))

    def show_whole(self) -> None:
        """Every picture whole again."""
        for camera in self.pictures.cameras:
            self.pictures.view(camera).set_zoom(WHOLE)

    def _pan(self, x: float, y: float) -> None:
        if self.films:
            view = self.pictures.view(self.player.leading())
            view.set_zoom(view.zoom.moved(x, y))

    def _on_shown(self, camera: int, _picture: Picture | None) -> None:
        if camera == self.player.leading():
            self._show_time()

    def _on_lead(self, _camera: int) -> None:
        self.arrange(self.pictures.layout_name)
        self._show_time()

    def _show_time(self) -> None:
        time = self.player.position()
        picture = self.pictures.view(self.player.leading()).picture if self.films else None
        self.transport.show_place(time, None if picture is None else picture.number)
        self.moved.emit(time)

    # what is changed about the films

    def film_of(self, camera: int) -> Recording:
        """The camera's film at the playhead, or its first."""
        films = [f for f in self.films.values() if f.camera == camera]
        now = self.player.position()
        return next((f for f in films if f.to_meeting(0) <= now < f.end), films[0])

    def preview(self, film_id: str, viewing: Viewing) -> None:
        """Shown while a hand is on it, kept by `keep`."""
        self.player.set_viewing(film_id, viewing)

    def keep(self, film_id: str, viewing: Viewing) -> None:
        self._editor.see(film_id, viewing)

    def undo_keep(self) -> None:
        self._editor.undo()

    def can_undo_keep(self) -> bool:
        return self._editor.stack.canUndo()

    def show_more(self) -> None:
        """What is not in the row: moves, picture, sound, cameras."""
        if not self.films:
            return
        if self._popover is None:
            self._popover = PictureSound(self)
        self._popover.show_beside(self.pictures)

    def on_made(self, film: Recording, row: DerivedFile) -> None:
        """A part of the scrub copy was made while the film is open: it is used from now on."""
        if film.id in self.films and row.kind == DerivedKind.SCRUB:
            self.player.add_scrub(film.id, scrub_part(self.place.workspace.media, film, row))

    def lanes(self) -> tuple[str, ...]:
        """The lanes of the films that this person wants on the timeline."""
        kept = self.preferences.remembered
        return tuple(n for n, on in (("pictures", kept.picture_lane), ("sound", kept.sound_lane)) if on)

    def choose_lane(self, lane: str, on: bool) -> None:
        self.preferences.remember(**{"picture_lane" if lane == "pictures" else "sound_lane": on})
        self.lanes_chosen.emit()

    def align(self) -> None:
        """The dialog that aligns the cameras; films stop meanwhile."""
        from widgets.films.sync_dialog import SyncDialog

        self.controls.pause()
        made = SyncDialog(self.place.workspace, self.place.look, self._meeting_id, self)
        made.exec()
        made.deleteLater()

    def can_align(self) -> bool:
        return bool(alignable(self.films.values()))

    def _on_films_changed(self, changes: Sequence[Change]) -> None:
        for change in changes:
            before, after = change.before, change.after
            if not isinstance(after, Recording) or not isinstance(before, Recording) or after.id not in self.films:
                continue
            self.films[after.id] = after
            if before.viewing != after.viewing:
                self.player.set_viewing(after.id, after.viewing)
            if (before.offset, before.drift_ppm) != (after.offset, after.drift_ppm):
                self.player.set_place(after.id, after.offset, after.drift_ppm)
        self.transport.set_span(self.player.start(), self.player.end())
        self._show_time()
        if self._popover is not None:
            self._popover.refresh()
        # those that are open here, so that one taken in meanwhile is noticed when the room is come back to
        self.films_changed.emit(tuple(sorted(self.films.values(), key=lambda r: (r.camera, r.offset))))

    def _loop_menu(self) -> QMenu:
        t, c = self._texts, self.controls
        menu = QMenu(self.transport.loop)
        acts = [
            (menu.addAction("", act), words, action_id)
            for words, action_id, act in (
                (t.tr("Loop begins here"), "film.loop-from", c.loop_from_here),
                (t.tr("Loop ends here"), "film.loop-to", c.loop_to_here),
                (t.tr("The last five seconds"), "", lambda: c.loop_last(JUST_SEEN)),
                (t.tr("This task"), "", c.loop_task),
                (t.tr("Loop on or off"), "film.loop", c.toggle_loop),
                (t.tr("Remove the loop"), "", c.forget_loop),
            )
        ]

        def caption(keys: KeyMap) -> None:
            for act, words, action_id in acts:
                act.setText(f"{words}\t{shown(keys.of(action_id))}" if action_id else words)

        KeyFollower(self.preferences, menu, caption)
        return menu

    def close_films(self) -> None:
        self.place.workspace.copies.made.disconnect(self.on_made)
        for camera in self.pictures.cameras:
            self.player.set_sink(camera, None)
        self.player.close()
