"""What can be done with a thing, or at an empty place, in the coding room: the rows of the menu of the right button.

Rows are ids of actions, so that a menu does what the keys do, and shows them; None parts groups.
"""

from __future__ import annotations

from app.coding.editor import CodingEditor
from app.coding.selection import Thing
from app.model.meeting import Segment
from app.model.observation import Observation
from app.model.timecode import Micros

Rows = tuple[str | None, ...]

_EDGES = ("coding.begin-here", "coding.end-here")
OF_OBSERVATIONS: Rows = (
    "coding.go-to", "coding.edit", "coding.explain", None,
    *_EDGES, "coding.split", None,
    "coding.link", "coding.copy", "coding.history", None,
    "coding.remove",
)  # fmt: skip
OF_TASKS: Rows = ("coding.go-to", "coding.cover", None, *_EDGES, None, "coding.remove-task")
OF_MARKS: Rows = ("coding.go-to", "coding.edit", "coding.begin-here", None, "coding.remove")
#: the meeting's own marks are looked at, not changed
OF_OTHERS: Rows = ("coding.go-to",)
OF_NOTHING: Rows = (
    "coding.paste", "coding.note", "coding.bookmark", None,
    "coding.split", "coding.next-task", "coding.cover", None,
    "film.loop-from", "film.loop-to", "film.loop", None,
    "coding.find",
)  # fmt: skip
#: what is done in a coding that is ready as well
READING = frozenset(
    {
        "coding.go-to", "coding.explain", "coding.copy", "coding.history", "coding.find",
        "film.loop-from", "film.loop-to", "film.loop",
    }
)  # fmt: skip
_OF_TASKS_LIMITS = frozenset({"coding.remove-task", "coding.next-task"})


def offered(thing: Thing | None) -> Rows:
    """The rows for a thing; for None, those of what is none of the coder's."""
    if isinstance(thing, Observation):
        return OF_OBSERVATIONS
    if isinstance(thing, Segment):
        return OF_TASKS
    return OF_OTHERS if thing is None else OF_MARKS


def is_possible(editor: CodingEditor, action_id: str, now: Micros) -> bool:
    """Whether an action does anything with what is chosen, at the picture of the meeting's time `now`, µs."""
    if action_id in READING or not editor.is_open:
        return action_id in READING
    thing = editor.selection.alone()
    is_task = isinstance(thing, Segment)
    moves_limits = action_id in _OF_TASKS_LIMITS or (is_task and action_id in _EDGES)
    if moves_limits and editor.tasks_fixed:
        return False
    if action_id in _EDGES:
        return editor.can_move_edge(now, closes=action_id == "coding.end-here")
    if action_id == "coding.split":
        split = editor.to_split(now)
        return split is not None and (split == thing or not isinstance(thing, Observation))
    return action_id != "coding.cover" or is_task or editor.file.segment_at(now) is not None
