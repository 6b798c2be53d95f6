"""Meetings for other calendars: iCalendar text (RFC 5545), in UTC, so that no table of time zones goes along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

#: octets of a line without its end (RFC 5545, 3.1)
LONGEST = 75
_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""}


@dataclass(frozen=True, slots=True)
class Event:
    """One meeting: aware times, and what stands in the other calendar."""

    uid: str
    start: datetime
    end: datetime
    summary: str
    location: str = ""
    cancelled: bool = False


def icalendar(events: Iterable[Event], made: datetime) -> bytes:
    """A whole calendar file; `made` (aware) is when. Every event is private, and nobody is invited."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Havainto//Havainto//FI", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH"]
    for event in events:
        lines += _lines(event, made)
    lines.append("END:VCALENDAR")
    return b"".join(part for line in lines for part in _folded(line))


def _lines(event: Event, made: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{_utc(made)}"
    yield f"DTSTART:{_utc(event.start)}"
    yield f"DTEND:{_utc(event.end)}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.location:
        yield f"LOCATION:{_text(event.location)}"
    yield "CLASS:PRIVATE"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield f"TRANSP:{'TRANSPARENT' if event.cancelled else 'OPAQUE'}"
    yield "END:VEVENT"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Escaped as 3.3.11 says; other control characters may not stand in it and are left out."""
    plain = "".join(_ESCAPED.get(c, c) for c in words)
    return "".join(c for c in plain if c == "\t" or (ord(c) >= 32 and ord(c) != 127))


def _folded(line: str) -> Iterator[bytes]:
    """The line in pieces of at most `LONGEST` octets, each letter whole, each piece after the first behind a space."""
    piece = b""
    for letter in line:
        octets = letter.encode("utf-8", "replace")
        if len(piece) + len(octets) > LONGEST:
            yield piece + b"\r\n"
            piece = b" "
        piece += octets
    yield piece + b"\r\n"
