"""Rating instruments: items, their scales and anchors, and whose the form is. No sum is ever shown (domain 2.4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from app.model.scheme import Actor
from app.model.words import LANGUAGES, Words

NOTHING = Words("", "", "")


class Level(StrEnum):
    """What one sheet is about: the whole film, or each task."""

    SESSION = "session"
    TASK = "task"


class Formula(StrEnum):
    """How a licensed form puts a subscale together. Kept with the form and its values; never shown by this program."""

    NONE = "none"
    MEAN = "mean"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What one point of the scale means."""

    value: int
    name: Words


@dataclass(frozen=True, slots=True)
class Scale:
    """The points from `least` to `most`, `step` apart; some have words. `na_allowed`: there may be no occasion."""

    least: int
    most: int
    step: int = 1
    anchors: tuple[Anchor, ...] = ()
    na_allowed: bool = True

    @property
    def points(self) -> tuple[int, ...]:
        return tuple(range(self.least, self.most + 1, self.step)) if self.step > 0 else ()

    def holds(self, value: int | None) -> bool:
        """Whether a rating may have this value; None is *no occasion*."""
        return self.na_allowed if value is None else value in self.points

    def anchor(self, value: int) -> Anchor | None:
        return next((a for a in self.anchors if a.value == value), None)


@dataclass(frozen=True, slots=True)
class Subscale:
    """Items that a form reads together; `least_answered` of them must have a value for its own formula."""

    id: str
    name: Words
    formula: Formula = Formula.NONE
    least_answered: int = 1


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is rated, about one actor. `dimension` may be empty; `scale` None is the instrument's own.

    `reverse`: a high point says little of it. Kept with the values, which are shown as they were given.
    """

    id: str
    number: int
    actor: Actor
    name: Words
    dimension: str = ""
    scale: Scale | None = None
    reverse: bool = False
    subscale: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A rating form of one version: no sum score, each rating with evidence or a reason (domain 2.4, 2.6).

    `languages` are those that its makers write it in. Who may use it, and until when a licence runs, is no part of a
    version: it changes while versions stay (`app.model.stored.ContentTerms`).
    """

    id: str
    version: int
    name: Words
    disclaimer: Words
    anchors: tuple[Anchor, ...]
    no_occasion: Words
    items: tuple[Item, ...]
    level: Level = Level.SESSION
    rights_holder: str = ""
    requires_evidence: bool = True
    subscales: tuple[Subscale, ...] = ()
    languages: tuple[str, ...] = LANGUAGES

    @property
    def scale(self) -> tuple[int, int]:
        """Least and most value of any item."""
        values = [a.value for a in self.anchors]
        values += [v for i in self.items if i.scale is not None for v in (i.scale.least, i.scale.most)]
        return min(values), max(values)

    def item(self, item_id: str) -> Item | None:
        return next((i for i in self.items if i.id == item_id), None)

    def scale_of(self, item: Item) -> Scale:
        """The points that an item is rated on: its own, or the anchors that all items share."""
        if item.scale is not None:
            return item.scale
        values = sorted(a.value for a in self.anchors)
        step = min((b - a for a, b in pairwise(values)), default=1)
        return Scale(values[0], values[-1], max(step, 1), self.anchors) if values else Scale(0, 0)

    def words_of(self, item: Item, value: int | None) -> Words | None:
        """What a rating says in words: *no occasion* for none; None for a point of the scale that has no words."""
        if value is None:
            return self.no_occasion
        anchor = self.scale_of(item).anchor(value)
        return anchor.name if anchor is not None else None
