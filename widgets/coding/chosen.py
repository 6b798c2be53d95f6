"""What keys do with what is chosen in the coding room, and what is said when it meets its neighbors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.coding.editor import CodingEditor, Stopped
from app.coding.selection import Thing
from app.model.meeting import Segment
from app.model.observation import Bookmark, Mark, Observation
from app.model.timecode import Micros
from app.notices import Notice
from widgets.coding.note_field import NoteField


class Chosen(QObject):
    """Acts on the editor's selection, which timeline, table and drawers show."""

    said = Signal(object)  # Notice
    edit_asked = Signal(object)  # Observation: its note is to be edited in its row
    seek_asked = Signal(object)  # µs on the meeting's clock

    def __init__(
        self,
        editor: CodingEditor,
        note: NoteField,
        undo: Callable[[], None],
        parent: QObject,
    ) -> None:
        """`note` is where words of marks are typed."""
        super().__init__(parent)
        self._editor, self._note, self._undo = editor, note, undo
        note.rewritten.connect(self._on_rewritten)
        editor.stopped.connect(self._on_stopped)  # bound: the editor outlives the room
        editor.overran.connect(self._on_overran)

    def observations(self) -> list[Observation]:
        return self._editor.selection.observations()

    def _things(self) -> list[Thing]:
        return self._editor.selection.things()

    # what is done with it

    def remove(self) -> None:
        """What is chosen goes; with a way back at hand."""
        editor, things = self._editor, self._things()
        if not editor.is_open or not things:
            return
        if marks := [x for x in things if isinstance(x, Mark)]:
            self.remove_marks(marks)
        elif observations := [x for x in things if isinstance(x, Observation)]:
            if editor.remove(*observations):
                n = len(observations)
                self._say_gone(editor.texts.trn("{n} observation removed", "{n} observations removed", n))
        elif bookmarks := [x for x in things if isinstance(x, Bookmark)]:
            if editor.remove_bookmark(*bookmarks):
                self._say_gone(editor.texts.trn("Bookmark removed", "{n} bookmarks removed", len(bookmarks)))
        elif isinstance(task := editor.selection.alone(), Segment):
            self.remove_task(task)

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
        thing = next(iter(self._things()), None)
        if not self._editor.is_open:
            return
        if isinstance(thing, Mark):
            self._note.amend(thing.id, thing.at, thing.text)
        elif isinstance(thing, Bookmark):
            self._note.amend(thing.id, thing.at, thing.word)
        elif isinstance(thing, Observation):
            self.edit_asked.emit(thing)

    def go_to(self) -> None:
        """The film shows where what is chosen begins."""
        things = self._things()
        if things:
            first = things[0]
            self.seek_asked.emit(first.at if isinstance(first, Mark | Bookmark) else first.start)

    def move_edge(self, at: Micros, *, closes: bool) -> None:
        """What is chosen begins, or ends, at this picture."""
        thing = self._editor.selection.alone()
        if thing is not None and self._editor.is_open:
            self._editor.move_edge(thing, at, closes=closes)

    # what it met

    def _on_stopped(self, stopped: Stopped) -> None:
        """An edge met a neighbor: going over it is a press away."""
        t, is_task = self._editor.texts, isinstance(self._editor.thing(stopped.thing_id), Segment)
        words = (
            t.tr("The task stops where the one beside it begins or ends.")
            if is_task
            else t.tr("The state stops where the one beside it begins or ends.")
        )
        over = t.tr("Push the neighbor") if is_task else t.tr("Go over the neighbor")
        self.said.emit(Notice(words, action_label=over, action=lambda: self._go_over(stopped)))

    def _go_over(self, stopped: Stopped) -> None:
        thing, editor = self._editor.thing(stopped.thing_id), self._editor
        if isinstance(thing, Observation):
            editor.edit(thing, replace(thing, start=stopped.start, end=stopped.end, open=False), over=True)
        elif isinstance(thing, Segment) and stopped.end is not None:
            editor.move_segment(thing, stopped.start, stopped.end, over=True)

    def _on_overran(self, gone: int, shorter: int) -> None:
        t, words = self._editor.texts, []
        if gone:
            words.append(
                t.trn("{n} other state lay under it and is gone.", "{n} other states lay under it and are gone.", gone)
            )
        if shorter:
            words.append(t.trn("{n} other state became shorter.", "{n} other states became shorter.", shorter))
        self._say_gone(" ".join(words))

    def _on_rewritten(self, thing_id: str, text: str) -> None:
        thing = self._editor.thing(thing_id)
        if isinstance(thing, Mark):
            self._editor.edit_mark(thing, replace(thing, text=text))
        elif isinstance(thing, Bookmark):
            self._editor.edit_bookmark(thing, replace(thing, word=text))

    def _say_gone(self, words: str) -> None:
        self.said.emit(Notice(words, action_label=self._editor.texts.tr("Undo"), action=self._undo))
