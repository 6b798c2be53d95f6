"""One comparison: the pair walks its differences at the film and decides, and sees the common view that comes of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.comparing.common_view.walking import Walk
from app.comparing.comparison import Comparison
from app.comparing.decision_words import sides_of
from app.comparing.played import around, band_of, played, played_words
from app.editing import redo_earliest, undo_latest
from app.model.decision import Answer, Decision, Verdict
from app.model.meeting import Stretch
from app.model.observation import Observation
from app.model.timecode import Micros
from app.office.workers import names_of_workers
from app.ports.player import Player
from widgets.comparing.confirming import Confirming
from widgets.comparing.decision_card import ACTIONS, DecisionCard
from widgets.comparing.figures_panel import FiguresPanel
from widgets.comparing.new_dialog import new_dialog
from widgets.comparing.origins_panel import OriginsPanel
from widgets.comparing.pair_lanes import PairLanes
from widgets.comparing.pair_timeline import PairTimeline
from widgets.comparing.walk_list import WalkList
from widgets.films.watching import Watching
from widgets.keys.matcher import Act, Matcher
from widgets.look.panes import panes
from widgets.look.parts import OnePage, beside, stacked
from widgets.look.side_drawer import SideDrawer
from widgets.room_screen import Room
from widgets.screen import Screen

_ACROSS, _DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical


class ComparingRoom(Room):
    """Arrows choose a difference, Enter plays it from 2 s before to 2 s after, one key decides it."""

    turned = Signal()  # the walk or the common view is shown now, or another main action is due

    def __init__(self, place: Screen, found: Comparison, player: Player) -> None:
        super().__init__()
        self._place, self.player = place, player
        self._texts, self._look = place.texts, place.look
        space = place.workspace
        opens = partial(space.common_view_editor, found.file.meeting.id)
        self.walk = Walk(space.store, found, opens, self)
        self._who = {worker: name.split(" ")[0] for worker, name in names_of_workers(space.store).items()}
        self.watching = Watching(place, found.file.meeting.id, found.file.recordings, player)
        self.is_common = False
        self._is_unlocked = self._steps = False
        self._common_lanes: PairLanes | None = None
        self._origins: OriginsPanel | None = None
        self.confirming = Confirming(place, self.walk, self)
        self._build(found)
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

    def _build(self, found: Comparison) -> None:
        t, kept = self._texts, self._place.workspace.preferences
        self.card = DecisionCard(self.walk, t, kept, self._who)
        self.card.setMinimumWidth(300)
        self._held = QWidget()
        self._held.setLayout(beside(self.card, margins=(0, 12, 14, 8)))
        self._films = QWidget()
        self._films.setLayout(beside(self.watching, margins=(14, 12, 0, 8)))
        self.lanes = PairLanes(self._place, self.walk, self.watching, is_common=False)
        self._below = OnePage()
        self._below.addWidget(self.lanes)
        self._below.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)  # the rest is the picture's
        self.figures = FiguresPanel(self._place, found)
        self.walked = WalkList(self.walk, self._look, t)
        self.list = self.walked.list
        walked = QWidget()
        walked.setLayout(stacked(self.figures, self.walked, spacing=10))
        self._sides = OnePage()
        self._sides.addWidget(walked)
        side = QFrame()
        side.setObjectName("panel")
        side.setLayout(stacked(self._sides, margins=(16, 14, 16, 14)))
        self._top = panes("comparing.picture", _ACROSS, kept, t, (self._films, 560), (self._held, 440))
        left = panes("comparing.timeline", _DOWN, kept, t, (self._top, 470), (self._below, 530))
        whole = panes("comparing.list", _ACROSS, kept, t, (left, 664), (side, 336))
        self.setLayout(stacked(whole))
        name = t.tr("Disagreements")
        self.drawer = SideDrawer(self, whole, side, self._place.folding, name, open_at_first=True)
        self._place.folding.changed.connect(self._arrange)

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
        self.figures.spread.connect(self.walked.setHidden)
        card = self.card
        card.verdict_pressed.connect(self.decide)
        card.reopen_pressed.connect(self.reopen)
        card.unlock_pressed.connect(self._unlock)
        card.play_pressed.connect(self.play_chosen)
        card.reasons_written.connect(self._write_reasons)
        card.left.connect(lambda: self.main_thing().setFocus())
        card.stepped.connect(self.walked.step)
        space = self._place.workspace
        space.changed.connect(self.walk.hear)
        self.walk.refused.connect(space.notices.trouble)
        self.walk.changed.connect(self._on_changed)
        self.walk.begun.connect(self._on_begun)
        self.walk.saved.connect(self._place.show_saved)

    def _acts(self) -> dict[str, Act]:
        acts: dict[str, Act] = {action: partial(self.decide, verdict) for verdict, action in ACTIONS.items()}
        return self.watching.acts() | acts | {
            "comparing.play": self.play_chosen,
            "comparing.next": lambda: self.walked.step(1),
            "comparing.previous": lambda: self.walked.step(-1),
            "comparing.next-open": self.go_to_open,
            "comparing.reason": self.card.ask_reason,
            "comparing.reopen": self.reopen,
            "comparing.common": self.turn,
        }  # fmt: skip

    # what is shown

    @property
    def timeline(self) -> PairTimeline:
        """The one in sight."""
        return self._common_lanes.timeline if self.is_common and self._common_lanes is not None else self.lanes.timeline

    @property
    def origins(self) -> OriginsPanel | None:
        """Beside the common view, once that was looked at."""
        return self._origins

    def refresh(self) -> None:
        """Everything that is decided, as it is now."""
        self.confirming.refresh()
        self.walked.refresh()
        self._show_chosen()
        if self.is_common:
            self._refresh_common()
        self.turned.emit()

    def _refresh_common(self) -> None:
        """Only while it is looked at: a walk of many decisions need not draw it."""
        if self._common_lanes is not None and self._origins is not None:
            self._common_lanes.timeline.refresh()
            self._origins.refresh()

    def turn(self) -> None:
        """From the walk to the common view, or back."""
        if self.walk.common is None:
            return
        self.card.commit()
        self.is_common = not self.is_common
        if self._common_lanes is None:
            self._make_common()
        elif self.is_common:
            self._refresh_common()
        self._below.setCurrentIndex(1 if self.is_common else 0)
        self._sides.setCurrentIndex(1 if self.is_common else 0)
        self._arrange()
        self._on_moved(self.player.position())
        self._show_chosen()
        self.main_thing().setFocus()
        self.turned.emit()

    def _make_common(self) -> None:
        made = self._common_lanes = PairLanes(self._place, self.walk, self.watching, is_common=True)
        made.timeline.selected.connect(self.open_mark)
        origins = self._origins = OriginsPanel(self._place, self.walk, self._who, self.confirming)
        origins.decision_asked.connect(self._walk_to)
        origins.verdict_pressed.connect(self._next_of)
        self._below.addWidget(made)
        self._sides.addWidget(origins)

    def _arrange(self) -> None:
        """The picture beside the lanes of the common view, or above them where there is no room for both."""
        beside_lanes = self.is_common and not self._place.folding.is_narrow
        slot = self._origins.slot if beside_lanes and self._origins is not None else self._films.layout()
        if slot is not None and slot.indexOf(self.watching) < 0:
            slot.addWidget(self.watching)
        self._held.setVisible(not self.is_common)
        self._films.setContentsMargins(0, 0, 14 if self.is_common else 0, 0)
        self._top.setVisible(not beside_lanes)
        tall = QSizePolicy.Policy.Expanding if self.is_common else QSizePolicy.Policy.Maximum
        self._below.setSizePolicy(QSizePolicy.Policy.Expanding, tall)

    def chosen(self) -> Decision | None:
        """The difference that is looked at."""
        return self.walk.decision(self.walked.chosen_id())

    def _mark(self, moment: Stretch) -> None:
        """A moment of a figure on the timeline, as wide as it is played, and in the picture."""
        self.timeline.set_highlight(around(self.walk.found, moment.start, moment.end))
        self.watching.controls.seek(moment.start)

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
        self.card.show_decision(d, words, is_locked=self._is_locked())
        band = None if d is None else band_of(found, d)
        for lanes in (self.lanes, self._common_lanes):
            if lanes is not None:
                lanes.timeline.set_highlight(band)
        if d is None or band is None:
            self.timeline.pick()
        else:
            self.timeline.show_near(d.start or 0)
            self.timeline.pick(*(d.id, *d.a_ids, *d.b_ids))
        if self._origins is not None and self.is_common:
            self._show_origin(d)

    def _show_origin(self, d: Decision | None) -> None:
        assert self._origins is not None, "the common view is shown"
        if d is None:
            self._origins.show_nothing()
        else:
            self._origins.show_decision(d)

    def _is_locked(self) -> bool:
        common = self.walk.common
        return common is not None and bool(common.view.confirmations) and not self._is_unlocked

    def _unlock(self) -> None:
        """Somebody wants to change what was confirmed; until something is confirmed anew."""
        self._is_unlocked = True
        self._show_chosen()

    def open_mark(self, thing_id: str) -> None:
        """A mark in the lanes: its difference is chosen, or what both agree on is opened."""
        for d in self.walk.decisions():
            if thing_id == d.id or thing_id in (*d.a_ids, *d.b_ids):
                self._go_to(d.id)
                return
        common = self.walk.common
        if common is None or not self.is_common or self._origins is None:
            return
        origin = next(
            (o for o in common.origins.values() if thing_id == o.part_id or thing_id in (*o.a_ids, *o.b_ids)), None
        )
        if origin is None:
            self._origins.show_nothing()
        elif origin.decision_id:
            self._go_to(origin.decision_id)
        else:
            self._origins.show_part(common.coding.observations[origin.part_id], origin)

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

    def decide(self, verdict: Verdict) -> None:
        """About the chosen difference; *new* asks what, *differently* goes on to both reasons."""
        d = self.chosen()
        if d is None or self.is_common or self._is_locked() or not self.card.can_decide(verdict):
            return
        self.card.commit()
        if verdict == Verdict.NEW:
            self._decide_new(d)
            return
        same = verdict == d.verdict
        if verdict == Verdict.DIFFERENTLY:
            answer = Answer(verdict, reasons=(d.reason_a, d.reason_b) if same else self._own_words(d))
        else:
            answer = Answer(verdict, reason=d.reason if same else "")
        done = self.walk.decide(d.id, answer)
        self._after(done)
        if done and verdict == Verdict.DIFFERENTLY:
            self.card.ask_reason()

    def _own_words(self, d: Decision) -> tuple[str, str]:
        """What each wrote while coding: the reasons begin with it, and are written on."""
        a, b = sides_of(self._texts, self.walk.found, d)
        return a.note, b.note

    def _decide_new(self, d: Decision) -> None:
        self.watching.controls.pause()
        own = [o.start for i in (*d.a_ids, *d.b_ids) if (o := self._observation(i)) is not None]
        times = tuple(dict.fromkeys((d.start or 0, *own, self.player.position())))
        dialog = new_dialog(self._texts, self.walk.found, d, times, self)
        if dialog.exec():
            answer = Answer(Verdict.NEW, dialog.reason, new_marks=dialog.marks(), new_value=dialog.value())
            self._after(self.walk.decide(d.id, answer))

    def _observation(self, thing_id: str) -> Observation | None:
        found = self.walk.found
        return found.a.observations.get(thing_id) or found.b.observations.get(thing_id)

    def _after(self, decision_id: str) -> None:
        """The row that was decided stays chosen, also when it has got another id with the common view's beginning."""
        if decision_id:
            self.walked.show_id(decision_id)
            self._show_chosen()

    def reopen(self) -> None:
        """The chosen difference is open again."""
        d = self.chosen()
        if d is not None and not d.is_open and not self.is_common and not self._is_locked():
            self.walk.decide(d.id, Answer(Verdict.OPEN))

    def _write_reasons(self, decision_id: str, reason: str, reason_a: str, reason_b: str) -> None:
        d = self.walk.decision(decision_id)
        if d is None or d.is_open:
            return
        if d.verdict == Verdict.DIFFERENTLY:
            self.walk.decide(d.id, Answer(d.verdict, reasons=(reason_a, reason_b)))
        else:
            self.walk.decide(d.id, Answer(d.verdict, reason=reason, new_marks=d.new_marks, new_value=d.new_value))

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
            self._is_unlocked = False  # somebody confirmed, or took it back
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
        editors = [e for e in (self.walk.editor, self.watching.films_editor) if e is not None]
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
        for lanes in (self.lanes, self._common_lanes):
            if lanes is not None:
                lanes.close_films()
        self.watching.close_films()

    def _on_moved(self, time: Micros) -> None:
        for lanes in (self.lanes, self._common_lanes):
            if lanes is not None and lanes.isVisibleTo(self):
                lanes.show_at(time)
