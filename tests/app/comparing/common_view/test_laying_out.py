"""What comes over by itself and what is to be decided: nothing is lost, nothing is in two places, A and B are equal."""

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from app.comparing.common_view.codable import codable
from app.comparing.common_view.deciding import brought
from app.comparing.common_view.laying_out import laid_out
from app.comparing.comparison import Comparison
from app.model.common_view import Came
from app.model.decision import Decision, DisagreementKind, NewMark, Verdict, is_possible, verdicts_of
from app.model.meeting import Stretch, intersection, merged, without
from app.model.observation import Observation
from app.model.rating import Rating
from app.model.timecode import SECOND
from tests.material.builders import A_DAY
from tests.material.two_codings import GROUPS, codings, compared, pairs_of_codings, swapped

CASES = settings(max_examples=60, deadline=None)
#: an edge of a change that both have lies at most half of the tolerance and a unit from either's
LONGEST = (SECOND + SECOND) // 2 + 1


def decided(d: Decision, verdict: Verdict) -> Decision:
    """One decision, with what belongs to it."""
    more: dict = {"verdict": verdict, "decided_by": "worker-A", "decided_at": A_DAY}
    if verdict == Verdict.DIFFERENTLY:
        more |= {"reason_a": "so", "reason_b": "otherwise"}
    if verdict == Verdict.NEW and d.kind == DisagreementKind.RATING:
        more |= {"new_value": 3, "reason": "seen together"}
    elif verdict == Verdict.NEW:
        state = d.kind == DisagreementKind.STATE
        code = ("DS1" if d.lane == "D" else "XB") if state else ("AS" if d.person == "adult1" else "CE")
        more["new_marks"] = (NewMark(code, d.person, d.start or 0, d.end if state else None),)
    made = replace(d, **more)
    assert is_possible(made)
    return made


def states(observations, lane: str) -> dict[str, tuple[Stretch, ...]]:
    """By code when it is on."""
    rows = defaultdict(list)
    for o in observations:
        if o.end is not None and o.code in GROUPS[lane] and o.code != "DS0":
            rows[o.code].append(Stretch(o.start, o.end))
    return {code: merged(tuple(some)) for code, some in rows.items()}


def within(found: Comparison, of: dict[str, tuple[Stretch, ...]]) -> dict[str, tuple[Stretch, ...]]:
    window = codable(found, "")
    return {code: cut for code, some in of.items() if (cut := intersection(some, window))}


def apart(a: tuple[Stretch, ...], b: tuple[Stretch, ...]) -> int:
    """Time in which one is on and the other is not, µs."""
    both = sum(s.length for s in intersection(a, b))
    return sum(s.length for s in a) + sum(s.length for s in b) - 2 * both


@CASES
@given(pairs_of_codings())
def test_every_observation_and_rating_of_both_is_somewhere(found) -> None:
    laid = laid_out(found, "common")
    agreed = {i for p in laid.agreed for i in (*p.origin.a_ids, *p.origin.b_ids)}
    differing = {i for d in laid.differences for i in (*d.a_ids, *d.b_ids)}
    for coding in (found.a, found.b):
        for key in (*coding.observations, *coding.ratings):
            assert key in agreed | differing | laid.outside
        for o in coding.observations.values():
            if o.end is None:  # an event is in exactly one of them
                assert [o.id in agreed, o.id in differing, o.id in laid.outside].count(True) == 1
        for r in coding.ratings.values():
            assert (r.id in agreed) != (r.id in differing)
    assert not laid.outside & (agreed | differing)


@CASES
@given(pairs_of_codings())
def test_what_is_outside_is_in_no_time_that_both_could_code(found) -> None:
    window, laid = codable(found, ""), laid_out(found, "common")
    for coding in (found.a, found.b):
        for o in coding.observations.values():
            if o.id in laid.outside and o.end is not None and o.code != "DS0":
                assert not intersection((Stretch(o.start, o.end),), window)
            if o.id in laid.outside and o.end is None:
                assert o.id in found.agreement.left_out or not any(s.holds(o.start) for s in found.window)


@CASES
@given(pairs_of_codings())
def test_every_moment_of_a_state_comes_over_or_is_in_a_difference(found) -> None:
    """Time is agreed, differs, or is the way between two edges of one change: nothing falls between."""
    laid = laid_out(found, "common")
    things = [p.thing for p in laid.agreed if isinstance(p.thing, Observation)]
    for lane in GROUPS:
        regions = tuple(Stretch(d.start, d.end) for d in laid.differences if d.lane == lane)
        assert sum(s.length for s in merged(regions)) == sum(s.length for s in regions), "no two overlap"
        a, b = (within(found, states(c.observations.values(), lane)) for c in (found.a, found.b))
        common = states(things, lane)
        for code in {*a, *b, *common}:
            here = common.get(code, ())
            assert not intersection(here, regions)
            both, either = intersection(a.get(code, ()), b.get(code, ())), (*a.get(code, ()), *b.get(code, ()))
            for region in regions:
                both = without(both, region)
            assert intersection(here, both) == both, "what both have on, and is in no difference, is on"
            reach = tuple(Stretch(s.start - LONGEST, s.end + LONGEST) for s in either)
            assert intersection(here, reach) == here, "nothing is on far from where somebody had it on"


@CASES
@given(pairs_of_codings())
def test_the_same_whoever_is_a(found) -> None:
    one, other = laid_out(found, "common"), laid_out(swapped(found), "common")

    def parts(laid, *, turned: bool):
        rows = []
        for p in laid.agreed:
            thing, o = p.thing, p.origin
            ids = (o.b_ids, o.a_ids) if turned else (o.a_ids, o.b_ids)
            what = (thing.code, thing.start, thing.end) if isinstance(thing, Observation) else (thing.item, thing.value)
            rows.append((what, o.came, ids))
        return sorted(rows, key=repr)

    def differences(laid, *, turned: bool):
        rows = []
        for d in laid.differences:
            sides = [(d.a, d.a_ids), (d.b, d.b_ids)]
            sides = sides[::-1] if turned else sides
            rows.append((d.kind, d.start, d.end, d.lane, d.item, sides, verdicts_of(d)))
        return sorted(rows, key=repr)

    assert parts(one, turned=False) == parts(other, turned=True)
    assert differences(one, turned=False) == differences(other, turned=True)
    assert one.outside == other.outside


@CASES
@given(codings("A"))
def test_with_itself_all_comes_over_and_nothing_is_to_be_decided(coding) -> None:
    other = replace(
        coding,
        header=replace(coding.header, id="coding-B", coder="worker-B"),
        observations={f"b{k}": replace(o, id=f"b{k}", coding_id="coding-B") for k, o in coding.observations.items()},
        ratings={f"b{k}": replace(r, id=f"b{k}", coding_id="coding-B") for k, r in coding.ratings.items()},
    )
    found = compared(coding, other)
    laid = laid_out(found, "common")
    assert laid.differences == ()
    for lane in GROUPS:
        own = within(found, states(coding.observations.values(), lane))
        assert states([p.thing for p in laid.agreed if isinstance(p.thing, Observation)], lane) == own


@CASES
@given(pairs_of_codings(), st.sampled_from([Verdict.A, Verdict.B]))
def test_deciding_all_for_one_gives_that_ones_coding(found, verdict) -> None:
    """Within what both could code: its events (agreed ones in the middle), ratings, and states up to the tolerance."""
    laid = laid_out(found, "common")
    own = found.a if verdict == Verdict.A else found.b
    parts = [*laid.agreed, *(p for d in laid.differences for p in brought(found, decided(d, verdict)))]
    ids = [(p.origin.a_ids if verdict == Verdict.A else p.origin.b_ids) for p in parts]
    things = [p.thing for p in parts]
    events = {o.id for o in own.observations.values() if o.end is None} - laid.outside
    points = [isinstance(x, Observation) and x.end is None for x in things]
    assert sorted(i for is_point, some in zip(points, ids, strict=True) if is_point for i in some) == sorted(events)
    rated = {(r.item, r.value) for r in things if isinstance(r, Rating)}
    assert rated == {(r.item, r.value) for r in own.ratings.values()}
    tolerance = found.agreement.settings.state_tolerance
    for lane in GROUPS:
        mine = within(found, states(own.observations.values(), lane))
        common = states([o for o in things if isinstance(o, Observation)], lane)
        edges = 2 * sum(o.end is not None for o in own.observations.values()) + 2
        for code in {*mine, *common}:
            assert apart(mine.get(code, ()), common.get(code, ())) <= edges * (tolerance + SECOND) // 2


@CASES
@given(pairs_of_codings(), st.data())
def test_whatever_is_decided_states_of_one_lane_never_overlap(found, data) -> None:
    laid = laid_out(found, "common")
    parts = list(laid.agreed)
    for d in laid.differences:
        parts += brought(found, decided(d, data.draw(st.sampled_from(verdicts_of(d)))))
    assert len({p.thing.id for p in parts}) == len(parts) == len({p.origin.id for p in parts})
    assert all(p.origin.part_id == p.thing.id for p in parts)
    things = [p.thing for p in parts if isinstance(p.thing, Observation) and p.thing.end is not None]
    for lane in GROUPS:
        rows = sorted((o.start, o.end) for o in things if o.code in GROUPS[lane])
        assert all(first[1] <= second[0] for first, second in pairwise(rows))
    covered = merged(found.window)
    assert all(any(s.start <= o.start and o.end <= s.end for s in covered) for o in things)


@CASES
@given(pairs_of_codings())
def test_the_same_codings_give_the_same_ids(found) -> None:
    assert laid_out(found, "common") == laid_out(compared(found.a, found.b), "common")
    others = laid_out(found, "another")
    assert not {p.thing.id for p in laid_out(found, "common").agreed} & {p.thing.id for p in others.agreed}


@CASES
@given(pairs_of_codings())
def test_no_decision_brings_anything_without_a_word_of_it(found) -> None:
    laid = laid_out(found, "common")
    for d in laid.differences:
        assert brought(found, d) == ()
        for verdict in verdicts_of(d):
            parts = brought(found, decided(d, verdict))
            assert all(p.origin.decision_id == d.id and p.origin.came != Came.BOTH for p in parts)
            if verdict in (Verdict.NEITHER, Verdict.DIFFERENTLY):
                assert parts == ()
            if verdict in (Verdict.NEW, Verdict.BOTH):
                assert parts
