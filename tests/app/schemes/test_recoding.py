"""A coding read in a scheme that covers its codes: nothing comes twice, nothing vanishes without a number."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.i18n import Texts
from app.model.change import added
from app.model.coding import Coding, CodingHeader, CodingKind, CodingState, PassCover
from app.model.meeting import Stretch
from app.model.observation import Observation
from app.model.rating import Rating
from app.model.scheme import Kind
from app.model.timecode import SECOND
from app.schemes import library
from app.schemes.recoding import can_recode, in_words, place_of, recode
from tests.material.house import Home

WIDE, CORE = library.scheme("laaja-runko"), library.scheme("perusrunko")
#: domain 2.3.2: these have no core code
WITHOUT = {"AS5", "AN4", "AN5", "CS1", "CS3", "CE3", "CC2"}
HEADER = CodingHeader(
    "own", "m", "aino", WIDE.id, WIDE.version, "sheet", 1, CodingState.READY, (Stretch(0, 60 * SECOND),)
)


def person_of(code) -> str:
    return "dyad" if code.actor == "dyad" else f"{code.actor}1"


def coding(*rows, ratings=(), header=HEADER) -> Coding:
    """(code, start, end or None) in seconds."""
    made = [
        Observation(f"o{n}", "own", key, person_of(WIDE.code(key)), round(s * SECOND), e and round(e * SECOND))
        for n, (key, s, e) in enumerate(rows)
    ]
    return Coding(header, {o.id: o for o in made}, ratings={r.id: r for r in ratings})


@st.composite
def codings(draw) -> Coding:
    points = [c.id for c in WIDE.codes if c.kind == Kind.POINT]
    rows = [
        (key, at, None)
        for key, at in draw(st.lists(st.tuples(st.sampled_from(points), st.integers(0, 9)), max_size=15))
    ]
    states = [c.id for c in WIDE.codes if c.group == "D"]
    edges = sorted(draw(st.lists(st.integers(0, 59), max_size=8, unique=True)))
    rows += [(draw(st.sampled_from(states)), s, e) for s, e in pairwise(edges)]
    return coding(*rows)


def test_every_wide_code_has_the_place_that_the_domain_says() -> None:
    places = place_of(WIDE, CORE)
    assert {c.id for c in WIDE.codes if c.id not in places} == WITHOUT
    assert all(places[key] is code for code in CORE.codes for key in code.covers)
    assert places["DS1"].id == "DS1"
    assert can_recode(WIDE, CORE)
    assert not can_recode(CORE, WIDE), "the finer one would say more than anybody saw"
    assert not can_recode(CORE, CORE)


def test_what_comes_over_is_said_and_so_is_what_does_not() -> None:
    done = recode(
        coding(("AS1", 1, None), ("AS2", 1, None), ("AS5", 2, None), ("CE2", 3, None), ("DS1", 0, 9)), WIDE, CORE
    )
    told = sorted((o.code, o.person, o.start // SECOND) for o in done.coding.observations.values())
    assert told == [("AS", "adult1", 1), ("DJ", "dyad", 3), ("DS1", "dyad", 0)]
    assert (done.of, done.carried, done.joined, done.moved) == (5, 4, 1, 1)
    assert [(code.id, n) for code, n in done.lost] == [("AS5", 1)]
    words = in_words(Texts("en"), done)
    name = Texts("en").words(WIDE.name)
    assert (
        words[0] == f"Recoded from {name}, version {WIDE.version}: a copy that nobody coded so. It is in no agreement."
    )
    assert words[1] == "4 of 5 observations came over."


def test_the_copy_is_nobodys_own_and_the_archive_refuses_it(qapp) -> None:
    own = coding(("AS1", 1, None))
    done = recode(own, WIDE, CORE)
    assert own.header.kind == CodingKind.OWN
    head = done.coding.header
    assert (head.kind, head.scheme_id, head.scheme_version) == (CodingKind.RECODED, CORE.id, CORE.version)
    assert head.id != own.id
    home = Home()
    with pytest.raises(AssertionError):
        home.a.apply("recoded", [added(replace(head, meeting_id=home.meeting.id, coder=home.aino.id))])


def test_states_that_the_finer_scheme_told_apart_are_one() -> None:
    (first, second), group = (
        [c for c in WIDE.codes if c.group == "D"][:2],
        replace(CORE.code("DS1"), covers=("DS1", "DS2")),
    )
    target = replace(CORE, codes=tuple(group if c.id == "DS1" else c for c in CORE.codes if c.id != "DS2"))
    done = recode(coding((first.id, 0, 5), (second.id, 5, 9), (first.id, 12, 15)), WIDE, target)
    assert [(o.start // SECOND, o.end // SECOND) for o in done.coding.sorted_observations()] == [(0, 9), (12, 15)]
    assert done.joined == 1


def test_a_rating_stays_and_rests_on_the_copies() -> None:
    rating = Rating("r", "own", "warmth", 4, "seen", ("o0", "o1"))
    done = recode(coding(("AS1", 1, None), ("AS5", 2, None), ratings=[rating]), WIDE, CORE)
    (copy,) = done.coding.ratings.values()
    assert (copy.value, copy.reason, copy.evidence) == (4, "seen", tuple(done.coding.observations))


def test_what_was_covered_stays_for_passes_that_the_target_has() -> None:
    whole = (Stretch(0, 9),)
    passes = (PassCover("adult", whole), PassCover("child-regulation", whole), PassCover("another", whole))
    done = recode(coding(header=replace(HEADER, passes=passes)), WIDE, CORE)
    assert done.coding.header.covered == HEADER.covered
    assert [p.part for p in done.coding.header.passes] == ["adult", "child-regulation"]


@settings(max_examples=60, deadline=None)
@given(codings())
def test_nothing_comes_twice_and_all_is_accounted_for(own) -> None:
    done = recode(own, WIDE, CORE)
    assert done.carried + sum(n for _, n in done.lost) + done.clashing == done.of == len(own.observations)
    assert len(done.coding.observations) == done.carried - done.joined
    points = Counter((o.code, o.person, o.start) for o in done.coding.observations.values() if o.end is None)
    assert all(n == 1 for n in points.values())
    places = place_of(WIDE, CORE)
    wanted = {(places[o.code].id, o.start, o.end) for o in own.observations.values() if o.code in places}
    assert {(o.code, o.start, o.end) for o in done.coding.observations.values()} == wanted
    assert recode(own, WIDE, CORE) == done
