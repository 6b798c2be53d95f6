"""Charts as values: lengths tell the figures, nothing leaves its box, and nothing is told by color alone."""

import pytest

from app.charts import bars, pairs, times
from app.charts.drawing import HATCHES, ON_PAPER, SHADES, SMALL, Bar, Drawing, Label, Line, Mark, Pen
from app.charts.profile import Rated, profile

LONG = "erittäin pitkä nimi joka ei millään mahdu omaan sarakkeeseensa"


def pen(width: float = 340.0, least: float = SMALL) -> Pen:
    """A drawer's pen: every letter half as wide as it is high."""
    return Pen(width, lambda text, size: 0.5 * size * len(text), least)


def of(drawing: Drawing, kind: type) -> list:
    return [s for s in drawing.shapes if isinstance(s, kind)]


def heads(*words: str, shaded: bool = False) -> list[bars.Head]:
    return [bars.Head(w, SHADES[n] if shaded else "SENCR"[n]) for n, w in enumerate(words)]


GRID = [(LONG, [bars.Cell(4, "4"), bars.Cell(0, "0")]), ("2 Torni", [bars.Cell(1, "1"), bars.Cell(2, "2")])]
STRIPS = [times.TimeStrip(LONG, (0, 1.2, 4), 1.2, "3 / 4"), times.TimeStrip("2 Torni", (), None, "0 / 0")]
TRACKS = [times.Track(LONG, "E", [[1.0, 2.0, None, 4.0], [None, 3.0, None, None]])]
PAIRS = [
    pairs.Pair(LONG),
    pairs.Pair(LONG, "E", 0.5, 0.25, "1 / 2 · 50 %", "25 %"),
    pairs.Pair("x", "", None, None, "0 / 0", "ei laskettavissa"),
]
RATED = [Rated("AIKUINEN"), Rated(LONG, ("4",), "S", "jäsentäminen"), Rated("ilo", ("–",), "E", "yhteys", "diamond")]
SCALE = [str(n) for n in range(1, 6)]

CHARTS = {
    "grid": lambda p: bars.grid(heads("jäsentäminen", "haastaminen"), GRID, p),
    "listed": lambda p: bars.listed([(LONG, "9:40 · 53 %", 0.53), ("b", "0:10 · 0 %", 0.0)], p),
    "stacked": lambda p: bars.stacked(heads(LONG, "b", shaded=True), [(LONG, (0.7, 0.3)), ("b", (0.0, 1.0))], p),
    "strips": lambda p: times.strips(STRIPS, 5, [(0, "0 s"), (5, "5 s")], p),
    "tracks": lambda p: times.tracks(TRACKS, ["1.1.", "2.2.", "3.3.", "4.4."], ["Aino", "Leena"], str, p),
    "pairs": lambda p: pairs.pairs(PAIRS, ("seurasi", "mikä tahansa hetki"), p),
    "profile": lambda p: profile(RATED, SCALE, ("Asteikko 1–5; –: ei tilaisuutta havaita.",), p),
}


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("width", [330.0, 700.0])
def test_nothing_leaves_the_box_and_no_text_is_smaller_than_captions(name, width) -> None:
    use = pen(width)
    drawing = CHARTS[name](use)
    assert of(drawing, Label)
    for label in of(drawing, Label):
        half = use.measure(label.text, label.size) / 2
        left = label.x - half if label.centered else label.x
        assert label.size >= SMALL
        assert left >= -12, label
        assert left + 2 * half <= width + 12, label
        assert 0 <= label.y <= drawing.height
    for bar in of(drawing, Bar):
        assert 0 <= bar.x <= bar.x + bar.width <= width + 0.01
        assert 0 <= bar.y <= bar.y + bar.height <= drawing.height


def test_bars_of_a_grid_are_as_long_as_their_values() -> None:
    drawn = [b for b in of(CHARTS["grid"](pen()), Bar) if not b.radius]
    assert [b.width / drawn[0].width for b in drawn] == [1.0, 0.25, 0.5]
    assert [b.fill for b in drawn] == ["S", "S", "E"]


def test_narrow_columns_put_their_heads_on_steps_each_whole() -> None:
    drawing = bars.grid(heads("jäsentäminen", "yhteys", "hoiva", "haastaminen", "säätely"), [("a", [])], pen(330))
    words = [x for x in of(drawing, Label) if x.text != "a"]
    assert [x.text for x in words] == ["jäsentäminen", "yhteys", "hoiva", "haastaminen", "säätely"]
    assert [x.y for x in words] == sorted((x.y for x in words), reverse=True)
    assert len({x.y for x in words}) == 5
    assert len({x.y for x in of(bars.grid(heads("a", "b"), [("a", [])], pen(700)), Label)[:2]}) == 1


def test_shares_of_a_row_fill_the_row() -> None:
    drawn = [b for b in of(CHARTS["stacked"](pen()), Bar) if b.height == 11]
    assert drawn[0].width + drawn[1].width == pytest.approx(drawn[2].width)
    assert drawn[0].width / drawn[2].width == pytest.approx(0.7)
    assert drawn[1].x == pytest.approx(drawn[0].x + drawn[0].width)


def test_states_are_told_apart_without_color() -> None:
    """By lightness and by hatching: no two have both alike."""
    assert len(SHADES) == len(HATCHES) == len(set(ON_PAPER))
    for bar in of(CHARTS["stacked"](pen()), Bar):
        assert bar.hatch == HATCHES[SHADES.index(bar.fill)]
        assert bar.edge


def test_the_base_rate_is_hollow_and_on_the_same_scale() -> None:
    drawing = CHARTS["pairs"](pen())
    seen, base = [b for b in of(drawing, Bar) if b.height == 8]
    assert (seen.fill, base.fill, base.edge) == ("E", "paper", "muted")
    assert seen.width == 2 * base.width


def test_the_median_stands_where_it_is_and_only_where_there_is_one() -> None:
    strokes = [line for line in of(CHARTS["strips"](pen()), Line) if line.color == "text"]
    ticks = [line for line in of(CHARTS["strips"](pen()), Line) if line.color == "line"]
    start, end = ticks[0].x1, ticks[1].x1
    (stroke,) = strokes
    assert (stroke.x1 - start) / (end - start) == pytest.approx(1.2 / 5)


def test_times_that_lie_on_each_other_are_one_stroke() -> None:
    rows = [times.TimeStrip("a", [n / 10_000 for n in range(20_000)], None, "")]
    assert len(of(times.strips(rows, 5, [], pen()), Line)) < 500


def test_nothing_is_drawn_over_a_meeting_without_a_value() -> None:
    drawing = CHARTS["tracks"](pen())
    assert len([x for x in of(drawing, Line) if x.color == "E"]) == 1, "1 to 2; not 2 over the gap to 4"
    signs = [(m.shape, m.color) for m in of(drawing, Mark) if m.color == "E"]
    assert signs == [("disc", "E")] * 3 + [("ring", "E")]
    assert [x.text for x in of(drawing, Label) if x.text in ("1.0", "2.0", "3.0", "4.0")] == ["1.0", "2.0", "4.0"]


def test_children_are_diamonds_on_the_profile() -> None:
    marks = of(CHARTS["profile"](pen()), Mark)
    assert [m.shape for m in marks] == ["disc", "diamond"]
    assert marks[0].x < marks[1].x, "no occasion stands apart, behind the scale"
