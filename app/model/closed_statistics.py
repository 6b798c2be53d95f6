"""Statistics that may leave: a stretch of a year, counted once and kept as it was, so that no two countings differ.

Two countings of the same days at different times tell by their difference what came between, which may rest on one
family. So the days of a stretch are closed with it: hours on them change no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.model.sought import Side
from app.model.units import Year


@dataclass(frozen=True, slots=True)
class ClosedStatistics:
    """The days from `first` to `last` of one year and side, with their report as text (`app.hours.closing`).

    Stretches of a year follow one another without a gap, from the first of January; the last day ends a month.
    """

    id: str
    year: Year
    side: Side
    first: date
    last: date
    made: datetime
    by: str
    report: str

    @property
    def is_plausible(self) -> bool:
        """Whether its days can be."""
        ends_month = (self.last + timedelta(days=1)).day == 1
        return self.first <= self.last and self.first.year == self.last.year == self.year and ends_month

    @property
    def is_whole_year(self) -> bool:
        return (self.first, self.last) == (date(self.year, 1, 1), date(self.year, 12, 31))
