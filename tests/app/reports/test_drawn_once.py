"""Long tables: each text is broken into lines once, and what is drawn in one stretch looks as ReportLab draws it."""

from collections import Counter
from dataclasses import replace

import pypdfium2
import pytest
from reportlab.platypus import Paragraph

from app.reports import tagged
from app.reports.statement_pdf import render_statement
from tests.material.documents import BODY, Paper, a_statement

SIGNS = ("(sulut) \\ kauttaviiva", "\u00a0tasoitettu\u00a0väli", "Ǩiõtt ja äö", "a" * 200, "1 – 2")


def with_table(rows: int, charts: int = 0):
    """A statement with a table of so many rows that all say something of their own."""
    document = a_statement(charts=charts)
    cells = [(f"rivi {n}", f"{n % 7}", f"havainto {n} {BODY if n % 9 == 0 else ''}") for n in range(rows)]
    paper = Paper("attachments").head("Kaikki").table("Kaikki", ("Rivi", "Luku", "Havainto"), *cells)
    last = document.sections[-1]
    return replace(
        document, sections=(*document.sections[:-1], replace(last, paragraphs=(*last.paragraphs, *paper.rows)))
    )


def test_a_cell_is_broken_into_lines_once_however_many_pages_its_table_goes_over(monkeypatch) -> None:
    broken, own = Counter(), Paragraph.breakLines

    def counted(self, width):
        broken["".join(f.text for f in self.frags)] += 1
        return own(self, width)

    monkeypatch.setattr(Paragraph, "breakLines", counted)
    render_statement(with_table(150))
    cells = {text: n for text, n in broken.items() if text.startswith(("rivi ", "havainto "))}
    assert len(cells) == 300
    # what the headings above ask for is the room of the first two rows
    assert {text for text, n in cells.items() if n > 1} <= {text for text in cells if text.split()[1] in ("0", "1")}


def test_what_is_drawn_in_one_stretch_looks_as_reportlab_draws_it(monkeypatch) -> None:
    document = with_table(30, charts=1)
    quick = seen(render_statement(document))
    monkeypatch.setattr(tagged, "draws_simply", lambda _block, _style: False)
    assert quick == seen(render_statement(document))


@pytest.mark.parametrize("text", SIGNS)
def test_signs_of_the_code_itself_are_drawn_as_signs(text: str, monkeypatch) -> None:
    paper = Paper("strengths").add(text).item(text)
    made = a_statement(charts=0)
    document = replace(
        made, sections=tuple(replace(s, paragraphs=tuple(paper.rows)) for s in made.sections if s.key == "strengths")
    )
    quick = seen(render_statement(document))
    monkeypatch.setattr(tagged, "draws_simply", lambda _block, _style: False)
    assert quick == seen(render_statement(document))


def seen(content: bytes) -> list[tuple[bytes, str]]:
    """Each page's picture and text."""
    pdf = pypdfium2.PdfDocument(content)
    try:
        return [(bytes(page.render(scale=1).buffer), page.get_textpage().get_text_range()) for page in pdf]
    finally:
        pdf.close()
