"""The count that the journey trusts, held to cases that can be counted by head."""

import itertools
import random

from tests.journeys.independent_count import SECOND, Cell, Press, Task, cells, common_time, paired, state_figures

ONE_TASK = [Task(1, 0, 60 * SECOND)]


def at(code: str, seconds: float) -> Press:
    return Press(code, round(seconds * SECOND))


def test_most_pairs_come_before_near_ones() -> None:
    assert paired([at("AS", 10), at("AS", 11.9)], [at("AS", 11.8), at("AS", 13.5)]) == [(0, 0), (1, 1)]


def test_the_same_code_comes_before_nearness() -> None:
    assert paired([at("AS", 10)], [at("AC", 10.1), at("AS", 11.5)]) == [(0, 1)]


def test_two_seconds_still_belong_together() -> None:
    assert paired([at("AS", 10)], [at("AS", 12)]) == [(0, 0)]
    assert paired([at("AS", 10)], [at("AS", 12.04)]) == []


def test_pairing_is_the_best_of_all() -> None:
    dice = random.Random(4)
    for _ in range(60):
        a, b = ([at(dice.choice(("AS", "AC")), dice.uniform(0, 6)) for _ in range(4)] for _ in range(2))
        best = min(worth(a, b, list(zip(range(4), order, strict=True))) for order in itertools.permutations(range(4)))
        assert worth(a, b, paired(a, b)) == best


def worth(a: list[Press], b: list[Press], pairs: list[tuple[int, int]]) -> tuple[int, int, int]:
    """Less is better: pairs, pairs of one code, time apart."""
    apart = [(abs(a[i].at - b[j].at), a[i].code == b[j].code) for i, j in pairs]
    near = [(time, same) for time, same in apart if time <= 2 * SECOND]
    return -len(near), -sum(same for _, same in near), sum(time for time, _ in near)


def test_cells_of_a_task() -> None:
    a, b = [at("AS", 5), at("CS", 5), at("AS", 30)], [at("AS", 4), at("CC", 5), at("DJ", 40)]
    assert cells(a, b, ONE_TASK) == {
        (1, "AS"): Cell((4 * SECOND,), 1),
        (1, "CS"): Cell((), 1),
        (1, "CC"): Cell((), 1),
        (1, "DJ"): Cell((), 1),
    }


def test_states_by_head() -> None:
    """A changes at 30 s, B at 40 s: of 60 units 10 differ, one of them within the tolerance of each border."""
    a, b = [at("DS1", 0), at("DS2", 30)], [at("DS1", 0), at("DS2", 40)]
    assert common_time(a, b, "DS1", ONE_TASK) == 30 * SECOND
    assert common_time(a, b, "DS2", ONE_TASK) == 20 * SECOND
    found = state_figures(a, b, ONE_TASK)
    # A to B: of A's 30 units of DS2 the first 9 see none of it; B to A: of B's 40 units of DS1 the last 9
    assert found.percent == 51 / 60
    one_way = (51 / 60 - (30 * 39 + 30 * 21) / 3600) / (1 - (30 * 39 + 30 * 21) / 3600)
    other_way = (51 / 60 - (40 * 31 + 20 * 29) / 3600) / (1 - (40 * 31 + 20 * 29) / 3600)
    assert abs(found.kappa - (one_way + other_way) / 2) < 1e-12


def test_what_could_not_be_coded_does_not_count() -> None:
    a = [at("DS1", 0), at("DS0", 20), at("AS", 25), at("DS1", 40)]
    b = [at("DS1", 0), at("AS", 25)]
    assert cells(a, b, ONE_TASK) == {}
    # 40 units are left; A's ten of DS2 differ one way, the other way the first of them is near enough to DS1
    assert state_figures([*a, at("DS2", 50)], b, ONE_TASK).percent == (30 + 31) / 80
