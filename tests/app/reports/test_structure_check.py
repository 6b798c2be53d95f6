"""Our own check of finished files: whatever a reader may not lack is missed when it is taken away."""

import io

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Stream, String

from app.reports.statement_pdf import render_statement
from app.reports.structure_check import lacks
from tests.material.documents import a_statement
from tests.material.statement_kinds import in_pairs, statement_of


@pytest.fixture(scope="module")
def pages() -> bytes:
    return render_statement(a_statement(pages=2, charts=1, final=True))


@pytest.mark.parametrize("kind", in_pairs(6)[:6], ids=str)
def test_what_we_make_has_all(kind) -> None:
    document = statement_of(kind)
    assert lacks(render_statement(document), document.language) == ()


def unmarked(pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


def without_tree(pdf) -> None:
    del pdf.Root.StructTreeRoot


def unknown(pdf) -> None:
    pdf.Root.StructTreeRoot.K.K[0].S = Name("/Own")


def unsaid(pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and thing.get("/S") == Name.Figure:
            del thing["/Alt"]


def without_order(pdf) -> None:
    del pdf.pages[0]["/Tabs"]


def skipped_level(pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and thing.get("/S") == Name.H1:
            thing.S = Name.H3


def other_language(pdf) -> None:
    pdf.Root.Lang = String("de")


def untitled(pdf) -> None:
    pdf.Root.ViewerPreferences = Dictionary()


def says_nothing(pdf) -> None:
    with pdf.open_metadata() as held:
        del held["pdfaid:part"]


def info(pdf) -> None:
    pdf.docinfo["/Author"] = "x"


def foreign_font(pdf) -> None:
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    pdf.pages[0].add_resource(font, Name.Font, Name("/Own"))


def without_color(pdf) -> None:
    del pdf.Root.OutputIntents


def script(pdf) -> None:
    pdf.Root.OpenAction = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=Stream(pdf, b"x")))


TAKEN = {
    unmarked: "tags", without_tree: "tags", unknown: "tags-unknown", unsaid: "figure-unsaid", without_order: "order",
    skipped_level: "order", other_language: "language", untitled: "title", says_nothing: "about", info: "about",
    foreign_font: "fonts", without_color: "color", script: "scripts",
}  # fmt: skip


@pytest.mark.parametrize("take", TAKEN)
def test_what_is_taken_away_is_missed(pages, take) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pages)) as pdf:
        take(pdf)
        pdf.save(out)
    assert TAKEN[take] in lacks(out.getvalue(), "fi")


def test_a_later_revision_and_no_pdf_are_told(pages) -> None:
    assert lacks(pages, "fi") == ()
    assert lacks(pages + b"\n%%EOF\n", "fi") == ("revisions",)
    assert lacks(b"hello", "fi") == ("unreadable",)
