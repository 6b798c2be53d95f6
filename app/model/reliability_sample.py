"""The reliability sample: which tasks get a second coding, drawn by lot before anybody coded (domain 3.2).

The draw rests on nothing but the seed, the share, the way of drawing and the list of tasks, so that anybody can repeat
it. Each task has a lot: SHA-256, as hexadecimal digits, of the text `SEED:PLACE`, where `PLACE` is its place in the
list from 1. In a shell the lot of the third task is `printf 48210377:3 | sha256sum`. Tasks stand in the order of their
lots, the least first. First each is taken that brings a meeting of which none was taken yet, and by dimension also a
dimension; then the next of those left over, until there are enough. Those left over are in reserve, in the same order.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.model.identity import named_id
from app.model.units import Percent, TaskNumber

#: what is drawn when nobody says otherwise, and the habit that it is the usual of (domain 3.2), percent
USUAL: Percent = 20
HABIT: tuple[Percent, Percent] = (15, 25)
#: a seed is a number that can be read out
SEED_DIGITS = 8
_SEED = re.compile(r"[0-9]{1,18}")


class Drawing(StrEnum):
    """How tasks are drawn: each with the same chance, or so that each dimension that there is has one at least."""

    RANDOM = "random"
    BY_DIMENSION = "by-dimension"


@dataclass(frozen=True, slots=True)
class SampledTask:
    """One task that could be drawn: the `number` in its meeting's plan, from 1, and what the plan says of it."""

    meeting_id: str
    number: TaskNumber
    task_id: str
    dimensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReliabilitySample:
    """What one draw said of one meeting. Written once, by whoever drew, and never changed.

    All meetings of a draw have the same `draw_id`, seed and list `tasks`, by meeting and number. `places` are places in
    that list, from 1: the first `size` are drawn, the others in reserve.
    """

    id: str
    meeting_id: str
    draw_id: str
    percent: Percent
    seed: str
    drawing: Drawing
    tasks: tuple[SampledTask, ...]
    places: tuple[int, ...]
    size: int
    drawn_by: str
    drawn_at: datetime

    @property
    def is_as_drawn(self) -> bool:
        """Whether the list is the one that its seed gives, and the meeting's own tasks are in it."""
        if not is_seed(self.seed) or not 1 <= self.percent <= 100 or not self.numbers:
            return False
        return (self.places, self.size) == drawn(self.seed, self.percent, self.drawing, self.tasks)

    @property
    def drawn_tasks(self) -> tuple[SampledTask, ...]:
        """Those drawn of the whole draw, by meeting and number."""
        return tuple(self.tasks[place - 1] for place in sorted(self.places[: self.size]))

    @property
    def numbers(self) -> tuple[TaskNumber, ...]:
        """Numbers of the meeting's tasks that could be drawn."""
        return tuple(t.number for t in self.tasks if t.meeting_id == self.meeting_id)

    @property
    def drawn_numbers(self) -> tuple[TaskNumber, ...]:
        """Numbers of the meeting's tasks that were drawn, ascending."""
        return tuple(t.number for t in self.drawn_tasks if t.meeting_id == self.meeting_id)

    def asked(self, skipped: Collection[TaskNumber] = ()) -> tuple[TaskNumber, ...]:
        """Numbers of the meeting's tasks that get a second coding, ascending.

        For a drawn one that was `skipped` while filming the next in the order of the lots takes its place.
        """
        own = [t for place in self.places if (t := self.tasks[place - 1]).meeting_id == self.meeting_id]
        there = [t.number for t in own if t.number not in skipped]
        return tuple(sorted(there[: len(self.drawn_numbers)]))


def sample_id(draw_id: str, meeting_id: str) -> str:
    """The id of what a draw said of a meeting."""
    return named_id(draw_id, meeting_id, "reliability-sample")


def is_seed(text: str) -> bool:
    """Whether it is a seed: one to eighteen digits from 0 to 9."""
    return _SEED.fullmatch(text) is not None


def lot(seed: str, place: int) -> str:
    """The lot of the task at a place of the list, from 1."""
    return hashlib.sha256(f"{seed}:{place}".encode("ascii")).hexdigest()


def rounded_up(percent: Percent, count: int) -> int:
    """How many of `count` tasks a share is: never less than asked for."""
    return -(-percent * count // 100)


def drawn(seed: str, percent: Percent, drawing: Drawing, tasks: Sequence[SampledTask]) -> tuple[tuple[int, ...], int]:
    """Places of the list in the order in which they are drawn, all of them, and how many of these are the sample."""
    by_lot = sorted(range(1, len(tasks) + 1), key=lambda place: (lot(seed, place), place))
    first = _bringing_new(by_lot, drawing, tasks)
    rest = [place for place in by_lot if place not in first]
    return (*first, *rest), max(len(first), rounded_up(percent, len(tasks)))


def _bringing_new(by_lot: Sequence[int], drawing: Drawing, tasks: Sequence[SampledTask]) -> tuple[int, ...]:
    """Each that brings a meeting, and by dimension a dimension, of which there was none before it."""
    first, had = [], set[tuple[str, str]]()
    for place in by_lot:
        task = tasks[place - 1]
        brings = {("meeting", task.meeting_id)}
        if drawing == Drawing.BY_DIMENSION:
            brings |= {("dimension", d) for d in task.dimensions}
        if not brings <= had:
            first.append(place)
            had |= brings
    return tuple(first)
