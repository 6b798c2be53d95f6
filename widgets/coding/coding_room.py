"""One meeting being coded: picture and transport, facts, key pad or a drawer, timeline."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.clips.chosen import found_in
from app.coding.editor import CodingEditor
from app.coding.reaction import ReactionEditor
from app.editing import redo_earliest, undo_latest
from app.i18n import Texts
from app.model.change import Change
from app.model.coding import CodingHeader
from app.model.meeting import Segment
from app.model.observation import FOR_OTHERS, Bookmark, Mark, MarkKind, Observation
from app.model.stored import ContentKind
from app.model.timecode import Micros
from app.notices import Notice, Tone
from app.ports.player import Player
from app.shortcuts.names import shown
from app.shortcuts.own_keys import KeyMap
from widgets.coding.choices import PairNote, VersionNote, use_content
from widgets.coding.chosen import Chosen
from widgets.coding.code_book import CodeBook, print_key_card
from widgets.coding.drawers import (
    ACTIONS,
    HISTORY,
    MARKS,
    NOT_FOR_LEARNING,
    NOTES,
    NUMBERS,
    OBSERVATIONS,
    PAD,
    RATINGS,
    SAID,
    Drawers,
    Held,
)
from widgets.coding.facts_panel import FactsPanel
from widgets.coding.history_panel import HistoryPanel
from widgets.coding.key_pad import KeyPad
from widgets.coding.live_coding import LiveCoding
from widgets.coding.marks_panel import MarksPanel
from widgets.coding.note_field import NoteField
from widgets.coding.notes_panel import NotesPanel
from widgets.coding.observations_table import ObservationsPanel
from widgets.coding.pass_bar import PassBar
from widgets.coding.ratings_panel import RatingsPanel
from widgets.coding.right_button import RightButton, ask_where_the_keys_are
from widgets.coding.room_frame import RoomFrame
from widgets.coding.room_header import RoomHeader
from widgets.coding.said_here import SaidHere
from widgets.coding.showing_strip import ShowingStrip
from widgets.coding.timeline_panel import TimelinePanel
from widgets.films.choosing import choose_for_feedback
from widgets.films.watching import Watching
from widgets.keys.captions import KeyFollower
from widgets.keys.matcher import Act, Matcher
from widgets.look.hint import Hint
from widgets.look.parts import clear, confirm, label, stacked
from widgets.room_screen import Room
from widgets.screen import Screen


class CodingRoom(Room):
    """One meeting being coded."""

    scheme_chosen = Signal(str)
    content_changed = Signal()
    learned = Signal()  # a training coding is ready: what came of it can be seen

    def __init__(self, place: Screen, editor: CodingEditor, player: Player) -> None:
        super().__init__()
        self.place, self.editor, self.player = place, editor, player
        self._space, self._texts = place.workspace, place.texts
        self._look = place.look.with_scheme(editor.scheme)
        self._preferences = self._space.preferences
        late = self._space.editor("reaction", lambda: ReactionEditor(self._space.store, self._texts))
        self.watching = Watching(place, editor.file.meeting.id, editor.file.recordings, player)
        self.said = SaidHere(place, editor.file.meeting, self.watching)
        self.passes = PassBar(editor)
        self.live = LiveCoding(editor, player, self._preferences, lambda: self.passes.part, late, self)
        self.header = RoomHeader(self._space, editor, late, self)
        self._build()
        passes: dict[str, Act] = {y.key: partial(self.passes.toggle_layer, y.id) for y in editor.scheme.layers if y.key}
        acts = self._acts()
        self._keys = Matcher(acts, self._preferences, self._take_text, passes)
        self.right_button = RightButton(editor, self._preferences, acts, self.now, self._acts_of_task)
        self._connect()
        self.refresh()
        self.below.show_films()
        self._on_moved(player.position())

    # building

    def _build(self) -> None:
        t, editor, look = self._texts, self.editor, self._look
        self.transport = self.watching.transport
        self.facts = FactsPanel(self._space, editor)
        self.pad = self._new_pad()
        self.note = NoteField(t)
        self.below = TimelinePanel(self._space, editor, look, self.watching)
        self.timeline, self.film_lanes = self.below.timeline, self.below.film_lanes
        self.chosen = Chosen(editor, self.note, self.undo, self)
        self._pad_place = stacked(self.pad)
        keys = QWidget()
        self.shows = ShowingStrip(self._space, editor, keys)
        keys.setLayout(stacked(self.passes, self.shows, self._pad_place, spacing=8, margins=(4, 12, 14, 8)))
        self.drawers = Drawers(t, Held(keys), self._drawer_makers())
        self._calm = label("", "muted", wrap=True)
        picture = QWidget()
        picture.setLayout(stacked(self.watching, self.live.strip, self.note, spacing=6, margins=(0, 12, 0, 8)))
        self.show_over(self.watching.showing, picture, self.place)
        small = self.watching.pictures.side
        parts = (picture, small, self.facts, keys, self.drawers, self.below)
        self.frame = RoomFrame(self._preferences, t, self.place.folding, parts)
        self.drawers.turned.connect(self.frame.arrange)
        self._newer, self._pair = VersionNote(self._space, editor), PairNote(editor)
        self._pair.taken.connect(self.content_changed)
        self.hint = Hint(self._preferences, t, _hints(t, self._preferences.keys))
        KeyFollower(self._preferences, self.hint, lambda keys: self.hint.retell(_hints(t, keys)))
        column = stacked(self._calm, self._pair, self._newer, self.hint, spacing=0)
        column.addWidget(self.frame, 1)
        self.setLayout(column)

    def _connect(self) -> None:
        editor, watching = self.editor, self.watching
        watching.moved.connect(self._on_moved)
        watching.controls.tasks = lambda: [s.stretch for s in editor.file.segments]
        watching.controls.moments = lambda: [o.start for o in editor.coding.observations.values()]
        self.timeline.seek_requested.connect(self.seek)
        self.timeline.double_clicked.connect(self._on_double_click)
        self.timeline.menu_asked.connect(self._ask_over_timeline)
        self.timeline.place_asked.connect(lambda _time, at: self.right_button.ask_of_place(self.timeline, at))
        self.timeline.boxed.connect(self._on_boxed)
        editor.selection.changed.connect(self._on_selection)  # bound: the editor outlives the room
        self.passes.chosen.connect(self._show_part)
        self._connect_live()
        self.note.written.connect(self._on_note)
        self.note.left.connect(self.place.setFocus)
        self.shows.kept.connect(self.place.setFocus)
        self.chosen.said.connect(self._say_of_step)
        self.chosen.edit_asked.connect(self._edit_row)
        self.chosen.seek_asked.connect(self.watching.controls.seek_into)
        self.facts.cover_pressed.connect(self.toggle_cover)
        self.facts.next_pressed.connect(lambda: editor.next_task(self.now()))
        editor.changed.connect(self._after_change)  # bound: the editor outlives the room
        editor.saved.connect(self.place.show_saved)

    def _connect_live(self) -> None:
        live, header, place = self.live, self.header, self.place
        live.coded.connect(self._on_coded)
        live.said.connect(self._space.notices.say)
        live.stepped.connect(self._say_of_step)
        header.made.connect(lambda actions: place.set_actions(*actions))
        header.drawer_asked.connect(self.show_drawer)
        header.reason_asked.connect(self.show_missing_reason)
        header.ready_asked.connect(lambda ready: self.mark_ready() if ready else self.take_ready_back())
        header.compare_asked.connect(self._compare)
        header.scheme_chosen.connect(self.scheme_chosen)
        header.instrument_chosen.connect(self.use_instrument)
        header.moment_asked.connect(self.watching.controls.seek_into)
        header.card_asked.connect(self.print_key_card)
        header.films_asked.connect(lambda: place.go("training", part="list"))
        header.settings_asked.connect(lambda part: place.go("settings", part=part))

    def _new_pad(self) -> KeyPad:
        made = KeyPad(self.editor.scheme, self._look, self._texts, self.passes.part)
        KeyFollower(self._preferences, made, made.show_keys)
        made.code_pressed.connect(self.live.press)
        made.flag_pressed.connect(self.live.flag)
        made.show_open(is_open=self.editor.is_open)
        made.hide_flags(FOR_OTHERS if self.editor.is_training else ())
        return made

    def _drawer_makers(self) -> dict[str, Callable[[], QWidget]]:
        """What stands in the drawers, each made when it is first opened and joined to the film there."""
        makers: dict[str, Callable[[], QWidget]] = {
            RATINGS: self._make_ratings,
            OBSERVATIONS: self._make_observations,
            NUMBERS: self._make_numbers,
            NOTES: self._make_notes,
            MARKS: self._make_marks,
            SAID: self.said.panel,
            HISTORY: lambda: HistoryPanel(self.editor, self._preferences),
        }
        left_out = NOT_FOR_LEARNING if self.editor.is_training else ()
        return {drawer: make for drawer, make in makers.items() if drawer not in left_out}

    def _make_ratings(self) -> QWidget:
        made = RatingsPanel(self.editor, self._preferences, self.evidence)
        made.unrated.connect(self._on_unrated)
        made.jump_requested.connect(lambda o: self.watching.controls.seek_into(o.start))
        return made

    def _make_observations(self) -> QWidget:
        made = ObservationsPanel(self.editor, self._preferences)
        made.jump_requested.connect(lambda o: self.watching.controls.seek_into(o.start))
        made.paste_requested.connect(lambda clipping: self.editor.paste(clipping, self.now()))
        made.menu_asked.connect(partial(self.right_button.ask, made.table))
        made.live_marks.seek_requested.connect(self.seek)
        return made

    def _make_notes(self) -> QWidget:
        made = NotesPanel(self.editor, self._preferences)
        made.jump_requested.connect(self.seek)
        return made

    def _make_marks(self) -> QWidget:
        made = MarksPanel(self.editor, self._preferences)
        made.jump_requested.connect(self.seek)
        made.menu_asked.connect(partial(self.right_button.ask, made.table))
        made.remove_asked.connect(self.chosen.remove_marks)
        return made

    def _make_numbers(self) -> QWidget:
        from widgets.numbers.numbers_panel import NumbersPanel  # charts and statistics, when first asked for

        made = NumbersPanel(self._space, self.editor, self._look)
        made.window_pressed.connect(self._open_numbers)
        return made

    def _open_numbers(self) -> None:
        """The numbers in a window of their own, large."""
        from widgets.numbers.numbers_window import NumbersWindow

        NumbersWindow(self._space, self.editor, self._look, self).show()

    @property
    def observations(self) -> ObservationsPanel:
        panel = self.drawers.panel(OBSERVATIONS)
        assert isinstance(panel, ObservationsPanel)
        return panel

    @property
    def ratings(self) -> RatingsPanel:
        panel = self.drawers.panel(RATINGS)
        assert isinstance(panel, RatingsPanel)
        return panel

    def _show_part(self, part: str) -> None:
        """Another pass: only its codes and lanes."""
        clear(self._pad_place)
        self.pad = self._new_pad()
        self._pad_place.addWidget(self.pad)
        self.below.show_part(part)
        self.facts.show_part(part)
        self.show_drawer(PAD)
        self.light()

    def _acts(self) -> dict[str, Act]:
        """What keys do here, by the ids of the actions."""
        acts: dict[str, Act] = {
            "coding.next-task": lambda: self.editor.next_task(self.now()),
            "coding.take-back": self.live.take_back,
            "coding.cover": self.toggle_cover,
            "coding.next-pass": self.passes.next,
            "coding.note": self._ask_note,
            "coding.bookmark": self.live.bookmark,
            "coding.link": self.link_evidence,
            "coding.split": self.live.split,
            "coding.find": self._find_here,
            "coding.go-to": self.chosen.go_to,
            "coding.menu": ask_where_the_keys_are,
            "coding.begin-here": lambda: self._move_edge(closes=False),
            "coding.end-here": lambda: self._move_edge(closes=True),
            "coding.copy": lambda: ObservationsPanel.copy(self.observations),
            "coding.paste": lambda: ObservationsPanel.paste(self.observations),
            "coding.edit": self.chosen.edit,
            "coding.remove": self.chosen.remove,
            "coding.remove-task": lambda: self.chosen.remove_task(self.editor.file.segment_at(self.now())),
            "coding.safety": self.safety,
            "coding.explain": self.explain,
        }
        acts["coding.pad"] = self._back
        if self._may_choose():
            acts["film.clip"] = self.choose_for_feedback
        makers = self._drawer_makers()
        drawers = {drawer: name for drawer, name in ACTIONS.items() if drawer in makers}
        acts |= {f"coding.{name}": partial(self.show_drawer, drawer) for drawer, name in drawers.items()}
        return self.watching.acts() | (self.said.acts() if SAID in drawers else {}) | acts

    def _move_edge(self, *, closes: bool) -> None:
        """Of the line that is written, while what was said is open; else of what is chosen."""
        if self.drawers.open == SAID:
            self.said.move_edge(closes=closes)
        else:
            self.chosen.move_edge(self.now(), closes=closes)

    def main_thing(self) -> QWidget | None:
        """While what was said is open in the room, the line that is written; else all of the room."""
        return self.said.writing() if self.drawers.open == SAID and not self.watching.showing.is_whole else None

    def search(self) -> None:
        """In the drawer that is open."""
        if self.drawers.open == SAID:
            self.said.to_search()

    # time

    def now(self) -> Micros:
        """The meeting's time of the picture on the screen: what a press codes."""
        return self.live.now()

    def seek(self, meeting_time: Micros) -> None:
        self.watching.controls.seek(meeting_time)

    def is_playing(self) -> bool:
        return self.player.is_playing()

    def always_in_sight(self) -> int:
        return self.timeline.places.below

    def pause(self) -> None:
        self.watching.controls.pause()

    # coding

    def takes_back(self, pressed: QWidget) -> bool:
        """A drawer keeps the keys, for there is more to do; picture, pad, timeline and header do not."""
        return self.drawers.open == PAD or not self.drawers.isAncestorOf(pressed)

    def _codes_here(self) -> bool:
        """Whether the keys are where somebody looks at the film: nowhere else does a letter become an observation."""
        focused = QApplication.focusWidget()
        if focused is None or focused is self.place or focused is self:
            return True
        if self.drawers.isAncestorOf(focused):
            return self.drawers.open == PAD
        return self.isAncestorOf(focused)

    def _take_text(self, text: str) -> bool:
        return self._codes_here() and self.live.take_text(text)

    def take_key(self, event: QKeyEvent) -> bool:
        """A key that came to the coding room, not to a text field."""
        if self._codes_here() and self.live.strip.take(event):
            return True
        taken = self._keys.take(event)
        if taken:
            self.live.hold(event)
        return taken

    def release_key(self, event: QKeyEvent) -> bool:
        """A key came up."""
        return self.live.release(event)

    def undo(self) -> None:
        """The latest step: of the coding, or of how the films are shown and aligned."""
        undo_latest(self.editor, self.watching.films_editor, self.said.editor)

    def redo(self) -> None:
        redo_earliest(self.editor, self.watching.films_editor, self.said.editor)

    def toggle_cover(self, segment: Segment | None = None) -> None:
        """A task, else the one at the picture, is covered, or no longer; then the recommended pass is a press away."""
        if self.live.cover(segment):
            self._offer_next_pass()

    def _offer_next_pass(self) -> None:
        """The recommended pass after one that is covered, in a press."""
        following = self.passes.following()
        if following is not None and following != self.passes.part:
            t = self._texts
            words = t.tr("This pass is covered.")
            next_words = t.tr("Next pass: {name}", name=self.passes.name(following))
            go_on = partial(self._begin_pass, following)
            self._space.notices.say(Notice(words, action_label=next_words, action=go_on))

    def _begin_pass(self, part: str) -> None:
        self.passes.choose(part)
        self.watching.controls.seek_into(min((s.start for s in self.editor.file.segments), default=0))

    def safety(self) -> None:
        """The safety flag, with the words that belong to it."""
        if self.live.safety():
            self.pause()

    def _may_choose(self) -> bool:
        """Feedback is the pair's own work: a guest gives none, and who learns codes only."""
        return not self.editor.is_training and not self._space.store.worker.guest

    def choose_for_feedback(self, mark_id: str = "") -> None:
        """A moment for feedback: of a live mark, of what is chosen by hand, else of what is selected on the film."""
        live = {m.id: m for m in self.editor.file.live_marks}
        selection = self.editor.selection
        thing = None if selection.came_by_itself else selection.alone()
        source = live.get(mark_id) or (thing if isinstance(thing, Observation | Mark | Bookmark) else None)
        choose_for_feedback(self.place, self.watching, None if source is None else found_in(source))

    def _ask_note(self) -> None:
        if self.editor.is_open:
            self.note.ask(self.now())

    def _on_note(self, at: Micros, text: str) -> None:
        self.editor.mark(MarkKind.NOTE, at, text)

    def link_evidence(self) -> None:
        """What is chosen, or was coded last, becomes evidence of the rating worked on last."""
        t, notices = self._texts, self._space.notices
        panel = self.drawers.made(RATINGS)
        if isinstance(panel, RatingsPanel) and panel.link_chosen():
            notices.info(t.tr("Linked to the rating: {item}", item=panel.current_item()))
        else:
            notices.info(t.tr("Give a rating its number first; then a moment can be linked to it."))

    def _find_here(self) -> None:
        """From the film to the table: the row of what was coded last."""
        self._open_observations()
        self.observations.show_time(self.now())

    def _edit_row(self, observation: Observation) -> None:
        self._open_observations()
        self.observations.edit_note(observation)

    def _on_double_click(self, thing_id: str) -> None:
        if isinstance(self.editor.thing(thing_id), Mark | Bookmark):
            self.chosen.edit()

    def _ask_over_timeline(self, thing_id: str, at: QPoint) -> None:
        """The menu of a thing; of the meeting's own marks, which are none of the coder's, the way there."""
        found = self.timeline.thing(thing_id)
        others = {}
        if self.editor.thing(thing_id) is None and found is not None:
            others = {"coding.go-to": partial(self.seek, found[1].start)}
            if self._may_choose():
                others["film.clip"] = partial(self.choose_for_feedback, thing_id)
        self.right_button.ask(self.timeline, thing_id, at, others)

    def _acts_of_task(self, segment: Segment) -> dict[str, Act]:
        """What the menu of a task does with that task; where it is the one at the picture, what the keys do."""
        if self.editor.file.segment_at(self.now()) == segment:
            return {}
        return {
            "coding.cover": lambda: self.toggle_cover(segment),
            "coding.remove-task": lambda: self.chosen.remove_task(segment),
        }

    def ask_by_key(self) -> None:
        """The menu key, where nothing has the keys that has a menu of its own: of what is chosen."""
        self.timeline.ask_by_key()

    def _open_observations(self) -> None:
        self.leave_whole()
        if self.drawers.open != OBSERVATIONS:
            self.show_drawer(OBSERVATIONS)

    def _on_unrated(self, item: str) -> None:
        t = self._texts
        words = t.tr("Rating removed: {item}", item=item)
        self._say_of_step(Notice(words, action_label=t.tr("Undo"), action=self.undo))

    def _say_of_step(self, notice: Notice) -> None:
        self._space.notices.say_of_step(notice, self.editor)

    def print_key_card(self) -> None:
        print_key_card(self._space, self.editor.scheme, self)

    def commit(self) -> None:
        """What is being typed goes to the archive."""
        self.note.commit()
        self.shows.commit()
        self.drawers.commit()
        self._remember_place()

    # what is shown

    def _back(self) -> None:
        """From the whole screen to the room as it was, and in the room to the keys."""
        if not self.leave_whole():
            self.show_drawer(PAD)

    def show_drawer(self, which: str) -> None:
        """The key pad or one of the drawers; the same key again goes back to the keys.

        A drawer that is asked for while the picture is over the whole screen is come back to.
        """
        if which != PAD and self.leave_whole() and self.drawers.open == which:
            return
        if self.drawers.open == which and which != PAD:
            which = PAD
        self.drawers.commit()
        self.drawers.show_drawer(which)
        self.live.strip.hide()
        if which == OBSERVATIONS:
            self.observations.table.setFocus()
        elif which == RATINGS:
            self.ratings.focus_first()
        elif which == PAD:
            self.place.setFocus()
        else:
            self.drawers.panel(which).setFocus()

    def show_missing_reason(self) -> None:
        """The first rating without one; an open sheet stays open."""
        if self.drawers.open != RATINGS:
            self.show_drawer(RATINGS)
        self.ratings.to_missing()

    def _on_moved(self, time: Micros) -> None:
        self.below.show_at(time)
        self.facts.show_at(time)
        self.light()

    def _on_coded(self, code_id: str) -> None:
        """A press is over; a pill that was clicked shows what is on, not that it was clicked."""
        if code_id:
            self.pad.flash(code_id)
            self._say_in_line(code_id)
        self.light()
        self.place.setFocus()

    def _say_in_line(self, code_id: str) -> None:
        """Over the whole screen the pad is not seen: the line says what the press coded."""
        code = self.editor.scheme.code(code_id)
        if self.watching.showing.is_whole and code is not None:
            self.watching.showing.line.show_said(self._texts.words(code.name))

    def light(self) -> None:
        """Show on the pad which states are on at the picture on the screen."""
        self.pad.light(o.code for o in self.editor.coding.on_at(self.now()))

    def _after_change(self, changes: Sequence[Change] = ()) -> None:
        # tasks and cover are asked of the archive, too: no press of a code waits for that
        if not changes or any(change.kind in (CodingHeader, Segment) for change in changes):
            self.facts.refresh()
        self.watching.showing.line.show_said("")  # a press that changes something says so afterwards
        self.light()
        self.header.refresh()
        self.passes.refresh()
        self.shows.follow()

    def _on_selection(self) -> None:
        """The journal of the observation that is chosen."""
        thing, history = self.editor.selection.alone(), self.drawers.made(HISTORY)
        if isinstance(thing, Observation) and isinstance(history, HistoryPanel):
            history.show_observation(thing)

    def _on_boxed(self, ids: set[str]) -> None:
        """A box in the timeline: its observations are chosen in the table, where many are edited at once."""
        if ids and self.drawers.open != OBSERVATIONS:
            self.show_drawer(OBSERVATIONS)
            self.place.setFocus()

    def evidence(self) -> list[Observation]:
        """The observations to link to a rating: those chosen, else the newest at or before the playhead."""
        chosen = self.chosen.observations()
        if chosen:
            return chosen
        before = [o for o in self.editor.coding.observations.values() if o.start <= self.now()]
        return [max(before, key=lambda o: o.start)] if before else []

    def explain(self) -> None:
        """The code that is pointed at, else what is on and what was coded last, else every code of this pass."""
        codes = self.editor.scheme.codes_in(self.passes.part)
        near = {o.code for o in [*self.editor.coding.on_at(self.now()), *self.evidence()]}
        wanted = {self.pad.pointed_at()} if self.pad.pointed_at() else near
        shown = [c for c in codes if c.id in wanted] or list(codes)
        CodeBook(self._space, self._look, self.editor.scheme, shown, self).show()

    def refresh(self) -> None:
        self.facts.refresh()
        self.header.refresh()
        self.passes.refresh()
        self._newer.refresh()
        self._pair.refresh()
        ready = not self.editor.is_open
        self.hint.show_where(needed=not ready)
        self.pad.show_open(is_open=not ready)
        t, words = self._texts, []
        if self.editor.is_training:
            words.append(t.tr("Training: nobody but you sees this coding or its figures."))
        if ready:
            words.append(t.tr("This coding is ready and can be read, not changed."))
        self._calm.setVisible(bool(words))
        self._calm.setContentsMargins(16, 8, 16, 0)
        self._calm.setText(" ".join(words))

    def use_instrument(self, instrument_id: str) -> None:
        """The sheet is made anew around the other instrument, with the room."""
        if use_content(self, self.editor, ContentKind.INSTRUMENT, instrument_id):
            self.content_changed.emit()

    def mark_ready(self) -> None:
        """Asked first. Who is ready first can take it back; the one who is last ends both codings, and is told so."""
        t = self._texts
        self.drawers.commit()
        if self.editor.is_training:
            self._end_training()
            return
        if not self.editor.file.meeting.partner_of(self._space.store.me):
            question, act = t.tr("Mark your coding as ready? You can take it back."), t.tr("Mark as ready")
            told = Notice(t.tr("Your coding is ready."), Tone.DONE)
        elif self.editor.is_partner_ready():
            question = t.tr(
                "Your work partner is ready. If you mark your coding as ready, this is final: neither coding can be "
                "changed any more."
            )
            act = t.tr("Mark as finally ready")
            told = Notice(t.tr("Both codings are ready."), Tone.DONE, t.tr("Compare"), self._compare)
        else:
            question = t.tr("Mark your coding as ready? You can take it back until your work partner is ready too.")
            act = t.tr("Mark as ready")
            told = Notice(t.tr("Your coding is ready."), Tone.DONE)
        if confirm(self, t, question, act) and self.editor.mark_ready():
            self.refresh()
            self._space.notices.say(told)

    def _end_training(self) -> None:
        """Asked first: the reference is shown from then on."""
        t = self._texts
        question = t.tr(
            "Mark this training coding as ready? You then see the reference coding, and this one stays as it is."
        )
        if confirm(self, t, question, t.tr("Mark as ready")) and self.editor.mark_ready():
            self.learned.emit()

    def _compare(self) -> None:
        if self.editor.is_training:
            self.learned.emit()
            return
        self.place.go("comparing", meeting_id=self.editor.file.meeting.id)

    def take_ready_back(self) -> None:
        if self.editor.take_ready_back():
            self.refresh()

    def take_up(self) -> None:
        """Go on where this worker left the film."""
        place = self._preferences.remembered.place_of(self._space.worker.id, self.editor.file.meeting.id)
        if place is not None and self.player.start() <= place < self.player.end():
            self.seek(place)

    def _remember_place(self) -> None:
        meeting, was = self.editor.file.meeting.id, self._preferences.remembered
        now = was.with_place(self._space.worker.id, meeting, self.now())
        self._preferences.remember(left_at=now.left_at)

    def close_film(self) -> None:
        self._remember_place()
        self.below.close_films()
        self.watching.close_films()


def _hints(t: Texts, keys: KeyMap) -> dict[str, str]:
    """What helps at first, in the order in which it is told."""
    return {
        "coding-keys": t.tr("Keep your eyes on the picture: the keys are beside it. {explain} tells what a code "
                            "means, and {back} takes the last press back.", explain=shown(keys.of("coding.explain")),
                            back=shown(keys.of("coding.take-back"))),
        "coding-box": t.tr("Draw a box in the timeline with Ctrl held down to choose many observations at once."),
        "coding-passes": t.tr("You may code in passes, a part of the codes at a time. Choose it above the keys."),
    }  # fmt: skip
