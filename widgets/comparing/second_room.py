"""The second pass of a meeting: agreed events one by one at the film, answered by a key; then what both answered."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.casework.pair import awaited
from app.comparing.comparison import LEAD
from app.comparing.second_pass.agreed import Asked
from app.comparing.second_pass.comparison import SecondComparison
from app.comparing.second_pass.editor import SecondPassEditor
from app.comparing.second_pass.words import event_words, option_words, question_words
from app.model.coding import SECOND_READING
from app.ports.player import Player
from widgets.comparing.event_list import EventList
from widgets.comparing.second_figures import SecondFigures
from widgets.films.watching import Watching
from widgets.keys.matcher import Matcher
from widgets.look.flow import Flow
from widgets.look.panes import panes
from widgets.look.parts import button, clear, label, section_label, stacked
from widgets.room_screen import Room
from widgets.screen import Screen


class SecondRoom(Room):
    """Arrows choose an event, Enter plays it, a key answers and goes on to the next that has no answer."""

    turned = Signal()  # how much is answered, or whether it is ready

    def __init__(self, place: Screen, editor: SecondPassEditor, player: Player, found: SecondComparison | None) -> None:
        """`found` is what both answered, once both are ready: then it is shown, and nothing is asked."""
        super().__init__()
        self._place, self.player, self.editor, self.found = place, player, editor, found
        self._texts = place.texts
        self.watching = Watching(place, editor.file.meeting.id, editor.file.recordings, player)
        self.list = EventList(self._texts.tr("Agreed events"))
        self.figures: SecondFigures | None = None
        self._asking = QWidget(self)
        self._told = label("", "strong", wrap=True)
        self._event = label("", "title", wrap=True)
        self._question = label("", "strong", wrap=True)
        self._options = Flow()
        self._build()
        self._connect()
        self._show_list()
        left = editor.open_places()
        self.list.setCurrentRow(left[0] if left and found is None else 0)
        self.refresh()

    # building

    def _build(self) -> None:
        kept, t = self._place.workspace.preferences, self._texts
        side = QFrame()
        side.setObjectName("panel")
        parts = (self._told, self._event, self._question, self._options, section_label(t.tr("Agreed events")))
        column = stacked(*parts, self.list, spacing=10)
        column.setStretch(len(parts), 1)
        self._asking.setLayout(column)
        self._asking.setVisible(self.found is None)
        if self.found is not None:
            self.figures = SecondFigures(self._place, self.found)
            side.setLayout(stacked(self.figures, margins=(16, 14, 16, 14)))
        else:
            side.setLayout(stacked(self._asking, margins=(16, 14, 16, 14)))
        films = QWidget()
        films.setLayout(stacked(self.watching, margins=(14, 12, 14, 8)))
        films.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        whole = panes("comparing.second", Qt.Orientation.Horizontal, kept, t, (films, 600), (side, 400))
        self.setLayout(stacked(whole))

    def _connect(self) -> None:
        controls = self.watching.controls
        controls.tasks = lambda: [s.stretch for s in self.editor.file.segments]
        controls.moments = lambda: sorted({one.event.start for one in self.editor.asked})
        acts = self.watching.acts() | {
            "comparing.play": self.play_chosen,
            "comparing.next": partial(self._step, 1),
            "comparing.previous": partial(self._step, -1),
            "comparing.next-open": self.go_to_open,
        }
        self._keys = Matcher(acts, self._place.workspace.preferences, self._on_text)
        self.show_over(self.watching.showing, self.watching, self._place)
        self.list.currentRowChanged.connect(lambda _: self._show_chosen())
        self.list.itemDoubleClicked.connect(lambda _: self.play_chosen())
        self.editor.changed.connect(self._on_changed)
        self.editor.saved.connect(self._place.show_saved)
        if self.figures is not None:
            self.figures.played.connect(self.play_chosen)

    # what is shown

    def refresh(self) -> None:
        """How much is answered, and the chosen event with what can be answered."""
        t, editor = self._texts, self.editor
        done, count = len(editor.asked) - len(editor.open_places()), len(editor.asked)
        if not editor.is_agreed:
            self._told.setText(
                t.tr("The common view is open anew. Confirm it, and the second pass goes on; what is answered is kept.")
            )
        elif editor.coding.is_ready:
            self._told.setText(self._waiting_words())
        else:
            self._told.setText(t.tr("{done} of {count} answered", done=t.number(done), count=t.number(count)))
        self._show_chosen()
        self.turned.emit()

    def _waiting_words(self) -> str:
        t = self._texts
        waits = awaited(self._place.workspace.store, self.editor.file.meeting.id, SECOND_READING)
        if waits:
            return t.tr("Both are ready. It opens when {name} has signed in.", name=waits[0].name)
        return t.tr("Your answers are ready. What both answered is seen when your work partner's are ready too.")

    def _show_list(self) -> None:
        for place in range(len(self.editor.asked)):
            self.list.add(self._line(place))

    def _line(self, place: int) -> str:
        t, asked = self._texts, self.editor.asked[place]
        said = option_words(t, asked.question, self.editor.said(place))
        return f"{event_words(t, self.editor.scheme, asked)}\n{question_words(t, asked.question)}: {said}"

    def chosen(self) -> Asked | None:
        """The event that is asked of now."""
        place = self.list.currentRow()
        return self.editor.asked[place] if 0 <= place < len(self.editor.asked) else None

    def _show_chosen(self) -> None:
        t, asked = self._texts, self.chosen()
        clear(self._options)
        self._event.setText("" if asked is None else event_words(t, self.editor.scheme, asked))
        self._question.setText("" if asked is None else question_words(t, asked.question))
        if asked is None:
            return
        said, keys = self.editor.said(self.list.currentRow()), asked.question.option_keys()
        for key, option_id in keys.items():
            name = option_words(t, asked.question, option_id)
            made = button(f"{name}   {key}", partial(self.answer, option_id), "pill")
            made.setCheckable(True)
            made.setChecked(option_id == said)
            made.setEnabled(self.editor.is_open)
            self._options.addWidget(made)

    # acts

    def answer(self, option_id: str) -> None:
        """Answer the chosen one, and go to the next without an answer."""
        place = self.list.currentRow()
        if place < 0 or not self.editor.answer(place, option_id):
            self._show_chosen()
            return
        following = self.editor.next_open(place)
        if following is not None:
            self.list.setCurrentRow(following)
            self.play_chosen()
        self.list.setFocus()

    def go_to_open(self) -> None:
        """To the next without an answer."""
        following = self.editor.next_open(self.list.currentRow())
        if following is not None:
            self.list.setCurrentRow(following)

    def play_chosen(self) -> None:
        """From 2 s before the event to 2 s after."""
        asked = self.chosen() if self.figures is None else self.figures.chosen()
        if asked is not None:
            self._play(asked)

    def _play(self, asked: Asked) -> None:
        start = asked.event.start
        player = self.player
        player.play_range(max(start - LEAD, player.start()), min(start + LEAD, player.end()))

    def _step(self, by: int) -> None:
        self.list.setCurrentRow(min(max(self.list.currentRow() + by, 0), self.list.count() - 1))

    def _on_text(self, text: str) -> bool:
        asked = self.chosen()
        option = None if asked is None else asked.question.option_keys().get(text.casefold())
        if option is None or self.found is not None:
            return False
        self.answer(option)
        return True

    def _on_changed(self, _changes: object) -> None:
        for place in range(self.list.count()):
            self.list.say(place, self._line(place))
        self.refresh()

    # what the place hands on

    def main_thing(self) -> QWidget:
        return self.list if self.figures is None else self.figures.main_thing()

    def take_key(self, event: QKeyEvent) -> bool:
        return self._keys.take(event)

    def is_playing(self) -> bool:
        return self.player.is_playing()

    def pause(self) -> None:
        self.watching.controls.pause()

    def undo(self) -> None:
        self.editor.undo()

    def redo(self) -> None:
        self.editor.redo()

    def close_film(self) -> None:
        self.watching.close_films()
