"""The films of one meeting being watched: pictures, the row that plays them, and what is changed about them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.films.alignment import FilmsEditor
from app.model.recording import Recording
from app.model.timecode import SECOND, Micros
from app.ports import Picture
from app.ports.player import Player
from app.shortcuts.names import shown
from app.shortcuts.own_keys import KeyMap
from widgets.films.captions import Captions
from widgets.films.controls import Controls
from widgets.films.picture_sound import PictureSound
from widgets.films.pictures import LARGE, LAYOUTS, TABS, FilmPictures
from widgets.films.session import FilmSession
from widgets.films.showing import Showing
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

    def __init__(self, place: Screen, meeting_id: str, films: Sequence[Recording], player: Player) -> None:
        super().__init__()
        self.place, self.player = place, player
        preferences = self.preferences = place.workspace.preferences
        self.session = FilmSession(place.workspace, meeting_id, films, player, self)
        self._texts = place.texts
        self.pictures = FilmPictures(self._texts, self.session.cameras, preferences)
        self.transport = Transport(place.look, self._texts, preferences)
        self.controls = Controls(player, preferences, self)
        self.showing = Showing(self, place, self.pictures, player)
        self.captions = Captions(place.workspace, meeting_id, self.pictures, self.showing, player)
        self._layout = preferences.remembered.film_layout
        self._led_words = ""
        self.popover: PictureSound | None = None  #: the sheet beside the pictures, once it was asked for
        self._nothing = label("", "muted", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        showing = self.showing
        parts = (self.pictures, self._nothing, showing.sign, self.transport, showing.line)
        self._column = stacked(*parts, spacing=6)
        self._column.setStretch(0, 1)
        self.setLayout(self._column)
        self._show_whether_films()
        self._connect()
        self._open()

    def _connect(self) -> None:
        player, bar, controls = self.player, self.transport, self.controls
        player.shown.connect(self._on_shown)
        player.playing_changed.connect(bar.show_playing)
        player.rate_changed.connect(bar.show_rate)
        player.loop_changed.connect(bar.show_loop)
        player.lead_changed.connect(self._on_lead)
        player.trouble.connect(self.session.say_trouble)
        bar.play_pressed.connect(controls.toggle)
        bar.step_pressed.connect(controls.step)
        bar.rate_chosen.connect(player.set_rate)
        bar.seek_requested.connect(controls.seek)
        bar.dragged.connect(self.drag_to)
        bar.mute_pressed.connect(controls.toggle_mute)
        bar.more_pressed.connect(self.show_more)
        bar.screen_pressed.connect(self.showing.toggle_whole)
        bar.second_pressed.connect(self.showing.toggle_second)
        self.showing.whole_turned.connect(self._on_whole)
        self.showing.arranged.connect(self._on_arranged)
        self.place.saved_shown.connect(self.showing.line.show_saved)
        bar.loop.setMenu(self._loop_menu())
        bar.loop.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")
        controls.volume_changed.connect(lambda _percent, muted: bar.show_muted(muted))
        self.pictures.lead_wanted.connect(player.lead)
        self.session.changed.connect(self._on_films_changed)
        self.place.folding.changed.connect(self._fold)

    @property
    def films_editor(self) -> FilmsEditor:
        """Whose steps the room's own undo takes back too."""
        return self.session.editor

    def _open(self) -> None:
        if not self.session.films:
            self.pictures.arrange(self.preferences.remembered.film_layout, 0)
            return
        self.session.open()
        self.transport.set_span(self.player.start(), self.player.end())
        self.controls.use_volume()
        self.arrange(self.preferences.remembered.film_layout)
        self._show_time()

    def _show_whether_films(self) -> None:
        """Pictures, or why there are none."""
        has_films = bool(self.session.films)
        self._column.setStretch(1, 0 if has_films else 1)
        self._nothing.setText("" if has_films else self._empty_words())
        self._nothing.setVisible(not has_films)
        self.pictures.setVisible(has_films)
        self.transport.setEnabled(has_films)

    def _empty_words(self) -> str:
        t = self._texts
        if not self.session.is_permitted:
            return t.tr(
                "The film is closed: a consent to it is not in force. See Consents in Clients. It stays in the archive."
            )
        if self.session.has_closed_films():
            return t.tr("The films of this meeting are closed from use and wait for erasure. They are not shown.")
        if (erased := self.session.erased()) is not None:
            return t.tr("The film was erased {day}.", day=t.date(erased.astimezone().date()))
        return t.tr("This meeting has no film.")

    # keys

    def acts(self) -> dict[str, Act]:
        """What keys do here, by the ids of the actions; a room adds its own."""
        elsewhere = self.controls.acts() | self.showing.acts()
        return elsewhere | {
            "film.layout": self.next_layout,
            "film.more": self.show_more,
            "film.captions": self.captions.toggle,
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
        self._layout = layout
        whole, leading = self.showing.is_whole, self.player.leading()
        folded = layout == LARGE and (whole or self.place.folding.is_narrow)
        self.pictures.arrange(TABS if folded else layout, leading)
        self.pictures.darken(whole)
        sinks = self.showing.sinks(leading)
        for camera in self.pictures.cameras:
            self.player.set_sink(camera, sinks.get(camera))

    def _on_arranged(self) -> None:
        self.session.show_to(others=self.showing.is_second)
        self.arrange(self._layout)

    def choose_layout(self, layout: str) -> None:
        """Kept for this person's next meeting too."""
        self.preferences.remember(film_layout=layout)
        self.arrange(layout)

    def next_layout(self) -> None:
        names = list(LAYOUTS)
        self.choose_layout(names[(names.index(self._layout) + 1) % len(names)])

    def _fold(self) -> None:
        """Small pictures beside the large one have no room on a small screen: then one is seen at a time."""
        if self.session.films:
            self.arrange(self._layout)

    def zoom(self, factor: float) -> None:
        """The leading picture closer, or farther below 1."""
        if self.session.films:
            view = self.pictures.view(self.player.leading())
            view.set_zoom(view.zoom.by(factor))

    def show_whole(self) -> None:
        """Every picture whole again."""
        for camera in self.pictures.cameras:
            self.pictures.view(camera).set_zoom(WHOLE)

    def _pan(self, x: float, y: float) -> None:
        if self.session.films:
            view = self.pictures.view(self.player.leading())
            view.set_zoom(view.zoom.moved(x, y))

    def _on_shown(self, camera: int, _picture: Picture | None) -> None:
        if camera == self.player.leading():
            self._show_time()

    def _on_lead(self, _camera: int) -> None:
        self.arrange(self._layout)
        self._show_time()

    def _show_time(self) -> None:
        time = self.player.position()
        picture = self.pictures.view(self.player.leading()).picture if self.session.films else None
        self.transport.show_place(time, None if picture is None else picture.number)
        if self.showing.is_whole:
            self._show_line()
        self._show_whether_filmed(time)
        self.captions.show_at(time)
        self.moved.emit(time)

    def _show_whether_filmed(self, time: Micros) -> None:
        """Where no camera has a picture it is said that nobody filmed, and from when to when."""
        t, gap = self._texts, self.session.unfilmed_at(time)
        words = ""
        if gap is not None:
            start, end = (t.short_clock(at, digits=1) for at in (gap.start, gap.end))
            words = t.tr("Not filmed {start}–{end}", start=start, end=end)
        for camera in self.pictures.cameras:
            self.pictures.view(camera).show_why_gap(words)

    def _on_whole(self, on: bool) -> None:
        self.transport.setVisible(not on)
        self._column.setSpacing(0 if on else 6)
        self._show_line()

    def _show_line(self) -> None:
        words, leading = self.transport.shown_words(), self.player.leading()
        several = len(self.pictures.cameras) > 1
        camera = [self._texts.tr("Camera {n}", n=leading)] if several else []
        self.showing.line.show_place(*words, *camera, *([self._led_words] if self._led_words else []))

    def show_leader(self, words: str) -> None:
        """Who leads the two that watch together, also over the whole screen; empty where nobody does."""
        self._led_words = words
        if self.showing.is_whole:
            self._show_line()

    # what is changed about the films

    def show_more(self) -> None:
        """What is not in the row: moves, picture, sound, cameras."""
        if not self.session.films:
            return
        if self.popover is None:
            self.popover = self.make_sheet()
        self.popover.show_beside(self.pictures)

    def make_sheet(self) -> PictureSound:
        """*Kuva ja ääni* for these films."""
        made = PictureSound(self.session, self.pictures, self.controls, self.acts(), self.place.look, self)
        made.layout_chosen.connect(self.choose_layout)
        made.align_wanted.connect(self.align)
        return made

    def align(self) -> None:
        """The dialog that aligns the cameras; films stop meanwhile."""
        from widgets.films.sync_dialog import SyncDialog

        self.controls.pause()
        made = SyncDialog(self.place.workspace, self.place.look, self.session.meeting_id, self)
        made.exec()
        made.deleteLater()

    def _on_films_changed(self, films: tuple[Recording, ...]) -> None:
        self._show_whether_films()
        if not films:
            self.showing.end()
            return
        if self.showing.is_second:
            self.arrange(self._layout)  # of a film that is gone nothing stays on
        self.transport.set_span(self.player.start(), self.player.end())
        self._show_time()
        if self.popover is not None:
            self.popover.refresh()

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
        self.showing.end()
        for camera in self.pictures.cameras:
            self.player.set_sink(camera, None)
        self.session.close()
