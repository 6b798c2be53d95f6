"""Whether a worker is reminded on the desk of half a year without a reference film: each worker's own choice."""

from __future__ import annotations

from app.workspace import Workspace


def is_hushed(space: Workspace) -> bool:
    """Whether the signed-in worker is not reminded."""
    return space.worker.id in space.preferences.now.no_training_reminder


def use_reminder(space: Workspace, *, on: bool) -> None:
    """Be reminded, or not, from now on."""
    rest = tuple(w for w in space.preferences.now.no_training_reminder if w != space.worker.id)
    space.preferences.change(no_training_reminder=rest if on else (*rest, space.worker.id))
