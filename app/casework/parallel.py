"""The second adult's list: the first one's pattern of dimensions, other tasks; the opening may be the same.

Two adults with the same child do not do the same tasks, for the child would know them already; what is asked for is
the same in the same order (domain 1.3, 1.4).
"""

from __future__ import annotations

from collections.abc import Sequence

from app.model.plan import PlannedTask, TaskCard, planned


def pattern(tasks: Sequence[PlannedTask | TaskCard]) -> tuple[str, ...]:
    """The first dimension of each task in order; empty for one that asks for none."""
    return tuple(task.dimensions[0] if task.dimensions else "" for task in tasks)


def parallel(
    tasks: Sequence[PlannedTask], cards: Sequence[TaskCard]
) -> tuple[tuple[PlannedTask, ...], tuple[PlannedTask, ...]]:
    """The list, and the tasks of the other one that no card here stands for.

    `cards` are all that can be chosen. The opening stays when it can be chosen. For each other task comes one that the
    other list has not, of all its dimensions where there is one, of its first one else; where none is left, the same
    task again when it can be chosen.
    """
    free = {card.id: card for card in cards}
    again = dict(free)
    for task in tasks:
        free.pop(task.task_id, None)
    made: list[PlannedTask] = []
    lacking: list[PlannedTask] = []
    for place, task in enumerate(tasks):
        same = again.get(task.task_id)
        found = same if place == 0 and same is not None else _other(task, tuple(free.values())) or same
        if found is None:
            lacking.append(task)
            continue
        free.pop(found.id, None)
        made.append(planned(found))
    return tuple(made), tuple(lacking)


def _other(task: PlannedTask, cards: Sequence[TaskCard]) -> TaskCard | None:
    """A card of the same first dimension, first one of all the same."""
    first = pattern((task,))
    fitting = [card for card in cards if pattern((card,)) == first]
    return next((card for card in fitting if card.dimensions == task.dimensions), fitting[0] if fitting else None)
