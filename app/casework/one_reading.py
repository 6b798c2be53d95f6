"""What a screen asks of the archive while it is filled: each thing once, however many parts of it ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar, cast

from app.casework.case_file import CaseFile, told_of
from app.model.change import Entity
from app.model.coding import FIRST_READING, CodingState
from app.model.meeting import Meeting
from app.model.people import Case, Worker
from app.ports import Store

E = TypeVar("E", bound=Entity)
T = TypeVar("T")


class OneReading:
    """Stands before the store while one screen is filled, and no longer: the same question has the same answer.

    Whoever fills makes it, hands it on and lets it go; `forget` is called as soon as anything changes meanwhile. All
    but finding is the store's own.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._found: dict[tuple[object, ...], Any] = {}
        self._several: defaultdict[tuple[type, str], list[tuple[frozenset[object], Any]]] = defaultdict(list)

    @property
    def store(self) -> Store:
        """The same, for whoever asks a store."""
        return cast("Store", self)

    @property
    def me(self) -> str:
        """As `Store.me`."""
        return self._store.me

    @property
    def worker(self) -> Worker:
        return self._once(("worker",), lambda: self._store.worker)

    def get(self, kind: type[E], entity_id: str) -> E:
        """As `Store.get`."""
        known: tuple[E, ...] = self._found.get((kind, ("id", entity_id)), ())
        return known[0] if known else self._once((kind, entity_id), lambda: self._store.get(kind, entity_id))

    def find(self, kind: type[E], /, **fields: object) -> tuple[E, ...]:
        """As `Store.find`."""
        asked = (kind, *sorted((name, _alone(value)) for name, value in fields.items()))
        if len(fields) == 1 and asked not in self._found:
            ((name, value),) = fields.items()
            return self._of_several(kind, name, value)
        return self._once(asked, lambda: self._store.find(kind, **fields))

    def _of_several(self, kind: type[E], name: str, value: object) -> tuple[E, ...]:
        """By one field: out of what was read of more of its values, where it was."""
        values = value if isinstance(value, tuple) else (value,)
        for held, rows in self._several.get((kind, name), ()):
            if held.issuperset(values):
                return tuple(row for row in rows if getattr(row, name) in values)
        found = self._once((kind, (name, _alone(values))), lambda: self._store.find(kind, **{name: value}))
        self._several[kind, name].append((frozenset(values), found))
        return found

    def know(self, file: CaseFile) -> None:
        """A case that the asking screen holds, kept up by its editor: nothing of it is read."""
        case_id = file.case.id
        self._found[Case, ("id", case_id)] = (file.case,)
        for kind, rows in told_of(file).items():
            self._found[kind, ("case_id", case_id)] = rows
        for meeting in file.every_meeting:
            self._found[Meeting, ("id", meeting.id)] = (meeting,)

    def coding_states(self, meeting_id: str, reading: int = FIRST_READING) -> dict[str, CodingState]:
        """As `Store.coding_states`."""
        asked = (CodingState, meeting_id, reading)
        return dict(self._once(asked, lambda: self._store.coding_states(meeting_id, reading)))

    def forget(self) -> None:
        """Something is another now: what is asked from here on is read."""
        self._found.clear()
        self._several.clear()

    def _once(self, asked: tuple[object, ...], ask: Callable[[], T]) -> T:
        if asked not in self._found:
            self._found[asked] = ask()
        return cast("T", self._found[asked])

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def _alone(value: object) -> object:
    """One of one value is that value."""
    return value[0] if isinstance(value, tuple) and len(value) == 1 else value
