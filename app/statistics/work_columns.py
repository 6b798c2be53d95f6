"""A year's rows as columns of whole numbers, so that every table of it is counted in a few passes over arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.model.units import ItemPlace, Minutes, RowCount
from app.model.worked import WorkRow

Numbers: TypeAlias = NDArray[np.int64]


class By(StrEnum):
    """By what rows are told apart."""

    PRODUCT = "product"
    CUSTOMER = "customer"
    OFFICE = "office"
    DELIVERY = "delivery"


@dataclass(frozen=True)
class WorkColumns:
    """Each row of a year by places: of its categories in `categories`, and of its piece of work, -1 for nobody's.

    `amounts` are minutes, travel and kilometers (rows, 3), `people` children, adults and participants (rows, 3).
    `wholes` is how many pieces of work there are.
    """

    categories: Mapping[By, tuple[str, ...]]
    codes: Mapping[By, Numbers]
    whole: Numbers
    wholes: RowCount
    amounts: Numbers
    people: Numbers

    @property
    def number(self) -> RowCount:
        return len(self.whole)

    @cached_property
    def most(self) -> Numbers:
        """By piece of work the most children, adults and participants that any of its rows tells of (wholes, 3)."""
        return self._most(np.zeros(self.number, dtype=np.int64))[1]

    def bases(self, by: By) -> dict[str, frozenset[int]]:
        """By category, in their order, which pieces of work rest on it."""
        keys = self.categories[by]
        return dict(zip(keys, self.held(self.codes[by], len(keys)), strict=True))

    def minutes_of(self, by: By) -> dict[str, Minutes]:
        """By category."""
        minutes, *_ = self.sums(self.codes[by], len(self.categories[by]))
        return dict(zip(self.categories[by], minutes, strict=True))

    def placed(self, by: By, rows: Sequence[tuple[str, ...]]) -> Numbers:
        """In which of a table's rows each row of the year stands."""
        place = {key: n for n, row in enumerate(rows) for key in row}
        found: Numbers = np.array([place[key] for key in self.categories[by]], dtype=np.int64)[self.codes[by]]
        return found

    def sums(self, places: Numbers, number: RowCount) -> tuple[list[int], ...]:
        """Minutes, travel and kilometers of each of so many places."""
        found = np.zeros((number, self.amounts.shape[1]), dtype=np.int64)
        np.add.at(found, places, self.amounts)
        return tuple(column.tolist() for column in found.T)

    def held(self, places: Numbers, number: RowCount) -> list[frozenset[int]]:
        """Which pieces of work each of so many places rests on."""
        pairs = np.unique(self._pairs(places))
        of, whole = np.divmod(pairs, max(self.wholes, 1))
        ends: list[ItemPlace] = np.searchsorted(of, np.arange(number + 1)).tolist()
        return [frozenset(whole[first:end].tolist()) for first, end in pairwise(ends)]

    def most_of(self, by: By, rows: Sequence[tuple[str, ...]]) -> tuple[list[int], ...]:
        """Children, adults and participants of each of a table's rows, each piece of work with its most."""
        of, most = self._most(self.placed(by, rows))
        found = np.zeros((len(rows), self.people.shape[1]), dtype=np.int64)
        np.add.at(found, of, most)
        return tuple(column.tolist() for column in found.T)

    def _most(self, places: Numbers) -> tuple[Numbers, Numbers]:
        """For each place and piece of work that meet: the place, and the most that is told there."""
        pairs, which = np.unique(self._pairs(places), return_inverse=True)
        most = np.zeros((len(pairs), self.people.shape[1]), dtype=np.int64)
        np.maximum.at(most, which, self.people[self.whole >= 0])
        return pairs // max(self.wholes, 1), most

    def _pairs(self, places: Numbers) -> Numbers:
        """A number for each row that is somebody's: its place and its piece of work."""
        somebodys = self.whole >= 0
        found: Numbers = places[somebodys] * max(self.wholes, 1) + self.whole[somebodys]
        return found


def columns_of(work: Sequence[WorkRow]) -> WorkColumns:
    """The rows of a year as columns."""
    said: dict[By, list[str]] = {
        By.PRODUCT: [row.product for row in work],
        By.CUSTOMER: [row.customer for row in work],
        By.OFFICE: [row.office for row in work],
        By.DELIVERY: [row.delivery for row in work],
    }
    categories = {by: tuple(sorted(set(keys))) for by, keys in said.items()}
    wholes = [row.whole_id for row in work]
    known = dict.fromkeys(wholes)
    known.pop("", None)
    amounts = [[row.minutes for row in work], [row.travel for row in work], [row.km for row in work]]
    people = [[row.children for row in work], [row.adults for row in work], [row.participants for row in work]]
    return WorkColumns(
        categories,
        {by: _codes(keys, categories[by]) for by, keys in said.items()},
        _codes(wholes, tuple(known)),
        len(known),
        np.array(amounts, dtype=np.int64).T,
        np.array(people, dtype=np.int64).T,
    )


def _codes(keys: Sequence[str], order: Sequence[str]) -> Numbers:
    """The place of each key; -1 of one that has none."""
    place = {key: n for n, key in enumerate(order)}
    return np.fromiter((place.get(key, -1) for key in keys), dtype=np.int64, count=len(keys))
