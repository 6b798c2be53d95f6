"""What day it is: of the archive, which knows no `app.i18n`, and of every screen."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

#: between these every system says how far its clocks are from UTC; Windows says it neither before 1970 nor after 3000
_FIRST, _LAST = date(1970, 1, 3), date(2999, 12, 29)


def local_day() -> date:
    """The present day where this computer stands."""
    moment = datetime.now(UTC)
    return moment.astimezone().date()


def midnight(day: date) -> datetime:
    """When a day begins on this computer's clocks: any day that a person may type.

    As far from UTC as on the nearest day of which every system knows that.
    """
    known = datetime.combine(min(max(day, _FIRST), _LAST), time()).astimezone()
    return known if _FIRST <= day <= _LAST else datetime.combine(day, time(), known.tzinfo)


def next_midnight(day: date) -> datetime:
    """When a day ends; the last day of all never does."""
    return midnight(day + timedelta(days=1) if day < date.max else day)
