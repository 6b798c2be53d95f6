"""A field for a day, and its sister for a time of day: typed freely, read when left, empty allowed."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QWidget

from app.i18n import Texts
from app.model import timecode
from widgets.forms.wrong import mark_wrong
from widgets.look.parts import label, stacked

YEARS = range(1900, 2101)


def parse_day(text: str) -> dt.date | None:
    """`3.11.2026` or `2026-11-03`; None for empty. Raises ValueError for what is no day."""
    text = text.replace(" ", "").rstrip(".")
    if not text:
        return None
    if found := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text):
        day, month, year = (int(part) for part in found.groups())
    elif found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text):
        year, month, day = (int(part) for part in found.groups())
    else:
        raise ValueError(text)
    if year not in YEARS:
        raise ValueError(text)
    return dt.date(year, month, day)


def show_day(day: dt.date | None) -> str:
    return "" if day is None else f"{day.day}.{day.month}.{day.year}"


def parse_time(text: str) -> dt.time | None:
    """`9.30`, `9:30` or `9`; None for empty. Raises ValueError for what is no time of day."""
    text = text.replace(" ", "")
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,2})(?:[.:](\d{2}))?", text)
    if found is None:
        raise ValueError(text)
    return dt.time(int(found[1]), int(found[2] or 0))


class WholeLine(QLineEdit):
    """A line that is never narrower than its example and `longest`, the longest text that it is made for."""

    def __init__(self, longest: str) -> None:
        super().__init__()
        self._longest = longest

    def minimumSizeHint(self) -> QSize:
        hint, option, words = super().minimumSizeHint(), QStyleOptionFrame(), self.fontMetrics()
        self.initStyleOption(option)
        text = max(words.horizontalAdvance(text) for text in (self._longest, self.placeholderText()))
        room = QSize(text + words.horizontalAdvance("0"), words.height())
        width = self.style().sizeFromContents(QStyle.ContentsType.CT_LineEdit, option, room, self).width()
        return hint.expandedTo(QSize(width, 0))


class ParsedField(QWidget):
    """A line whose text stands for a value. What cannot be read is marked and said below, and stays to be mended."""

    committed = Signal(object)  # the value, when the line was left with one that can be read

    def __init__(
        self,
        name: str,
        parse: Callable[[str], Any],
        show: Callable[[Any], str],
        complain: Callable[[str], str],
        example: str,
        longest: str,
    ) -> None:
        """`complain` says of a text that stands for nothing what is wrong with it; `longest` is in sight whole."""
        super().__init__()
        self._parse, self._show, self._complain = parse, show, complain
        self.line = WholeLine(longest)
        self.line.setPlaceholderText(example)
        self.line.setAccessibleName(name)
        self._title = label(name, "caption")
        self._title.setBuddy(self.line)
        self._words = label("", "danger", wrap=True)
        self._words.hide()
        self.setLayout(stacked(self._title, self.line, self._words, spacing=4))
        self.line.editingFinished.connect(self._on_left)
        self.line.textEdited.connect(lambda _: self._mark(wrong=False))

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """To the line. No focus proxy: where rows are put in their order, Qt leads from the field to its line again."""
        self.line.setFocus(reason)

    def value(self) -> Any:
        """What the text stands for. Raises ValueError when it stands for nothing."""
        return self._parse(self.line.text())

    def set_value(self, value: Any) -> None:
        self.line.setText(self._show(value))
        self.line.setCursorPosition(0)
        self._mark(wrong=False)

    def is_wrong(self) -> bool:
        try:
            self.value()
        except ValueError:
            return True
        return False

    def message(self) -> str:
        """What is said below the line; empty when all is well."""
        return self._words.text() if not self._words.isHidden() else ""

    def _on_left(self) -> None:
        wrong = self.is_wrong()
        self._mark(wrong=wrong)
        if not wrong:
            self.committed.emit(self.value())

    def _mark(self, *, wrong: bool) -> None:
        said = self._complain(self.line.text()) if wrong else ""
        self._words.setText(said)
        self._words.setVisible(wrong)
        mark_wrong(self.line, said)


def no_such_day(texts: Texts, text: str) -> str:
    """Why a text is no day: 31.2.1990 is written well, only there was none."""
    found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text.replace(" ", "").rstrip("."))
    if found is None:
        return texts.tr("Write the date as 3.11.2026.")
    day, month, year = (int(part) for part in found.groups())
    if year not in YEARS:
        return texts.tr("Check the year: {year}.", year=year)
    if not 1 <= month <= 12:
        return texts.tr("There is no month {month}.", month=month)
    last = calendar.monthrange(year, month)[1]
    return texts.tr(
        "There is no {day}.{month}.{year}: that month has {last} days.", day=day, month=month, year=year, last=last
    )


class DateField(ParsedField):
    """A day as `d.m.yyyy`, or none."""

    def __init__(self, texts: Texts, name: str) -> None:
        def complain(text: str) -> str:
            return no_such_day(texts, text)

        super().__init__(name, parse_day, show_day, complain, texts.tr("day.month.year"), "30.12.2000")


class TimeField(ParsedField):
    """A time of day as `9.30`, or none."""

    def __init__(self, texts: Texts, name: str) -> None:
        def show(time: dt.time | None) -> str:
            return "" if time is None else f"{time.hour}{'.' if texts.comma else ':'}{time.minute:02d}"

        def complain(text: str) -> str:
            if re.fullmatch(r"\d{1,2}[.:]?(\d{2})?", text.replace(" ", "")):
                return texts.tr("There is no such time of day: hours go from 0 to 23, minutes from 0 to 59.")
            return texts.tr("Write the time as 9.30.")

        super().__init__(name, parse_time, show, complain, texts.tr("hours.minutes"), "20.00")


class ClockField(ParsedField):
    """A place on the meeting's clock as `00:01:35,000`; empty is zero."""

    def __init__(self, texts: Texts, name: str) -> None:
        def parse(text: str) -> int:
            return timecode.parse_clock(text) if text.strip() else 0

        def complain(_: str) -> str:
            return texts.tr("Write the time as 0:01:35,5.")

        super().__init__(name, parse, texts.clock, complain, "00:00:00", "00:00:00,000")
