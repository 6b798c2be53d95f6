"""Days and times as they are typed."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.i18n import Texts
from widgets.forms.date_field import ClockField, DateField, TimeField, no_such_day, parse_day, parse_time, show_day


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_shown_day_is_read_back(day: date) -> None:
    assert parse_day(show_day(day)) == day
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize("text", ["31.2.2026", "3.11.26", "3.11", "x", "3.11.0026", "1.13.2026"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31.2.1990", "There is no 31.2.1990: that month has 28 days."),
        ("30.2.2024", "There is no 30.2.2024: that month has 29 days."),
        ("3.13.1990", "There is no month 13."),
        ("3.11.0090", "Check the year: 90."),
        ("3.11.90", "Write the date as 3.11.2026."),
    ],
)
def test_what_is_wrong_with_a_day_is_said(text: str, said: str) -> None:
    assert no_such_day(Texts("en"), text) == said


@pytest.mark.parametrize(("text", "said"), [("9", time(9)), ("9.30", time(9, 30)), ("13:05", time(13, 5)), ("", None)])
def test_times_of_day(text: str, said: time | None) -> None:
    assert parse_time(text) == said


def test_a_wrong_day_is_marked_and_can_be_mended(qtbot) -> None:
    field = DateField(Texts("en"), "Deadline")
    qtbot.addWidget(field)
    heard: list[date | None] = []
    field.committed.connect(heard.append)
    field.line.setText("32.1.2026")
    field.line.editingFinished.emit()
    assert (field.line.property("wrong"), heard) == (True, [])
    assert field.message() == "There is no 32.1.2026: that month has 31 days."
    field.line.clear()
    qtbot.keyClicks(field.line, "31.1.2026")
    assert not field.line.property("wrong")
    field.line.editingFinished.emit()
    assert heard == [date(2026, 1, 31)]


def test_empty_is_allowed(qtbot) -> None:
    field = TimeField(Texts("fi"), "Aika")
    qtbot.addWidget(field)
    field.set_value(None)
    assert field.value() is None
    assert not field.is_wrong()


def test_a_place_on_the_clock(qtbot) -> None:
    field = ClockField(Texts("fi"), "Alku")
    qtbot.addWidget(field)
    field.set_value(2_500_000)
    assert field.line.text() == "00:00:02,500"
    assert field.value() == 2_500_000
    field.line.setText("")
    assert field.value() == 0
