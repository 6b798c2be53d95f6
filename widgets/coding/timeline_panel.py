"""The foot of the coding room: the coded time with the lanes of its films, and the overview above it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QSizePolicy

from app.coding.editor import CodingEditor
from app.model.timecode import Micros
from app.workspace import Workspace
from widgets.coding.coding_timeline import CodingTimeline
from widgets.films.film_lanes import FilmLanes
from widgets.films.watching import Watching
from widgets.look.look import Look
from widgets.look.parts import stacked
from widgets.timeline.overview import Overview
from widgets.timeline.scrolled_lanes import ScrolledLanes


class TimelinePanel(QFrame):
    """Follows the films: who leads, who is heard, how they are aligned, and which lanes are wanted."""

    def __init__(self, space: Workspace, editor: CodingEditor, look: Look, watching: Watching) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._editor, self._watching, self._player = editor, watching, watching.player
        self.timeline = CodingTimeline(editor, look)
        self.timeline.picture_time = self._player.picture_time
        self.film_lanes = FilmLanes(space, self.timeline)
        self._overview = Overview(self.timeline, look, editor.texts)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)  # what is over is the picture's
        self.setLayout(stacked(self._overview, ScrolledLanes(self.timeline), spacing=0))
        self._connect(space)

    def _connect(self, space: Workspace) -> None:
        watching, timeline = self._watching, self.timeline
        space.copies.made.connect(self.film_lanes.on_made)
        watching.session.changed.connect(self._on_films)
        watching.session.lanes_chosen.connect(self._show_lanes)
        watching.controls.volume_changed.connect(self.show_films)
        watching.controls.selection_changed.connect(timeline.set_selection)
        self._player.lead_changed.connect(self.show_films)
        self.film_lanes.available.connect(self._show_lanes)
        timeline.dragged.connect(watching.drag_to)
        timeline.stretch_chosen.connect(watching.controls.select)

    def show_part(self, part: str) -> None:
        """Only the lanes of this pass (`Scheme.codes_in`)."""
        self.timeline.show_part(part)

    def show_at(self, time: Micros) -> None:
        """The playhead, on the meeting's clock."""
        self.timeline.set_playhead(time)
        self._overview.update()

    def show_films(self, *_what: object) -> None:
        """The small pictures of who leads, the sound of who is heard."""
        self.film_lanes.show(self._editor.file.recordings, self._player.leading(), self._player.listening_to())

    def close_films(self) -> None:
        self.film_lanes.close()

    def _on_films(self, _films: object) -> None:
        """Aligned, or shown otherwise: the lanes of sound and pictures move with their films."""
        self.show_films()
        self.timeline.set_span(self._player.start(), max(self._player.end(), self._editor.file.length))
        self.timeline.set_unfilmed(self._editor.file.not_filmed)

    def _show_lanes(self, *_what: object) -> None:
        """The lanes of the films that are wanted and there."""
        wanted = self._watching.session.lanes()
        self.timeline.show_strips(tuple(n for n in self.film_lanes.filled() if n in wanted))
