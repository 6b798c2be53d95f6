"""One comparison: the picture, the chosen disagreement, both codings in one timeline, figures and list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from app.comparing.comparison import LEAD, Comparison
from app.comparing.words import DisagreementLine, disagreement_lines
from app.model.meeting import Stretch
from app.model.timecode import SECOND, Micros
from app.ports.player import Player
from app.settings.preferences import Preferences
from app.shortcuts.names import on_cap
from app.shortcuts.own_keys import KeyMap
from widgets.coding.coding_timeline import ObservationItems, segment_item
from widgets.comparing.disagreement_row import DisagreementDelegate, both
from widgets.comparing.figures_panel import FiguresPanel
from widgets.films.watching import Watching
from widgets.keys.captions import KeyFollower
from widgets.keys.key_names import keys_text
from widgets.keys.matcher import Matcher
from widgets.look.look import font
from widgets.look.panes import panes
from widgets.look.parts import Card, beside, button, label, section_label, stacked
from widgets.look.side_drawer import SideDrawer
from widgets.room_screen import Room
from widgets.screen import Screen
from widgets.timeline.lane_items import Item
from widgets.timeline.lanes import lane_key, lanes_of
from widgets.timeline.scrolled_lanes import ScrolledLanes
from widgets.timeline.view import TimelineView, filled

#: what is done in the room although the list has the focus
OUT_OF_THE_LIST = ("film.play", "comparing.play")


class ComparingRoom(Room):
    """Read only. Arrows choose a disagreement, Enter plays it from 2 s before to 2 s after."""

    def __init__(self, place: Screen, found: Comparison, player: Player) -> None:
        super().__init__()
        self._place, self._found, self.player = place, found, player
        self._texts, self._look = place.texts, place.look
        self.watching = Watching(place, found.file.meeting.id, found.file.recordings, player)
        self.lines = disagreement_lines(self._texts, found)
        self._build()
        self._fill_timeline()
        controls = self.watching.controls
        controls.tasks = lambda: [s.stretch for s in found.file.segments]
        controls.moments = lambda: sorted({line.start for line in self.lines if line.start is not None})
        controls.selection_changed.connect(self.timeline.set_selection)
        self._keys = Matcher({**self.watching.acts(), "comparing.play": self.play_chosen}, place.workspace.preferences)
        self.show_over(self.watching.showing, self.watching, place)
        self.watching.moved.connect(self._on_moved)
        self.timeline.seek_requested.connect(self._seek)
        self.timeline.dragged.connect(self.watching.drag_to)
        self.timeline.stretch_chosen.connect(controls.select)
        self._on_moved(player.position())
        if self.lines:
            self.list.setCurrentRow(0)
        self.list.setFocus()

    def main_thing(self) -> QWidget:
        return self.list  # arrows choose as soon as the place is open

    def takes_back(self, _pressed: QWidget) -> bool:
        return True

    # building

    def _build(self) -> None:
        t, look = self._texts, self._look
        self._which = label("", "muted")
        self._title = label("", "title", wrap=True)
        self._what = label("", "", wrap=True)
        self._span = label("", "muted", wrap=True)
        self._span.setFont(font(tabular=True))
        self._play = button("", self.play_chosen)
        KeyFollower(self._place.workspace.preferences, self._play, self._name_play)
        card = Card(
            self.watching.pictures.side,
            beside(section_label(t.tr("Disagreement")), None, self._which),
            self._title,
            self._what,
            self._span,
            beside(self._play, None),
            spacing=10,
        )
        card.column.addStretch(1)
        card.setMinimumWidth(300)
        held = QWidget()
        held.setLayout(beside(card, margins=(0, 12, 14, 8)))
        films = QWidget()
        films.setLayout(beside(self.watching, margins=(14, 12, 0, 8)))
        names = self._found.short_names
        hint = label(
            t.tr(
                "In each lane {a} is above, {b} below; a line joins what is the same observation",
                a=names[0],
                b=names[1],
            ),
            "caption",
        )
        lanes = lanes_of(self._found.scheme, t, flags=False)
        self.timeline = TimelineView(look, t, lanes, self._found.file.length, tracks=2)
        self.timeline.tracks_called = names
        below = QWidget()
        below.setLayout(stacked(beside(hint, margins=(14, 0, 0, 0)), ScrolledLanes(self.timeline), spacing=4))
        below.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)  # what is over is the picture's
        self._panel = side = QFrame()
        side.setObjectName("panel")
        side.setLayout(stacked(*self._side(), spacing=10, margins=(16, 14, 16, 14)))
        kept, across = self._place.workspace.preferences, Qt.Orientation.Horizontal
        top = panes("comparing.picture", across, kept, t, (films, 590), (held, 410))
        left = panes("comparing.timeline", Qt.Orientation.Vertical, kept, t, (top, 470), (below, 530))
        whole = panes("comparing.list", across, kept, t, (left, 664), (side, 336))
        self.setLayout(stacked(whole))
        name = t.tr("Disagreements")
        self.drawer = SideDrawer(self, whole, side, self._place.folding, name, open_at_first=True)

    def _name_play(self, keys: KeyMap) -> None:
        pressed = on_cap(keys.of("comparing.play"))
        self._play.setText(self._texts.tr("Play this ({keys})", keys=pressed))

    def _side(self) -> tuple[QWidget, ...]:
        t, found = self._texts, self._found
        self.figures = FiguresPanel(self._place, found)
        self.figures.moment_chosen.connect(self._mark)
        self.figures.moment_played.connect(self._play_moment)
        self.list = _List(self._place.workspace.preferences)
        self.list.setAccessibleName(t.tr("Disagreements"))
        self.list.setItemDelegate(DisagreementDelegate(self._look, self.lines, self.list))
        for row in self.lines:
            self.list.addItem(QListWidgetItem(f"{row.when}, {row.about}, {both(row)}"))
        self.list.currentRowChanged.connect(self._on_chosen)
        self.list.itemDoubleClicked.connect(lambda _: self.play_chosen())
        count = t.trn(
            "{n} disagreement, the weightiest first", "{n} disagreements, the weightiest first", len(self.lines)
        )
        whose = label(" ↔ ".join(found.short_names), "caption")
        rest = section_label(count), whose, self.list
        for part in rest:
            self.figures.spread.connect(part.setHidden)
        return self.figures, *rest

    def _fill_timeline(self) -> None:
        found, t = self._found, self._texts
        items: list[tuple[str, Item]] = []
        looks = ObservationItems(found.scheme, t)
        for track, coding in enumerate((found.a, found.b)):
            observed = coding.observations.values()
            items += [(lane, looks.item(o, track)) for o in observed if (lane := looks.lane(o))]
        for segment in found.file.segments:
            name = found.file.task_name(segment.number, t.language)
            items.append(("tasks", segment_item(segment, name)))
        links: dict[str, list[tuple[Micros, Micros]]] = {}
        for pair in found.agreement.pairs:
            code = found.scheme.code(found.a.observations[pair.a_id].code)
            if pair.same_code and code is not None:
                links.setdefault(lane_key(code), []).append((pair.a_start, pair.b_start))
        self.timeline.set_covered(found.covered)
        self.timeline.set_unfilmed(found.file.not_filmed)
        self.timeline.set_links(links)
        self.timeline.fill(filled(items))

    # acts

    def take_key(self, event: QKeyEvent) -> bool:
        """Enter plays the chosen one; the films have the keys that they have while coding."""
        return self._keys.take(event)

    def play_chosen(self) -> None:
        """Play the chosen disagreement with what leads to it and what follows."""
        span = self.span_of(self._chosen())
        if span is not None:
            self._play_range(span)

    def _mark(self, moment: Stretch) -> None:
        """A moment of a figure on the timeline, as wide as it is played, and in the picture."""
        self.timeline.set_highlight(self._around(moment))
        self._seek(moment.start)

    def _play_moment(self, moment: Stretch) -> None:
        self._play_range(self._around(moment))

    def _around(self, moment: Stretch) -> Stretch:
        """With what leads to it and what follows."""
        return Stretch(max(moment.start - LEAD, self._found.file.start), moment.end + LEAD)

    def _play_range(self, span: Stretch) -> None:
        self.player.play_range(max(span.start, self.player.start()), min(span.end, self.player.end()))

    def is_playing(self) -> bool:
        return self.player.is_playing()

    def always_in_sight(self) -> int:
        return self.timeline.places.below

    def pause(self) -> None:
        self.watching.controls.pause()

    def close_film(self) -> None:
        self.watching.close_films()

    def _seek(self, meeting_time: Micros) -> None:
        self.watching.controls.seek(meeting_time)

    def _chosen(self) -> DisagreementLine | None:
        row = self.list.currentRow()
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def span_of(self, line: DisagreementLine | None) -> Stretch | None:
        """What is played of a disagreement, two seconds more at both ends; None for one that has no time."""
        if line is None or line.start is None:
            return None
        end = line.end if line.end is not None else line.start
        return Stretch(max(line.start - LEAD, self._found.file.start), end + LEAD)

    def _on_chosen(self, row: int) -> None:
        line = self._chosen()
        t = self._texts
        if line is None:
            return
        self._which.setText(f"{row + 1} / {len(self.lines)}")
        title = line.when if line.start is None else f"{line.about}, {line.when}"
        self._title.setText(title[:1].upper() + title[1:])
        first, second = self._found.short_names
        self._what.setText(f"{first}: {line.a}   {second}: {line.b}")
        span = self.span_of(line)
        self._play.setEnabled(span is not None)
        if span is None:
            self._span.setText(t.tr("A rating of the whole film: nothing to play."))
            self.timeline.set_highlight(None)
            return
        digits = 0 if span.length > 10 * SECOND else 1
        start, end = (t.short_clock(x, digits=digits) for x in (span.start, span.end))
        self._span.setText(t.tr("Plays {start}–{end}.", start=start, end=end))
        self.timeline.set_highlight(span)
        self._seek(line.start or 0)

    def _on_moved(self, time: Micros) -> None:
        self.timeline.set_playhead(time)


class _List(QListWidget):
    """The key that plays the film is the film's, as everywhere in the room; the arrows and letters are the list's."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setWordWrap(True)  # without it Qt lays rows anew only where the height changed
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(110)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys_text(Qt.Key(event.key()), event.modifiers()) in self._preferences.keys.by_keys(OUT_OF_THE_LIST):
            event.ignore()
        else:
            super().keyPressEvent(event)
