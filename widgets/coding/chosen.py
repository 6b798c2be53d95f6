"""What is chosen in the coding room, and what keys and the right button do with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from app.coding.editor import CodingEditor, Thing
from app.model.meeting import Segment
from app.model.observation import Bookmark, Mark, Observation
from app.notices import Notice
from app.settings.preferences import Preferences
from app.shortcuts.actions import action
from app.shortcuts.names import shown
from widgets.coding.coding_timeline import CodingTimeline
from widgets.coding.note_field import NoteField
from widgets.coding.observations_table import ObservationsPanel


class Chosen(QObject):
    """Observations chosen in the table, or one other thing of the timeline: never both, so that a key means one."""

    said = Signal(object)  # Notice
    table_asked = Signal()  # the observations drawer is to be opened

    def __init__(
        self,
        editor: CodingEditor,
        preferences: Preferences,
        timeline: CodingTimeline,
        table: Callable[[], ObservationsPanel],
        note: NoteField,
        undo: Callable[[], None],
        parent: QObject,
    ) -> None:
        """`table` makes the table when it is first asked for; `note` is where words of marks are typed."""
        super().__init__(parent)
        self._editor, self._preferences, self._timeline = editor, preferences, timeline
        self._table, self._note, self._undo = table, note, undo
        self._alone = ""  # the id of what is chosen and is no row of the table
        timeline.double_clicked.connect(self._on_double_click)
        timeline.menu_asked.connect(self.ask)
        note.rewritten.connect(self._on_rewritten)

    # what is chosen

    def choose(self, thing_id: str) -> Thing | None:
        """One thing, by its id; gives what it is. The meeting's own marks are none of the coder's."""
        thing, panel = self._editor.thing(thing_id), self._table()
        in_table = isinstance(thing, Observation) and panel.show_observation(thing)
        self._alone = "" if in_table else thing_id
        if not in_table:
            panel.choose(set())
            self._timeline.pick(thing_id)
        return thing

    def choose_many(self, ids: set[str]) -> None:
        """Observations of a box in the timeline."""
        self._alone = ""
        self._table().choose(ids)

    def follow_table(self, chosen: Sequence[Observation]) -> None:
        """Other rows are chosen. Rows that come and go beside a mark that is chosen leave it so."""
        if chosen:
            self._alone = ""
        if not self._alone:
            self._timeline.pick(*(o.id for o in chosen))

    def observations(self) -> list[Observation]:
        alone = self._editor.thing(self._alone)
        return [alone] if isinstance(alone, Observation) else self._table().chosen()

    # what is done with it

    def remove(self) -> None:
        """What is chosen goes; with a way back at hand."""
        editor, thing = self._editor, self._editor.thing(self._alone)
        if not editor.is_open:
            return
        if isinstance(thing, Segment):
            self.remove_task(thing)
        elif isinstance(thing, Mark):
            self.remove_marks([thing])
        elif isinstance(thing, Bookmark):
            if editor.remove_bookmark(thing):
                self._say_gone(editor.texts.tr("Bookmark removed"))
        elif (chosen := self.observations()) and editor.remove(*chosen):
            self._say_gone(editor.texts.trn("{n} observation removed", "{n} observations removed", len(chosen)))

    def remove_marks(self, marks: Sequence[Mark]) -> None:
        """Flags and notes."""
        if self._editor.is_open and self._editor.remove_mark(*marks):
            self._say_gone(self._editor.texts.trn("Mark removed", "{n} marks removed", len(marks)))

    def remove_task(self, segment: Segment | None) -> None:
        """Where a task was marked on the film; the coder's own ratings of it go along, and are told."""
        if segment is None or not self._editor.is_open:
            return
        t, ratings = self._editor.texts, len(self._editor.ratings_in(segment))
        if self._editor.remove_segment(segment):
            words = t.tr("Task {n} is no longer marked there.", n=segment.number)
            if ratings:
                words += " " + t.trn("Your rating of it went too.", "Your {n} ratings of it went too.", ratings)
            self._say_gone(words)

    def edit(self) -> None:
        """The words of a mark or bookmark beneath the picture; of an observation in its row."""
        editor, thing = self._editor, self._editor.thing(self._alone)
        if not editor.is_open:
            return
        if isinstance(thing, Mark):
            self._note.amend(thing.id, thing.at, thing.text)
        elif isinstance(thing, Bookmark):
            self._note.amend(thing.id, thing.at, thing.word)
        elif chosen := self._table().chosen():
            self.table_asked.emit()
            self._table().edit_note(chosen[0])

    def ask(self, thing_id: str, at: QPoint) -> None:
        """The menu of the right button, `at` on the screen."""
        thing, is_open = self._editor.thing(thing_id), self._editor.is_open
        if thing is None:
            return
        menu = QMenu(self._timeline)
        if isinstance(thing, Segment):
            removes = self._add(menu, "coding.remove-task", lambda: self.remove_task(thing))
            removes.setEnabled(is_open and not self._editor.tasks_fixed)
        else:
            self._add(menu, "coding.edit", self.edit).setEnabled(is_open)
            self._add(menu, "coding.remove", self.remove).setEnabled(is_open)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _add(self, menu: QMenu, action_id: str, act: Callable[[], None]) -> QAction:
        name, keys = self._editor.texts.tr(action(action_id).name), self._preferences.keys.of(action_id)
        return menu.addAction(f"{name}\t{shown(keys)}", act)

    def _on_double_click(self, thing_id: str) -> None:
        if isinstance(self._editor.thing(thing_id), Mark | Bookmark):
            self.edit()

    def _on_rewritten(self, thing_id: str, text: str) -> None:
        thing = self._editor.thing(thing_id)
        if isinstance(thing, Mark):
            self._editor.edit_mark(thing, replace(thing, text=text))
        elif isinstance(thing, Bookmark):
            self._editor.edit_bookmark(thing, replace(thing, word=text))

    def _say_gone(self, words: str) -> None:
        self.said.emit(Notice(words, action_label=self._editor.texts.tr("Undo"), action=self._undo))
