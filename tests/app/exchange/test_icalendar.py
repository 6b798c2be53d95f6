"""iCalendar text: read again by the rules of RFC 5545, every meeting is there as it was written."""

import re
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.exchange.icalendar import LONGEST, Event, icalendar

MADE = datetime(2026, 11, 3, 7, tzinfo=UTC)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.just("\n"), max_size=120)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(lambda d: d.replace(microsecond=0, tzinfo=UTC))  # noqa: DTZ001
EVENTS = st.builds(
    lambda start, minutes, *rest: Event("uid", start, start + timedelta(minutes=minutes), *rest),
    MOMENTS,
    st.integers(1, 6000),
    WORDS,
    WORDS,
    st.booleans(),
)


def lines_of(content: bytes) -> list[str]:
    """Unfolded content lines (3.1)."""
    assert content.endswith(b"\r\n")
    assert all(len(line) <= LONGEST for line in content[:-2].split(b"\r\n"))
    return content.replace(b"\r\n ", b"").decode("utf-8")[:-2].split("\r\n")


def words_of(value: str) -> str:
    """A TEXT value as it was meant (3.3.11); a lone separator or escape would be another value."""
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", value)
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "N": "\n"}.get(m[1], m[1]), value)


def read(content: bytes) -> list[dict[str, str]]:
    """The properties of every event, of a calendar that is whole."""
    lines = lines_of(content)
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-1] == "END:VCALENDAR"
    events: list[dict[str, str]] = []
    is_open = False
    for line in lines[1:-1]:
        name, value = line.split(":", 1)
        if (name, value) == ("BEGIN", "VEVENT"):
            assert not is_open
            is_open = True
            events.append({})
        elif (name, value) == ("END", "VEVENT"):
            is_open = False
        elif is_open:
            assert name not in events[-1]
            events[-1][name] = value
    assert not is_open
    return events


def moment(value: str) -> datetime:
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


@given(st.lists(EVENTS, max_size=3))
def test_what_is_written_is_read_again(events) -> None:
    found = [
        Event(
            e["UID"],
            moment(e["DTSTART"]),
            moment(e["DTEND"]),
            words_of(e["SUMMARY"]),
            words_of(e.get("LOCATION", "")),
            e["STATUS"] == "CANCELLED",
        )
        for e in read(icalendar(events, MADE))
    ]
    assert found == events


def test_every_event_says_when_it_was_made_and_is_private() -> None:
    (event,) = read(icalendar([Event("a@b", MADE, MADE + timedelta(hours=1), "Star 14")], MADE))
    assert (event["DTSTAMP"], event["CLASS"], event["TRANSP"]) == ("20261103T070000Z", "PRIVATE", "OPAQUE")
    assert "LOCATION" not in event
    assert "ATTENDEE" not in event


def test_what_no_calendar_may_hold_is_left_out() -> None:
    (event,) = read(icalendar([Event("u", MADE, MADE, "a\x00b\x1b\r\nEND:VEVENT")], MADE))
    assert words_of(event["SUMMARY"]) == "ab\nEND:VEVENT"
