"""The map of the close network: everybody has a line and a name, nothing leaves the box, and paper takes the same."""

from hypothesis import given
from hypothesis import strategies as st

from app.charts.drawing import Bar, Drawing, Label, Line, Mark, Oval, Pen
from app.charts.network import Knot, MapWords, network
from app.reports.charts import paint
from app.reports.page_style import load_fonts

WORDS = MapWords("koti", "läheiset", {"tight": "tiivis", "met": "tavataan", "broken": "katkolla"})
knots = st.lists(
    st.builds(
        Knot,
        st.text("äbc ", min_size=1, max_size=24),
        st.sampled_from(("home", "close")),
        st.sampled_from(("tight", "met", "broken")),
        st.booleans(),
    ),
    max_size=12,
)


def drawn(of, width: float = 300.0) -> Drawing:
    return network("lapsi 5 v", of, WORDS, Pen(width, lambda text, size: 0.5 * size * len(text), 8.5))


def places(shape) -> list[tuple[float, float]]:
    if isinstance(shape, Line):
        return [(shape.x1, shape.y1), (shape.x2, shape.y2)]
    if isinstance(shape, Oval):
        return [(shape.x - shape.wide, shape.y - shape.high), (shape.x + shape.wide, shape.y + shape.high)]
    if isinstance(shape, Label):
        width = 0.5 * shape.size * len(shape.text)
        left = shape.x - width / 2 if shape.centered else shape.x
        return [(left, shape.y), (left + width, shape.y + shape.size)]
    if isinstance(shape, Bar):
        return [(shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height)]
    return [(shape.x - shape.radius, shape.y - shape.radius), (shape.x + shape.radius, shape.y + shape.radius)]


@given(knots, st.floats(230, 900))
def test_everybody_is_on_it_and_nothing_leaves_it(of, width) -> None:
    made = drawn(of, width)
    marks = [s for s in made.shapes if isinstance(s, Mark)]
    assert len(marks) == len(of) + 1
    assert len({(m.x, m.y) for m in marks}) == len(marks), "no two stand on each other"
    lines = [s for s in made.shapes if isinstance(s, Line)]
    assert len(lines) == len(of) + len({k.bond for k in of})
    for x, y in (place for shape in made.shapes for place in places(shape)):
        assert -0.5 <= x <= made.width + 0.5
        assert -0.5 <= y <= made.height + 0.5


def test_how_it_is_between_them_is_told_by_the_line_and_a_child_by_its_sign() -> None:
    made = drawn([Knot("äiti", "home", "tight"), Knot("isä", "close", "met"), Knot("kummi", "close", "broken", True)])
    tight, met, broken = [s for s in made.shapes if isinstance(s, Line)][:3]
    assert tight.width > met.width
    assert (met.dash, broken.dash is not None) == (None, True)
    assert [s.shape for s in made.shapes if isinstance(s, Mark)] == ["diamond", "disc", "disc", "diamond"]
    words = [s.text for s in made.shapes if isinstance(s, Label)]
    assert {"lapsi 5 v", "äiti", "isä", "kummi", "koti", "läheiset", "tiivis", "tavataan", "katkolla"} == set(words)


class Canvas:
    """Counts what a page would be asked to draw."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __getattr__(self, name: str):
        def ask(*_a, **_k) -> "Canvas":
            self.asked.append(name)
            return self

        return ask


def test_a_page_draws_the_same_shapes() -> None:
    load_fonts()
    canvas = Canvas()
    made = drawn([Knot("äiti", "home", "tight")])
    paint(canvas, made)
    assert canvas.asked.count("ellipse") == 2
    assert canvas.asked.count("line") == 2
