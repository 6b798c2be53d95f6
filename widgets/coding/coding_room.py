"""One meeting being coded: picture and transport, facts, key pad or a drawer, timeline.

A press codes the picture on the screen: its own timestamp, on the meeting's clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QStackedWidget, QWidget

from app.coding import CodingEditor
from app.model.keying import MARK_KEYS
from app.model.observation import MarkKind, Observation
from app.model.recording import Recording
from app.model.scheme import Code
from app.model.timecode import SECOND, Micros
from app.ports import Picture
from app.ports.player import Player
from widgets.coding.coding_keys import Act, CodingKeys, Key, Modifier
from widgets.coding.coding_timeline import CodingTimeline
from widgets.coding.facts_panel import FactsPanel
from widgets.coding.key_pad import KeyPad, ModifierStrip, code_help
from widgets.coding.note_field import NoteField
from widgets.coding.observations_table import ObservationsPanel
from widgets.coding.ratings_panel import RatingsPanel
from widgets.parts import beside, button, clear, confirm, label, primary_button, stacked
from widgets.picture import PictureView, Transport
from widgets.schemes.choices import VersionNote, instrument_choice, scheme_choice
from widgets.screen import Screen

RATES = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
PAD, RATINGS, OBSERVATIONS = range(3)


class CodingRoom(QWidget):
    """One meeting being coded."""

    scheme_chosen = Signal(str)
    content_changed = Signal()

    def __init__(
        self, place: Screen, editor: CodingEditor, player: Player, rewind: Callable[[], int] = lambda: 0
    ) -> None:
        super().__init__()
        self.place, self.editor, self.player = place, editor, player
        self._rewind = rewind
        self._texts, self._look = place.texts, place.look
        self._film: Recording | None = next((r for r in editor.file.recordings if r.camera == 1), None)
        self._build()
        self._keys = CodingKeys(self._acts(), self._on_text)
        self._pending: Observation | None = None
        self._connect()
        if self._film is not None:
            film, media = self._film, place.workspace.media
            player.open(lambda: media.open(film), film.index)
        self.refresh()

    # building

    def _build(self) -> None:
        t, look, editor = self._texts, self._look, self.editor
        self.view = PictureView(t)
        self.transport = Transport(look, t)
        self.transport.set_length(self._film.facts.duration if self._film else 1)
        self.facts = FactsPanel(self.place.workspace, editor)
        self._layer = ""
        look = self._look = look.with_scheme(editor.scheme)
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
        picture.setLayout(stacked(self.view, self.transport, self.strip, self.note, spacing=6))
        top = beside(picture, self.facts, self._drawers, spacing=14, margins=(14, 12, 14, 8))
        top.setStretch(0, 6)
        top.setStretch(2, 4)
        below = QFrame()
        below.setObjectName("panel")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.timeline)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setMinimumHeight(min(self.timeline.height() + 4, 320))
        scroll.setMaximumHeight(self.timeline.height() + 4)
        below.setLayout(stacked(scroll))
        self._newer = VersionNote(self.place.workspace, editor)
        column = stacked(self._calm, self._newer, spacing=0)
        column.addLayout(top, 1)
        column.addWidget(below)
        self.setLayout(column)

    def _connect(self) -> None:
        player, editor = self.player, self.editor
        player.set_sink(self.view.show_picture)
        player.shown.connect(self._on_shown)
        player.playing_changed.connect(self.transport.show_playing)
        player.rate_changed.connect(self.transport.show_rate)
        player.trouble.connect(self.place.workspace.notices.trouble)
        self.transport.play_pressed.connect(self.toggle)
        self.transport.rate_pressed.connect(lambda: self._change_rate(1, around=True))
        self.transport.seek_requested.connect(player.seek)
        self.timeline.seek_requested.connect(self.seek)
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
        none, shift, ctrl = Modifier.NoModifier, Modifier.ShiftModifier, Modifier.ControlModifier
        acts: dict[tuple[Qt.Key, Qt.KeyboardModifier], Act] = {
            (Key.Key_Space, none): self.toggle,
            (Key.Key_PageUp, none): lambda: self.jump_task(-1),
            (Key.Key_PageDown, none): lambda: self.jump_task(1),
            (Key.Key_PageDown, ctrl): lambda: self.editor.next_task(self.now()),
            (Key.Key_Home, none): lambda: self.player.seek(0),
            (Key.Key_End, none): lambda: self.player.seek(self.player.duration()),
            (Key.Key_Backspace, none): self.take_back,
            (Key.Key_Return, ctrl): self.toggle_cover,
            (Key.Key_Up, ctrl): lambda: self._change_rate(1),
            (Key.Key_Down, ctrl): lambda: self._change_rate(-1),
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
        for key, sign in ((Key.Key_Left, -1), (Key.Key_Right, 1)):
            acts[key, none] = partial(self.player.step, sign)
            acts[key, shift] = partial(self._move, sign * SECOND)
            acts[key, ctrl] = partial(self._move, sign * 5 * SECOND)
        return acts

    # time

    def now(self) -> Micros:
        """The meeting's time of the picture on the screen: what a press codes."""
        shown = self.player.shown_at() or 0
        return self._film.to_meeting(shown) if self._film is not None else shown

    def seek(self, meeting_time: Micros) -> None:
        if self._film is not None:
            self.player.seek(min(max(self._film.to_film(meeting_time), 0), self.player.duration()))

    def toggle(self) -> None:
        if self.player.is_playing():
            self.player.pause()
        else:
            back = self._rewind() * SECOND
            if back and self.player.shown_at():
                self._move(-back)
            self.player.play()

    def is_playing(self) -> bool:
        return self.player.is_playing()

    def pause(self) -> None:
        if self.player.is_playing():
            self.player.pause()

    def _move(self, micros: Micros) -> None:
        self.seek(self.now() + micros)

    def jump_task(self, direction: int) -> None:
        """To the start of the next task, or of this one and then the one before."""
        starts = [s.start for s in self.editor.file.segments]
        time = self.now()
        wanted = [s for s in starts if s > time] if direction > 0 else [s for s in starts if s < time - SECOND // 2]
        if wanted:
            self.seek(min(wanted) if direction > 0 else max(wanted))

    def _change_rate(self, by: int, *, around: bool = False) -> None:
        place = min(range(len(RATES)), key=lambda i: abs(RATES[i] - self.player.rate()))
        place = (place + by) % len(RATES) if around else min(max(place + by, 0), len(RATES) - 1)
        self.player.set_rate(RATES[place])

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
        if not self.editor.is_open or self.player.shown_at() is None:
            return
        held = set(self.editor.coding.observations)
        if self.editor.code(code, self.now()):
            self.pad.flash(code.id)
            new = next((o for k, o in self.editor.coding.observations.items() if k not in held), None)
            if code.modifiers and new is not None:
                self._pending = new
                self.strip.ask(code)
        self._light(self.now())  # a pill that was clicked shows what is on, not that it was clicked
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

    def _on_shown(self, picture: Picture) -> None:
        time = self._film.to_meeting(picture.time) if self._film is not None else picture.time
        self.transport.show_place(picture.time, time, picture.number)
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
        self._newer.refresh()
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
            actions.insert(0, scheme_choice(self.place.workspace, self.editor, self.scheme_chosen.emit))
        if (sheet := instrument_choice(self.place.workspace, self.editor, self._use_instrument)) is not None:
            actions.insert(0, sheet)
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

    def _use_instrument(self, instrument_id: str) -> None:
        """The sheet is made anew around the other instrument, with the room."""
        if self.editor.use_instrument(instrument_id):
            self.content_changed.emit()

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
        self.player.set_sink(None)
        self.player.close()


def _padded(widget: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(stacked(widget, margins=(4, 0, 0, 0)))
    return holder
