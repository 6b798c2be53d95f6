"""Figures of the second pass: plain pairs, by a count of their own and by what must hold."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from app.statistics.figure import Reason
from app.statistics.second_pass import Answered, agree_second

OPTIONS = ("a", "b", "c")
SAID = st.sampled_from(("", *OPTIONS))
ANSWERS = st.lists(st.builds(Answered, st.integers(0, 9), SAID, SAID), max_size=60)


def plain_kappa(pairs):
    n, same = len(pairs), sum(a == b for a, b in pairs)
    first, second = (Counter(x) for x in zip(*pairs, strict=True))
    chance = sum(first[o] * second[o] for o in OPTIONS) / n**2
    return (same / n - chance) / (1 - chance) if chance < 1 else None


@given(ANSWERS)
def test_it_is_what_plain_counting_gives(answers) -> None:
    found = agree_second(OPTIONS, answers)
    pairs = [(x.a, x.b) for x in answers if x.a and x.b]
    assert (found.of, found.lone) == (len(pairs), len(answers) - len(pairs))
    assert found.same == sum(a == b for a, b in pairs)
    assert [list(row) for row in found.table] == [[pairs.count((x, y)) for y in OPTIONS] for x in OPTIONS]
    if not pairs:
        assert (found.percent, found.kappa, found.reason) == (None, None, Reason.NO_PAIRS)
        return
    wanted = plain_kappa(pairs)
    assert (found.kappa is None) == (wanted is None)
    if wanted is not None and found.kappa is not None:
        assert abs(found.kappa - wanted) < 1e-9
    if found.interval is not None and found.kappa is not None:
        assert found.interval.low <= found.kappa <= found.interval.high


@given(ANSWERS)
def test_it_is_the_same_either_way_and_in_any_order(answers) -> None:
    found = agree_second(OPTIONS, answers)
    turned = agree_second(OPTIONS, [Answered(x.task, x.b, x.a) for x in reversed(answers)])
    assert (turned.same, turned.of, turned.percent) == (found.same, found.of, found.percent)
    assert turned.table == tuple(zip(*found.table, strict=True))
    assert (turned.kappa is None) == (found.kappa is None)
    if found.kappa is not None and turned.kappa is not None:
        assert abs(turned.kappa - found.kappa) < 1e-12


def test_with_oneself_it_is_one_or_cannot_be_computed() -> None:
    alike = [Answered(n % 6, o, o) for n in range(12) for o in OPTIONS]
    found = agree_second(OPTIONS, alike)
    assert (found.percent, found.kappa, found.interval) == (1.0, 1.0, None)
    one = agree_second(OPTIONS, [Answered(1, "a", "a")] * 3)
    assert (one.percent, one.kappa, one.reason) == (1.0, None, Reason.ONE_CATEGORY)


def test_an_interval_needs_five_tasks() -> None:
    few = [Answered(n % 4, "ab"[n % 2], "ab"[n % 3 == 0]) for n in range(40)]
    assert agree_second(OPTIONS, few).interval_reason == Reason.FEWER_THAN_FIVE_TASKS
    many = [Answered(1 + n % 7, "ab"[n % 2], "ab"[(n % 2) if n % 11 else 0]) for n in range(70)]
    found = agree_second(OPTIONS, many)
    assert found.interval is not None
    assert found.interval.tasks == 7
    assert not found.is_indicative
