"""Who must not meet whom: pairs that were named, and every two adults where all are kept apart."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from app.model.apart import Apart, apart, kept_apart
from app.model.people import Case, Person, Role

CASE = Case("case", "Tähti 1", "w")
ROLES = st.sampled_from((Role.BIRTH_PARENT, Role.RELATIVE, Role.OWN_WORKER, Role.CHILD, Role.SIBLING))


@st.composite
def cases(draw):
    held = draw(st.lists(st.tuples(ROLES, st.booleans()), min_size=2, max_size=6))
    persons = tuple(
        Person(str(n), "case", role, f"p{n}", network_only=alone and role is not Role.CHILD)
        for n, (role, alone) in enumerate(held)
    )
    two = list(combinations([p.id for p in persons], 2))
    pairs = tuple(kept_apart("case", b, a) for a, b in draw(st.lists(st.sampled_from(two), unique=True)))
    return replace(CASE, keep_apart=draw(st.booleans())), persons, pairs


@given(cases())
def test_it_is_the_same_from_both_sides_and_nobody_is_apart_from_oneself(made) -> None:
    found = apart(*made)
    for one in made[1]:
        assert one.id not in found.of(one.id)
        assert not found.parts([one.id])
        for other in made[1]:
            assert (other.id in found.of(one.id)) == (one.id in found.of(other.id))
            assert (other.id in found.of(one.id)) == (one.id != other.id and found.parts([one.id, other.id]))


@given(cases())
def test_where_all_are_kept_apart_no_two_adults_meet_whoever_comes_later(made) -> None:
    case, persons, pairs = made
    late = Person("late", "case", Role.FOSTER_PARENT, "sijaisäiti")
    found = apart(replace(case, keep_apart=True), (*persons, late), pairs)
    adults = [p for p in persons if p.is_adult and not p.network_only]
    assert found.of("late") == {p.id for p in adults}
    assert bool(found) == bool(adults)


def test_a_pair_is_one_whoever_is_named_first_and_binds_only_those_two() -> None:
    mother, father, aunt = (Person(n, "case", Role.RELATIVE, n) for n in ("m", "f", "a"))
    assert kept_apart("case", "m", "f") == kept_apart("case", "f", "m")
    found = apart(CASE, (mother, father, aunt), (kept_apart("case", "m", "f"),))
    assert (found.of("m"), found.of("f"), found.of("a")) == ({"f"}, {"m"}, frozenset())
    assert found.parts(["a", "m", "f"])
    assert not found.parts(["a", "m"])


def test_someone_of_the_network_alone_divides_no_papers() -> None:
    mother = Person("m", "case", Role.BIRTH_PARENT, "äiti")
    friend = Person("x", "case", Role.OTHER_ADULT, "tuttava", network_only=True)
    found = apart(CASE, (mother, friend), (kept_apart("case", "m", "x"),))
    assert not found
    assert found.of("m") == {"x"}
    assert Apart(frozenset(), frozenset()).of("m") == frozenset()
