"""Time-based tables against the words of domain 3.6, followed unit by unit in plain Python."""

from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.model.meeting import Stretch
from app.model.scheme import Scheme
from app.statistics.acts import Act
from app.statistics.agreement import AgreementSettings, agree
from app.statistics.resampling import SEED, draws, intervals

S = 1_000_000
WINDOW = [Stretch(0, 9_800_001), Stretch(12 * S, 24_300_000)]


def states(parts: list[tuple[int, int, str]]) -> list[Act]:
    """States one after the other: a gap, a length and a code each, in tenths of a second."""
    acts, time = [], -S
    for gap, length, code in parts:
        time += gap * 100_000
        acts.append(Act("dyad", code, time, time + length * 100_000, f"{time}"))
        time += length * 100_000
    return acts


coded = st.lists(
    st.tuples(st.sampled_from([0, 0, 7, 15]), st.integers(1, 60), st.sampled_from(["DS1", "DS2", "DS3", "DS0"])),
    max_size=9,
).map(states)
marked = st.lists(st.integers(-5, 250), max_size=8).map(lambda ts: [Act("adult1", "AS", t * 100_000) for t in ts])


def on_at(acts: list[Act], midpoint: Fraction) -> str:
    return next((a.code for a in acts if a.end and a.start <= midpoint < a.end), "")


def by_definition(a: list[Act], b: list[Act], unit: int, tolerance: int, *, code: str = "") -> tuple[Counter, int]:
    """Pairs (a's category, what it is tallied with) over units, and the number of units left out."""
    rows = []
    for number, stretch in enumerate(WINDOW):
        start = stretch.start
        while start + Fraction(unit, 2) < stretch.end:
            midpoint = start + Fraction(unit, 2)
            lost = any(on_at(x, midpoint) == "DS0" for x in (a, b))
            inside = [
                any(p.code == code and start <= p.start < min(start + unit, stretch.end) for p in x) for x in (a, b)
            ]
            seen = [code if yes else "" for yes in inside] if code else [on_at(x, midpoint) for x in (a, b)]
            rows.append((number, lost, *seen))
            start += unit
    reach = tolerance // unit
    tally: Counter = Counter()
    for i, (number, lost, mine, other) in enumerate(rows):
        around = [r for r in rows[max(0, i - reach) : i + reach + 1] if r[0] == number and not r[1]]
        if not lost:
            tally[mine, mine if any(r[3] == mine for r in around) else other] += 1
    return tally, sum(lost for _, lost, _, _ in rows)


def counter(table: tuple, categories: tuple[str, ...]) -> Counter:
    cells = ((x, y, n) for x, row in zip(categories, table, strict=True) for y, n in zip(categories, row, strict=True))
    return Counter({(x, y): n for x, y, n in cells if n})


@given(
    coded, coded, marked, marked, st.sampled_from([100_000, 300_000, S, 1_500_001]), st.sampled_from([0, S, 2_500_000])
)
def test_tables_are_what_the_words_say(scheme: Scheme, a, b, points_a, points_b, unit: int, tolerance: int) -> None:
    a, b = [*a, *points_a], [*b, *points_b]
    result = agree(a, b, scheme, WINDOW, AgreementSettings(unit, tolerance, S))
    for row in result.time_based:
        there, left_out = by_definition(a, b, unit, tolerance, code=row.code)
        back, _ = by_definition(b, a, unit, tolerance, code=row.code)
        assert counter(row.table_a_to_b, row.categories) == there
        assert counter(row.table_b_to_a, row.categories) == back
        assert (row.units, result.excluded_units) == (there.total(), left_out)


def test_tasks_that_are_all_alike_leave_nothing_to_chance(scheme: Scheme) -> None:
    one, other = [], []
    for i in range(6):
        t = 10 * i * S
        one += [Act("dyad", "DS1", t, t + 6 * S), Act("dyad", "DS2", t + 6 * S, t + 10 * S)]
        other += [Act("dyad", "DS1", t, t + 3 * S), Act("dyad", "DS2", t + 3 * S, t + 10 * S)]
        one += [Act("adult1", c, t + s * S) for c, s in (("AS", 1), ("AE", 5), ("AM", 9))]
        other += [Act("adult1", c, t + s * S) for c, s in (("AS", 1), ("AM", 5))]
    tasks = [Stretch(10 * i * S, 10 * (i + 1) * S) for i in range(6)]
    settings = AgreementSettings(S, 0, 2 * S)
    result = agree(one, other, scheme, [Stretch(0, 60 * S)], settings, tasks)
    group, person = result.time_based[-1], result.events[0]
    for row in (group, person):
        assert row.interval is not None
        assert max(abs(row.interval.low - row.kappa), abs(row.interval.high - row.kappa)) < 1e-12


def test_the_quantiles_of_resamples() -> None:
    import numpy as np

    drawn = draws(7)
    assert drawn.shape == (1000, 8)
    assert (drawn[:, :7].sum(axis=1) == 7).all()
    assert (drawn == draws(7)).all()
    assert draws(4) is None
    values = np.random.default_rng(SEED).normal(size=(3, 1000))
    values[1, :40] = np.nan
    values[2, :60] = np.nan
    (first, _), (second, _), (third, reason) = intervals(values)
    assert [first.low, first.high] == list(np.quantile(values[0], [0.025, 0.975]))
    assert [second.low, second.high] == list(np.nanquantile(values[1], [0.025, 0.975]))
    assert (third, reason) == (None, "undefined-in-many-resamples")
