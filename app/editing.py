"""The one door through which anything changes: `Editor.do(label, *changes)`.

A step is committed to the archive before the screen hears of it, and can be undone and redone. Facts about QUndoStack
that shape the step: an exception in `redo` leaves the command on the stack, in `undo` the index moves all the same, and
`setObsolete(True)` drops the step also when an exception follows. So a step marks itself obsolete first and clears the
mark when the write succeeded.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from weakref import ref

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from app import garbage
from app.errors import AppError
from app.model.change import Change
from app.ports import Store

#: every step of every editor has a number, so that several editors of one screen undo in the order of the hands
_numbers = count(1)

#: the logs' word for a step that is nothing more than that
EDIT = "edit"


class Editor(QObject):
    """Holds one opened thing (a coding, a case, a statement) and its undo stack. Subclasses keep the value itself."""

    changed = Signal(object)  # tuple[Change, ...], after they are in the archive
    saved = Signal(object)  # datetime of the commit
    refused = Signal(object)  # AppError: the step was not taken, nothing changed

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._error: AppError | None = None
        self._landed: tuple[Change, ...] = ()
        self.stack = QUndoStack(self)
        self.saved_at: datetime | None = None

    def do(self, label: str, *changes: Change, act: str = EDIT) -> bool:
        """Take one step. False when it was refused; then `refused` has said why and nothing changed anywhere.

        `label` is the worker's word in the language of the screen, `act` the logs' word, which is the same in all.
        """
        if not changes:
            return True
        self.stack.push(_Step(self, label, changes, act))
        return self._settle()

    def undo(self) -> bool:
        if not self.stack.canUndo():
            return False
        self.stack.undo()
        return self._settle()

    def redo(self) -> bool:
        if not self.stack.canRedo():
            return False
        self.stack.redo()
        return self._settle()

    def next_undo(self) -> int:
        """The number of the step that `undo` would take back; 0 for none."""
        return _number(self.stack, self.stack.index() - 1)

    def next_redo(self) -> int:
        """The number of the step that `redo` would take again; 0 for none."""
        return _number(self.stack, self.stack.index())

    def accept(self, changes: Sequence[Change]) -> None:
        """Take committed changes into the held value. Subclasses override; called before `changed`."""

    def hear(self, changes: Sequence[Change]) -> None:
        """Another door changed something: subclasses take what they hold of it, and end a stack that no longer fits."""

    def left_containers(self) -> tuple[str, ...]:
        """Containers that no row knows when the stack ends, for the steps that brought them were taken back."""
        return ()

    def tell(self, changes: Sequence[Change]) -> None:
        """Say what is in the archive now. Subclasses add what follows from it once the screen shows it."""
        self.changed.emit(changes)

    def write(self, label: str, changes: Sequence[Change], act: str = EDIT) -> bool:
        """Commit without a place on the undo stack: what cannot be undone, and the steps themselves."""
        self._error = None
        try:
            with garbage.paused():
                self.saved_at = self._store.apply(label, changes, act=act)
                self.accept(changes)
        except AppError as error:
            # without its frames: who keeps it would keep this editor, its steps in the garbage collector's hands
            self._error = error.with_traceback(None)
            return False
        self._landed = tuple(changes)
        return True

    def commit(self, label: str, *changes: Change, act: str = EDIT) -> bool:
        """One step that is not undoable; the stack ends, for what lies before it no longer fits."""
        if self.write(label, changes, act):
            self.stack.clear()
        return self._settle()

    def _settle(self) -> bool:
        """Tell the screen, outside the undo stack's own call: a slot may then take the next step."""
        error, self._error = self._error, None
        landed, self._landed = self._landed, ()
        if error is not None:
            self.refused.emit(error)
            return False
        if landed:
            self.tell(landed)
            self.saved.emit(self.saved_at)
        return True


def undo_latest(*editors: Editor) -> bool:
    """Take back the latest step among several editors of one screen."""
    return max(editors, key=Editor.next_undo).undo()


def redo_earliest(*editors: Editor) -> bool:
    """Take again the earliest step among several editors of one screen."""
    able = [e for e in editors if e.next_redo()]
    return bool(able) and min(able, key=Editor.next_redo).redo()


def _number(stack: QUndoStack, place: int) -> int:
    step = stack.command(place) if 0 <= place < stack.count() else None
    return step.number if isinstance(step, _Step) else 0


class _Step(QUndoCommand):
    """Changes of one step; doing writes them, undoing writes their reverses in reverse order."""

    def __init__(self, editor: Editor, label: str, changes: Sequence[Change], act: str) -> None:
        super().__init__(label)
        # weakly: in a circle of editor, stack and step the garbage collector frees a step that Qt then frees again
        self._editor = ref(editor)
        self._changes = tuple(changes)
        self._act = act
        self.number = next(_numbers)

    def redo(self) -> None:
        self._write(self._changes)

    def undo(self) -> None:
        self._write(tuple(change.reversed() for change in reversed(self._changes)))

    def _write(self, changes: Sequence[Change]) -> None:
        self.setObsolete(True)
        editor = self._editor()
        if editor is not None and editor.write(self.text(), changes, self._act):
            self.setObsolete(False)
