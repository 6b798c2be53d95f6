"""What the application asks of a whole office's working hours: sums of a year (`app.model.worked`).

Client work and supervision stand on two sides of a wall, so each question is of one side.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

from app.model.sought import Side
from app.model.units import Year
from app.model.worked import BillRow, MonthRow, YearOfWork

Cancelled = Callable[[], bool]


class WorkSums(Protocol):
    """Sums of working hours over the whole office."""

    def year_of_work(self, year: Year, side: Side, cancelled: Cancelled = lambda: False) -> YearOfWork:
        """Raises Cancelled. A guest is told of nothing. Waiting is told of client work alone."""
        ...

    def work_between(self, first: date, last: date, side: Side, cancelled: Cancelled = lambda: False) -> YearOfWork:
        """The same of some days of one year, added up anew of every entry. Raises Cancelled."""
        ...

    def billable(self, side: Side, customer: str) -> tuple[BillRow, ...]:
        """All that was ever done for a customer, by id, whoever did it. A guest is told of nothing."""
        ...

    def customers_of_year(self, year: Year, side: Side) -> tuple[str, ...]:
        """For whom anything was done. A guest is told of nothing."""
        ...

    def months_of_work(self, first: date, last: date) -> tuple[MonthRow, ...]:
        """How far the hours of each month with some are, by month; of both sides. A guest is told of nothing."""
        ...

    def years_of_work(self) -> tuple[Year, ...]:
        """The years of which there are hours, the newest first."""
        ...
