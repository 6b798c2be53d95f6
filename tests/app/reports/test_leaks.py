"""Words are found wherever a PDF holds them, by somebody who put them there."""

import io

import pikepdf
import pytest
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, OutlineItem, Stream, String

from app.errors import InputError
from app.model.hidden import Hidden, hidden_between
from app.reports.leaks import leaks
from app.reports.letters import printable
from app.reports.statement_pdf import render_statement
from tests.material.documents import a_statement
from tests.material.statement_kinds import LETTERS, in_pairs, statement_of

SECRET = Hidden(frozenset({"salainen"}))


@pytest.fixture(scope="module")
def pages() -> bytes:
    return render_statement(a_statement(pages=1, charts=0, final=True))


def page(pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[0].add_resource(font, Name.Font, Name("/Own"))
    pdf.pages[0].contents_add(b"BT /Own 9 Tf 9 9 Td (Salai) Tj (nen) Tj ET")


def read_aloud(pdf) -> None:
    pdf.pages[0].contents_add(b"/Span <</ActualText (Salainen)>> BDC EMC")


def alternative(pdf) -> None:
    pdf.Root.StructTreeRoot.K.Alt = String("Salainen")


def outline(pdf) -> None:
    with pdf.open_outline() as held:
        held.root.append(OutlineItem("Salainen", 0))


def about(pdf) -> None:
    with pdf.open_metadata() as held:
        held["dc:description"] = "Salainen"


def attached(pdf) -> None:
    pdf.attachments["x.txt"] = AttachedFileSpec(pdf, "Sivuilla Salainen".encode("utf-16-be"), filename="x.txt")


def field(pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([Dictionary(FT=Name.Tx, T=String("x"), V=String("Salainen"))]))


def unreached(pdf) -> None:
    pdf.Root.PieceInfo = pdf.make_indirect(Stream(pdf, b"(Salainen)"))


def info(pdf) -> None:
    pdf.docinfo["/Author"] = "Salainen"


PUT = {
    page: "page", read_aloud: "read-aloud", alternative: "read-aloud", outline: "outline", about: "about",
    attached: "attached", field: "field", unreached: "left-over", info: "left-over",
}  # fmt: skip


@pytest.mark.parametrize("put", PUT)
def test_a_hidden_word_is_found_in_each_place(pages, put) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pages)) as pdf:
        put(pdf)
        pdf.save(out)
    assert PUT[put] in leaks(out.getvalue(), SECRET, "fi")


def test_a_clean_file_has_none(pages) -> None:
    assert leaks(pages, SECRET, "fi") == ()
    assert leaks(pages, Hidden(frozenset({"perhetyön"})), "fi") != ()


def test_an_earlier_revision_and_no_pdf_are_refused(pages) -> None:
    with pytest.raises(InputError, match="copy-has-earlier"):
        leaks(pages + b"\n%%EOF\n", SECRET, "fi")
    with pytest.raises(InputError, match="copy-unreadable"):
        leaks(b"hello %%EOF", SECRET, "fi")


@pytest.mark.parametrize("letters", LETTERS)
def test_names_in_every_alphabet_are_found_where_they_were_not_covered(letters) -> None:
    """The other way round: what the search of a copy must find is found, whatever it is written in."""
    kind = next(k for k in in_pairs(24) if k.letters == letters and k.empty != "most")
    document = statement_of(kind)
    name = printable(LETTERS[letters][0])
    hidden = hidden_between((name,), ())
    assert not (hidden.words or hidden.runs) or leaks(render_statement(document), hidden, document.language) != ()
