"""Names and words in every script that the shipped fonts have; what none has is told, and never becomes a `?`."""

import io
import unicodedata
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.ttfonts import TTFont

import resources
from app.model.statement import Run
from app.model.statement_document import DocumentSection
from app.reports import letters
from app.reports import page_style as look
from app.reports.letters import font_of, fonts, lacking, named, pieces, printable, reads_from_right
from app.reports.statement_pdf import render_statement
from tests.drivers import tag_tree
from tests.material.documents import Paper, a_statement

#: made-up names, each in the letters of its language
NAMES = {
    "Skolt Sámi": "Ǩiõtt-Ââʹnn Vuäʒʒ-Ǥõʹlǥǥ ʼn",
    "Northern Sámi": "Čáhppes-Áhkku Đuoŋŧa",
    "Russian": "Анна Сергеевна Щёлкова",
    "Ukrainian": "Єлизавета Ґалаґан-Їжакевич",
    "Arabic": "محمد عبد الرحمن علاء",
    "Persian": "علی‌رضا پژوهش‌گر",
    "Sorani": "ڕێبوار کوردستانی ڵۆ",
    "Hebrew": "יוסף בן־חיים",
    "pointed Hebrew": "שָׁלוֹם",
    "Thai": "สมชาย ใจดี น้ำผึ้ง",
    "Amharic": "አበበ በቀለ",
    "Georgian": "ქეთევან",
    "Armenian": "Արամ",
    "Nepali": "सीता श्रेष्ठ",
    "Bengali": "মোহাম্মদ রহমান",
    "Tamil": "செல்வி முருகன்",
    "Vietnamese": "Nguyễn Thị Hằng",
    "Yoruba": "Ọlá ẹ̀kọ́",
    "symbols": "☐ ☑ ▪ ◦ ● ➜ ✓",
}
RIGHT = ("Arabic", "Persian", "Sorani", "Hebrew")


def a_paper(*, final: bool = False) -> bytes:
    """Each name alone in a cell, bold within a sentence, and italic at its end."""
    table, text = Paper("family").table("Nimet", ("Nimi", "Rooli"), *((n, "lapsi") for n in NAMES.values())), Paper("x")
    for name in NAMES.values():
        text.add(runs=(Run("Lapsi "), Run(name, bold=True), Run(" (5 v 4 kk) nauraa: "), Run(name, italic=True)))
        text.add(name)
    sections = (
        DocumentSection("family", 2, "Perhe", tuple(table.rows)), DocumentSection("x", 9, "Teksti", tuple(text.rows)),
    )  # fmt: skip
    document = replace(a_statement(charts=0, final=final), sections=sections, title="Lausunto · محمد · Ǩiõtt")
    return render_statement(document)


@pytest.fixture(scope="module")
def paper() -> bytes:
    return a_paper()


@pytest.mark.parametrize("language", NAMES)
def test_a_name_is_heard_in_its_own_letters_and_order(language: str, paper: bytes) -> None:
    name, tree = NAMES[language], tag_tree.read(paper).tree
    assert lacking([name]) == ""
    assert printable(name) == unicodedata.normalize("NFC", name)
    heard = " ".join(tree.text().split())
    spoken = " ".join(unicodedata.normalize("NFC", name).split())
    assert f"Lapsi {spoken} (5 v 4 kk) nauraa: {spoken}" in heard
    assert [" ".join(e.text().split()) for e in tree.all("TD") + tree.all("P")].count(spoken) == 2


def extracted(content: bytes) -> str:
    """What copying a page gives. Ligatures are told by Unicode's own signs, spaces and joiners left out."""
    pdf = pypdfium2.PdfDocument(content)
    try:
        text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()
    return unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize("language", sorted(NAMES.keys() - {"Yoruba", "pointed Hebrew"}))
def test_a_name_is_copied_from_the_page(language: str, paper: bytes) -> None:
    text = extracted(paper).replace("\u200c", "")
    for word in NAMES[language].replace("\u200c", "").split():
        assert unicodedata.normalize("NFKC", word) in text, "Pdfium turns marks that are stacked; the tags tell them"
    if language in RIGHT:
        assert unicodedata.normalize("NFKC", NAMES[language]).replace("\u200c", "") in text.splitlines()


def test_every_font_is_shipped_and_embedded_with_what_its_glyphs_say(paper: bytes) -> None:
    files = {file.split("/")[-1].split("-")[0] for font in fonts() for file in font.files}
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        used = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"]
        assert {str(f.BaseFont).split("+")[1].split("-")[0] for f in used} <= files
        assert len(used) > len(NAMES) / 2
        assert all("/FontFile2" in f.FontDescriptor and "/ToUnicode" in f for f in used)


def test_a_finished_paper_leaves_no_words_in_the_process(paper: bytes) -> None:
    """The program goes on when the archive is locked."""
    assert paper
    assert look.text_width(NAMES["Arabic"], look.REGULAR, 10) > 0
    assert look.face(look.REGULAR).remembers == 1, "only what was asked for after it"
    look.forget_words()
    assert look.face(look.REGULAR).remembers == 0


def test_the_list_of_letters_is_what_the_fonts_have() -> None:
    for font in fonts():
        for file in font.files:
            inside = set(map(chr, TTFont(file, str(resources.folder() / "fonts" / f"{file}.ttf")).face.charToGlyph))
            assert font.has <= inside, file


def test_the_added_fonts_are_light() -> None:
    folder = resources.folder() / "fonts"
    assert sum(p.stat().st_size for p in folder.glob("paper/*.ttf")) < 3_000_000
    shipped = {str(p.relative_to(folder).with_suffix("")) for p in folder.rglob("*.ttf")}
    assert shipped == {file for font in fonts() for file in font.files}


def test_what_no_font_has_is_told_and_stands_by_its_number() -> None:
    assert lacking(["张伟 ja Otto", "伟 👍"]) == "张伟👍"
    assert printable("张 ①") == "[U+5F20] [U+2460]"
    assert named("张👍") == "张 (U+5F20), 👍 (U+1F44D)"
    assert named("".join(map(chr, range(0x4E00, 0x4E40)))).endswith("…")
    content = render_statement(replace(a_statement(charts=0), title="Lausunto · 张伟", subtitle="أب 张"))
    assert "[U+5F20][U+4F1F]" in tag_tree.read(content).tree.text()
    assert "?" not in extracted(render_statement(replace(a_statement(charts=0), title="张", sections=())))


def test_letters_are_composed_and_the_same_letter_in_another_shape_is_the_letter() -> None:
    assert printable("a\u0308iti") == "äiti"
    assert printable("ﬁ Ｋ ﺏ") == "fi K ب"
    assert printable("ta\u00adlo\u200b ☑\ufe0f") == "talo ☑"
    assert printable("a\tb\x07c\r\nd") == "a b c\nd"
    assert printable("a\u200cb") == "ab"


@given(st.text(max_size=80))
def test_whatever_is_printed_has_its_font(text: str) -> None:
    shown = printable(text)
    assert "".join(p.text for line in shown.split("\n") for p in pieces(line)) == shown.replace("\n", "")
    assert lacking([shown]) == ""
    assert printable(shown) == shown


@given(st.text(st.sampled_from("אבגدكم 12,.(a)b\u05b0\u064e"), max_size=24), st.booleans())
def test_a_line_in_two_directions_is_drawn_whole(text: str, from_right: bool) -> None:
    look.load_fonts()
    face, shown = look.face(look.REGULAR), printable(text)
    drawn = face.laid(shown, from_right=from_right)
    bare = str.maketrans(")", "(")  # brackets are turned
    assert sorted("".join(d.text for d in drawn).translate(bare)) == sorted(shown.translate(bare))


def test_a_text_runs_from_the_right_when_it_begins_and_ends_so() -> None:
    assert reads_from_right("قال محمد (Duplo) مع أخيه.")
    assert not reads_from_right("محمد leikkii.")
    assert not reads_from_right("Lapsi محمد")
    assert not reads_from_right("12 – 14")
    assert letters.is_from_right("ا")
    assert font_of("ا").name == "NotoSansArabic"
