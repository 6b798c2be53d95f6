"""One comparison: the pair walks its differences at the film and decides, and sees the common view that comes of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.clips.chosen import found_at
from app.comparing.common_view.walking import Walk
from app.comparing.comparison import Comparison
from app.comparing.decision_words import Linked, evidence_of
from app.comparing.played import around, band_of, played, played_words
from app.editing import redo_earliest, undo_latest
from app.model.decision import Decision, Verdict
from app.model.feedback import CameFrom
from app.model.meeting import Stretch
from app.model.timecode import Micros
from app.office.workers import names_of_workers
from app.ports.line import Line
from app.ports.player import Player
from widgets.comparing.common_side import CommonSide
from widgets.comparing.confirming import Confirming
from widgets.comparing.deciding import Deciding
from widgets.comparing.decision_card import ACTIONS, DecisionCard
from widgets.comparing.figures_panel import FiguresPanel, Told
from widgets.comparing.origins_panel import OriginsPanel
from widgets.comparing.pair_lanes import PairLanes
from widgets.comparing.pair_timeline import PairTimeline
from widgets.comparing.room_frame import RoomFrame
from widgets.comparing.together import Together
from widgets.comparing.walk_list import WalkList
from widgets.films.choosing import choose_for_feedback
from widgets.films.watching import Watching
from widgets.keys.matcher import Act, Matcher
from widgets.look.parts import stacked
from widgets.room_screen import Room
from widgets.screen import Screen


class ComparingRoom(Room):
    """Arrows choose a difference, Enter plays it from 2 s before to 2 s after, one key decides it."""

    turned = Signal()  # the walk or the common view is shown now, or another main action is due

    def __init__(
        self,
        place: Screen,
        found: Comparison,
        player: Player,
        new_line: Callable[[], Line] | None = None,
        told: Told | None = None,
    ) -> None:
        """With `told` the two are no pair's codings: the differences are looked at, and nothing is decided."""
        super().__init__()
        self._place, self.player = place, player
        self._texts, self._look = place.texts, place.look
        space = place.workspace
        opens = partial(space.common_view_editor, found.file.meeting.id) if told is None else None
        self.walk = Walk(space.store, found, opens, self)
        self._who = {worker: name.split(" ")[0] for worker, name in names_of_workers(space.store).items()}
        self.watching = Watching(place, found.file.meeting.id, found.file.recordings, player)
        self._steps = False
        self._feeds_back = told is None and not space.store.worker.guest
        self._common: CommonSide | None = None
        self.confirming = Confirming(place, self.walk, self)
        self.together: Together | None = None
        if new_line is not None and self.walk.is_of_the_pair:
            self.together = Together(place, self.walk, self.watching, new_line, self)
        self._build(found, told)
        self._connect(found)
        self.refresh()
        self._on_moved(player.position())
        here = self.walk.to_go_on()
        self.walked.show_id("" if here is None else here.id)
        self._on_chosen()
        self.list.setFocus()

    def main_thing(self) -> QWidget:
        return self.timeline if self.is_common else self.list  # arrows choose as soon as the place is open

    def takes_back(self, _pressed: QWidget) -> bool:
        return True

    # building

    def _build(self, found: Comparison, told: Told | None) -> None:
        t, kept = self._texts, self._place.workspace.preferences
        self.card = DecisionCard(self.walk, t, kept, self._who)
        self.lanes = PairLanes(self._place, self.walk, self.watching, is_common=False)
        self.figures = FiguresPanel(self._place, found, told)
        self.walked = WalkList(self.walk, self._look, t)
        self.list = self.walked.list
        parts = (self.watching, self.card, self.lanes, self.figures, self.walked)
        self.frame = RoomFrame(kept, t, self._place.folding, parts)
        self.drawer = self.frame.drawer
        above = () if self.together is None else (self.together.lane,)
        self.setLayout(stacked(*above, self.frame, spacing=0))
        self.deciding = Deciding(self, t, self.walked, self.card, self.watching, lambda: not self.is_common)

    def _connect(self, found: Comparison) -> None:
        controls = self.watching.controls
        controls.tasks = lambda: [s.stretch for s in found.file.segments]
        controls.moments = lambda: sorted({d.start for d in self.walk.rows() if d.start is not None})
        self._keys = Matcher(self._acts(), self._place.workspace.preferences)
        self.show_over(self.watching.showing, self.watching, self._place)
        self.watching.moved.connect(self._on_moved)
        self.lanes.timeline.selected.connect(self.open_mark)
        self.walked.chosen.connect(self._on_chosen)
        self.walked.played.connect(self.play_chosen)
        self.figures.moment_chosen.connect(self._mark)
        self.figures.moment_played.connect(self._play_moment)
        self.figures.evidence_chosen.connect(self._mark_linked)
        self.figures.spread.connect(self.walked.setHidden)
        card = self.card
        card.play_pressed.connect(self.play_chosen)
        card.evidence_pressed.connect(self._show_evidence)
        card.left.connect(lambda: self.main_thing().setFocus())
        card.stepped.connect(self.walked.step)
        self.deciding.decided.connect(self._on_decided)
        self.deciding.unlocked.connect(self._show_chosen)
        space = self._place.workspace
        space.changed.connect(self.walk.hear)
        self.walk.refused.connect(space.notices.trouble)
        self.walk.changed.connect(self._on_changed)
        self.walk.begun.connect(self._on_begun)
        self.walk.saved.connect(self._place.show_saved)
        if self.together is not None:
            self._connect_together(self.together)

    def _connect_together(self, together: Together) -> None:
        together.chosen = self.chosen
        together.turned.connect(self._on_together)
        together.shown.connect(self._go_to)
        together.session.giving.connect(self.card.commit)
        self.walked.chosen.connect(lambda _id: together.tell())

    def _on_together(self) -> None:
        """Another leads now, or nobody does."""
        self._show_chosen()
        self.turned.emit()

    def _acts(self) -> dict[str, Act]:
        acts: dict[str, Act] = {action: partial(self.deciding.decide, verdict) for verdict, action in ACTIONS.items()}
        if self._feeds_back:
            acts["film.clip"] = self.choose_for_feedback
        return self.watching.acts() | acts | {
            "comparing.play": self.play_chosen,
            "comparing.next": lambda: self.walked.step(1),
            "comparing.previous": lambda: self.walked.step(-1),
            "comparing.next-open": self.go_to_open,
            "comparing.reason": self.card.ask_reason,
            "comparing.reopen": self.deciding.reopen,
            "comparing.common": self.turn,
        }  # fmt: skip

    # what is shown

    @property
    def timeline(self) -> PairTimeline:
        """The one in sight."""
        return self._lanes_in_sight().timeline

    @property
    def is_common(self) -> bool:
        """Whether the common view is in sight, not the walk."""
        return self.frame.is_common

    @property
    def origins(self) -> OriginsPanel | None:
        """Beside the common view, once that was looked at."""
        return None if self._common is None else self._common.origins

    def _lanes_in_sight(self) -> PairLanes:
        return self._common.lanes if self.is_common and self._common is not None else self.lanes

    def refresh(self) -> None:
        """Everything that is decided, as it is now."""
        self.confirming.refresh()
        self.walked.refresh()
        self._show_chosen()
        if self.is_common and self._common is not None:
            self._common.refresh()
        self.turned.emit()

    def turn(self) -> None:
        """From the walk to the common view, or back."""
        if self.walk.common is None:
            return
        self.card.commit()
        is_common = not self.is_common
        if self._common is None:
            self._make_common()
        elif is_common:
            self._common.refresh()
        self.frame.turn(is_common=is_common)
        self._on_moved(self.player.position())
        self._show_chosen()
        self.main_thing().setFocus()
        self.turned.emit()

    def _make_common(self) -> None:
        made = self._common = CommonSide(self._place, self.walk, self.watching, self._who, self.confirming)
        made.mark_chosen.connect(self.open_mark)
        made.decision_asked.connect(self._walk_to)
        made.verdict_pressed.connect(self._next_of)
        self.frame.hold_common(made.lanes, made.origins, made.origins.slot)

    def chosen(self) -> Decision | None:
        """The difference that is looked at."""
        return self.walked.decision()

    def _mark(self, moment: Stretch) -> None:
        """A moment of a figure on the timeline, as wide as it is played, and in the picture."""
        self.timeline.set_highlight(around(self.walk.found, moment.start, moment.end))
        self.watching.controls.seek(moment.start)

    def _mark_linked(self, ids: tuple[str, ...]) -> None:
        """What a rating rests on, of both; the film stands at the first of it."""
        self.timeline.pick(*ids)
        starts = [o.start for i in ids if (o := self.deciding.observation(i)) is not None]
        if starts:
            self.timeline.show_near(min(starts))
            self.watching.controls.seek(min(starts))

    def _show_evidence(self, moment: Linked) -> None:
        """A moment that a rating rests on: marked among both lanes, and played as a difference is."""
        span = Stretch(moment.start, moment.start + 1 if moment.end is None else moment.end)
        self._mark(span)
        self.timeline.pick(moment.id)
        self.timeline.show_near(moment.start)
        self._play_moment(span)

    def _on_chosen(self, _id: str = "") -> None:
        d = self.chosen()
        self._show_chosen()
        span = None if d is None else played(self.walk.found, d)
        if d is not None and span is not None:
            self.watching.controls.seek(d.start if d.start is not None else span.start)

    def _show_chosen(self) -> None:
        d = self.chosen()
        found = self.walk.found
        words = "" if d is None else played_words(self._texts, found, d)
        self.card.show_decision(d, words, is_locked=self.deciding.is_locked)
        band = None if d is None else band_of(found, d)
        for lanes in self._all_lanes():
            lanes.timeline.set_highlight(band)
        if d is None or band is None:
            self.timeline.pick(*(() if d is None else evidence_of(found, d)))
        else:
            self.timeline.show_near(d.start or 0)
            self.timeline.pick(*(d.id, *d.a_ids, *d.b_ids))
        if self._common is not None and self.is_common:
            self._common.show_decision(d)

    def _all_lanes(self) -> tuple[PairLanes, ...]:
        return (self.lanes,) if self._common is None else (self.lanes, self._common.lanes)

    def open_mark(self, thing_id: str) -> None:
        """A mark in the lanes: its difference is chosen, or what both agree on is opened."""
        for d in self.walk.decisions():
            if thing_id == d.id or thing_id in (*d.a_ids, *d.b_ids):
                self._go_to(d.id)
                return
        if self.is_common and self._common is not None and (decision_id := self._common.open_part(thing_id)):
            self._go_to(decision_id)

    def _go_to(self, decision_id: str) -> None:
        """To a difference, also when it is not among those that are asked for now."""
        if decision_id not in {d.id for d in self.walk.rows()}:
            self.walked.filter.show_all()
        if self.walked.chosen_id() == decision_id:
            self._show_chosen()
        self.walked.show_id(decision_id)

    def _walk_to(self, decision_id: str) -> None:
        """From the common view back to where it is decided."""
        self._go_to(decision_id)
        if self.is_common:
            self.turn()

    def _next_of(self, verdict: Verdict) -> None:
        """The next difference that was decided so, around."""
        rows = [d for d in self.walk.rows() if d.verdict == verdict]
        places = [d.id for d in rows]
        here = self.walked.chosen_id()
        if rows:
            self._go_to(places[(places.index(here) + 1) % len(places)] if here in places else places[0])

    # deciding

    def _on_decided(self, decision_id: str) -> None:
        """The row that was decided stays chosen, also when it has got another id with the common view's beginning."""
        self.walked.show_id(decision_id)
        self._show_chosen()

    def choose_for_feedback(self) -> None:
        """A moment for feedback: of the stretch chosen on the film, else of the difference that is looked at."""
        d, chosen = self.chosen(), self.watching.controls.selection
        found = None
        if d is not None and d.start is not None and None in chosen:
            found = found_at(d.start, d.end, CameFrom.DISAGREEMENT, d.id)
        choose_for_feedback(self._place, self.watching, found)

    def go_to_open(self) -> None:
        """To the next difference that still waits."""
        found = self.walk.next_open(self.walked.chosen_id())
        if found is not None:
            self._go_to(found.id)

    def _on_begun(self) -> None:
        """The rows are in the archive now, each with its own id."""
        row = self.list.currentRow()
        self.walked.refresh()
        self.list.setCurrentRow(row)

    def _on_changed(self, decided: frozenset[str]) -> None:
        if not decided:
            self.deciding.lock()  # somebody confirmed, or took it back
        self.refresh()
        if self._steps and len(decided) == 1:
            self._go_to(*decided)

    def undo(self) -> None:
        self._step(undo_latest)

    def redo(self) -> None:
        self._step(redo_earliest)

    def _step(self, way: Callable[..., bool]) -> None:
        """What is taken back or done again comes into sight."""
        self.card.commit()
        own = None if self.walk.led_by else self.walk.editor
        editors = [e for e in (own, self.watching.films_editor) if e is not None]
        self._steps = True
        way(*editors)
        self._steps = False

    # the film

    def take_key(self, event: QKeyEvent) -> bool:
        """Keys that no field wanted; the films have those that they have while coding."""
        return self._keys.take(event)

    def _play_moment(self, moment: Stretch) -> None:
        self._play_range(around(self.walk.found, moment.start, moment.end))

    def play_chosen(self) -> None:
        """Play the chosen difference with what leads to it and what follows."""
        d = self.chosen()
        span = None if d is None else played(self.walk.found, d)
        if span is not None:
            self._play_range(span)

    def _play_range(self, span: Stretch) -> None:
        self.player.play_range(max(span.start, self.player.start()), min(span.end, self.player.end()))

    def is_playing(self) -> bool:
        return self.player.is_playing()

    def always_in_sight(self) -> int:
        return self.timeline.places.below

    def pause(self) -> None:
        self.watching.controls.pause()

    def commit(self) -> None:
        self.card.commit()

    def close_film(self) -> None:
        if self.together is not None:
            self.together.close()
        for lanes in self._all_lanes():
            lanes.close_films()
        self.watching.close_films()

    def _on_moved(self, time: Micros) -> None:
        for lanes in self._all_lanes():
            if lanes.isVisibleTo(self):
                lanes.show_at(time)
