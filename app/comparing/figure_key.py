"""Which figure is meant, wherever it is shown: what it is about, of whom, and of which task."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.model.units import TaskNumber


class About(StrEnum):
    """What a figure counts: units of time, events of several codes, events of one code, or rated items."""

    STATE = "state"
    EVENTS = "events"
    CODE = "code"
    RATINGS = "ratings"


@dataclass(frozen=True, slots=True)
class FigureKey:
    """One figure. `of` is a group or on/off code, a dimension, or a code, empty for everything of the person.

    `task` None is the whole film, 0 the time between tasks. `layer` is the pass, empty for the first.
    """

    about: About
    person: str = ""
    of: str = ""
    task: TaskNumber | None = None
    layer: str = ""
