"""Rating instruments: items and the anchors of their scale."""

from __future__ import annotations

from dataclasses import dataclass

from app.model.scheme import Actor
from app.model.words import Words


@dataclass(frozen=True, slots=True)
class Anchor:
    """What one point of the scale means."""

    value: int
    name: Words


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is rated, about one actor. `dimension` may be empty."""

    id: str
    number: int
    actor: Actor
    name: Words
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A rating form: no sum score, each rating with evidence or a reason (domain 2.4)."""

    id: str
    version: int
    name: Words
    disclaimer: Words
    anchors: tuple[Anchor, ...]
    no_occasion: Words
    items: tuple[Item, ...]

    @property
    def scale(self) -> tuple[int, int]:
        values = [a.value for a in self.anchors]
        return min(values), max(values)

    def item(self, item_id: str) -> Item | None:
        return next((i for i in self.items if i.id == item_id), None)
