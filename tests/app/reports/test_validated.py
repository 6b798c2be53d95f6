"""The reference validator's word on every paper of the program: an archive keeps it, and everybody can read it.

What it cannot see is looked at beside it: that the words of the tree are those of the source, and the file's own order.
"""

import io
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pikepdf
import pytest

from app.i18n import Texts
from app.model.commission import DocumentKind
from app.model.erasure import Certificate, Erasure, Ground
from app.reports.agenda_pdf import AgendaDay, agenda
from app.reports.agreement_document import AgreementPaper, PaperPart, PaperSection, PaperTable
from app.reports.agreement_pdf import agreement_pdf
from app.reports.difference_pdf import DifferencePaper, MarkedLine, difference_pdf
from app.reports.erasure_certificate import erasure_certificate
from app.reports.key_card import key_card
from app.reports.letters import printable
from app.reports.log_report_pdf import log_report
from app.reports.recovery_sheet import recovery_sheet
from app.reports.service_paper import ServiceGroup, ServicePaper, ServiceSection, ServiceTable, SignLine
from app.reports.service_paper_pdf import service_paper
from app.reports.small_cards import Card, CardSize, cards_pdf
from app.reports.statement_pdf import render_statement
from app.reports.structure_check import lacks
from app.reports.superseded import marked
from app.reports.supervision_pdf import SupervisionPaper, SupervisionPart, supervision_pdf
from app.schemes import library
from tests.drivers import tag_tree, verapdf
from tests.drivers.pages import lonely_headings
from tests.material import of_each_kind
from tests.material.builders import A_DAY
from tests.material.documents import a_statement
from tests.material.house import Home
from tests.material.leaving import WAYS, left_as
from tests.material.source_words import source_words
from tests.material.statement_kinds import LETTERS, drawn, in_pairs, statement_of

DRAWN = int(os.environ.get("HAVAINTO_STATEMENTS", "0"))  # the long run draws many more
KINDS = drawn(DRAWN, seed=DRAWN) if DRAWN else in_pairs(24)
NAME = ", ".join(names[1] for names in LETTERS.values())


@pytest.fixture(scope="module")
def validator() -> Iterator[verapdf.Validator]:
    with verapdf.running() as running:
        yield running


@pytest.fixture
def faults(validator: verapdf.Validator, tmp_path: Path) -> Callable[[bytes], list[str]]:
    """What is wrong with a file, by the validator and by the file's own order."""

    def found(content: bytes) -> list[str]:
        path = tmp_path / "paper.pdf"
        path.write_bytes(content)
        verdicts = validator.check(path)
        assert [v.profile for v in verdicts] == list(verapdf.PROFILES)
        assert all(v.checks > 500 for v in verdicts), "the validator looked inside"
        with pikepdf.open(io.BytesIO(content)) as pdf:
            broken = pdf.check_pdf_syntax()
        return [*(f"{v.profile} {rule}" for v in verdicts for rule in v.failed), *broken]

    return found


@pytest.mark.parametrize(("number", "kind"), list(enumerate(KINDS)), ids=str)
def test_a_statement_is_archival_and_accessible_however_it_leaves_and_says_its_words(number, kind, faults) -> None:
    document = statement_of(kind)
    content = render_statement(document)
    assert lacks(content, document.language) == ()
    assert faults(left_as(WAYS[number % len(WAYS)], document)) == []
    assert tag_tree.read(content).tree.text(figures=False).split() == source_words(document)
    assert lonely_headings(content) == []


@pytest.fixture(scope="module")
def house(qapp) -> Home:
    return of_each_kind.office()


@pytest.mark.parametrize("kind", DocumentKind)
def test_each_kind_with_its_letterhead_is_archival_and_accessible(kind, house, faults) -> None:
    """Final, in Finnish or Swedish: the logo has its words, and page one its short answers."""
    language = ("fi", "sv")[list(DocumentKind).index(kind) % 2]
    made = of_each_kind.document(house, kind, language)
    assert faults(render_statement(replace(made, final=True))) == []
    content = render_statement(made)
    tree = tag_tree.read(content).tree
    (logo,) = (x for x in tree.walk() if x.tag == "Figure")
    assert logo.alt == {"fi": f"{of_each_kind.OFFICE}, logo", "sv": f"{of_each_kind.OFFICE}, logotyp"}[language]
    heard = " ".join(tree.text(figures=False).split())
    begins = " ".join((of_each_kind.OFFICE, *of_each_kind.ADDRESS, *made.confidentiality, made.title))
    assert heard.startswith(" ".join(printable(begins).split()))
    short = "1. Miten he kohtaavat? Äiti nimeää lapsen tunteen [00:05]. 2. Voiko isä hoitaa lasta? Kysymykseen"
    assert (short in heard) == bool(made.answers_in)
    assert render_statement(made) == content


def certificate(texts: Texts) -> bytes:
    erasure = Erasure("id", A_DAY, "w", Ground.OTHER, f"Päätös: {NAME}", "case", (), (), (), (), (), A_DAY)
    return erasure_certificate(Certificate(erasure, NAME, ()), texts)


def agreement() -> AgreementPaper:
    """Every kind of part, more rows than a page has, and letters of every alphabet."""
    head, rows = ("Mikä", "samoin", "κ"), [(NAME, f"{n} / 9", f"−0,{n} (−0,9–0,1)") for n in range(40)]
    wide = PaperTable(NAME, (head, *rows))
    parts = (
        PaperPart("", tables=(PaperTable("", (head, *rows[:2])),), after=(NAME,)),
        PaperPart(NAME, (NAME,), (("x", NAME),), (NAME,), (wide,)),
    )
    marking = ("SALASSA PIDETTÄVÄ", "laki", "Sisältää")
    return AgreementPaper(NAME, NAME, marking, (("x", NAME),), (NAME,), (PaperSection(NAME, parts),), date(2026, 1, 1))


def supervision() -> SupervisionPaper:
    """Every kind of part, and lines to sign on."""
    rows = (("Nro", NAME, "Minuutit"), *((str(n), NAME, "90") for n in range(40)))
    part = SupervisionPart(NAME, (("x", NAME),), (NAME,), (NAME, NAME), rows)
    return SupervisionPaper(NAME, NAME, (part,), (NAME,) * 4)


def changes() -> DifferencePaper:
    lines = tuple(
        MarkedLine((("", f"{name} "), ("-", name), ("+", name))) for names in LETTERS.values() for name in names
    )
    sections = ((NAME, (MarkedLine((("", NAME),), is_heading=True), *lines)),)
    return DifferencePaper(NAME, (("x", NAME),), sections, ("SALASSA PIDETTÄVÄ", "laki"), date(2026, 1, 1))


def service() -> ServicePaper:
    """Every kind of part, more rows than a page has, and letters of every alphabet."""
    group = ServiceGroup(NAME, tuple((name, name) for names in LETTERS.values() for name in names))
    table = ServiceTable(NAME, (("x", "y"), *((NAME, str(n)) for n in range(40))))
    sections = (ServiceSection(NAME, (group, ServiceGroup("", (("x", NAME),)))), ServiceSection("t", table=table))
    signers = (SignLine("a", NAME), SignLine(NAME), SignLine("c"))
    words = ((("x", NAME),), (NAME, "b"), sections, (NAME,), signers)
    sender = ((NAME, "y"), None, ("SALASSA PIDETTÄVÄ", "laki", "Sisältää"))
    return ServicePaper(NAME, NAME, date(2026, 1, 1), *sender, *words, leads=True)


PAPERS: dict[str, Callable[[Texts], bytes]] = {
    "certificate of erasure": certificate,
    "log report": lambda t: log_report(
        [("3.11.2026", NAME, "–", name) for names in LETTERS.values() for name in names],
        [("x", NAME)],
        t,
        date(2026, 1, 1),
    ),
    "agenda": lambda t: agenda(
        [AgendaDay(NAME, tuple(("9.00–10.00", name, name, NAME) for names in LETTERS.values() for name in names))],
        NAME,
        t,
        date(2026, 1, 1),
    ),
    "agreement": lambda t: agreement_pdf(agreement(), t),
    "service": lambda t: service_paper(service(), t),
    "a letter of a service": lambda t: service_paper(replace(service(), facts_last=True, leads=False), t),
    "supervision agreement": lambda t: supervision_pdf(supervision(), t, date(2026, 1, 1)),
    "changes in a statement": lambda t: difference_pdf(changes(), t),
    "key card": lambda t: key_card(library.scheme("perusrunko"), t, date(2026, 1, 1)),
    "task cards": lambda t: cards_pdf(
        [Card(f"1  {NAME}", NAME), Card("2", "", NAME, large_title=True)], NAME, "sv", date(2026, 1, 1), CardSize.A6
    ),
    "task cards, four on a page": lambda t: cards_pdf(
        [Card(f"{n}  {NAME}", NAME) for n in range(1, 6)], NAME, "sv", date(2026, 1, 1), CardSize.A4
    ),
    "recovery sheet": lambda t: recovery_sheet("ABCD-EFGH-JKMN-PQRS-TVWX-YZ01", NAME, t, datetime(2026, 1, 1)),  # noqa: DTZ001
}


def test_a_superseded_version_is_archival_and_accessible_and_says_so_first(faults) -> None:
    document = replace(a_statement(final=True, pages=4), title=f"Lausunto · {NAME}")
    kept = render_statement(document)
    content = marked(kept, "Korvattu versiolla 3")
    assert faults(content) == []
    reading = tag_tree.read(content)
    assert reading.tree.text(figures=False).split() == ["Korvattu", "versiolla", "3", *source_words(document)]
    assert all("Korvattu versiolla 3" in page for page in reading.artifacts[1:])
    assert marked(kept, "Korvattu versiolla 3") == content
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as meta:
        assert meta["dc:title"].startswith("Korvattu versiolla 3: Lausunto · ")


@pytest.mark.parametrize("paper", PAPERS)
def test_the_other_papers_are_archival_and_accessible(paper: str, faults) -> None:
    content = PAPERS[paper](Texts("sv"))
    assert faults(content) == []
    if paper != "key card":
        heard = " ".join(tag_tree.read(content).tree.text().split())
        assert " ".join(printable(NAME).split()) in heard


def _without(key: str) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        del pdf.Root[key]

    return spoil


def _each_element(change: Callable[[pikepdf.Object], None]) -> Callable[[pikepdf.Pdf], None]:
    def spoil(pdf: pikepdf.Pdf) -> None:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/StructElem":
                change(thing)

    return spoil


def _no_alt(element: pikepdf.Object) -> None:
    if "/Alt" in element:
        del element["/Alt"]


def _no_scope(element: pikepdf.Object) -> None:
    if element.S == "/TH":
        del element["/A"]


def _no_parents(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot["/ParentTree"]


def _no_letters(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
            del thing["/ToUnicode"]


def _no_font(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/FontFile2" in thing:
            del thing["/FontFile2"]


SPOILED = {
    "no text for a figure": (_each_element(_no_alt), "PDFUA_1 7.3-1"),
    "a header that heads nothing": (_each_element(_no_scope), "PDFUA_1 7.5-1"),
    "no language": (_without("/Lang"), "PDFUA_1 7.2-"),
    "no parent tree": (_no_parents, "PDFUA_1 7.1-3"),
    "a title that is not shown": (_without("/ViewerPreferences"), "PDFUA_1 7.1-10"),
    "no color profile": (_without("/OutputIntents"), "PDFA_2_A 6.2.4.3"),
    "no metadata": (_without("/Metadata"), "PDFA_2_A 6.6"),
    "letters that say nothing": (_no_letters, "PDFA_2_A 6.2.11.7"),
    "a font that is not embedded": (_no_font, "PDFA_2_A 6.2.11.4"),
}


def test_a_file_whose_parts_are_out_of_order_is_found() -> None:
    """What `qpdf --check` reads: the same check of the same library."""
    content = render_statement(a_statement(charts=1))
    at = content.rindex(b"endstream")
    with pikepdf.open(io.BytesIO(content[:at] + b"endstraem" + content[at + 9 :])) as pdf:
        assert pdf.check_pdf_syntax()


def test_a_paragraph_that_the_tree_has_lost_is_missed() -> None:
    document, out = a_statement(charts=1), io.BytesIO()
    with pikepdf.open(io.BytesIO(render_statement(document))) as pdf:
        section = next(k for k in pdf.Root.StructTreeRoot.K.K if k.S == "/Sect")
        del section.K[-1]
        pdf.save(out)
    with pytest.raises(AssertionError):
        assert tag_tree.read(out.getvalue()).tree.text(figures=False).split() == source_words(document)


@pytest.mark.parametrize("fault", SPOILED)
def test_a_spoiled_paper_is_found(fault: str, faults) -> None:
    spoil, rule = SPOILED[fault]
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(render_statement(a_statement(charts=1)))) as pdf:
        spoil(pdf)
        pdf.save(out)
    assert any(found.startswith(rule) for found in faults(out.getvalue()))
