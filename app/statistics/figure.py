"""A figure that may be undefined: then it is None and says why. Never 0 or 1 in its place (domain 3.6)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a figure cannot be computed. The faces make sentences of these."""

    NONE = ""
    ONE_CATEGORY = "one-category"
    ONE_CATEGORY_ONE_WAY = "one-category-one-way"
    NO_EVENTS = "no-events"
    ONE_CODER_WITHOUT_EVENTS = "one-coder-without-events"
    NO_PAIRS = "no-pairs"
    NO_UNITS = "no-units"
    TOO_FEW_TARGETS = "too-few-targets"
    NO_SHARED_TARGET = "no-shared-target"
    TOO_FEW_RATERS = "too-few-raters"
    MORE_THAN_TWO_RATERS = "more-than-two-raters"
    ZERO_VARIANCE = "zero-variance"
    TARGETS_ALIKE = "targets-alike"
    RATERS_APART = "raters-apart"
    LESS_THAN_CHANCE = "less-than-chance"
    FEWER_THAN_FIVE_TASKS = "fewer-than-five-tasks"
    TASKS_ALIKE = "tasks-alike"
    UNDEFINED_WITHOUT_A_TASK = "undefined-without-a-task"
    SEVERAL_SCALES = "several-scales"
    UNEQUAL_RATERS = "unequal-raters"


@dataclass(frozen=True, slots=True)
class Figure:
    """A statistic: `value` is None exactly when `reason` is not empty."""

    value: float | None
    reason: Reason = Reason.NONE

    def __post_init__(self) -> None:
        assert (self.value is None) == bool(self.reason), "a figure or a reason"


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval on the scale of its figure; `tasks` is how many it rests on, 0 where none are asked."""

    low: float
    high: float
    tasks: int = 0


def undefined(reason: Reason) -> Figure:
    return Figure(None, reason)


def ratio(part: float, whole: float, reason: Reason) -> Figure:
    """`part / whole`, undefined for `reason` when there is no whole. Counts or shares, both of one kind."""
    return Figure(float(part / whole)) if whole else undefined(reason)
