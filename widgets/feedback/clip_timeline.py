"""The film of one meeting from end to end: its small pictures, its tasks, and the moments that were chosen of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from app.casework.meeting_file import MeetingFile
from app.clips.words import clip_called
from app.i18n import Texts
from app.model.edges import Limits
from app.model.feedback import Clip
from app.model.timecode import Micros
from widgets.coding.coding_timeline import segment_item
from widgets.films.film_lanes import PICTURES, FilmLanes
from widgets.films.watching import Watching
from widgets.screen import Screen
from widgets.timeline.lane_items import Item
from widgets.timeline.lanes import Lane
from widgets.timeline.view import LABELS, TimelineView

CLIPS, TASKS = "clips", "tasks"
#: a zoom below every scale: what comes of it is the whole film
SMALLEST = 1e-6


class ClipTimeline(TimelineView):
    """A clip is chosen by a press, trimmed by dragging its edges; `trimmed` tells meeting times."""

    clip_chosen = Signal(str)
    trimmed = Signal(str, object, object)  # id, start and end on the meeting's clock, µs

    def __init__(self, place: Screen, file: MeetingFile, watching: Watching) -> None:
        self._lanes_named = partial(_lanes, place.texts)
        super().__init__(place.look, place.texts, self._lanes_named(()), file.length)
        self._file, self._watching = file, watching
        self._clip_ids: frozenset[str] = frozenset()
        self._shown: tuple[Sequence[tuple[int, Clip]], str] = (), ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.set_span(file.start, file.length)
        self.set_unfilmed(file.not_filmed)
        self._is_first = True
        self.films = FilmLanes(place.workspace, self)
        self._connect(place)
        self._show_films()

    def _connect(self, place: Screen) -> None:
        watching, controls = self._watching, self._watching.controls
        self.films.available.connect(self._on_lanes)
        place.workspace.copies.made.connect(self.films.on_made)
        watching.player.lead_changed.connect(self._show_films)
        controls.volume_changed.connect(self._show_films)
        controls.selection_changed.connect(self.set_selection)
        watching.moved.connect(self.set_playhead)
        self.picture_time = watching.player.picture_time
        self.seek_requested.connect(controls.seek)
        self.dragged.connect(watching.drag_to)
        self.stretch_chosen.connect(controls.select)
        self.selected.connect(self._on_selected)
        self.moved.connect(self._on_moved)
        self.moved_over.connect(self._on_moved)

    def show_clips(self, clips: Sequence[tuple[int, Clip]], chosen: str) -> None:
        """The chosen moments of this meeting with their numbers in the talk, 0 for those that are in none."""
        self._shown = tuple(clips), chosen
        self._refill()

    def _refill(self) -> None:
        clips, chosen = self._shown
        films = {film.id: film for film in self._file.recordings}
        rows, t = [], self._texts
        for number, clip in clips:
            film = films.get(clip.recording_id)
            if film is not None:
                words = f"{number} {clip_called(t, clip)}" if number else clip_called(t, clip)
                start, end = film.to_meeting(clip.first), film.to_meeting(clip.last) + 1
                rows.append(Item(start, clip.id, end, "", words, "task"))
        self._clip_ids = frozenset(item.id for item in rows)
        named = self._file.task_name
        tasks = [segment_item(s, named(s.number, t.language)) for s in self._file.segments]
        self.fill({CLIPS: rows, TASKS: tasks})
        self.pick(*({chosen} & self._clip_ids), into_sight=False)

    def limits_of(self, item: Item) -> Limits:
        """Clips may lie over each other; tasks are not moved here."""
        if item.id in self._clip_ids:
            return Limits(self._file.start, self._file.length)
        return Limits(item.start, item.end if item.end is not None else item.start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The first look is at the whole film."""
        super().resizeEvent(event)
        if self._is_first and event.size().width() > LABELS:
            self._is_first = False
            self.scale = self.scale.zoomed(SMALLEST, 0)
            self.redraw()

    def minimumSizeHint(self) -> QSize:
        """All of its few lanes are always in sight."""
        return self.sizeHint()

    def close_films(self) -> None:
        self.films.close()

    def _on_selected(self, thing_id: str) -> None:
        if thing_id in self._clip_ids:
            self.clip_chosen.emit(thing_id)

    def _on_moved(self, thing_id: str, start: Micros, end: Micros | None) -> None:
        if thing_id in self._clip_ids and end is not None:
            self.trimmed.emit(thing_id, start, end)

    def _show_films(self, *_what: object) -> None:
        player = self._watching.player
        self.films.show(self._file.recordings, player.leading(), player.listening_to())

    def _on_lanes(self, lanes: tuple[str, ...]) -> None:
        self.show_lanes(self._lanes_named(lanes))
        self._refill()


def _lanes(t: Texts, strips: tuple[str, ...]) -> tuple[Lane, ...]:
    """Small pictures above, once they are made; then the moments and the tasks."""
    films = (Lane(PICTURES, PICTURES, "", t.tr("Picture")),) if PICTURES in strips else ()
    return (*films, Lane(CLIPS, "tasks", "", t.tr("Moments")), Lane(TASKS, "tasks", "", t.tr("Tasks")))
