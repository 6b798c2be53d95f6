"""When a day begins, for every day that a person may type."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.model import day as days
from app.office.client_log import LogRequest


class OnWindows(datetime):
    """Its C library knows no local time before 1970 and after 3000, and what Python asks of it is refused."""

    def astimezone(self, tz=None):
        if tz is None and not 1970 <= self.year <= 3000:
            raise OSError(22, "Invalid argument")
        return super().astimezone(tz)


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(1969, 12, 31), date(3001, 1, 1), date(9999, 12, 31)])
def test_a_day_of_which_windows_knows_nothing_begins_too(monkeypatch, day) -> None:
    monkeypatch.setattr(days, "datetime", OnWindows)
    begun = days.midnight(day)
    assert begun.replace(tzinfo=None) == datetime(day.year, day.month, day.day)  # noqa: DTZ001  as clocks here show it
    assert begun.tzinfo is not None
    assert days.midnight(date(2026, 6, 1)).date() == date(2026, 6, 1)


def test_a_usual_day_is_as_long_as_it_is_here() -> None:
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC).astimezone()
    begun, over = days.midnight(noon.date()), days.next_midnight(noon.date())
    assert begun <= noon < over
    assert over - begun == timedelta(days=1)


def test_a_log_is_asked_for_from_any_day_to_any_day(monkeypatch) -> None:
    monkeypatch.setattr(days, "datetime", OnWindows)
    asked = LogRequest("case", date(1900, 1, 1), date.max).days
    assert asked.begin < datetime.now(UTC) < asked.end
