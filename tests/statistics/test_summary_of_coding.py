"""Counts, rates and shares of one coding."""

from app.model.meeting import Stretch
from app.model.scheme import Scheme
from app.statistics.acts import Act
from app.statistics.summary import codable_time, summarize

S = 1_000_000
WINDOW = [Stretch(0, 120 * S)]
TASKS = [Stretch(0, 60 * S), Stretch(60 * S, 100 * S), Stretch(200 * S, 210 * S)]
ACTS = [
    Act("dyad", "DS1", 0, 50 * S),
    Act("dyad", "DS0", 50 * S, 80 * S),
    Act("dyad", "DS1", 80 * S, 110 * S),
    Act("adult1", "AE", 5 * S),
    Act("adult1", "AM", 7 * S),
    Act("adult1", "AE", 55 * S),
    Act("adult1", "AE", 90 * S),
    Act("adult1", "AE", 130 * S),
]


def test_rows_of_the_window_and_of_each_task(scheme: Scheme) -> None:
    rows = {(r.task, r.person, r.dimension, r.code): r for r in summarize(ACTS, scheme, WINDOW, TASKS)}
    whole = rows[None, "adult1", "E", ""]
    assert (whole.count, whole.codable, whole.rate, whole.duration) == (3, 90 * S, 2.0, 0)
    assert rows[None, "adult1", "E", "AE"].count == 2
    assert rows[0, "adult1", "E", ""].rate == 2 * 60 / 50
    together = rows[0, "dyad", "", "DS1"]
    assert (together.count, together.duration, together.share) == (1, 50 * S, 1.0)
    later = rows[1, "dyad", "", "DS1"]
    assert (later.count, later.duration, later.codable, later.share) == (1, 20 * S, 20 * S, 1.0)
    assert rows[None, "dyad", "", "DS1"].share == 80 / 90
    assert {key[3] for key in rows} == {"", "AE", "AM", "DS1"}
    assert (None, "dyad", "", "") not in rows


def test_where_nothing_was_codable_there_is_no_rate(scheme: Scheme) -> None:
    rows = [r for r in summarize(ACTS, scheme, WINDOW, TASKS) if r.task == 2]
    assert {(r.count, r.rate, r.share, r.codable) for r in rows} == {(0, None, None, 0)}
    assert codable_time(ACTS, scheme, WINDOW) == 90 * S
    assert codable_time([], scheme, []) == 0
    assert summarize([], scheme, WINDOW) == ()
