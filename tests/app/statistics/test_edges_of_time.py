"""What happens at the edges: at 0 of a clock that may be negative, at the window's end, at time that nobody coded."""

import pytest

from app.errors import InputError
from app.model.meeting import Stretch
from app.model.scheme import Scheme
from app.model.timecode import SECOND as S
from app.statistics.acts import Act
from app.statistics.agreement import AgreementSettings, Compared, agree
from app.statistics.figure import Reason

EXACT = AgreementSettings(S, 0, 2 * S)


def state(code: str, start: float, end: float) -> Act:
    return Act("dyad", code, round(start * S), round(end * S), f"{code}{start}")


def event(code: str, at: float, who: str = "") -> Act:
    return Act("adult1", code, round(at * S), None, f"{who}{code}{at}")


@pytest.mark.parametrize("border", [0, 0.001])
def test_what_ends_at_zero_of_the_clock_is_not_lost(scheme: Scheme, border: float) -> None:
    one = [state("DS1", -5, 0), state("DS2", 0, 5)]
    other = [state("DS1", -5, border), state("DS2", border, 2), state("DS3", 2, 5)]
    (row,) = agree(Compared(one, other, scheme, [Stretch(-5 * S, 5 * S)], EXACT)).time_based
    assert row.table_a_to_b == ((0, 0, 0, 0), (0, 5, 0, 0), (0, 0, 2, 3), (0, 0, 0, 0))
    assert (row.percent, row.units) == (0.7, 10)
    lost = agree(Compared(one, [state("DS0", -5, border)], scheme, [Stretch(-5 * S, 5 * S)], EXACT))
    assert (lost.units, lost.excluded_units) == (5, 5)


def test_a_pair_that_reaches_over_the_windows_end_is_no_omission(scheme: Scheme) -> None:
    window = [Stretch(0, 60 * S)]
    for one, other in ((59.9, 60.1), (60.1, 59.9), (-1.5, 0.4)):
        a, b = [event("AE", one, "a"), event("AS", 30, "a")], [event("AE", other, "b"), event("AS", 30, "b")]
        result = agree(Compared(a, b, scheme, window, EXACT))
        row = result.events[0]
        assert (row.a, row.b, row.paired, row.omissions, row.agreement) == (1, 1, 1, 0, 1.0)
        assert result.disagreements == ()
        inside = a[0] if 0 <= one < 60 else b[0]
        assert result.left_out == {inside.id}
    alone = agree(Compared([event("AE", 59.9)], [event("AE", 62)], scheme, window, EXACT)).events[0]
    assert (alone.a, alone.b, alone.omissions, alone.of) == (1, 0, 1, 1)


def test_a_pair_that_touches_what_somebody_could_not_code_is_no_omission(scheme: Scheme) -> None:
    a = [event("AE", 10.9, "a"), event("AS", 30, "a")]
    b = [state("DS0", 5, 11), event("AE", 11.1, "b"), event("AS", 30.5, "b")]
    result = agree(Compared(a, b, scheme, [Stretch(0, 60 * S)], EXACT))
    row = result.events[0]
    assert (row.a, row.b, row.paired, row.agreed) == (1, 1, 1, 1)
    assert result.left_out == {a[0].id, b[1].id}
    # a lone event outside has no partner to take along
    far = agree(Compared(a, [*b[:1], event("AE", 14, "b"), b[2]], scheme, [Stretch(0, 60 * S)], EXACT)).events[0]
    assert (far.a, far.b, far.omissions) == (1, 2, 1)


def test_between_two_covered_stretches_pairs_are_left_out_as_well(scheme: Scheme) -> None:
    window = [Stretch(0, 10 * S), Stretch(20 * S, 30 * S)]
    a, b = [event("AE", 9.5, "a"), event("AM", 15, "a")], [event("AE", 10.5, "b"), event("AM", 20.5, "b")]
    result = agree(Compared(a, b, scheme, window, EXACT))
    row = result.events[0]
    assert (row.a, row.b, row.paired, row.of) == (0, 1, 0, 1)
    assert result.left_out == {"aAE9.5"}


def test_only_one_direction_has_one_mark(scheme: Scheme) -> None:
    """A has it for one unit and B never: B's units are all met by A's, A's unit is not."""
    (row,) = agree(
        Compared([event("AE", 5.5)], [], scheme, [Stretch(0, 60 * S)], AgreementSettings(S, S, 2 * S))
    ).time_based
    assert (row.kappa_a_to_b, row.kappa_b_to_a) == (0.0, None)
    assert (row.kappa, row.reason) == (None, Reason.ONE_CATEGORY_ONE_WAY)
    (same,) = agree(Compared([state("DS1", 0, 60)], [state("DS1", 0, 60)], scheme, [Stretch(0, 60 * S)])).time_based
    assert same.reason == Reason.ONE_CATEGORY


def test_disagreements_are_counted_once(scheme: Scheme) -> None:
    """28 and 27 events, 22 pairs of which 19 agree: 19 of 33, as domain 3.3 and the command line have it."""
    a = [event("AS", 10 * i) for i in range(22)] + [event("AE", 500 + 10 * i) for i in range(6)]
    b = [event("AE" if i < 3 else "AS", 10 * i + 1) for i in range(22)] + [event("AM", 800 + 10 * i) for i in range(5)]
    row = agree(Compared(a, b, scheme, [Stretch(0, 1000 * S)], EXACT)).events[0]
    assert (row.a, row.b, row.paired) == (28, 27, 22)
    assert (row.agreed, row.differing, row.omissions, row.of) == (19, 3, 11, 33)
    assert row.agreement == 19 / 33
    assert not row.indicative


def test_no_row_where_the_scheme_has_one_code(scheme: Scheme) -> None:
    a = [event("AS", 5), event("AE", 9), event("AM", 12)]
    rows = agree(Compared(a, a, scheme, [Stretch(0, 60 * S)])).events
    for row in rows:
        codes = {c.id for c in scheme.codes if c.dimension == row.dimension and c.actor == "adult"}
        assert not row.dimension or len(codes) > 1
    assert rows[0].person == "adult1"


def test_a_tolerance_is_no_part_of_the_film(scheme: Scheme) -> None:
    window = [Stretch(0, 60 * S)]
    AgreementSettings(S, 6 * S, 6 * S).check(window)
    for wide in ((S, 6 * S + 1, S), (S, S, 6 * S + 1)):
        with pytest.raises(InputError) as told:
            AgreementSettings(*wide).check(window)
        assert told.value.key == "agreement-tolerance-wide"
        assert told.value.values == {"given": "6.000001", "most": "6"}
    # the bound that is named is the one that was used
    with pytest.raises(InputError) as told:
        AgreementSettings(S, S, 2 * S + 1).check([Stretch(0, 10 * S)])
    assert told.value.values == {"given": "2.000001", "most": "2"}
    # what is usual is never refused, however short the window
    AgreementSettings().check([Stretch(0, S)])
