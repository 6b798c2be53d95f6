"""What was erased for good, as it is listed: each act with its certificate."""

from __future__ import annotations

from dataclasses import dataclass

from app.model.erasure import Erasure
from app.model.people import Worker
from app.ports import Store


@dataclass(frozen=True, slots=True)
class ErasedLine:
    """One erasing; `workers` are who erased it and who confirmed it, by name."""

    erasure: Erasure
    workers: tuple[str, ...]


def erased_lines(store: Store) -> tuple[ErasedLine, ...]:
    """The newest first. All of them are read: work for a job."""
    names = {w.id: w.name for w in store.find(Worker)}
    made = sorted(store.find(Erasure), key=lambda e: (e.at, e.id), reverse=True)
    return tuple(
        ErasedLine(e, tuple(names.get(i, i) for i in dict.fromkeys((e.worker_id, e.second_id)) if i)) for e in made
    )
