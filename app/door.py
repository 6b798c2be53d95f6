"""The door for every step that is not an editor's: applied in one transaction, then announced with who caused it.

What is in the archive and what the screens were told never part: nobody else but `Editor.write` reaches the store's
`apply` (a test reads the code for it). Work in a thread of its own writes here, too; the word is on the main thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from app.model.change import Change
from app.ports import Store


@dataclass(frozen=True, slots=True)
class Written:
    """One step that is in the archive. `initiator` is the object that took it, None when nobody waits for an echo."""

    changes: tuple[Change, ...]
    initiator: object | None = None

    def is_echo_for(self, listener: object) -> bool:
        """Whether `listener` took this step itself and shows it already."""
        return self.initiator is not None and self.initiator is listener


class Door(QObject):
    """Writes to one open archive; use-cases are handed it instead of the store when they change something."""

    written = Signal(object)  # Written, always on the thread of the door
    _committed = Signal(object)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._is_closed = False
        # from another thread this connection waits for the door's own
        self._committed.connect(self._announce)

    @property
    def store(self) -> Store:
        """For reading."""
        return self._store

    def write(
        self, label: str, changes: Sequence[Change], act: str = "edit", initiator: object | None = None
    ) -> datetime:
        """Commit one step and announce it; returns when it was committed. From any thread.

        Raises what `Store.apply` raises (StaleChange, NotAllowed, StoreError); then nothing changed, nothing is said.
        """
        at = self._store.apply(label, changes, act=act)
        self.tell(changes, initiator)
        return at

    def tell(self, changes: Sequence[Change], initiator: object | None) -> None:
        """Announce what an editor has written."""
        if changes:
            self._committed.emit(Written(tuple(changes), initiator))

    def close(self) -> None:
        """Before the archive closes: what another thread wrote last may wait to be told, and nobody could read it."""
        self._is_closed = True

    def _announce(self, written: Written) -> None:
        if not self._is_closed:
            self.written.emit(written)
