"""The statement's pages: every word heard in order, the marking on every page, the same bytes for the same input."""

import hashlib
import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.statement import ParagraphKind, Run
from app.model.statement_document import DocumentSection, Reference
from app.reports.letters import printable
from app.reports.page_style import load_fonts
from app.reports.statement_pdf import render_statement
from tests.drivers import tag_tree
from tests.material.documents import BODY, PRODUCER, SAMI, Paper, a_statement
from tests.material.source_words import source_words

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def draft() -> bytes:
    return render_statement(a_statement(pages=4))


@pytest.fixture(scope="module")
def final() -> bytes:
    return render_statement(a_statement(final=True))


def page_texts(content: bytes) -> list[str]:
    pdf = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in pdf]
    finally:
        pdf.close()


def test_every_word_is_heard_in_the_order_of_the_source(draft: bytes) -> None:
    reading = tag_tree.read(draft)
    assert reading.tree.text(figures=False).split() == source_words(a_statement(pages=4))
    assert "".join(reading.unmarked).strip() == ""


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_word_is_heard_in_the_other_languages(language: str) -> None:
    document = a_statement(language=language, charts=0)
    content = render_statement(document)
    assert tag_tree.read(content).tree.text(figures=False).split() == source_words(document)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == language


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Co", "Cn")), max_size=60)


@given(st.lists(WORDS, min_size=1, max_size=5), st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=4))
def test_whatever_a_hand_writes_is_heard_word_for_word(texts: list[str], rows: list[tuple[str, str, str]]) -> None:
    load_fonts()
    paper, said = Paper("strengths"), ["9. Vahvuudet"]
    for text in texts:
        long = f"{text} {'pitkä' * 40}{text}"
        paper.add(long).item(f"kohta {text}").add(text)
        said += [long, "•", f"kohta {text}", text]
    paper.table("taulukko", *rows)
    said += [text for row in rows for text in row]
    sections = (DocumentSection("strengths", 9, "Vahvuudet", tuple(paper.rows)),)
    content = render_statement(replace(a_statement(charts=0), sections=sections, signers=()))
    heard = tag_tree.read(content).tree.all("Sect")[0].text().split()
    assert heard == [word for text in said for word in printable(text).split()]


def test_the_secrecy_marking_is_on_every_page(draft: bytes) -> None:
    pages = page_texts(draft)
    assert len(pages) > 4
    for text in pages:
        assert "SALASSA PIDETTÄVÄ" in text
        assert "JulkL (621/1999) 24 §" in text
    first = tag_tree.read(draft).tree.text()
    assert first.index("SALASSA PIDETTÄVÄ") < first.index("Lausunto · Tähti 14")


def test_the_marking_stands_at_the_top_right_of_the_first_page(draft: bytes) -> None:
    pdf = pypdfium2.PdfDocument(draft)
    page = pdf[0]
    text = page.get_textpage()
    start = text.get_text_range().index("SALASSA")
    left, bottom, right, _top = text.get_charbox(start)
    assert left > page.get_width() / 2 < right
    assert bottom > page.get_height() - 90
    pdf.close()


def test_the_watermark_stays_until_final(draft: bytes, final: bytes) -> None:
    assert all("LUONNOS" in page for page in tag_tree.read(draft).artifacts)
    assert not any("LUONNOS" in page for page in page_texts(final))
    assert all("Lopullinen" in page for page in page_texts(final))


def test_every_page_tells_its_number_and_the_version(draft: bytes) -> None:
    pages = page_texts(draft)
    for number, text in enumerate(pages, start=1):
        assert f"Sivu {number} / {len(pages)}" in text
        assert "Versio 2" in text


def test_letters_of_the_north_survive(draft: bytes) -> None:
    whole = " ".join(" ".join(page_texts(draft)).split())
    assert all(word in whole for word in SAMI.split())


def test_empty_sections_are_left_out_and_no_number_changes(draft: bytes) -> None:
    heads = [" ".join(e.text().split()) for e in tag_tree.read(draft).tree.all("H1")]
    assert [int(h.split(".")[0]) for h in heads] == [1, 2, 3, 5, 8, 9, 12, 15, 16, 17]
    assert heads[3] == "5. Menetelmät ja rajoitukset"


def test_sections_are_in_the_outline(draft: bytes) -> None:
    with pikepdf.open(io.BytesIO(draft)) as pdf, pdf.open_outline() as outline:
        titles = [entry.title for entry in outline.root]
        below = [entry.title for entry in outline.root[-1].children]
    assert titles[0] == "1. Toimeksianto"
    assert [t.split(".")[0] for t in titles] == ["1", "2", "3", "5", "8", "9", "12", "15", "16", "17"]
    assert below[0] == "Arvioprofiili, äiti 1"


def test_tables_have_header_cells_that_say_what_they_head(draft: bytes) -> None:
    tables = tag_tree.read(draft).tree.all("Table")
    assert len(tables) >= 9
    for found in tables:
        rows = [kid for kid in found.kids if isinstance(kid, tag_tree.Element)]
        assert {row.tag for row in rows} == {"TR"}
        heads = found.all("TH")
        assert heads
        assert all(head.attributes["Scope"] in ("/Column", "/Row") for head in heads)
        assert len({len(row.kids) for row in rows}) == 1


def test_a_header_that_is_repeated_on_the_next_page_is_heard_once() -> None:
    rows = [(f"rivi {n}", "sana", "9") for n in range(120)]
    section = DocumentSection(
        "observations",
        8,
        "Havainnot",
        tuple(Paper("observations").table("pitkä", ("Otsake", "Sana", "Luku"), *rows).rows),
    )
    reading = tag_tree.read(render_statement(replace(a_statement(), sections=(section,))))
    assert reading.tree.text().split().count("Otsake") == 1
    assert ["Otsake" in page for page in reading.artifacts[1:3]] == [True, True]
    (table,) = (t for t in reading.tree.all("Table") if "Otsake" in t.text())
    assert len(table.all("TR")) == 121


def test_a_cell_taller_than_a_page_goes_over_pages_whole() -> None:
    words = [f"sana{n}" for n in range(1500)]
    section = DocumentSection(
        "observations", 8, "Havainnot", tuple(Paper("observations").table("x", ("A", "B"), ("1", " ".join(words))).rows)
    )
    content = render_statement(replace(a_statement(), sections=(section,), signers=()))
    heard = tag_tree.read(content).tree.all("Sect")[0].text().split()
    assert heard[4:] == ["1", *words]


def test_figures_say_in_words_what_they_show(draft: bytes) -> None:
    figures = tag_tree.read(draft).tree.all("Figure")
    assert len(figures) == 3
    profile, tasks, states = (f.alt for f in figures)
    assert "virittäytyminen: työntekijä A 5, työntekijä B 3" in profile
    assert "Torni: jäsentäminen 6, yhteys 4" in tasks
    assert "yhdessä: 9:40, 53\u00a0%" in states
    for figure in figures:
        left, low, right, top = figure.attributes["BBox"]
        assert 60 < left < right < 530
        assert 60 < low < top < 800


def test_a_list_is_a_list(draft: bytes) -> None:
    lists = tag_tree.read(draft).tree.all("L")
    assert [x.attributes["ListNumbering"] for x in lists] == ["/Decimal", "/Disc", "/Disc"]
    labels = [e.text().strip() for e in lists[0].all("Lbl")]
    assert labels == ["1.", "2."]
    assert lists[0].all("LBody")[0].text().strip() == "Millaista vuorovaikutus on?"


def test_bold_and_italic_are_kept(final: bytes) -> None:
    with pikepdf.open(io.BytesIO(final)) as pdf:
        names = {str(o.BaseFont) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o}
    assert any(name.endswith("Inter-Italic") for name in names)
    plain = replace(
        a_statement(), sections=(DocumentSection("strengths", 9, "V", tuple(Paper("strengths").add("suora").rows)),)
    )
    with pikepdf.open(io.BytesIO(render_statement(plain))) as pdf:
        names = {str(o.BaseFont) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o}
    assert not any(name.endswith("Italic") for name in names)


def test_the_same_statement_gives_the_same_bytes(draft: bytes) -> None:
    again = render_statement(a_statement(pages=4))
    assert again == draft
    program = (
        "import hashlib, sys; from tests.material.documents import a_statement; "
        "from app.reports.statement_pdf import render_statement; "
        "sys.stdout.write(hashlib.sha256(render_statement(a_statement(pages=4))).hexdigest())"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "12345", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    told = subprocess.run(
        [sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert told.stdout == hashlib.sha256(draft).hexdigest()


def test_another_word_gives_other_bytes(draft: bytes) -> None:
    assert render_statement(replace(a_statement(pages=4), title="Lausunto · Tähti 15")) != draft


def test_a_heading_never_ends_a_page() -> None:
    for extra in range(0, 30, 3):
        paper = Paper("strengths")
        for n in range(extra + 20):
            paper.add(f"rivi {n}")
        paper.head("Yksin jäävä").add("Sen teksti.")
        section = DocumentSection("strengths", 9, "Vahvuudet", tuple(paper.rows))
        pages = page_texts(render_statement(replace(a_statement(), sections=(section,), signers=())))
        (with_heading,) = (p for p in pages if "Yksin jäävä" in p)
        assert "Sen teksti." in with_heading


def test_without_signers_there_is_no_signature_block() -> None:
    heads = tag_tree.read(render_statement(replace(a_statement(), signers=()))).tree.all("H1")
    assert not any(h.text().strip().startswith("15.") for h in heads)


def test_the_signature_block_names_both_workers(final: bytes) -> None:
    (section,) = (s for s in tag_tree.read(final).tree.all("Sect") if s.text().strip().startswith("15."))
    said = " ".join(section.text().split())
    for words in ("Aino Esimerkki", "Leena Malli", "sosiaalityöntekijä, toinen arvioija", "koulutus: MIM 2019"):
        assert words in said
    assert said.count("Allekirjoitus ") == said.count("Paikka ja päivä") == 2
    assert "Lausunto ei ole päätös." in said


def test_a_header_taller_than_a_page_is_heard_whole_and_once() -> None:
    words = [f"otsake{n}" for n in range(900)]
    section = DocumentSection(
        "observations", 8, "Havainnot", tuple(Paper("observations").table("x", ("A", " ".join(words)), ("1", "2")).rows)
    )
    heard = tag_tree.read(render_statement(replace(a_statement(), sections=(section,), signers=()))).tree.all("Sect")[0]
    assert heard.text().split() == ["8.", "Havainnot", "A", *words, "1", "2"]


def test_a_dimensions_heading_carries_its_color_and_its_word() -> None:
    paper = Paper("observations").add("Hoiva", ParagraphKind.HEADING, source="dimension/m/N").add(BODY)
    content = render_statement(
        replace(a_statement(), sections=(DocumentSection("observations", 8, "Havainnot", tuple(paper.rows)),))
    )
    with pikepdf.open(io.BytesIO(content)) as pdf:
        fills = [
            [round(float(x) * 255) for x in operands]
            for page in pdf.pages
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "rg"
        ]
    assert [0xA8, 0x43, 0x7F] in fills
    assert "Hoiva" in tag_tree.read(content).tree.all("H2")[0].text()


def test_the_value_of_a_statement_costs_no_heavy_import() -> None:
    program = "import sys, app.statement.export; sys.exit('reportlab' in sys.modules or 'pikepdf' in sys.modules)"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run([sys.executable, "-c", program], env=env, check=False, cwd=ROOT).returncode == 0


def test_a_passage_in_another_language_says_so() -> None:
    """A Swedish statement that quotes a Finnish question and answer: they are read with a Finnish voice."""
    question = "1. Millaista tukea äiti ja lapsi tarvitsevat vuorovaikutukseensa?"
    answer = "Modern och barnet hittar ofta tillbaka till varandra, och det är till hjälp när de växlar uppgift."
    rows = Paper("commission").item(question).add(answer).add("avohuolto").rows
    made = replace(a_statement(), language="sv", sections=(DocumentSection("commission", 1, "Uppdrag", tuple(rows)),))
    tree = tag_tree.read(render_statement(made)).tree
    said = {" ".join(e.text().split()): e.language for e in tree.walk() if e.language}
    assert said[question.removeprefix("1. ")] == "fi"
    assert not any("Modern" in text or text == "avohuolto" for text in said)
    assert {e.language for e in tag_tree.read(render_statement(a_statement(pages=4))).tree.walk()} == {""}


def test_a_sections_note_is_heard_before_its_text_and_stays_with_the_heading() -> None:
    for extra in range(0, 30, 3):
        first = Paper("strengths")
        for n in range(extra + 20):
            first.add(f"rivi {n}")
        sections = (
            DocumentSection("strengths", 9, "Vahvuudet", tuple(first.rows)),
            DocumentSection(
                "conclusions", 12, "Päätelmät", tuple(Paper("conclusions").add("Teksti.").rows), "Tulkintaa."
            ),
        )
        content = render_statement(replace(a_statement(), sections=sections, signers=()))
        assert [p for p in page_texts(content) if "12. Päätelmät" in p and "Tulkintaa." in p and "Teksti." in p]
        assert [e.tag for e in tag_tree.read(content).tree.all("Sect")[-1].kids] == ["H1", "P", "P"]
    headed = replace(sections[1], paragraphs=tuple(Paper("conclusions").head("1. Miten?").rows))
    content = render_statement(replace(a_statement(), sections=(headed,), signers=()))
    assert "Tulkintaa." not in page_texts(content)[0], "what is not written is no interpretation"


def test_a_quotation_in_another_language_is_told_alone_and_what_is_around_it_is_not() -> None:
    """With the right voice: by its own words over lines and in a list, and a short one by the name behind it."""
    said = "Jag vill att barnet ska känna sig tryggt och älskat här hemma hos oss, när det är mörkt och kallt ute."
    rows = Paper("parents-views").add(f"Äiti sanoi: ”{said}” Hän toivoi tukea iltoihin, ja lapsi kuunteli sitä.")
    rows.item(f"Hän sanoi: ”{said}” Se oli tärkeää.").add("lapsi: ”Titta” (ruotsi) [00:32]")
    rows.add("lapsi: ”Katso” (ruotsi, käännös) [00:32]").add("Isä: ”Minä tulen, kun lapsi herää ja itkee.”")
    rows.add(runs=(Run("Äiti: "), Run("”Det är inte roligt och barnet gråter”", italic=True), Run(". Se oli pitkä.")))
    section = DocumentSection("parents-views", 7, "Vanhempien näkemykset", tuple(rows.rows))
    made = replace(a_statement(), sections=(section,), spoken=(("ruotsi", "sv"), ("venäjä", "ru")), signers=())
    tree = tag_tree.read(render_statement(made)).tree
    words = [q for e in tree.walk() for q in e.quoted]
    assert {language for language, _ in words} == {"sv"}
    assert " ".join(w for _, w in words) == f"{said} {said} Titta Det är inte roligt och barnet gråter"
    assert {e.language for e in tree.walk()} == {""}
    heard = " ".join(" ".join(e.text() for e in tree.all("P")).split())
    assert f"Äiti sanoi: ”{said}” Hän toivoi" in heard


def test_tables_of_one_kind_stand_in_one_grid() -> None:
    rows = Paper("attachments")
    head = ("Tehtävä", "Kuka", "Havainto", "Ajat")
    short = ("Torni", "isä", "yrittää", "[00:07]")
    long = ("Käsien rasvaus toistemme kanssa", "sijaisäiti", "hakee yhteyttä tai lohtua", "[00:07] " * 20)
    rows.add(kind=ParagraphKind.TABLE, cells=(head, short), about="a", source="marks/1")
    rows.add(kind=ParagraphKind.TABLE, cells=(head, long), about="b", source="marks/2")
    section = DocumentSection("attachments", 17, "Liitteet", tuple(rows.rows))
    pdf = pypdfium2.PdfDocument(render_statement(replace(a_statement(), sections=(section,), signers=())))
    page = pdf[0].get_textpage()
    places = []
    for word in head:
        found, at = page.search(word, match_case=True), []
        while (place := found.get_next()) is not None:
            at.append(round(page.get_charbox(place[0])[0], 1))
        places.append(at[-2:])
    pdf.close()
    assert all(first == second for first, second in places), places


# ── what leads elsewhere, and what the file says of itself ────────────────────────────────────────────────────────────


def test_a_long_statement_begins_with_its_contents_and_each_row_leads_to_its_page(draft: bytes) -> None:
    pdf = pypdfium2.PdfDocument(draft)
    outline = {b.get_title(): b.get_dest().get_index() + 1 for b in pdf.get_toc() if b.level == 0}
    pdf.close()
    (contents,) = tag_tree.read(draft).tree.all("TOC")
    rows = [" ".join(e.text().split()) for e in contents.all("TOCI")]
    assert rows == [f"{title} {page}" for title, page in outline.items()]
    links = [link for e in contents.all("Link") for link in e.links]
    assert [(link.words, link.page) for link in links] == list(outline.items())
    assert all(link.printed for link in links)


def test_a_short_statement_has_none() -> None:
    assert tag_tree.read(render_statement(a_statement(charts=0))).tree.all("TOC") == []


def test_what_a_conclusion_rests_on_leads_to_where_it_is_told() -> None:
    made = a_statement(pages=4)
    told = next(s for s in made.sections if s.key == "observations").paragraphs[4]
    answer = next(s for s in made.sections if s.key == "conclusions").paragraphs[1]
    rests = Reference(answer.id, told.id, "yhteinen ilo 00:10")
    content = render_statement(replace(made, references=(rests, rests)))
    section = next(e for e in tag_tree.read(content).tree.all("Sect") if "12. Johtopäätökset" in e.text())
    said = " ".join(section.text().split())
    (element,) = section.all("Link")
    (link,) = element.links
    assert said.endswith(f"Perusteet: yhteinen ilo 00:10, s. {link.page}")
    assert "Äiti ja lapsi, osa 2" in page_texts(content)[link.page - 1]


def test_the_file_says_who_made_it_and_what_it_is(final: bytes) -> None:
    made = replace(a_statement(final=True), about="MIM-pohjainen. Lausunto, versio 2.")
    with pikepdf.open(io.BytesIO(render_statement(made))) as pdf, pdf.open_metadata() as meta:
        assert meta["dc:creator"] == [PRODUCER]
        assert meta["dc:description"] == "MIM-pohjainen. Lausunto, versio 2."
        assert set(meta["dc:subject"]) == {"Lausunto", made.subtitle}
        assert "Tähti" not in str(meta["dc:subject"]) + str(meta["pdf:Keywords"])


def test_the_county_s_questions_are_on_the_first_page(draft: bytes) -> None:
    assert "2. Mikä tukee lasta" in " ".join(page_texts(draft)[0].split())


def test_the_status_line_is_on_the_page_that_is_signed(draft: bytes) -> None:
    for pages in range(1, 5):
        texts = page_texts(render_statement(a_statement(pages=pages, charts=0)))
        (signed,) = [t for t in texts if "Paikka ja päiväys" in t and "Sisällys" not in t]
        assert "Lausunto ei ole päätös." in " ".join(signed.split())


def test_no_single_row_of_a_table_is_left_behind_or_goes_over_alone() -> None:
    for rows in range(24, 40):
        paper = Paper("observations").table("t", ("Mitä", "Luku"), *((f"rivi {n}", "x") for n in range(rows)))
        section = DocumentSection("observations", 8, "Havainnot", tuple(paper.rows))
        texts = page_texts(render_statement(replace(a_statement(charts=0), sections=(section,), signers=())))
        counts = [text.count("rivi ") for text in texts]
        assert sum(counts) == rows
        assert 1 not in counts
