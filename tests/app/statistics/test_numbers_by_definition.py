"""Every number of one coding against the same thing counted instant by instant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.meeting import Stretch
from app.model.scheme import Actor, Code, Dimension, Group, Kind, Scheme
from app.model.words import Words
from app.statistics.acts import Act
from app.statistics.answers import AnswerRule, answers
from app.statistics.coded import Coded
from app.statistics.course import courses, reconnections, transitions
from app.statistics.following import following
from app.statistics.summary import summarize
from tests.app.statistics import slow_numbers as slow

NAME = Words("nimi", "namn", "name")
RULE = AnswerRule(("CE",), ("AE", "AM"))
END = 60


def code(code_id: str, kind: Kind, actor: Actor) -> Code:
    group = {**slow.GROUPS, "DS0": "D"}.get(code_id, "")
    return Code(code_id, code_id[-1], kind, actor, NAME, NAME, NAME, slow.DIMENSIONS.get(code_id, ""), group)


#: points of two dimensions, two exclusive groups, and states without a group whose dimension has points too
SCHEME = Scheme(
    "small",
    1,
    NAME,
    (Dimension("S", NAME), Dimension("E", NAME)),
    (Group("D", NAME, exhaustive=True), Group("X", NAME)),
    (),
    (
        *(code(c, Kind.POINT, Actor.ADULT) for c in ("AS", "AE", "AM")),
        code("CE", Kind.POINT, Actor.CHILD),
        *(code(c, Kind.STATE, Actor.DYAD) for c in ("DS1", "DS2", "DS3", "DS0")),
        *(code(c, Kind.STATE, Actor.ADULT) for c in ("XA", "XB", "LA", "LB")),
    ),
)
PERSON = {"A": "adult1", "C": "child1", "D": "dyad", "X": "adult1", "L": "adult1"}


@st.composite
def act(draw):
    name = draw(st.sampled_from([c.id for c in SCHEME.codes]))
    start = draw(st.integers(-3, END))
    long = draw(st.integers(1, 20)) if name not in slow.POINTS else draw(st.sampled_from([None, None, 2]))
    return PERSON[name[0]], name, start, None if long is None else start + long


@st.composite
def chain(draw):
    """States of one group that close each other without a gap, as keys make them, some with a gap after all."""
    at, rows = draw(st.integers(-3, 10)), []
    for _ in range(draw(st.integers(0, 8))):
        until = at + draw(st.integers(1, 12))
        rows.append(("dyad", draw(st.sampled_from(["DS1", "DS2", "DS3", "DS3", "DS0"])), at, until))
        at = until + draw(st.sampled_from([0, 0, 0, 1]))
    return rows


@st.composite
def codings(draw):
    acts = [*draw(st.lists(act(), max_size=12)), *draw(chain())]
    edges = sorted(draw(st.lists(st.integers(-2, END + 5), min_size=2, max_size=6, unique=True)))
    window = list(zip(edges[::2], edges[1::2], strict=False))
    cuts = sorted(draw(st.lists(st.integers(0, END), max_size=6, unique=True)))
    tasks = list(zip(cuts[::2], cuts[1::2], strict=False))
    return draw(st.permutations(acts)), window, tasks


def coded_of(acts, window, tasks) -> Coded:
    stretches = [[Stretch(*s) for s in rows] for rows in (window, tasks)]
    return Coded.of([Act(*a) for a in acts], SCHEME, *stretches)


@given(codings())
def test_summary(case) -> None:
    acts, window, tasks = case
    found = summarize(coded_of(*case))
    expected = slow.summary(acts, window, tasks)
    assert {(r.task, r.person, r.dimension, r.code) for r in found} == set(expected)
    for r in found:
        count, whole, duration, middle = expected[r.task, r.person, r.dimension, r.code]
        assert (r.count, r.codable, r.duration, r.median) == (count, whole, duration, middle)
        assert r.rate == (count * 60_000_000 / whole if whole else None)
        assert r.share == (duration / whole if whole else None)


@given(codings(), st.integers(1, 8))
def test_answers(case, window) -> None:
    expected = slow.answers(*case, RULE.seeks, RULE.answers, window)
    for r in answers(coded_of(*case), RULE, window):
        assert (r.seeks, r.answered, r.unanswered, r.unseen, r.times) == expected[r.task]
        assert r.median == slow.middle(r.times)


@given(codings())
def test_transitions(case) -> None:
    coded = coded_of(*case)
    found = transitions(coded, courses(coded))
    for person, group in (("dyad", "D"), ("adult1", "X")):
        rows = [r for r in found if (r.person, r.group) == (person, group)]
        expected = slow.transitions(*case, person, group)
        assert {(r.task, r.before, r.after): r.count for r in rows if r.count} == expected
        for r in rows:
            leaving = sum(n for (task, before, _), n in expected.items() if (task, before) == (r.task, r.before))
            assert r.share == (r.count / leaving if leaving else None)


@given(codings())
def test_reconnections(case) -> None:
    coded = coded_of(*case)
    expected = slow.reconnections(*case, "dyad")
    found = reconnections(coded, courses(coded))
    assert bool(found) == bool(courses(coded) and courses(coded)[-1].group == "D")
    for r in found:
        assert (r.out, r.returned, r.times) == expected[r.task]
        assert r.unseen == r.out - r.returned
        assert r.median == slow.middle(r.times)


@pytest.mark.parametrize("by_dimension", [False, True])
@given(codings(), st.integers(1, 8))
def test_following(by_dimension, case, window) -> None:
    def name(a):
        key = slow.DIMENSIONS.get(a[1], "") if by_dimension else a[1]
        return (a[0], key) if key else None

    expected = slow.following(*case, window, name)
    seen = {}
    for table in following(coded_of(*case), window, by_dimension=by_dimension):
        for i, antecedent in enumerate(table.keys):
            for j, target in enumerate(table.keys):
                seen[table.task, antecedent, target] = (table.counted[i], table.followed[i][j], table.base[j])
                share = table.followed[i][j] / table.counted[i] if table.counted[i] else None
                assert table.share(i, j) == share
    assert seen.keys() == expected.keys()
    for key, (counted, hits, base) in expected.items():
        assert seen[key] == (counted, hits, None if base is None else float(base))


@given(codings())
def test_the_order_in_which_acts_come_never_matters(case) -> None:
    acts, window, tasks = case
    one, other = coded_of(acts, window, tasks), coded_of(acts[::-1], window, tasks)
    assert summarize(one) == summarize(other)
    assert transitions(one, courses(one)) == transitions(other, courses(other))
    assert following(one, 5) == following(other, 5)
