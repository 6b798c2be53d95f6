"""The figures once more, task by task, with what each row pairs: the same counting, added up in smaller parts.

Nothing is paired anew. A pair belongs to the task in which the earlier of its two events lies, a unit to the task that
holds its midpoint; so the tables of all tasks and of the time between them add up to those of the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from app.errors import Cancelled as CancelledError
from app.model.timecode import Micros
from app.model.units import TaskNumber
from app.statistics.agreement import Counted
from app.statistics.event_agreement import EventAgreement, Matches, event_agreement
from app.statistics.sampling import Tasks, task_of
from app.statistics.time_agreement import TimeAgreement, time_agreement

Cancelled = Callable[[], bool]
#: where no task is going on
BETWEEN: TaskNumber = 0


class Link(NamedTuple):
    """A pair, or an event that only one marked (the other id is empty). `start` is the earlier time, µs."""

    a_id: str
    b_id: str
    start: Micros
    end: Micros


@dataclass(frozen=True, slots=True)
class EventFigure:
    """A row of events with what it counts, in time order."""

    event: EventAgreement
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The figures of one task, of the time between tasks (`task` 0), or of the whole (None).

    `units` are those counted, `left_out` those that somebody could not code. Intervals belong to the whole alone: they
    tell how far it moves without a task.
    """

    task: TaskNumber | None
    units: int
    left_out: int
    time_based: tuple[TimeAgreement, ...]
    events: tuple[EventFigure, ...]


@dataclass(frozen=True, slots=True)
class Closer:
    """The whole, and each task of which something is counted; the time between tasks comes last."""

    whole: Part
    tasks: tuple[Part, ...]

    def part(self, task: TaskNumber | None) -> Part | None:
        """The figures of a task; None where nothing of it is counted."""
        return self.whole if task is None else next((p for p in self.tasks if p.task == task), None)


def closer(passes: Iterable[Counted], cancelled: Cancelled = lambda: False) -> Closer:
    """Everything of several passes; the first one's units are the whole's.

    For a job. Raises Cancelled.
    """
    whole, tasks = list[Part](), dict[TaskNumber, list[Part]]()
    for counted in passes:
        whole.append(_whole(counted))
        for place, number in (*enumerate(counted.tasks.numbers), (len(counted.tasks), BETWEEN)):
            if cancelled():
                raise CancelledError
            part = _task(counted, place, number)
            if part.units or part.events:
                tasks.setdefault(number, []).append(part)
    order = sorted(tasks, key=lambda number: (number == BETWEEN, number))
    return Closer(_as_one(whole), tuple(_as_one(tasks[number]) for number in order))


def _as_one(parts: list[Part]) -> Part:
    return replace(
        parts[0],
        time_based=tuple(row for part in parts for row in part.time_based),
        events=tuple(row for part in parts for row in part.events),
    )


def _whole(counted: Counted) -> Part:
    time_based = time_agreement(counted.lanes, len(counted.tasks))
    units = int(counted.frame.counted.sum())
    left_out = len(counted.frame.units) - units
    return Part(None, units, left_out, time_based, _events(counted, counted.found, counted.tasks))


def _task(counted: Counted, place: int, number: TaskNumber) -> Part:
    frame, found = counted.frame, counted.found
    here = task_of(found.time, counted.tasks) == place
    own = Matches(found.row[here], found.a[here], found.b[here], found.time[here])
    lanes = [replace(lane, per_task=lane.per_task[:, place : place + 1]) for lane in counted.lanes]
    inside = frame.task == place
    units = int((inside & frame.counted).sum())
    events = tuple(row for row in _events(counted, own, Tasks()) if row.event.of)
    return Part(number, units, int(inside.sum()) - units, time_agreement(lanes, 0) if units else (), events)


def _events(counted: Counted, found: Matches, tasks: Tasks) -> tuple[EventFigure, ...]:
    rows = event_agreement(counted.rows, found, counted.coders, counted.names, tasks, counted.layer)
    links = _links(counted, found)
    places = {(row.person, row.dimension): place for place, row in enumerate(counted.rows)}
    return tuple(EventFigure(row, links[places[row.person, row.dimension]]) for row in rows)


def _links(counted: Counted, found: Matches) -> list[tuple[Link, ...]]:
    """What each row pairs, in time order as `found` is."""
    columns = []
    for coder, places in zip(counted.coders, (found.a, found.b), strict=True):
        ids = [*(act.id for act in coder.events.acts), ""]
        columns.append([ids[place] for place in places.tolist()])
        columns.append(np.append(coder.events.start, -1)[places].tolist())
    made: list[list[Link]] = [[] for _ in counted.rows]
    for row, start, a_id, a_start, b_id, b_start in zip(found.row.tolist(), found.time.tolist(), *columns, strict=True):
        made[row].append(Link(a_id, b_id, start, max(a_start, b_start)))
    return [tuple(rows) for rows in made]
