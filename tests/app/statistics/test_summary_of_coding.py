"""Counts, rates, shares and median lengths of one coding."""

from app.model.meeting import Stretch
from app.model.scheme import Scheme
from app.statistics.acts import Act
from app.statistics.coded import Coded, codable_time
from app.statistics.summary import summarize

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


def rows_of(scheme: Scheme, acts=ACTS, window=WINDOW, tasks=TASKS):
    return summarize(Coded.of(acts, scheme, window, tasks))


def test_rows_of_the_window_and_of_each_task(scheme: Scheme) -> None:
    rows = {(r.task, r.person, r.dimension, r.code): r for r in rows_of(scheme)}
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


def test_median_of_a_state_is_of_its_whole_length_and_none_for_events(scheme: Scheme) -> None:
    rows = {(r.task, r.code): r.median for r in rows_of(scheme)}
    assert rows[None, "DS1"] == 40 * S, "of 50 s and 30 s"
    assert rows[1, "DS1"] == 30 * S, "not cut where the task ends"
    assert rows[None, "AE"] is None
    assert rows[2, "DS1"] is None


def test_where_nothing_was_codable_there_is_no_rate(scheme: Scheme) -> None:
    rows = [r for r in rows_of(scheme) if r.task == 2]
    assert {(r.count, r.rate, r.share, r.codable) for r in rows} == {(0, None, None, 0)}
    assert codable_time(ACTS, scheme, WINDOW) == 90 * S
    assert codable_time([], scheme, []) == 0
    assert rows_of(scheme, [], WINDOW, []) == ()
