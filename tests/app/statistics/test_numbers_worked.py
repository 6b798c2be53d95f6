"""Numbers of one coding worked out by hand, with the sum beside each."""

import pytest

from app.model.meeting import Stretch
from app.model.scheme import Scheme
from app.schemes.library import scheme as shipped
from app.statistics.acts import Act
from app.statistics.answers import INITIATIVE, INITIATIVE_WINDOW, SEEKING, SEEKING_WINDOW, AnswerRule, answers, rule_for
from app.statistics.coded import Coded
from app.statistics.course import courses, reconnections, transitions
from app.statistics.following import following
from app.statistics.spans import Spans

S = 1_000_000
WHOLE = [Stretch(0, 100 * S)]


def points(person: str, code: str, *seconds: float) -> list[Act]:
    return [Act(person, code, round(at * S)) for at in seconds]


def states(*rows: tuple[str, float, float]) -> list[Act]:
    return [Act("dyad", code, round(start * S), round(end * S)) for code, start, end in rows]


def test_a_lag_table_worked_by_hand(scheme: Scheme) -> None:
    """100 s, window 5 s. CE at 10, 30, 50 and 98 s, AE at 12, 33 and 70 s.

    The CE of 98 s has no whole window. Of the other three the first and the second are followed: 2 of 3.
    Moments that count: 0 to 95 s, in whole µs 95 000 001. Before each AE 5 s of them see it come: 3 · 5 s = 15 s.
    """
    acts = points("child1", "CE", 10, 30, 50, 98) + points("adult1", "AE", 12, 33, 70)
    (table,) = following(Coded.of(acts, scheme, WHOLE), 5 * S)
    ae, ce = (table.keys.index(key) for key in (("adult1", "AE"), ("child1", "CE")))
    assert (table.counted[ce], table.followed[ce][ae]) == (3, 2)
    assert table.share(ce, ae) == 2 / 3
    assert table.base[ae] == 15_000_000 / 95_000_001
    assert (table.counted[ae], table.followed[ae][ce]) == (3, 0)
    assert table.base[ce] == 17_000_000 / 95_000_001, "before 98 s only the moments after 93 and up to 95 s"
    assert table.followed[ce][ce] == 0, "none is within 5 s of another, and none follows itself"


def test_overlapping_windows_count_a_moment_once(scheme: Scheme) -> None:
    """AE at 20 and 22 s: moments 15 to 22 s see one come, 7 s and not 10."""
    (table,) = following(Coded.of(points("adult1", "AE", 20, 22), scheme, WHOLE), 5 * S)
    assert table.base == (7_000_000 / 95_000_001,)
    assert (table.counted, table.followed) == ((2,), ((1,),))


def test_a_window_over_what_was_not_covered_says_nothing(scheme: Scheme) -> None:
    acts = points("child1", "CE", 8, 21) + points("adult1", "AE", 20, 24)
    (table,) = following(Coded.of(acts, scheme, [Stretch(0, 10 * S), Stretch(20 * S, 26 * S)]), 5 * S)
    ae, ce = 0, 1
    assert (table.counted[ce], table.followed[ce][ae]) == (1, 1)
    assert table.base[ae] == (1 + 1_000_000) / (5_000_001 + 1_000_001), "from the moment 20 s, and those of 20 to 21 s"


def test_tasks_have_their_own_rows_and_windows_look_beyond_them(scheme: Scheme) -> None:
    acts = points("child1", "CE", 48, 60) + points("adult1", "AE", 51)
    tasks = [Stretch(0, 50 * S), Stretch(50 * S, 100 * S)]
    coded = Coded.of(acts, scheme, WHOLE, tasks)
    whole, first, second = following(coded, 5 * S)
    assert [t.counted[1] for t in (whole, first, second)] == [2, 1, 1]
    assert [t.followed[1][0] for t in (whole, first, second)] == [1, 1, 0]
    assert [r.answered for r in answers(coded, AnswerRule(("CE",), ("AE",)), 5 * S)] == [1, 1, 0]


def test_without_a_whole_window_there_is_no_base_rate(scheme: Scheme) -> None:
    (table,) = following(Coded.of(points("adult1", "AE", 1), scheme, [Stretch(0, 4 * S)]), 5 * S)
    assert (table.counted, table.base, table.share(0, 0)) == ((0,), (None,), None)


def test_latency_and_what_stays_unanswered(scheme: Scheme) -> None:
    """CE at 10 (AE 1.2 s later), 20 (AM 4 s later), 30 (AE 5 s later: too late), 40 (AE at once), 97 (cut short)."""
    acts = points("child1", "CE", 10, 20, 30, 40, 97)
    acts += points("adult1", "AE", 11.2, 35, 40) + points("adult1", "AM", 24)
    (row,) = answers(Coded.of(acts, scheme, WHOLE), AnswerRule(("CE",), ("AE", "AM")), 5 * S)
    assert (row.seeks, row.answered, row.unanswered, row.unseen) == (5, 3, 1, 1)
    assert row.times == (0, 1_200_000, 4_000_000)
    assert row.median == 1_200_000


def test_a_window_that_ends_where_coded_time_ends_was_seen_whole(scheme: Scheme) -> None:
    for at, unanswered in ((95, 1), (95.000001, 0)):
        coded = Coded.of(points("child1", "CE", at), scheme, WHOLE)
        (row,) = answers(coded, AnswerRule(("CE",), ("AE",)), 5 * S)
        assert (row.seeks, row.unanswered, row.unseen) == (1, unanswered, 1 - unanswered)
        assert following(coded, 5 * S)[0].counted == (unanswered,)


def test_an_answer_beyond_what_cannot_be_coded_is_not_known(scheme: Scheme) -> None:
    acts = [*points("child1", "CE", 10), *states(("DS0", 11, 12)), *points("adult1", "AE", 13)]
    (row,) = answers(Coded.of(acts, scheme, WHOLE), AnswerRule(("CE",), ("AE",)), 5 * S)
    assert (row.seeks, row.answered, row.unanswered, row.unseen, row.median) == (1, 0, 0, 1, None)


def test_reconnections_and_their_time(scheme: Scheme) -> None:
    """Out at 10 (back after 6 s), 30 (into DS0: not seen), 50 (back after 8 s, to side by side), 90 (to the end)."""
    acts = states(
        ("DS1", 0, 10), ("DS3", 10, 16), ("DS1", 16, 30), ("DS3", 30, 40), ("DS0", 40, 45), ("DS1", 45, 50),
        ("DS3", 50, 58), ("DS2", 58, 90), ("DS3", 90, 100),
    )  # fmt: skip
    coded = Coded.of(acts, scheme, WHOLE)
    (row,) = reconnections(coded, courses(coded))
    assert (row.out, row.returned, row.unseen) == (4, 2, 2)
    assert (row.times, row.median) == ((6 * S, 8 * S), 7 * S)
    counts = {(r.before, r.after): (r.count, r.share) for r in transitions(coded, courses(coded)) if r.count}
    assert counts == {
        ("DS1", "DS3"): (3, 1.0), ("DS3", "DS1"): (1, 0.5), ("DS3", "DS2"): (1, 0.5), ("DS2", "DS3"): (1, 1.0),
    }  # fmt: skip


def test_a_return_whose_beginning_was_not_seen_counts_without_a_time(scheme: Scheme) -> None:
    coded = Coded.of(states(("DS3", 0, 20), ("DS1", 20, 30)), scheme, [Stretch(10 * S, 30 * S)])
    (row,) = reconnections(coded, courses(coded))
    assert (row.out, row.returned, row.times, row.median) == (1, 1, (), None)


def test_one_state_coded_in_two_pieces_is_one(scheme: Scheme) -> None:
    coded = Coded.of(states(("DS3", 10, 14), ("DS3", 14, 20), ("DS1", 20, 30)), scheme, WHOLE)
    (row,) = reconnections(coded, courses(coded))
    assert (row.out, row.returned, row.times) == (1, 1, (10 * S,))


def test_a_gap_between_states_is_no_transition(scheme: Scheme) -> None:
    coded = Coded.of(states(("DS1", 0, 10), ("DS2", 10.000001, 20)), scheme, WHOLE)
    rows = transitions(coded, courses(coded))
    assert len(rows) == 6
    assert not any(r.count for r in rows)
    assert {r.share for r in rows} == {None}


def test_no_states_no_course(scheme: Scheme) -> None:
    assert courses(Coded.of(points("adult1", "AE", 1), scheme, WHOLE)) == ()
    assert courses(Coded.of(states(("DS1", 0, 10)), scheme, [])) == ()


@pytest.mark.parametrize(("name", "seeks", "reply"), [("perusrunko", "CE", "AN"), ("laaja-runko", "CN1", "AN2")])
def test_each_shipped_scheme_says_what_seeks_and_what_answers(name: str, seeks: str, reply: str) -> None:
    used = shipped(name)
    rule, initiative = rule_for(used, SEEKING), rule_for(used, INITIATIVE)
    assert rule is not None
    assert initiative is not None
    assert seeks in rule.seeks
    assert reply in rule.answers
    known = {c.id for c in used.codes}
    for one in (rule, initiative):
        assert known >= {*one.seeks, *one.answers}
    assert (SEEKING_WINDOW, INITIATIVE_WINDOW) == (5 * S, 3 * S)


def test_the_wide_codes_are_those_that_the_core_codes_cover() -> None:
    core, wide = SEEKING
    covers = {c.id: c.covers for c in shipped("perusrunko").codes}
    assert {x for code in core.seeks for x in covers[code]} == set(wide.seeks)
    assert {x for code in core.answers for x in covers[code]} == set(wide.answers)


def test_a_scheme_without_such_codes_has_no_rule(scheme: Scheme) -> None:
    assert rule_for(scheme, (AnswerRule(("ZZ",), ("AE",)),)) is None


def test_spans_touching_are_one() -> None:
    spans = Spans.of([Stretch(5, 9), Stretch(0, 3), Stretch(3, 5), Stretch(20, 30)])
    assert (spans.start.tolist(), spans.end.tolist(), spans.length) == ([0, 20], [9, 30], 19)
    assert spans.overlap([-5, 8, 9, 25], [50, 21, 20, 26]).tolist() == [19, 2, 0, 1]
    assert spans.place([-1, 0, 8, 9, 29, 30]).tolist() == [-1, 0, 0, -1, 1, -1]
