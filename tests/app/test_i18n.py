"""Figures, dates and times as each language writes them."""

import datetime as dt

import pytest

from app.i18n import Texts
from app.model.words import Words

FI, SV, EN = Texts("fi"), Texts("sv"), Texts("en")
DAY = dt.date(2026, 11, 3)


def test_figures() -> None:
    assert [t.number(1234567.891, 2) for t in (FI, SV, EN)] == ["1\u202f234\u202f567,89"] * 2 + ["1,234,567.89"]
    assert FI.number(-0.4, 1) == "−0,4"
    assert [t.percent(0.8649) for t in (FI, EN)] == ["86\u00a0%", "86%"]


def test_dates_and_times() -> None:
    assert [t.date(DAY) for t in (FI, SV, EN)] == ["3.11.2026", "3.11.2026", "3 Nov 2026"]
    assert FI.date(DAY, year=False) == "3.11."
    assert FI.date(None) == ""
    assert [t.weekday(DAY) for t in (FI, SV, EN)] == ["ti", "ti", "Tue"]
    assert [t.month(DAY) for t in (FI, SV, EN)] == ["marraskuu 2026", "november 2026", "November 2026"]
    noon = dt.datetime(2026, 11, 3, 12, 4, 33)  # noqa: DTZ001  a local time
    assert [t.time(noon, seconds=True) for t in (FI, EN)] == ["12.04.33", "12:04:33"]


def test_clocks() -> None:
    assert [t.clock(95_480_000) for t in (FI, EN)] == ["00:01:35,480", "00:01:35.480"]
    assert FI.short_clock(95_480_000) == "01:35"


def test_sizes() -> None:
    assert FI.size(212e9) == "212\u00a0Gt"
    assert SV.size(1500) == "1,5\u00a0kB"
    assert EN.size(3) == "3\u00a0B"


def test_plurals_and_places() -> None:
    one, many = "{n} day left", "{n} days left"
    assert [EN.trn(one, many, n) for n in (1, 2)] == ["1 day left", "2 days left"]
    assert FI.trn(one, many, 1) != one
    assert "{" not in FI.trn(one, many, 12)


def test_content_speaks_its_own_language() -> None:
    words = Words("suomi", "svenska", "English")
    assert [t.words(words) for t in (FI, SV, EN)] == ["suomi", "svenska", "English"]


def test_texts_are_values() -> None:
    assert Texts("sv") == SV != FI
    with pytest.raises(AssertionError):
        Texts("de")
