"""Time: whole microseconds everywhere, and the only place that converts.

A film's clock starts at its first picture; a meeting's clock is that of its reference film. `Micros` may be negative on
the meeting's clock.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from app.model.plain_number import plain_number

Micros: TypeAlias = int

SECOND: Micros = 1_000_000


def from_seconds(seconds: float | Fraction) -> Micros:
    """Seconds to the nearest microsecond."""
    return round(seconds * SECOND)


def to_seconds(time: Micros) -> float:
    """Microseconds to seconds, for files and figures of other programs only."""
    return time / SECOND


def clock(time: Micros, *, comma: bool = True, digits: int = 3) -> str:
    """`00:01:35,000` (a point when `comma` is off); `digits` 0 to 3 of the second.

    Without digits it is the second in which the time lies, as on any clock; with them the nearest tenth, hundredth or
    thousandth, a half going up.
    """
    sign, time = ("−", -time) if time < 0 else ("", time)
    finest = 10 ** (6 - digits)
    if digits:
        time = (time + finest // 2) // finest * finest
    total, micros = divmod(time, SECOND)
    hours, rest = divmod(total, 3600)
    minutes, seconds = divmod(rest, 60)
    fraction = f"{micros // finest:0{digits}d}" if digits else ""
    return f"{sign}{hours:02d}:{minutes:02d}:{seconds:02d}" + ((("," if comma else ".") + fraction) if digits else "")


def short_clock(time: Micros, *, comma: bool = True, digits: int = 0) -> str:
    """`01:35`, with hours only when there are some: for axes, lists and references in text."""
    whole = clock(time, comma=comma, digits=digits)
    sign = "−" if time < 0 else ""
    plain = whole.removeprefix("−")
    return sign + (plain.removeprefix("00:"))


def parse_clock(text: str) -> Micros:
    """The time that a person typed: `1:35`, `00:01:35,5`, `95.5`. Raises ValueError when it is none."""
    text = text.strip().replace(",", ".").replace("−", "-")
    sign = -1 if text.startswith("-") else 1
    parts = text.lstrip("-").split(":")
    if not 1 <= len(parts) <= 3 or not all(p.strip() for p in parts):
        raise ValueError(text)
    last = plain_number(parts[-1])
    if last is None or not all(p.strip().isascii() and p.strip().isdecimal() for p in parts[:-1]):
        raise ValueError(text)
    seconds = Fraction(last)
    for index, part in enumerate(reversed(parts[:-1]), start=1):
        seconds += int(part) * 60**index
    return sign * from_seconds(seconds)
