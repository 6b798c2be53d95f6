"""Who looked at what is in the log, and tells nobody of a coding that its coder makes alone."""

import pytest

from app.model.change import added
from app.model.coding import CodingHeader
from app.model.meeting import Meeting
from app.model.people import Case
from app.model.recording import Recording
from tests.contracts.test_store import coded, everything_offered, make_ready, pair
from tests.material.builders import recording

__all__ = ["pair"]

LOOKS = ("view", "view-ended", "played")


@pytest.fixture
def film(pair) -> Recording:
    made = recording(pair.meeting.id)
    pair.a.apply("film", [added(made)])
    return made


def told(store, *ids: str) -> set[tuple[str, str]]:
    rows = {*store.audit_log(), *(e for key in ids for e in store.audit_log(key))}
    rows |= {e for case in store.find(Case) for e in store.audit_of_case(case.id)}
    return {(e.object_id, e.act) for e in rows if e.act in LOOKS}


def look(pair, film: Recording) -> None:
    pair.a.note("view", Case, pair.case.id)
    pair.a.note("view", Meeting, pair.meeting.id)
    pair.a.note("played", Recording, film.id, "played=0-12,40-55")


def test_before_anybody_codes_every_look_is_told_to_all(pair, film) -> None:
    look(pair, film)
    seen = {(pair.case.id, "view"), (pair.meeting.id, "view"), (film.id, "played")}
    assert told(pair.a) == seen == told(pair.b)


def test_a_look_at_what_one_codes_alone_is_told_when_both_are_ready(pair, film) -> None:
    head, *_ = coded(pair)
    before = everything_offered(pair.b, [pair.meeting.id, film.id, head.id])
    pair.a.note("view", Meeting, pair.meeting.id)
    pair.a.note("played", Recording, film.id, "played=0-12,40-55")
    pair.a.note("view", CodingHeader, head.id)
    pair.a.note("view-ended", CodingHeader, head.id, "seconds=600")
    assert everything_offered(pair.b, [pair.meeting.id, film.id, head.id]) == before
    ids = (pair.meeting.id, film.id, head.id)
    own = {(pair.meeting.id, "view"), (film.id, "played"), (head.id, "view"), (head.id, "view-ended")}
    assert told(pair.a, *ids) == own
    assert told(pair.b, *ids) == told(pair.c, *ids) == set()
    make_ready(pair.a, head)
    assert told(pair.b, *ids) == set()
    other, *_ = coded(pair, 1)
    make_ready(pair.b, other)
    getattr(pair.a, "release_due", tuple)()  # of the archive on disk: what the next sign-in does
    assert told(pair.b, *ids) == told(pair.a, *ids) == own


def test_who_codes_nothing_tells_it(pair, film) -> None:
    coded(pair)
    pair.b.note("played", Recording, film.id, "played=1-2")
    assert told(pair.b) == told(pair.a) == told(pair.c) == {(film.id, "played")}
