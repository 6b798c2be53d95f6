"""Rows in a package's file: what an earlier version wrote is read, and a change of their fields raises the version."""

from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest

from app.errors import PackageError
from app.model.coding import CodingHeader
from app.model.erasure import Original
from app.model.filming import FilmingEvent
from app.model.meeting import Meeting, Segment
from app.model.observation import Bookmark, Mark, Observation
from app.model.people import Case, Interpreter, Person, Role
from app.model.rating import Rating
from app.model.recording import Recording
from app.model.reliability_sample import ReliabilitySample
from app.model.showing import Showing
from app.model.stored import StoredContent
from storage.packages.envelope import VERSION
from storage.packages.rows import from_json, to_json
from tests.material.builders import recording

#: when one of these changes: one more in `envelope.VERSION`, and in `rows.FORMER` what went; a field that comes has a
#: default
FIELDS = {
    Case: "id code_name lead partner opened closed keep_apart purpose note child_told returned closed_despite "
    "session_id bringer brought",
    Person: "id case_id role called name born language guardian note interpreter interpreter_language "
    "network_only ring bond same leading_hand",
    Showing: "id case_id contact distress no written by read_in",
    Meeting: "id case_id held adult_id child_id coders kind minutes place age_group plan child_said child_said_on "
    "others clock_zero scheme instrument arranged delivery outcome why by travel_minutes travel_km workers by_role "
    "set_aside",
    Segment: "id meeting_id number start end open people",
    FilmingEvent: "id meeting_id kind start end number reason",
    StoredContent: "id kind content_id version text",
    Recording: "id meeting_id camera sha256 size chunks container facts offset drift_ppm viewing origin "
    "lost_pictures closed_from_use erased erasure_id replaced stood original "
    "wrapped_key index",
    ReliabilitySample: "id meeting_id draw_id percent seed drawing tasks places size drawn_by drawn_at",
    CodingHeader: "id meeting_id coder scheme_id scheme_version "
    "instrument_id instrument_version state covered ready_at "
    "checksum in_passes passes chosen kind reading",
    Observation: "id coding_id code person start end open modifiers note how pressed seen_on seen_at",
    Mark: "id coding_id kind at text",
    Rating: "id coding_id item value reason evidence segment_id",
    Bookmark: "id coding_id at word color",
}
PERSON = Person("p", "c", Role.CHILD, "lapsi", language="sv", interpreter=Interpreter.EARPIECE)


def test_rows_of_this_version_have_these_fields() -> None:
    assert {kind: " ".join(f.name for f in fields(kind)) for kind in FIELDS} == FIELDS
    assert VERSION == 9


def test_what_was_added_since_has_its_default() -> None:
    """A person of version 1 had no interpreter, no place in the network and no entry elsewhere."""
    first = {k: v for k, v in to_json(PERSON).items() if k in "id case_id role called name born language guardian note"}
    read = from_json(Person, first)
    assert (read.called, read.language, read.interpreter, read.same) == ("lapsi", "sv", Interpreter.NONE, "")
    assert from_json(Person, to_json(PERSON)) == PERSON


def test_a_meeting_of_an_earlier_version_is_filmed_in_a_room_with_nothing_left_out() -> None:
    meeting = Meeting("m", "c", datetime(2026, 11, 3, tzinfo=UTC), "a", "k", ("sender", "recipient"), "mim")
    added = ["arranged", "delivery", "outcome", "why", "by", "travel_minutes", "travel_km", "workers", "by_role"]
    first = {k: v for k, v in to_json(meeting).items() if k not in (*added, "set_aside")}
    assert from_json(Meeting, first) == meeting
    assert meeting.is_filmed


def test_a_film_of_an_earlier_version_stood_nowhere_and_came_from_nowhere() -> None:
    film = recording("m", 1_000_000)
    first = {k: v for k, v in to_json(film).items() if k not in ("stood", "original")}
    assert from_json(Recording, first) == film
    told = replace(film, stood="leikkihuone, ikkunan vieressä", original=Original.PHONE)
    assert from_json(Recording, to_json(told)) == told


def test_what_went_since_is_left_aside() -> None:
    case = Case("c", "Koivu", "sender", "recipient")
    first = to_json(case) | {"interpreter": "remote", "interpreter_language": "arabia"}
    assert from_json(Case, first) == case


@pytest.mark.parametrize("name", ["id", "held", "coders"])
def test_nothing_that_was_always_there_may_lack(name) -> None:
    meeting = Meeting("m", "c", datetime(2026, 11, 3, tzinfo=UTC), "a", "k", ("sender", "recipient"), "mim")
    held = to_json(meeting)
    assert from_json(Meeting, held) == meeting
    del held[name]
    with pytest.raises(PackageError, match="package-damaged"):
        from_json(Meeting, held)


def test_nothing_unknown_is_read() -> None:
    with pytest.raises(PackageError, match="package-damaged"):
        from_json(Person, to_json(PERSON) | {"more": "x"})
