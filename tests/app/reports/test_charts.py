"""Charts: what is drawn is what the table says, in shape as well as in color."""

from dataclasses import dataclass, field

import pytest

from app.i18n import Texts
from app.model.statement import Paragraph, ParagraphKind
from app.reports import charts
from app.reports import page_style as look
from app.reports.tagged import Node
from tests.material.documents import PROFILE, STATES, TASKS

WORDS = {"S": "jäsentäminen", "E": "yhteys", "N": "hoiva", "C": "haastaminen", "R": "säätely"}
WIDTH = 450.0


class Path:
    def __init__(self) -> None:
        self.at: list[tuple[float, float]] = []

    def rect(self, *_sides) -> None: ...

    def moveTo(self, x, y) -> None:
        self.at.append((x, y))

    lineTo = moveTo

    def close(self) -> None: ...


@dataclass
class Pen:
    """A canvas that remembers what was drawn on it."""

    drawn: list = field(default_factory=list)
    fill: object = None
    size: float = 0.0

    def setFont(self, _name, size) -> None:
        self.size = size

    def beginPath(self) -> object:
        return Path()

    def setFillColor(self, color) -> None:
        self.fill = color

    def circle(self, x, y, r, stroke, fill) -> None:
        self.drawn.append(("disc" if fill else "ring", x, y, self.fill))

    def drawPath(self, path: Path, stroke, fill) -> None:
        (x, _), *_ = path.at
        self.drawn.append(("diamond" if fill else "hollow", x, path.at[1][1], self.fill))

    def rect(self, x, y, width, height, stroke, fill) -> None:
        self.drawn.append(("bar", x, y, width, fill))

    def drawString(self, x, y, text) -> None:
        self.drawn.append(("text", x, y, self.size, text.strip()))

    def __getattr__(self, name):
        return lambda *_a, **_k: self

    def of(self, kind: str) -> list:
        return [row for row in self.drawn if row[0] == kind]


def made(source: str, about: str, cells) -> tuple[charts.Chart, Pen]:
    look.load_fonts()
    paragraph = Paragraph(
        "p", "s", "attachments", "a", kind=ParagraphKind.CHART, source=source, cells=cells, about=about
    )
    found = charts.chart(Node("Sect"), paragraph, lambda x: WORDS.get(x, x), Texts("fi"), WIDTH)
    assert found is not None
    pen = Pen()
    found.figure.canv = pen
    found.figure.draw()
    return found, pen


def places(pen: Pen) -> dict[str, float]:
    """Where the axis' values stand."""
    top = max(y for _, _, y, *_ in pen.of("text"))
    return {text: x for _, x, y, _, text in pen.of("text") if y == top}


def test_the_profile_marks_each_workers_value_at_its_place() -> None:
    _, pen = made("chart/profile/m", "Profiili", PROFILE)
    axis = places(pen)
    assert list(axis) == ["1", "2", "3", "4", "5", "–"], "what is no point stands apart, behind the scale"
    discs, rings = pen.of("disc"), pen.of("ring")
    rows = PROFILE[1:]
    assert len(discs) == len(rings) == len(rows) + 1, "one mark each per line, and one in the legend"
    for (_, a, b, letter), disc, ring in zip(rows, discs, rings, strict=False):
        assert disc[1] == pytest.approx(axis[a], abs=6)
        assert ring[1] == pytest.approx(axis[b], abs=6)
        assert disc[2] == ring[2]
        assert disc[3] == look.DIMENSIONS[letter]


def test_who_listens_hears_words_for_signs_and_no_empty_column() -> None:
    told, _ = made("chart/profile/m", "Arvioprofiili", (("Osio", "A", "B", "0–10"), ("lämpö", "–", "3", "")))
    assert told.figure.node.alt == (
        "Arvioprofiili. Asteikko 0–10. lämpö: työntekijä A ei tilaisuutta havaita, työntekijä B 3."
    )
    assert told.cells == (("Osio", "työntekijä A", "työntekijä B"), ("lämpö", "–", "3"))


def test_a_common_view_has_one_sign_and_what_is_seen_differently_two_that_are_told_apart() -> None:
    head = ("Osio", "Yhteinen näkemys", "Aino", "Leena", "1–5")
    cells = (head, ("lämpö", "4", "", "", "N"), ("lukeminen", "", "2", "4", "E"))
    told, pen = made("chart/profile/m", "Profiili", cells)
    axis = places(pen)
    (disc, _), (ring, _), (hollow, _) = (pen.of(sign) for sign in ("disc", "ring", "hollow"))
    assert disc[1] == pytest.approx(axis["4"], abs=6)
    assert disc[3] == look.DIMENSIONS["N"]
    assert ring[1] == pytest.approx(axis["2"], abs=6)
    assert hollow[1] == pytest.approx(axis["4"], abs=6)
    assert ring[2] == hollow[2] != disc[2]
    assert told.figure.node.alt == "Profiili. Asteikko 1–5. lämpö: Yhteinen näkemys 4; lukeminen: Aino 2, Leena 4."
    assert told.cells[0] == (*head[:4], "Ulottuvuus")
    assert told.cells[1][:4] == ("lämpö", "4", "", "")


def test_a_profile_of_the_common_view_alone_has_one_column() -> None:
    cells = (("Osio", "Yhteinen näkemys", "1–5"), ("lämpö", "4", "N"))
    told, pen = made("chart/profile/m", "Profiili", cells)
    assert (len(pen.of("disc")), len(pen.of("ring"))) == (2, 0)
    assert told.cells == (("Osio", "Yhteinen näkemys", "Ulottuvuus"), ("lämpö", "4", "hoiva"))


def test_the_profile_says_dimensions_in_words_and_no_sum() -> None:
    found, pen = made("chart/profile/m", "Profiili", PROFILE)
    said = [text for *_, text in pen.of("text")]
    assert all(word in said for word in WORDS.values())
    assert found.cells[0] == ("Osio", "työntekijä A", "työntekijä B", "Ulottuvuus")
    assert found.cells[3] == ("virittäytyminen", "5", "3", "yhteys")
    assert len(found.cells) == len(PROFILE)
    assert "hoiva: työntekijä A 4, työntekijä B ei tilaisuutta havaita" in found.figure.node.alt


def test_bars_of_tasks_are_as_long_as_their_counts() -> None:
    found, pen = made("chart/tasks/m", "Tehtävät", TASKS)
    counts = [int(x) for row in TASKS[1:] for x in row[1:]]
    lengths = iter(width for _, _, _, width, _ in pen.of("bar"))
    unit = max(width for _, _, _, width, _ in pen.of("bar")) / max(counts)
    assert [round(next(lengths) / unit) if c else 0 for c in counts] == counts
    assert found.cells[0] == ("Tehtävä", *WORDS.values())


def test_states_are_told_apart_without_color() -> None:
    found, pen = made("chart/states/m", "Tila", STATES)
    widths = [width for _, _, _, width, fill in pen.of("bar") if not fill]
    whole = widths[0] / 0.53
    assert widths == pytest.approx([whole * x for x in (0.53, 0.28, 0.12, 0.07)])
    assert len(set(charts.SHADES.values())) == len(charts.SHADES)
    assert found.cells[4] == ("ei voi koodata", "1:10", "7\u00a0%")
    assert "9:40 · 53\u00a0%" in [text for *_, text in pen.of("text")]


@pytest.mark.parametrize("source", ["chart/profile/m", "chart/tasks/m", "chart/states/m"])
def test_nothing_leaves_the_width(source: str) -> None:
    long = "erittäin pitkä nimi joka ei millään mahdu omaan sarakkeeseensa"
    cells = {"profile": PROFILE, "tasks": TASKS, "states": STATES}[source.split("/")[1]]
    cells = (cells[0], (long, *cells[1][1:]), *cells[2:])
    _, pen = made(source, "x", cells)
    for _, x, _, size, text in pen.of("text"):
        assert x >= 0
        assert size >= 7.5
        assert x + look.text_width(text, look.REGULAR, size) <= (0.42 * WIDTH if text.endswith("…") else WIDTH)
    assert any(text.endswith("…") for *_, text in pen.of("text"))


def test_a_chart_of_an_unknown_kind_is_left_to_its_table() -> None:
    paragraph = Paragraph("p", "s", "attachments", "a", kind=ParagraphKind.CHART, source="chart/other/m", cells=PROFILE)
    assert charts.chart(Node("Sect"), paragraph, str, Texts("fi"), WIDTH) is None


@pytest.mark.parametrize(
    ("scale", "values"), [("1–7", ("6", "7")), ("0–10", ("0", "10")), ("0–100", ("0", "100")), ("-2–2", ("-2", "2"))]
)
def test_a_form_has_its_own_scale_and_every_value_its_mark(scale: str, values) -> None:
    found, pen = made("chart/profile/m", "Profiili", (("Osio", "A", "B", scale), ("ohjaaminen", *values, "S")))
    axis = places(pen)
    assert len(axis) <= 13
    assert (pen.of("disc")[0][1], pen.of("ring")[0][1]) == pytest.approx((axis[values[0]], axis[values[1]]), abs=9)
    assert f"Asteikko {scale}" in found.figure.node.alt
    assert any(text.startswith(f"Asteikko {scale}") for *_, text in pen.of("text"))


def test_a_long_profile_is_several_charts_with_every_row_once() -> None:
    rows = tuple((f"osio {n}", "1", "2", "S") for n in range(80))
    source = Paragraph(
        "p", "s", "attachments", "a", kind=ParagraphKind.CHART, source="chart/profile/m", cells=(PROFILE[0], *rows)
    )
    made_parts = charts.parts(source)
    assert len(made_parts) == 4
    assert [row for p in made_parts for row in p.cells[1:]] == list(rows)
    assert {p.cells[0] for p in made_parts} == {PROFILE[0]}


def test_the_name_of_an_item_stands_whole_where_the_scale_can_spare_the_room() -> None:
    name = "yhteyden löytäminen uudelleen eron jälkeen"
    _, pen = made("chart/profile/m", "Profiili", (*PROFILE, (name, "2", "3", "R")))
    (size,) = [s for *_, s, text in pen.of("text") if text == name]
    assert size >= 7.5
    axis = places(pen)
    assert axis["1"] > look.text_width(name, look.REGULAR, size)
