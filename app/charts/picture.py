"""A chart as a page or a screen takes it: with its name, and told in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.charts.drawing import Drawing, Pen


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: its name, what it shows in words, and how it is drawn with a given pen."""

    title: str
    told: str
    draw: Callable[[Pen], Drawing]
