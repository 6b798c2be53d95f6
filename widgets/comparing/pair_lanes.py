"""The lower part of the comparison: what the tracks are, the lanes of both codings, and the sound of the film."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.comparing.common_view.walking import Walk
from app.model.timecode import Micros
from widgets.comparing.pair_timeline import PairTimeline
from widgets.films.film_lanes import SOUND, FilmLanes
from widgets.films.watching import Watching
from widgets.look.parts import beside, label, stacked
from widgets.screen import Screen
from widgets.timeline.scrolled_lanes import ScrolledLanes


class PairLanes(QWidget):
    """Two tracks, or three with the common view in the middle."""

    def __init__(self, place: Screen, walk: Walk, watching: Watching, *, is_common: bool) -> None:
        super().__init__()
        t, (a, b) = place.texts, walk.found.short_names
        words = (
            t.tr(
                "In each lane {a} is above, the common view in the middle, {b} below; a line tells where it comes from",
                a=a,
                b=b,
            )
            if is_common
            else t.tr("In each lane {a} is above, {b} below; a line joins what is the same observation", a=a, b=b)
        )
        self.timeline = PairTimeline(walk, place.look, t, is_common=is_common)
        self.timeline.set_span(walk.found.file.start, walk.found.file.length)
        self._watching, self._found = watching, walk.found
        self._sound = FilmLanes(place.workspace, self.timeline)
        self._sound.available.connect(self._on_sound)
        place.workspace.copies.made.connect(self._sound.on_made)
        player, controls = watching.player, watching.controls
        player.lead_changed.connect(self._show_films)
        controls.volume_changed.connect(self._show_films)
        controls.selection_changed.connect(self.timeline.set_selection)
        self.timeline.picture_time = player.picture_time
        self.timeline.seek_requested.connect(controls.seek)
        self.timeline.dragged.connect(watching.drag_to)
        self.timeline.stretch_chosen.connect(controls.select)
        above = 12 if is_common else 0
        column = stacked(beside(label(words, "caption", wrap=True), margins=(14, above, 14, 0)), spacing=4)
        column.addWidget(ScrolledLanes(self.timeline))
        if is_common:
            column.addStretch(1)
        self.setLayout(column)
        self._show_films()

    def show_at(self, time: Micros) -> None:
        """The playhead, on the meeting's clock."""
        self.timeline.set_playhead(time)

    def close_films(self) -> None:
        """Let go of the sound's files."""
        self._sound.close()

    def _show_films(self, *_what: object) -> None:
        player = self._watching.player
        self._sound.show(self._found.file.recordings, player.leading(), player.listening_to())

    def _on_sound(self, lanes: tuple[str, ...]) -> None:
        self.timeline.show_strips(tuple(n for n in lanes if n == SOUND))
