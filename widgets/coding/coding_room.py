"""One meeting being coded: picture and transport, facts, key pad or a drawer, timeline.

A press codes the picture on the screen: its own timestamp, on the meeting's clock.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QStackedWidget, QWidget

from app import content
from app.coding import CodingEditor
from app.editing import redo_earliest, undo_latest
from app.model.keying import MARK_KEYS
from app.model.observation import MarkKind, Observation
from app.model.recording import Recording
from app.model.scheme import Code
from app.model.timecode import Micros
from app.ports.player import Player
from app.settings import Preferences
from widgets.coding.coding_keys import Act, CodingKeys, Key, Modifier
from widgets.coding.coding_timeline import CodingTimeline
from widgets.coding.facts_panel import FactsPanel
from widgets.coding.key_pad import KeyPad, ModifierStrip, code_help
from widgets.coding.note_field import NoteField
from widgets.coding.observations_table import ObservationsPanel
from widgets.coding.ratings_panel import RatingsPanel
from widgets.films.film_lanes import FilmLanes
from widgets.films.watching import Watching
from widgets.parts import beside, button, clear, confirm, label, primary_button, stacked
from widgets.screen import Screen

PAD, RATINGS, OBSERVATIONS = range(3)
#: pixels of the timeline on the smallest screen, and its share of a large one
LEAST_TIMELINE, TIMELINE_SHARE = 300, 0.42


class CodingRoom(QWidget):
    """One meeting being coded."""

    scheme_chosen = Signal(str)

    def __init__(self, place: Screen, editor: CodingEditor, player: Player, preferences: Preferences) -> None:
        super().__init__()
        self.place, self.editor, self.player = place, editor, player
        self._texts, self._look = place.texts, place.look
        self.watching = Watching(place, editor.file.meeting.id, editor.file.recordings, player, preferences)
        self._build()
        self._keys = CodingKeys(self._acts(), self._on_text)
        self._pending: Observation | None = None
        self._connect()
        self.refresh()
        self._show_film_lanes()
        self._on_moved(player.position())

    # building

    def _build(self) -> None:
        t, look, editor = self._texts, self._look, self.editor
        self.transport = self.watching.transport
        self.facts = FactsPanel(self.place.workspace, editor)
        self._layer = ""
        self.pad = KeyPad(editor.scheme, look, t)
        self.strip = ModifierStrip(t)
        self.note = NoteField(t)
        self.timeline = CodingTimeline(editor, look)
        self.observations = ObservationsPanel(editor)
        self.ratings = RatingsPanel(editor, self._evidence)
        self._drawers = QStackedWidget()
        self._pad_place = stacked(self.pad, margins=(4, 0, 0, 0))
        pad = QWidget()
        pad.setLayout(self._pad_place)
        for part in (pad, _padded(self.ratings), _padded(self.observations)):
            self._drawers.addWidget(part)
        self._drawers.setMinimumWidth(492)
        self._calm = label("", "muted", wrap=True)
        picture = QWidget()
        picture.setLayout(stacked(self.watching, self.strip, self.note, spacing=6))
        beside_picture = stacked(self.watching.pictures.side, self.facts, spacing=8)
        beside_picture.setStretch(1, 1)
        top = beside(picture, beside_picture, self._drawers, spacing=14, margins=(14, 12, 14, 8))
        top.setStretch(0, 6)
        top.setStretch(2, 4)
        self.film_lanes = FilmLanes(self.place.workspace, self.timeline)
        below = QFrame()
        below.setObjectName("panel")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.timeline)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll = scroll
        self._fit_timeline()
        below.setLayout(stacked(scroll))
        column = stacked(self._calm, spacing=0)
        column.addLayout(top, 1)
        column.addWidget(below)
        self.setLayout(column)

    def _fit_timeline(self) -> None:
        """As high as its lanes, and no less than leaves the picture its room."""
        least = max(LEAST_TIMELINE, round(self.height() * TIMELINE_SHARE))
        self._scroll.setMinimumHeight(min(self.timeline.height() + 4, least))
        self._scroll.setMaximumHeight(self.timeline.height() + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_timeline()

    def _connect(self) -> None:
        editor, watching = self.editor, self.watching
        watching.moved.connect(self._on_moved)
        watching.films_changed.connect(self._on_films)
        self.place.workspace.copies.made.connect(self.film_lanes.on_made)
        watching.lanes_chosen.connect(self._show_lanes)
        watching.controls.volume_changed.connect(self._show_film_lanes)
        self.player.lead_changed.connect(self._show_film_lanes)
        self.film_lanes.available.connect(self._show_lanes)
        watching.controls.tasks = lambda: [s.stretch for s in editor.file.segments]
        watching.controls.moments = lambda: [o.start for o in editor.coding.observations.values()]
        watching.controls.selection_changed.connect(self.timeline.set_selection)
        self.timeline.seek_requested.connect(self.seek)
        self.timeline.dragged.connect(watching.drag_to)
        self.timeline.stretch_chosen.connect(watching.controls.select)
        self.timeline.selected.connect(self._on_selected)
        self.observations.jump_requested.connect(lambda o: self.seek(o.start))
        self._connect_pad()
        self.strip.chosen.connect(self._on_modifier)
        self.note.written.connect(self._on_note)
        self.note.left.connect(self.place.setFocus)
        self.facts.cover_pressed.connect(self.toggle_cover)
        self.facts.next_pressed.connect(lambda: editor.next_task(self.now()))
        editor.changed.connect(self._after_change)  # bound: the editor outlives the room
        editor.saved.connect(self.place.show_saved)

    def _connect_pad(self) -> None:
        self.pad.code_pressed.connect(self._press)
        self.pad.flag_pressed.connect(self._flag)

    def show_layer(self, layer: str) -> None:
        """Another pass: only its codes and lanes. The key of a pass pressed again goes back to the first."""
        self._layer = "" if layer == self._layer else layer
        clear(self._pad_place)
        self.pad = KeyPad(self.editor.scheme, self._look, self._texts, self._layer)
        self._pad_place.addWidget(self.pad)
        self._connect_pad()
        self.timeline.show_layer(self._layer)
        self.show_drawer(PAD)
        self._light(self.now())

    def _acts(self) -> dict[tuple[Qt.Key, Qt.KeyboardModifier], Act]:
        none, ctrl = Modifier.NoModifier, Modifier.ControlModifier
        acts: dict[tuple[Qt.Key, Qt.KeyboardModifier], Act] = {
            **self.watching.keys(),
            (Key.Key_PageDown, ctrl): lambda: self.editor.next_task(self.now()),
            (Key.Key_Backspace, none): self.take_back,
            (Key.Key_Return, ctrl): self.toggle_cover,
            (Key.Key_M, ctrl): self._ask_note,
            (Key.Key_Odiaeresis, ctrl): self.safety,
            (Key.Key_1, ctrl): lambda: self.show_drawer(RATINGS),
            (Key.Key_2, ctrl): lambda: self.show_drawer(OBSERVATIONS),
            (Key.Key_Escape, none): lambda: self.show_drawer(PAD),
            (Key.Key_F1, none): self._explain,
        }
        for layer in self.editor.scheme.layers:
            if layer.key:
                acts[Key[f"Key_{layer.key}"], none] = partial(self.show_layer, layer.id)
        return acts

    # time

    def now(self) -> Micros:
        """The meeting's time of the picture on the screen: what a press codes. In a gap, where the playhead is."""
        return self.player.position()

    def seek(self, meeting_time: Micros) -> None:
        self.watching.controls.seek(meeting_time)

    def is_playing(self) -> bool:
        return self.player.is_playing()

    def pause(self) -> None:
        self.watching.controls.pause()

    # coding

    def take_key(self, event: QKeyEvent) -> bool:
        """A key that came to the coding room, not to a text field."""
        if self.strip.take(event):
            return True
        return self._keys.take(event)

    def _on_text(self, text: str) -> bool:
        editor = self.editor
        if not editor.is_open:
            return False
        code = editor.scheme.code_for(text, self._layer)
        if code is not None:
            self._press(code)
            return True
        kind = MARK_KEYS.get(text.casefold())
        return kind is not None and self._flag(kind)

    def _press(self, code: Code) -> None:
        if not self.editor.is_open:
            return
        seen = self.watching.shown_on()
        if seen is None:
            self._say_gap()
            return
        held = set(self.editor.coding.observations)
        if self.editor.code(code, self.now(), seen=seen):
            self.pad.flash(code.id)
            new = next((o for k, o in self.editor.coding.observations.items() if k not in held), None)
            if code.modifiers and new is not None:
                self._pending = new
                self.strip.ask(code)
        self._light(self.now())  # a pill that was clicked shows what is on, not that it was clicked
        self.place.setFocus()

    def _say_gap(self) -> None:
        """A gap is not codable: nobody saw what happened there."""
        t, several = self._texts, len(self.player.cameras()) > 1
        words = t.tr("The large picture's camera has no picture here, so nothing was coded.")
        if several:
            words += " " + t.tr("Another camera may have one: Ctrl+T.")
        self.place.workspace.notices.info(words)
        self.place.setFocus()

    def _flag(self, kind: str) -> bool:
        taken = self.editor.is_open and self.editor.mark(MarkKind(kind), self.now())
        self.place.setFocus()
        return taken

    def _on_modifier(self, modifier: str) -> None:
        self.strip.hide()
        self.place.setFocus()
        pending, self._pending = self._pending, None
        if pending is not None and pending.id in self.editor.coding.observations:
            before = self.editor.coding.observations[pending.id]
            self.editor.qualify(before, replace(before, modifiers=(modifier,)))

    def undo(self) -> None:
        """The latest step: of the coding, or of how the films are shown and aligned."""
        undo_latest(self.editor, self.watching.films_editor)

    def redo(self) -> None:
        redo_earliest(self.editor, self.watching.films_editor)

    def take_back(self) -> None:
        self.strip.hide()
        self.editor.take_back()

    def toggle_cover(self) -> None:
        segment = self.editor.file.segment_at(self.now())
        if segment is not None and self.editor.is_open:
            self.editor.cover(segment, on=not self.editor.coding.covers(segment))

    def safety(self) -> None:
        """The safety flag, with the words that belong to it."""
        if self.editor.is_open and self.editor.mark(MarkKind.SAFETY, self.now()):
            self.pause()
            words = self._texts.tr("Talk at once with your work partner and the responsible social worker.")
            self.place.workspace.notices.warn(words)

    def _ask_note(self) -> None:
        if self.editor.is_open:
            self.note.ask(self.now())

    def _on_note(self, at: Micros, text: str) -> None:
        if self.editor.is_open:
            self.editor.mark(MarkKind.NOTE, at, text)

    def commit(self) -> None:
        """What is being typed goes to the archive."""
        self.note.commit()
        self.ratings.commit()

    # what is shown

    def show_drawer(self, which: int) -> None:
        """The key pad, the ratings or the observations; the same key again goes back to the keys."""
        if self._drawers.currentIndex() == which and which != PAD:
            which = PAD
        if self._drawers.currentIndex() == RATINGS:
            self.ratings.commit()
        self._drawers.setCurrentIndex(which)
        self.strip.hide()
        if which == OBSERVATIONS:
            self.observations.table.setFocus()
        elif which == RATINGS:
            self.ratings.focus_first()
        else:
            self.place.setFocus()

    def _on_films(self, films: tuple[Recording, ...]) -> None:
        """Aligned, or shown otherwise: the lanes of sound and pictures move with their films."""
        self.editor.take_films(films)
        self._show_film_lanes()
        self.timeline.set_span(self.player.start(), max(self.player.end(), self.editor.file.length))

    def _show_film_lanes(self, *_what: object) -> None:
        """The small pictures of who leads, the sound of who is heard."""
        self.film_lanes.show(self.editor.file.open_films, self.player.leading(), self.player.listening_to())

    def _show_lanes(self, *_what: object) -> None:
        """The lanes of the films that are wanted and there."""
        wanted = self.watching.lanes()
        self.timeline.show_strips(tuple(n for n in self.film_lanes.filled() if n in wanted))
        self._fit_timeline()

    def _on_moved(self, time: Micros) -> None:
        self.timeline.set_playhead(time)
        self.facts.show_at(time)
        self._light(time)

    def _light(self, time: Micros) -> None:
        self.pad.light(o.code for o in self.editor.coding.on_at(time))

    def _after_change(self, _changes: object = None) -> None:
        self.facts.refresh()
        self._light(self.now())
        self._show_actions()

    def _on_selected(self, item_id: str) -> None:
        observation = self.editor.coding.observations.get(item_id)
        if observation is not None:
            self.observations.show_observation(observation)

    def _evidence(self) -> Observation | None:
        """The observation to link to a rating: the selected one, else the newest at or before the playhead."""
        chosen = self.observations.chosen()
        if chosen:
            return chosen[0]
        before = [o for o in self.editor.coding.observations.values() if o.start <= self.now()]
        return max(before, key=lambda o: o.start, default=None)

    def _explain(self) -> None:
        t = self._texts
        lit = {o.code for o in self.editor.coding.on_at(self.now())}
        latest = self._evidence()
        code = self.editor.scheme.code(latest.code) if latest else None
        shown = [c for c in self.editor.scheme.codes if c.id in lit or (code is not None and c.id == code.id)]
        words = "\n\n".join(code_help(c, t) for c in shown) or t.tr("Point at a code to see what it means.")
        self.place.workspace.notices.info(words)

    def refresh(self) -> None:
        self.facts.refresh()
        self._show_actions()
        ready = not self.editor.is_open
        self._calm.setVisible(ready)
        if ready:
            self._calm.setContentsMargins(16, 8, 16, 0)
            self._calm.setText(self._texts.tr("This coding is ready and can be read, not changed."))

    def _show_actions(self) -> None:
        t = self._texts
        ratings = button(f"{t.tr('Ratings')}   Ctrl 1", lambda: self.show_drawer(RATINGS))
        table = button(f"{t.tr('Observations')}   Ctrl 2", lambda: self.show_drawer(OBSERVATIONS))
        actions: list[QWidget] = [ratings, table]
        if self.editor.is_open and not self.editor.coding.observations:
            actions.insert(0, self._scheme_choice())
        missing = self.editor.missing()
        if not self.editor.is_open:
            actions.append(button(t.tr("Take ready back"), self._take_ready_back))
        elif missing:
            more = button(t.trn("{n} thing missing", "{n} things missing", len(missing)))
            more.clicked.connect(lambda: self._list_missing(more))
            actions.append(more)
        else:
            actions.append(primary_button(t.tr("Mark as ready"), self._mark_ready))
        self.place.set_actions(*actions)

    def _scheme_choice(self) -> QWidget:
        """Which scheme, while nothing is coded yet; the pair agrees on it."""
        t, now = self._texts, self.editor.scheme
        made = button(t.tr("Scheme: {name}", name=t.words(now.name).split(" (", maxsplit=1)[0]))
        menu = QMenu(made)
        for scheme in content.schemes():
            act = menu.addAction(t.words(scheme.name))
            act.setCheckable(True)
            act.setChecked(scheme.id == now.id)
            act.triggered.connect(partial(self.scheme_chosen.emit, scheme.id))
        made.setMenu(menu)
        made.setToolTip(t.tr("Both workers code with the same scheme. It can be chosen until the first mark."))
        return made

    def _list_missing(self, anchor: QWidget) -> None:
        t, file = self._texts, self.editor.file
        menu = QMenu(self)
        for row in self.editor.missing():
            name = f"{row.number} {file.task_name(row.number, t.language)}"
            item = self.editor.instrument.item(row.item)
            words = {
                "task-time": t.tr("{task}: not marked on the film", task=name),
                "task": t.tr("{task}: not covered", task=name),
                "rating-reason": t.tr("{item}: reason missing", item=t.words(item.name) if item else ""),
            }[row.kind]
            action = menu.addAction(words)
            segment = next((s for s in file.segments if s.number == row.number), None)
            if segment is not None:
                action.triggered.connect(lambda _=False, at=segment.start: self.seek(at))
            elif row.kind == "rating-reason":
                action.triggered.connect(lambda _=False: self.show_drawer(RATINGS))
        menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))

    def _mark_ready(self) -> None:
        t = self._texts
        self.ratings.commit()
        question = t.tr("Mark your coding as ready? After both are ready, it can no longer be changed.")
        if confirm(self, t, question, t.tr("Mark as ready")) and self.editor.mark_ready():
            self.refresh()
            self.place.workspace.notices.done(t.tr("Your coding is ready."))

    def _take_ready_back(self) -> None:
        if self.editor.take_ready_back():
            self.refresh()

    def close_film(self) -> None:
        self.film_lanes.close()
        self.watching.close_films()


def _padded(widget: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(stacked(widget, margins=(4, 0, 0, 0)))
    return holder
