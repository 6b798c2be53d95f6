"""A figure that may be undefined: then it is None and says why. Never 0 or 1 in its place (domain 3.6)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a figure cannot be computed. The faces make sentences of these."""

    NONE = ""
    ONE_CATEGORY = "one-category"
    NO_EVENTS = "no-events"
    ONE_CODER_WITHOUT_EVENTS = "one-coder-without-events"
    NO_PAIRS = "no-pairs"
    NO_UNITS = "no-units"
    TOO_FEW_TARGETS = "too-few-targets"
    TOO_FEW_RATERS = "too-few-raters"
    MORE_THAN_TWO_RATERS = "more-than-two-raters"
    ZERO_VARIANCE = "zero-variance"
    FEWER_THAN_FIVE_TASKS = "fewer-than-five-tasks"
    UNSTABLE = "undefined-in-many-resamples"
    SEVERAL_SCALES = "several-scales"


@dataclass(frozen=True, slots=True)
class Figure:
    """A statistic: `value` is None exactly when `reason` is not empty."""

    value: float | None
    reason: Reason = Reason.NONE

    def __post_init__(self) -> None:
        assert (self.value is None) == bool(self.reason), "a figure or a reason"


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval on the scale of its figure."""

    low: float
    high: float


def undefined(reason: Reason) -> Figure:
    return Figure(None, reason)


def ratio(part: float, whole: float, reason: Reason) -> Figure:
    """`part / whole`, two numbers of one unit, undefined for `reason` when there is no whole."""
    return Figure(float(part / whole)) if whole else undefined(reason)
