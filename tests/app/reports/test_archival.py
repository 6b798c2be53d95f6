"""What an archive and a screen reader ask of the file itself."""

import io
import re
from datetime import date

import pikepdf
import pytest

from app.reports import archival
from app.reports.statement_pdf import render_statement
from tests.material.documents import a_statement


@pytest.fixture
def pdf():
    with pikepdf.open(io.BytesIO(render_statement(a_statement()))) as opened:
        yield opened


def test_the_catalog_says_language_marks_and_title(pdf) -> None:
    root = pdf.Root
    assert str(root.Lang) == "fi"
    assert root.MarkInfo.Marked is True
    assert root.ViewerPreferences.DisplayDocTitle is True
    assert str(root.StructTreeRoot.K.S) == "/Document"
    assert str(root.StructTreeRoot.RoleMap.Title) == "/P"
    assert "/Info" not in pdf.trailer
    assert pdf.pdf_version == "1.7"


def test_metadata_identify_the_archive_and_the_accessible_kind(pdf) -> None:
    xmp = pdf.Root.Metadata.read_bytes().decode("utf-8")
    for words in (
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>",
        "<xmp:CreateDate>2026-11-14</xmp:CreateDate>",
        "Lausunto · Tähti 14",
    ):
        assert words in xmp
    with pdf.open_metadata() as parsed:
        assert parsed.pdfa_status == "2A"
        assert parsed["dc:title"] == "Lausunto · Tähti 14"


def test_a_title_with_marks_of_its_own_stays_a_title() -> None:
    text = archival.about_itself(archival.About("<A> & B", "sv", date(2026, 1, 2)))
    assert "&lt;A&gt; &amp; B" in text


def test_colors_are_declared_by_a_profile_without_a_clock(pdf) -> None:
    (intent,) = pdf.Root.OutputIntents
    assert str(intent.S) == "/GTS_PDFA1"
    profile = intent.DestOutputProfile.read_bytes()
    assert profile[36:40] == b"acsp"
    assert profile[16:20] == b"RGB "
    assert profile[24:36] == bytes([0x07, 0xEA, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0])


def test_nothing_in_the_file_tells_the_time_or_a_machine(pdf) -> None:
    raw = render_statement(a_statement())
    assert not re.search(rb"/(CreationDate|ModDate|Author|CIDSet)\b", raw)
    assert b"ReportLab" not in raw
    assert b"/tmp" not in raw
    assert all("/StructParents" in page.obj and page.obj.Tabs == "/S" for page in pdf.pages)
