"""The tagging layer alone: spaces at line ends, letters that the font lacks, marked content that ends."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.platypus import Flowable

from app.reports import page_style as look
from app.reports.table_layout import PADDING, column_widths, is_figure
from app.reports.tagged import Columns, Node, TaggedCanvas, gaps_of, paragraph


@pytest.fixture(autouse=True)
def _fonts() -> None:
    look.load_fonts()


def canvas() -> TaggedCanvas:
    return TaggedCanvas(io.BytesIO(), initialFontName=look.REGULAR, invariant=1)


def test_gaps_are_counted_in_characters_that_are_heard() -> None:
    assert gaps_of("ab c\nd") == {2, 3}
    assert gaps_of("  ab") == frozenset()


def test_nested_marks_belong_to_the_outermost() -> None:
    page, outer, inner = canvas(), Node("P"), Node("Span")
    page.begin(outer)
    page.begin(inner)
    page.end()
    page.end()
    assert outer.leaves == [(0, 0)]
    assert inner.leaves == []
    assert page._code.count("EMC") == 1


def test_numbers_begin_anew_on_each_page() -> None:
    page, first, second = canvas(), Node("P"), Node("P")
    for node in (first, second):
        page.begin(node)
        page.end()
        page.showPage()
    assert (first.leaves, second.leaves) == ([(0, 0)], [(1, 0)])
    assert page.pages == 2


def test_a_page_does_not_end_inside_marked_content() -> None:
    page = canvas()
    page.begin(Node("P"))
    with pytest.raises(AssertionError):
        page.showPage()


def test_a_paragraph_over_two_pages_is_one_element() -> None:
    page, node = canvas(), Node("P")
    made = paragraph(node, (("sana " * 300, look.REGULAR),), look.style("body"))
    made.wrap(200, 1000)
    for part in made.split(200, 100):
        part.wrap(200, 1000)
        part.drawOn(page, 50, 50)
        page.showPage()
    assert node.leaves == [(0, 0), (1, 0)]
    assert node.heard == 4 * 300


def test_columns_are_as_high_as_the_highest_and_read_column_after_column() -> None:
    page = canvas()
    tree = Node("Document")
    texts = [[paragraph(tree.add("P"), ((t, look.REGULAR),), look.style("cell")) for t in c] for c in (("a", "b"), "c")]
    made: Flowable = Columns(texts, (100, 100))
    assert made.wrap(200, 500) == (200, 25)
    made.drawOn(page, 0, 0)
    assert [n.leaves for n in tree.children] == [[(0, 0)], [(0, 1)], [(0, 2)]]


def test_a_column_has_room_for_its_longest_word() -> None:
    cells = [("Tehtävä", "Kuka", "Havainto"), ("vuorovaikutushavainnointi", "äiti", "pitkä lause " * 30)]
    widths = column_widths(cells, 450)
    assert sum(widths) == pytest.approx(450)
    assert widths[0] >= look.text_width("vuorovaikutushavainnointi", look.REGULAR, 9) + PADDING
    assert widths[2] > widths[0] > widths[1]


def test_a_word_too_long_for_the_page_takes_no_room_from_the_short_ones() -> None:
    cells = [("No.", "Kuka", "Sana"), ("1", "äiti", "pitkä" * 60)]
    widths = column_widths(cells, 450)
    assert sum(widths) == pytest.approx(450)
    assert widths[1] >= look.text_width("äiti", look.REGULAR, 9) + PADDING


@given(st.lists(st.lists(st.text("ab ä", max_size=300), min_size=9, max_size=9), min_size=1, max_size=6))
def test_columns_fill_the_width_whatever_they_hold(cells: list[list[str]]) -> None:
    widths = column_widths(cells, 400)
    assert sum(widths) == pytest.approx(400)
    assert all(w > PADDING for w in widths)


@pytest.mark.parametrize(
    ("text", "figure"),
    [("12", True), ("86\u00a0%", True), ("3 / 4", False), ("12:35", True), ("–", True), ("4 kk", False), ("", False)],
)
def test_figures_are_known(text: str, figure: bool) -> None:
    assert is_figure(text) is figure
