"""A line over years: a change is said only where intervals say so, whatever the order of the rows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.i18n import Texts
from app.model.change import added
from app.model.training import Measured, TrainingFigure, TrainingResult
from app.training.line import can_tell, drift_sentences, drifts, line_pictures, line_table, own_results
from tests.material.archives import SqlArchive
from tests.material.house import Home

BEGUN = datetime(2024, 3, 1, 9, tzinfo=UTC)


def result(n: int, *spans, scheme: str = "perusrunko", kappa: float = 0.7, days: int = 190) -> TrainingResult:
    """The nth coding; its states' interval, then the adult's events'; None for none."""
    kinds = ((Measured.STATE, "dyad"), (Measured.EVENTS, "adult1"))
    figures = tuple(
        TrainingFigure(*kind, 0.8, (span[0] + span[1]) / 2 if span else kappa, *(span or (None, None)), 300)
        for kind, span in zip(kinds, spans, strict=False)
    )
    return TrainingResult(f"r{n}", "w", f"c{n}", BEGUN + timedelta(days=days * n), scheme, 1, 9, 40 + n, figures)


SPANS = st.none() | st.tuples(st.floats(-1, 1), st.floats(0, 1)).map(lambda s: (s[0], min(s[0] + s[1], 1.0)))
RESULTS = st.lists(st.tuples(SPANS, SPANS, st.sampled_from(["perusrunko", "laaja"])), max_size=7).map(
    lambda rows: [result(n, a, b, scheme=s) for n, (a, b, s) in enumerate(rows)]
)


@given(RESULTS, st.randoms())
def test_only_what_lies_wholly_apart_is_a_change(results, chance) -> None:
    found = drifts(results)
    for d in found:
        then, now = (r.figure(*d.measure).span for r in (d.earlier, d.newest))
        assert (now[1] < then[0]) if d.is_lower else (now[0] > then[1])
        assert d.newest == results[-1]
        assert d.earlier.scheme_id == d.newest.scheme_id
    assert len({d.measure for d in found}) == len(found)
    assert not found or can_tell(results)
    mixed = list(results)
    chance.shuffle(mixed)
    assert drifts(mixed) == found


@given(RESULTS)
def test_the_same_again_is_no_change(results) -> None:
    if results:
        last = results[-1]
        again = TrainingResult("again", "w", "c", last.held + timedelta(days=1), last.scheme_id, 1, 9, 40, last.figures)
        assert drifts([last, again]) == ()


def test_the_nearer_of_two_is_told() -> None:
    first, middle, newest = result(0, (0.8, 0.9)), result(1, (0.5, 0.75)), result(2, (0.2, 0.45))
    assert [d.earlier for d in drifts([first, middle, newest])] == [middle]
    assert [d.earlier for d in drifts([first, result(1, (0.4, 0.9)), newest])] == [first]
    assert drifts([result(0, (0.8, 0.9), scheme="laaja"), newest]) == ()


def test_in_words_calmly() -> None:
    t = Texts("en")
    lower = [result(0, (0.8, 0.9)), result(1, (0.2, 0.45))]
    said = " ".join(drift_sentences(t, lower))
    assert "lower than 0.85 (0.80–0.90) on 1 Mar 2024" in said
    assert "tells of its film" in said
    assert "could" not in said
    assert drift_sentences(t, lower[:1]) == ()
    assert "meet" in drift_sentences(t, [result(0, (0.4, 0.9)), result(1, (0.2, 0.45))])[0]
    assert "at least five tasks" in drift_sentences(t, [result(0, None), result(1, (0.2, 0.45))])[0]


def test_its_chart_and_table_have_the_figures_and_how_much_was_coded(qapp, tmp_path) -> None:
    home = Home()
    results = [result(0, (0.8, 0.9), None), result(1, (0.2, 0.4), None, kappa=0.61), result(2, None, scheme="laaja")]
    (picture,) = line_pictures(home.texts, home.a, results)
    assert "State of interaction: 1 Mar 0.85, 7 Sep 0.30" in picture.told
    assert "Adult, events: 1 Mar 0.70, 7 Sep 0.61" in picture.told
    table = line_table(home.texts, home.a, results)
    rows = [[cell.shown for cell in row] for row in table.rows]
    assert [row[0] for row in rows] == ["16 Mar 2025", "7 Sep 2024", "1 Mar 2024"]
    assert rows[1][2:] == ["9", "41", "0.30 (0.20–0.40)", "0.61"]


def test_the_store_gives_nobody_elses(tmp_path) -> None:
    held = SqlArchive(tmp_path)
    home = Home(held=held)
    mine = replace(result(0, (0.1, 0.2)), worker_id=home.aino.id)
    home.a.apply("own", [added(mine)])
    assert own_results(home.a) == (mine,)
    assert own_results(home.b) == ()
    held.close()
