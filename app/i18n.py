"""Program texts in three languages. `Texts("sv")` is a value: a statement can be in another language than the screen.

Source strings are English; the catalogues of Finnish and Swedish are complete, and a test holds them so.
"""

from __future__ import annotations

import datetime as dt
import gettext
from collections.abc import Sequence
from dataclasses import dataclass, field

import resources
from app.model import timecode
from app.model.day import local_day
from app.model.rounding import rounded
from app.model.words import LANGUAGES, Words

DOMAIN = "havainto"
NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
_WEEKDAYS = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("må", "ti", "on", "to", "fr", "lö", "sö"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = {
    "fi": "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "en": "January February March April May June July August September October November December",
}


def N_(message: str) -> str:
    """Mark a text of a data table for translation; `Texts.tr` translates it when it is shown."""
    return message


_SPOKEN = {"fi": N_("in Finnish"), "sv": N_("in Swedish"), "en": N_("in English")}


def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, resources.folder() / "i18n", [language])


@dataclass(frozen=True)
class Texts:
    """Texts, figures and dates in one language (`fi`, `sv` or `en`)."""

    language: str = "fi"
    #: content that is in another language says so, for a page that is all in one
    marks_other: bool = False
    _translations: gettext.NullTranslations = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        assert self.language in LANGUAGES, self.language
        object.__setattr__(self, "_translations", _catalogue(self.language))

    def tr(self, message: str, **values: object) -> str:
        """The text of an English source string, its `{places}` filled."""
        text = self._translations.gettext(message)
        return text.format(**values) if values else text

    def trn(self, one: str, many: str, n: int, **values: object) -> str:
        """The text for a number of things; `{n}` is the number with its thousands apart."""
        return self._translations.ngettext(one, many, n).format(n=self.number(n), **values)

    def words(self, words: Words) -> str:
        """Content in this language, or in one that it has."""
        said, spoken = words.text(self.language), words.spoken(self.language)
        if not self.marks_other or not said or spoken == self.language:
            return said
        return f"{said} ({self.tr(_SPOKEN[spoken])})"

    @property
    def comma(self) -> bool:
        return self.language != "en"

    def clock(self, time: timecode.Micros, *, digits: int = 3) -> str:
        """`00:01:35,000`: time on the screen."""
        return timecode.clock(time, comma=self.comma, digits=digits)

    def short_clock(self, time: timecode.Micros, *, digits: int = 0) -> str:
        """`01:35`: for lists, axes and references."""
        return timecode.short_clock(time, comma=self.comma, digits=digits)

    def number(self, value: float, digits: int = 0) -> str:
        """A number with the language's decimal mark and its thousands apart (a narrow no-break space, or a comma)."""
        text = f"{value:,.{digits}f}".replace("-", "−")
        if text.strip("−0.") == "":
            text = text.removeprefix("−")
        return text if not self.comma else text.replace(",", "\u202f").replace(".", ",")

    def percent(self, share: float, digits: int = 0) -> str:
        """`86 %`; `share` is 0…1. What is not all reads as `99,7 %`, what is not nothing as `0,3 %`."""
        gap = "\u00a0" if self.comma else ""
        return f"{self._figure(rounded(share * 100, digits, (0.0, 100.0)))}{gap}%"

    def coefficient(self, value: float, digits: int = 2) -> str:
        """A kappa or correlation, `0,78`: what is not 1 reads as `0,997`, what is not 0 as `−0,001`."""
        return self._figure(rounded(value, digits))

    def listed(self, words: Sequence[str]) -> str:
        """*10, 11 ja 14*."""
        if len(words) < 2:
            return "".join(words)
        return self.tr("{many} and {last}", many=", ".join(words[:-1]), last=words[-1])

    def _figure(self, plain: str) -> str:
        text = plain.replace("-", "−")
        return text.replace(".", ",") if self.comma else text

    def date(self, day: dt.date | None, *, year: bool = True) -> str:
        """`3.11.2026`, or `3 Nov 2026` in English; empty for none."""
        if day is None:
            return ""
        if self.language == "en":
            return f"{day.day} {day:%b}" + (f" {day.year}" if year else "")
        return f"{day.day}.{day.month}." + (str(day.year) if year else "")

    def weekday(self, day: dt.date) -> str:
        return _WEEKDAYS[self.language][day.weekday()]

    def month(self, day: dt.date) -> str:
        """`marraskuu 2026`, the month of a day."""
        name = _MONTHS[self.language].split()[day.month - 1]
        return f"{name}{'kuu' if self.language == 'fi' else ''} {day.year}"

    def time(self, moment: dt.datetime, *, seconds: bool = False) -> str:
        """The local time of day: `12.04` or `12.04.33`; with colons in English."""
        local = moment.astimezone() if moment.tzinfo else moment
        mark = ":" if self.language == "en" else "."
        return local.strftime(f"%H{mark}%M" + (f"{mark}%S" if seconds else ""))

    def size(self, count: float) -> str:
        """Bytes for people: `212 Gt`."""
        units = ("B", "KB", "MB", "GB", "TB") if self.language == "en" else ("t", "kt", "Mt", "Gt", "Tt")
        if self.language == "sv":
            units = ("B", "kB", "MB", "GB", "TB")
        step = 0
        while count >= 1000 and step < len(units) - 1:
            count, step = count / 1000, step + 1
        return f"{self.number(count, 1 if step and count < 10 else 0)}\u00a0{units[step]}"


def now() -> dt.datetime:
    """The present moment, aware of its zone."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The present day where this computer stands: what consents, terms and ages are asked for."""
    return local_day()
